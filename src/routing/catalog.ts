/** The catalog: models that are known, what they can do, what they cost, as of when, from which source. */
import { isRecord, type Loose } from '../core/loose.ts';
import { fail, ok, type Result } from '../core/errors.ts';
import { readJson } from '../core/json.ts';
import { LARGEST_JSON_FILE } from '../core/limits.ts';
import { dollars, FREE, type Micros } from '../core/money.ts';
import { TIERS, type ModelRef, type Tier, type WorkKind } from '../core/take.ts';
import { CLIP_VERSION, SKETCH_VERSION } from '../sketch/version.ts';
import { own } from '../core/own.ts';
import { say, type Sentence } from '../core/say.ts';
import type { ModelFields } from './job-request.ts';
import { readModelFields } from './model-fields.ts';
import type { OwnWorkflow } from './own-workflow.ts';
import { sizeNamed, type NamedSize } from './named-size.ts';

/** `undefined` where nobody has said: unknown is never a guess. */
export interface Supports {
  readonly seed?: boolean;
  readonly guidance?: boolean;
  readonly negative?: boolean;
  /** Takes reference images. */
  readonly references?: boolean;
  /** Most of them; left out where nobody says. */
  readonly mostReferences?: number;
  /** Starts a clip from a given still. */
  readonly firstFrame?: boolean;
  /** Ends a clip with a given picture. */
  readonly lastFrame?: boolean;
  /** Makes clips that can be heard, where it is asked to. */
  readonly audio?: boolean;
  /** Lengths of clips in seconds that can be asked for, shortest first. */
  readonly durations?: readonly number[];
}
export const PRICE_UNITS = [
  'image',
  'megapixel',
  'second',
  'video',
  'token',
  'image output token',
  'video output token',
  'frame',
  'credit',
  'step',
  'run and megapixel',
  'megapixels (8)',
] as const;
export type PriceUnit = (typeof PRICE_UNITS)[number];
export interface Price {
  /** For `per` units. For credits: how many credits, in millionths. */
  readonly amount: Micros;
  readonly unit: PriceUnit;
  readonly per: number;
  /** At other sizes: what the amount is there, smallest first. */
  readonly sizes?: readonly SizePrice[];
  /** For clips of these lengths, shortest first, at the size of `amount`. */
  readonly lengths?: readonly { readonly seconds: number; readonly amount: Micros }[];
  /** Where sound changes the price: with it, or without it, whichever the amount is not for. */
  readonly withSound?: PriceCase;
  readonly silent?: PriceCase;
  /** For other kinds of work. */
  readonly works?: Readonly<Partial<Record<WorkKind, Micros>>>;
  /** For each megapixel, second or picture that goes along beyond what the amount is for. */
  readonly extraMegapixel?: Micros;
  readonly extraSecond?: Micros;
  readonly extraReference?: { readonly beyond: number; readonly amount: Micros };
  /** What the list says beside the number; then the number holds for the usual case only. */
  readonly notes?: string;
  readonly source: string;
  /** ISO date of the last check. */
  readonly asOf: string;
}
/** What takes the place of the amount, and of the amounts at other sizes. */
export type PriceCase = Pick<Price, 'amount' | 'sizes'>;
/** The amount up to this size. */
export interface SizePrice extends NamedSize {
  readonly amount: Micros;
}
export interface Offer {
  readonly provider: string;
  /** The provider's own name for the model. */
  readonly modelId: string;
  /** Where it makes a kind of work under another name, and nobody has to know how it calls its inputs. */
  readonly names?: Readonly<Partial<Record<WorkKind, string>>>;
  /** How it calls its inputs; left out where nobody has written it down. */
  readonly fields?: ModelFields;
  /** Where it has another name for a kind of work. */
  readonly works?: Readonly<Partial<Record<WorkKind, Endpoint>>>;
  /** Where clips between two pictures have a name of their own. */
  readonly between?: Endpoint;
  /** What stands for the model, at a service that runs workflows. */
  readonly workflow?: OwnWorkflow;
  readonly price?: Price;
}
/** What a request is sent to. */
export interface Endpoint {
  readonly modelId: string;
  readonly fields: ModelFields;
}
export interface Model {
  readonly id: string;
  readonly vendor: string;
  readonly name: string;
  readonly status: 'active' | 'deprecated' | 'retired';
  /** ISO date from which the status holds; left out when nobody says. */
  readonly statusDate?: string;
  readonly work: readonly WorkKind[];
  /** All modalities as the sources name them, those Triptych has no node for included. */
  readonly modalities: readonly string[];
  readonly offers: readonly Offer[];
  readonly supports: Supports;
  readonly tiers: readonly Tier[];
  /** Whether the same seed gives the same result, as the vendor states it. */
  readonly seeds: 'yes' | 'no' | 'unknown';
  readonly seedsNote?: string;
  readonly seconds?: number;
  readonly notes?: string;
  readonly sources: readonly string[];
  readonly asOf: string;
}
export interface Catalog {
  readonly asOf: string;
  readonly models: readonly Model[];
  readonly find: (ref: ModelRef) => { readonly model: Model; readonly offer: Offer } | undefined;
}

/** Of what a person runs on a computer of their own. */
export const OWN_COMPUTER: Price = {
  amount: FREE,
  unit: 'image',
  per: 1,
  source: 'It runs on this machine.',
  asOf: '2999-12-31',
};

/** The maker that is always there. */
export const BUILT_IN: ModelRef = { provider: 'sketch', model: 'triptych/sketch' };
const BUILT_IN_CLIPS = `sketch ${SKETCH_VERSION} clips ${CLIP_VERSION}`;
const builtIn: Model = {
  id: BUILT_IN.model,
  vendor: 'Triptych',
  name: 'Built-in engine',
  status: 'active',
  work: ['text to image', 'image edit', 'text to video', 'image to video', 'upscale'],
  modalities: ['text-to-image', 'image-to-image', 'text-to-video', 'image-to-video', 'upscale'],
  offers: [
    {
      provider: BUILT_IN.provider,
      modelId: `sketch ${SKETCH_VERSION}`,
      names: { 'text to video': BUILT_IN_CLIPS, 'image to video': BUILT_IN_CLIPS },
      price: OWN_COMPUTER,
    },
  ],
  supports: {
    seed: true,
    guidance: true,
    negative: true,
    references: true,
    firstFrame: true,
    lastFrame: true,
    audio: false,
  },
  tiers: [...TIERS],
  seeds: 'yes',
  seedsNote: 'The same graph and seed give the same bytes on every machine.',
  seconds: 1,
  notes: 'A procedural storyboard artist: no model, no network, no claim to be AI.',
  sources: ['built in'],
  asOf: '2999-12-31',
};

export function catalogOf(models: readonly Model[], asOf: string): Catalog {
  const all = [builtIn, ...models.filter((model) => model.id !== builtIn.id)];
  const byId = new Map(all.map((model) => [model.id, model]));
  return {
    asOf,
    models: all,
    find({ provider, model: id }) {
      const model = byId.get(id);
      const offer = model?.offers.find((candidate) => candidate.provider === provider);
      return model && offer && { model, offer };
    },
  };
}
/** With nothing but the built-in engine. */
export const EMPTY_CATALOG = catalogOf([], '');

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const dateIn = (value: unknown): string => (isText(value) ? /\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined) ?? '';

/** Reads a catalog file. A damaged row is left out and named; a file that is no catalog is refused. */
export function parseCatalog(
  text: string,
): Result<{ readonly catalog: Catalog; readonly dropped: readonly Sentence[] }> {
  const read = readJson(text, LARGEST_JSON_FILE);
  if (!read.ok)
    return fail(
      'bad-input',
      read.why === 'not JSON'
        ? 'The catalog is not JSON; it was cut or damaged.'
        : 'The catalog is larger or nested deeper than any catalog, so it was not read.',
      'The last good one stays in use. Get the file again.',
    );
  const raw = read.value;
  if (!isRecord(raw) || raw['format'] !== 'triptych-catalog' || !Array.isArray(raw['models']))
    return fail('bad-input', 'This file is not a Triptych catalog.', 'The last good one stays in use.');
  const dropped: Sentence[] = [];
  const models: Model[] = [];
  for (const [index, row] of raw['models'].entries()) {
    const model = readModel(row, dropped);
    if (model) models.push(model);
    else dropped.push(say('Row {0} has no id, name or modality and was left out.', index + 1));
  }
  if (models.length === 0)
    return fail('bad-input', 'The catalog holds no model that can be read.', 'The last good one stays in use.');
  return ok({ catalog: catalogOf(models, dateIn(raw['asOf'])), dropped });
}

const WORK_OF: Readonly<Record<string, WorkKind>> = {
  'text-to-image': 'text to image',
  'image-to-image': 'image edit',
  'text-to-video': 'text to video',
  'image-to-video': 'image to video',
  upscale: 'upscale',
};

function readModel(row: unknown, dropped: Sentence[]): Model | undefined {
  if (!isRecord(row) || !isText(row['id']) || !isText(row['name']) || !Array.isArray(row['modalities']))
    return undefined;
  const modalities = row['modalities'].filter(isText);
  const can = isRecord(row['supports']) ? row['supports'] : {};
  const known = (value: unknown): boolean | undefined =>
    typeof value === 'boolean'
      ? value
      : typeof value === 'string'
        ? true
        : typeof value === 'number'
          ? value > 0
          : undefined;
  const facts = {
    seed: known(can['seed']),
    guidance: known(can['cfg']),
    negative: known(can['negative_prompt']),
    references: known(can['image_reference']),
    firstFrame: known(can['first_frame']),
    lastFrame: known(can['last_frame']),
    audio: known(can['audio']),
  };
  const most = can['image_reference'];
  const durations = Array.isArray(can['durations'])
    ? can['durations'].filter(
        (value): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0,
      )
    : [];
  const status = row['status'];
  const hint = row['latency_hint_s'];
  const seconds = typeof hint === 'number' || isText(hint) ? Number(hint) : 0;
  return {
    id: row['id'],
    vendor: isText(row['vendor']) ? row['vendor'] : 'unknown',
    name: row['name'],
    status: status === 'deprecated' || status === 'retired' ? status : 'active',
    ...(dateIn(row['status_date']) ? { statusDate: dateIn(row['status_date']) } : {}),
    work: [...new Set(modalities.flatMap((modality) => own(WORK_OF, modality) ?? []))],
    modalities,
    offers: (Array.isArray(row['providers']) ? row['providers'] : []).flatMap((offer) =>
      readOffer(offer, row['name'] as string, dropped),
    ),
    supports: {
      ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
      ...(typeof most === 'number' && most > 0 ? { mostReferences: most } : {}),
      ...(durations.length ? { durations: durations.toSorted((a, b) => a - b) } : {}),
    },
    tiers: (Array.isArray(row['suggested_tier']) ? row['suggested_tier'] : []).filter((tier): tier is Tier =>
      TIERS.includes(tier as Tier),
    ),
    seeds:
      row['deterministic_seed'] === 'yes' || row['deterministic_seed'] === 'no' ? row['deterministic_seed'] : 'unknown',
    ...(isText(row['determinism_note']) ? { seedsNote: row['determinism_note'] } : {}),
    ...(seconds > 0 && Number.isFinite(seconds) ? { seconds } : {}),
    ...(isText(row['notes']) ? { notes: row['notes'] } : {}),
    sources: Array.isArray(row['source']) ? row['source'].filter(isText) : [],
    asOf: dateIn(row['as_of']),
  };
}

const UNIT_OF: Readonly<Record<string, readonly [PriceUnit, number]>> = {
  per_image: ['image', 1],
  per_megapixel: ['megapixel', 1],
  per_8_megapixels: ['megapixels (8)', 1],
  per_second: ['second', 1],
  per_video: ['video', 1],
  per_1M_tokens: ['token', 1_000_000],
  per_1K_tokens: ['token', 1000],
  per_1M_image_output_tokens: ['image output token', 1_000_000],
  per_1M_video_output_tokens: ['video output token', 1_000_000],
  per_source_frame: ['frame', 1],
  per_2x_step: ['step', 1],
  per_run_plus_megapixel: ['run and megapixel', 1],
  credits: ['credit', 1],
};

type Cases = Pick<
  Price,
  'sizes' | 'withSound' | 'silent' | 'lengths' | 'works' | 'extraMegapixel' | 'extraSecond' | 'extraReference'
>;
/** What a list says about other sizes, lengths and kinds of work. Throws a RangeError at an amount that is none. */
function readCases(price: Loose): Cases {
  const amountOf = (value: unknown): Micros => {
    if (typeof value !== 'number') throw new RangeError('An amount of money is a number.');
    return dollars(value);
  };
  const entries = (value: unknown) => (isRecord(value) ? Object.entries(value) : []);
  const sizesIn = (value: unknown): Pick<Price, 'sizes'> => {
    const sizes = entries(value).flatMap(([name, amount]): SizePrice[] => {
      const size = sizeNamed(name);
      return size ? [{ ...size, amount: amountOf(amount) }] : [];
    });
    return sizes.length ? { sizes: sizes.toSorted((a, b) => a.lines - b.lines) } : {};
  };
  const caseOf = (name: 'withSound' | 'silent', value: unknown): Cases =>
    isRecord(value) ? { [name]: { amount: amountOf(value['amount']), ...sizesIn(value['sizes']) } } : {};
  const lengths = entries(price['lengths'])
    .map(([seconds, amount]) => ({ seconds: Number(seconds), amount: amountOf(amount) }))
    .filter(({ seconds }) => seconds > 0 && Number.isFinite(seconds));
  const works = entries(price['works']).flatMap(([modality, amount]) => {
    const work = own(WORK_OF, modality);
    return work ? [[work, amountOf(amount)] as const] : [];
  });
  const reference = price['extra_reference'];
  const beyond = isRecord(reference) ? reference['beyond'] : undefined;
  return {
    ...sizesIn(price['sizes']),
    ...caseOf('withSound', price['with_sound']),
    ...caseOf('silent', price['silent']),
    ...(lengths.length ? { lengths: lengths.toSorted((a, b) => a.seconds - b.seconds) } : {}),
    ...(works.length ? { works: Object.fromEntries(works) } : {}),
    ...(price['extra_megapixel'] === undefined ? {} : { extraMegapixel: amountOf(price['extra_megapixel']) }),
    ...(price['extra_second'] === undefined ? {} : { extraSecond: amountOf(price['extra_second']) }),
    ...(isRecord(reference) && typeof beyond === 'number' && beyond >= 0
      ? { extraReference: { beyond, amount: amountOf(reference['amount']) } }
      : {}),
  };
}

/** How the model of an offer is asked. What is damaged is left out and named: it is not asked then. */
function readHow(raw: Loose, name: string, dropped: Sentence[]): Pick<Offer, 'fields' | 'works' | 'between'> {
  const read = (fields: unknown): ModelFields | undefined => {
    const whole = readModelFields(fields);
    if (!whole && fields !== undefined)
      dropped.push(say('{0} at {1}: how it is asked cannot be read.', name, String(raw['provider'])));
    return whole;
  };
  const fields = read(raw['fields']);
  const endpointIn = (endpoint: unknown): Endpoint | undefined => {
    if (!isRecord(endpoint) || !isText(endpoint['model_id'])) return undefined;
    const its = read(endpoint['fields']);
    return its && { modelId: endpoint['model_id'], fields: its };
  };
  const told = isRecord(raw['works']) ? raw['works'] : {};
  const works = Object.entries(told).flatMap(([modality, endpoint]) => {
    const work = own(WORK_OF, modality);
    const its = work && endpointIn(endpoint);
    return its ? [[work, its] as const] : [];
  });
  const between = endpointIn(told['first-last-frame']);
  return {
    ...(fields ? { fields } : {}),
    ...(works.length ? { works: Object.fromEntries(works) } : {}),
    ...(between ? { between } : {}),
  };
}

function readOffer(raw: unknown, name: string, dropped: Sentence[]): Offer[] {
  if (!isRecord(raw) || !isText(raw['provider'])) return [];
  const offer: Offer = {
    provider: raw['provider'],
    modelId: isText(raw['model_id']) ? raw['model_id'] : '',
    ...readHow(raw, name, dropped),
  };
  const price = raw['price'];
  // What a person runs on a computer of their own nobody charges for.
  if (!isRecord(price)) return [offer.provider.endsWith('-local') ? { ...offer, price: OWN_COMPUTER } : offer];
  const unit = isText(price['unit']) ? own(UNIT_OF, price['unit']) : undefined;
  const amount = price['amount'];
  try {
    if (!unit || (typeof amount !== 'number' && !isText(amount)))
      throw new RangeError('An amount of money has a number and a unit.');
    const source = isText(price['source']) ? price['source'] : '';
    return [
      {
        ...offer,
        price: {
          amount: dollars(amount),
          unit: unit[0],
          per: unit[1],
          source,
          asOf: dateIn(price['as_of']),
          ...readCases(price),
          ...(isText(price['notes']) ? { notes: price['notes'] } : {}),
        },
      },
    ];
  } catch {
    dropped.push(say('{0} at {1}: its price cannot be read and counts as unknown.', name, offer.provider));
    return [offer];
  }
}

/** Days after which a price or a model's row should be looked at again. */
export const REVIEW_DAYS = 92;
export function isDueForReview(asOf: string, now: number): boolean {
  const checked = Date.parse(asOf);
  return Number.isNaN(checked) || now - checked > REVIEW_DAYS * 86_400_000;
}
