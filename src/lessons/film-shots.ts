/** A film taken apart into its shots: what each began with, and what is seen where two meet. */
import type { TakeRecord } from '../core/take.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import type { MeetingPair } from '../measure/join.ts';
import type { Seam } from '../measure/seam.ts';
import { chainDrift, meanOfLooks, type ChainDrift } from '../measure/shot-drift.ts';
import { seamKey, shownIn, type Evidence, type MadeStep } from './evidence.ts';
import { takeOf, type SeenSubject } from './seen-subjects.ts';

/** `words`: a prompt alone. `last frame`: a picture out of another clip. `file`: brought from outside. */
export type ShotStart = 'words' | 'still' | 'last frame' | 'file';
export interface SeenShot {
  readonly value: VideoValue;
  readonly take: TakeRecord | undefined;
  readonly start: ShotStart;
  /** The takes its still came from. */
  readonly stills: readonly TakeRecord[];
  /** It ends with the picture that the next one begins with. */
  readonly leadsOn: boolean;
  /** It begins with the picture that the shot before ends with, and the film shows that once. */
  readonly isKeyframeShared: boolean;
}

/** In order; a clip that was put together of none is one shot. */
export function seenShots(
  { value, lineage }: Pick<SeenSubject, 'value' | 'lineage'>,
  { takes }: Pick<Evidence, 'takes'>,
): readonly SeenShot[] {
  if (value.kind !== 'video') return [];
  const shots = unfolded(value, lineage, new Set()).map(({ shown, made }) => shotOf(shown, made, lineage, takes));
  const leads = shots.map(({ take }, at) => {
    const end = take?.request.lastFrame?.hash;
    return end !== undefined && end === shots[at + 1]?.take?.request.still?.hash;
  });
  // A keyframe that is shown once makes the film a frame shorter.
  const shorter = shots.reduce((sum, shot) => sum + shot.value.frames, 0) - value.frames;
  const isShownOnce = shorter > 0 && shorter === leads.filter(Boolean).length;
  return shots.map((shot, at) => ({
    ...shot,
    leadsOn: leads[at]!,
    isKeyframeShared: isShownOnce && leads[at - 1] === true,
  }));
}

interface Unfolded {
  /** As it stands in the film, after what was done to it. */
  readonly shown: VideoValue;
  /** The step that made it. */
  readonly made: MadeStep | undefined;
}
function unfolded(value: VideoValue, lineage: readonly MadeStep[], passed: Set<MadeStep>): readonly Unfolded[] {
  const step = lineage.find((one) => !passed.has(one) && makes(one, value));
  if (!step) return [{ shown: value, made: undefined }];
  passed.add(step);
  if (step.layer !== 'refinement') return [{ shown: value, made: step }];
  const clipsIn = (input: MadeStep['inputs'][string] | undefined): readonly VideoValue[] =>
    shownIn(input).filter((one): one is VideoValue => one.kind === 'video');
  const joined = Object.values(step.inputs).find((input) => Array.isArray(input) && clipsIn(input).length > 1);
  // A step gives out what came in under the same name, changed; other clips are there to be compared with.
  const socket = Object.keys(step.outputs).find((name) =>
    shownIn(step.outputs[name]).some(({ hash }) => hash === value.hash),
  );
  const through = clipsIn(step.inputs[socket ?? '']);
  const sources = joined ? clipsIn(joined) : through.length > 0 ? through : clipsIn(Object.values(step.inputs).flat());
  const parts = (joined ? sources : sources.slice(0, 1)).flatMap((one) => unfolded(one, lineage, new Set(passed)));
  return parts.length === 1 ? [{ shown: value, made: parts[0]!.made }] : parts;
}

const makes = ({ outputs }: MadeStep, { hash }: ImageValue | VideoValue): boolean =>
  Object.values(outputs).some((output) => shownIn(output).some((one) => one.hash === hash));

function shotOf(
  value: VideoValue,
  made: MadeStep | undefined,
  lineage: readonly MadeStep[],
  takes: readonly TakeRecord[],
): Omit<SeenShot, 'leadsOn' | 'isKeyframeShared'> {
  const take = made && takeOf(made, takes);
  const { still } = take?.request ?? {};
  if (!take) return { value, take, start: 'file', stills: [] };
  if (!still) return { value, take, start: 'words', stills: [] };
  const before = stepsBefore(still, lineage);
  const isOutOfClip = before.some(({ inputs }) =>
    Object.values(inputs).some((one) => shownIn(one).some(({ kind }) => kind === 'video')),
  );
  const stills = before.flatMap((step) => (step.layer === 'generation' ? (takeOf(step, takes) ?? []) : []));
  return { value, take, start: isOutOfClip ? 'last frame' : stills.length > 0 ? 'still' : 'file', stills };
}

function stepsBefore(value: ImageValue, lineage: readonly MadeStep[]): readonly MadeStep[] {
  const found = new Set(lineage.filter((step) => makes(step, value)));
  // A set grows while it is walked.
  for (const step of found)
    for (const input of Object.values(step.inputs).flatMap((one) => shownIn(one)))
      for (const one of lineage) if (makes(one, input)) found.add(one);
  return [...found];
}

/** Each shot with the next. */
export const meetingsOf = (shots: readonly SeenShot[]): readonly MeetingPair[] =>
  shots.slice(1).map(({ value, isKeyframeShared }, at) => ({
    before: shots[at]!.value,
    after: value,
    join: isKeyframeShared ? 'shared keyframe' : 'cut',
  }));

/** Between each shot and the next; `undefined` where it could not be measured. */
export const seamsOf = (
  shots: readonly SeenShot[],
  { seams }: Pick<Evidence, 'seams'>,
): readonly (Seam | undefined)[] => meetingsOf(shots).map((pair) => seams.get(seamKey(pair)));

/** How much one part of the look grows, or sinks, with each hop: the most of all stretches between two cuts. */
export function slopeOf(shots: readonly SeenShot[], part: keyof ChainDrift['perHop'], evidence: Evidence): number {
  const seams = seamsOf(shots, evidence);
  const stretches: SeenShot[][] = [[]];
  for (const [at, shot] of shots.entries()) {
    if (seams[at - 1]?.isCut) stretches.push([]);
    stretches.at(-1)!.push(shot);
  }
  const slopes = stretches.filter(({ length }) => length > 1).map((stretch) => slopeIn(stretch, part, evidence));
  return Math.max(0, ...slopes);
}
function slopeIn(shots: readonly SeenShot[], part: keyof ChainDrift['perHop'], { looks }: Evidence): number {
  const seen = shots.map(({ value }) => looks.get(value.hash));
  if (seen.some((look) => look?.kind !== 'video')) return NaN;
  return Math.abs(
    chainDrift(seen.flatMap((look) => (look?.kind === 'video' ? meanOfLooks(look.over) : []))).perHop[part],
  );
}
