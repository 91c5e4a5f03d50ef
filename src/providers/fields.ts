/** A request in the words of one model: what a vendor takes as its input, from what the catalog knows of the model. */
import { isVideoWork } from '../core/take.ts';
import type {
  DurationField,
  FieldOfClip,
  FieldOfPictures,
  JobRequest,
  NamedSizes,
  SizeField,
} from '../routing/job-request.ts';
import { reaching } from '../routing/clip-length.ts';
import { sizeNamed } from '../routing/named-size.ts';
import { motionWords } from './motion-words.ts';
import { fittedSize } from './fitted-size.ts';

/** As it is sent: plain JSON. */
export type Input = Readonly<Record<string, unknown>>;

/**
 * The request as the model's input. What the model has no name for is left out.
 * @param pictureUrl where a picture of the request can be fetched from, by its name
 */
export function inputOf(request: JobRequest, pictureUrl: (picture: string) => string): Input {
  const { fields = {}, seed, negative, guidance, seconds, fps, sound } = request;
  const input: Record<string, unknown> = { ...fields.always };
  const put = (name: string | undefined, value: unknown) => {
    if (name !== undefined && value !== undefined) input[name] = value;
  };
  if (fields.prompt !== null) put(fields.prompt ?? 'prompt', promptOf(request));
  // An empty one would take the place of what the vendor thinks best.
  put(fields.negative, negative || undefined);
  put(fields.seed, seed === undefined ? undefined : seedOf(seed, fields.largestSeed));
  put(fields.guidance, guidance);
  Object.assign(input, sizeInput(request, fields.size));
  if (fields.duration && seconds !== undefined) put(fields.duration.name, durationOf(fields.duration, seconds));
  put(fields.fps, fps);
  // Over what is always sent: models that make sound unasked are told not to.
  put(fields.audio, sound);
  const sent = sentPictures(request);
  Object.assign(input, pictureInput(sent, pictureUrl));
  const strength = request.references.find(({ picture }) =>
    sent.some((one) => one.picture === picture && one.field === fields.references),
  )?.strength;
  if (fields.strength && strength !== undefined)
    put(fields.strength.name, fields.strength.as === 'kept' ? strength : 1 - strength);
  if (fields.enlargement) put(fields.enlargement.name, enlargementOf(request, fields.enlargement.values));
  return input;
}

/** Pictures and clips of a request that its model has a place for, each under the name of its field, in the order sent. */
export function sentPictures({ fields, clip, still, lastFrame, references }: JobRequest): readonly SentPicture[] {
  const places: readonly (readonly [
    FieldOfPictures | FieldOfClip | undefined,
    readonly { readonly picture: string }[],
  ])[] = [
    [fields?.clip, clip ? [clip] : []],
    [fields?.still, still ? [still] : []],
    [fields?.lastFrame, lastFrame ? [lastFrame] : []],
    [fields?.references, references],
  ];
  const sent: SentPicture[] = [];
  for (const [field, pictures] of places)
    for (const { picture } of pictures) {
      // A field for one picture keeps the first: the still goes before references.
      if (!field || (!isListOf(field) && sent.some((one) => one.field.name === field.name))) continue;
      sent.push({ field, picture });
    }
  return sent;
}
const isListOf = (field: FieldOfPictures | FieldOfClip): boolean => 'isList' in field && field.isList === true;
export interface SentPicture {
  readonly field: FieldOfPictures | FieldOfClip;
  readonly picture: string;
}

function pictureInput(sent: readonly SentPicture[], pictureUrl: (picture: string) => string): Input {
  const input: Record<string, string | string[]> = {};
  for (const { field, picture } of sent) {
    const url = pictureUrl(picture);
    if (isListOf(field)) input[field.name] = [...(input[field.name] ?? []), url];
    else input[field.name] = url;
  }
  return input;
}

function promptOf({ work, prompt, motion }: JobRequest): string {
  if (!motion || !isVideoWork(work)) return prompt;
  return [/[\w)]$/.test(prompt) ? `${prompt}.` : prompt, motionWords(motion)].filter(Boolean).join(' ');
}

const seedOf = (seed: number, largest = Infinity): number => (seed > largest ? seed % (largest + 1) : seed);

function sizeInput({ work, width, height }: JobRequest, size: SizeField | undefined): Input {
  if (!size) return {};
  const linesInput = (lines: NamedSizes | undefined): Input =>
    lines ? { [lines.name]: nearestSize(lines.values, width, height, isVideoWork(work)) } : {};
  switch (size.as) {
    case 'width and height':
      return { ...fittedSize(width, height, size) };
    case 'object':
      return { [size.name]: fittedSize(width, height, size) };
    case 'x':
    case '*': {
      const fitted = fittedSize(width, height, size);
      return { [size.name]: `${fitted.width}${size.as}${fitted.height}` };
    }
    case 'ratio':
      return { [size.name]: nearestRatio(size.values, width / height), ...linesInput(size.lines) };
    case 'lines':
      return linesInput(size.lines);
    default:
      return size satisfies never;
  }
}

/** The one of the values that is least far from so much, measured as people see it: twice is as far as half. */
function nearest(values: readonly string[], wanted: number, amountOf: (value: string) => number): string | undefined {
  const distance = (value: string) => Math.abs(Math.log(amountOf(value) / wanted));
  const known = values.filter((value) => Number.isFinite(distance(value)));
  return known.toSorted((a, b) => distance(a) - distance(b))[0];
}
const nearestRatio = (values: readonly string[], wanted: number) =>
  nearest(values, wanted, (value) => {
    const [width, height] = value.split(/[:x*]/).map(Number);
    return width! / height!;
  });
const nearestSize = (values: readonly string[], width: number, height: number, isClip: boolean) =>
  isClip
    ? nearest(values, Math.min(width, height), (value) => sizeNamed(value)?.lines ?? Number.NaN)
    : nearest(values, (width * height) / 1e6, (value) => sizeNamed(value)?.megapixels ?? Number.NaN);

function durationOf(field: DurationField, wanted: number): number | string {
  const seconds = reaching(field.values, wanted);
  switch (field.as) {
    case 'number':
      return seconds;
    case 'text':
      return String(seconds);
    case 'text with s':
      return `${seconds}s`;
    case 'frames':
      return Math.round(seconds * field.fps) + 1;
    default:
      return field satisfies never;
  }
}

function enlargementOf(
  { width, height, still }: JobRequest,
  values: readonly number[] | undefined,
): number | undefined {
  if (!still) return undefined;
  return reaching(values, Math.max(width / still.width, height / still.height));
}
