/** Takes and results as one kind of thing, so that the same can be expected of both. */
import type { TakeRecord } from '../core/take.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import { canonical } from '../engine/canonical.ts';
import type { Evidence, MadeStep, SeenResult } from './evidence.ts';
import { shownIn } from './evidence.ts';

export interface SeenSubject {
  readonly value: ImageValue | VideoValue;
  /** The takes in it: itself, or all that a result came from. */
  readonly takes: readonly TakeRecord[];
  /** What a result came from. A take alone says nothing of that. */
  readonly lineage: readonly MadeStep[];
  readonly isDelivered: boolean;
}

export function subjectOfTake(take: TakeRecord): SeenSubject | undefined {
  return take.artifact && { value: take.artifact, takes: [take], lineage: [], isDelivered: false };
}

export function subjectOfResult({ value, lineage, isDelivered }: SeenResult, { takes }: Evidence): SeenSubject {
  const made = lineage.flatMap((step) => (step.layer === 'generation' ? (takeOf(step, takes) ?? []) : []));
  return { value, lineage, isDelivered, takes: made };
}

/** Where the same picture was made twice, the one that was accepted. */
export function takeOf({ outputs }: Pick<MadeStep, 'outputs'>, takes: readonly TakeRecord[]): TakeRecord | undefined {
  const hashes = Object.values(outputs).flatMap((output) => shownIn(output).map(({ hash }) => hash));
  const made = takes.filter(({ artifact }) => artifact && hashes.includes(artifact.hash));
  return made.find(({ verdict }) => verdict.state === 'accepted') ?? made[0];
}

/** What was asked for when a take was made. */
export const TAKE_TRAITS = [
  'prompt',
  'negative prompt',
  'seed',
  'guidance',
  'shape',
  'megapixels',
  'references',
  'strength',
  'tier',
  'model',
  'kind of work',
  'motion',
  'still',
  'last frame',
  'criteria',
  'mode',
] as const;
export type TakeTrait = (typeof TAKE_TRAITS)[number];
/** What a result is, and by which way it came. */
export const RESULT_TRAITS = ['picture', 'size', 'takes', 'refinement'] as const;
export type Trait = TakeTrait | (typeof RESULT_TRAITS)[number];

/** Equal where the trait is equal. Of a result: that of all takes in it. */
export function traitOf(subject: SeenSubject, trait: Trait): string {
  switch (trait) {
    case 'picture':
      return subject.value.hash;
    case 'size':
      return `${subject.value.width} × ${subject.value.height}`;
    case 'takes':
      return [...new Set(subject.takes.map(({ id }) => id))].sort().join(' ');
    case 'refinement':
      return subject.lineage
        .filter(({ layer }) => layer === 'refinement')
        .map(({ type, params }) => canonical([type, params]))
        .sort()
        .join(' ');
    default:
      return [...new Set(subject.takes.map((take) => ofTake(take, trait)))].sort().join(', ');
  }
}

function ofTake(take: TakeRecord, trait: TakeTrait): string {
  const { request } = take;
  switch (trait) {
    case 'prompt':
      return request.prompt.text;
    case 'negative prompt':
      return request.prompt.negative;
    case 'seed':
      return String(take.seed);
    case 'guidance':
      return String(request.guidance.scale);
    case 'shape':
      return request.aspect.ratio.join(':');
    case 'megapixels':
      return String(request.megapixels);
    case 'references':
      return request.references.map(({ image }) => image.hash).join(' ');
    case 'strength':
      return request.references.map(({ strength }) => strength).join(' ');
    case 'tier':
      return take.request.tier;
    case 'model':
      return `${take.answered.model} @ ${take.answered.provider}`;
    case 'kind of work':
      return request.work;
    case 'motion':
      return canonical(request.motion ?? null);
    case 'still':
      return request.still?.hash ?? '';
    case 'last frame':
      return request.lastFrame?.hash ?? '';
    case 'criteria':
      return canonical(request.acceptance?.criteria ?? null);
    case 'mode':
      return take.mode;
    default:
      throw new TypeError(`No such trait: ${String(trait satisfies never)}`);
  }
}

/** Names of things that nobody reads: their hashes say nothing on screen. */
const UNREADABLE: ReadonlySet<Trait> = new Set([
  'picture',
  'takes',
  'refinement',
  'references',
  'still',
  'last frame',
  'motion',
  'criteria',
]);
export const isReadable = (trait: Trait): boolean => !UNREADABLE.has(trait);
