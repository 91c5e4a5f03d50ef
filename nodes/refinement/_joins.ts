/** How clips meet when they are stitched: which of their frames are shown, and which are shown together. */
import {
  NodeError,
  say,
  type Raster,
  type RunContext,
  type StoredClip,
  type Stretch,
  type VideoValue,
} from '../../src/core/node-api.ts';
import type { Breathe } from '../../src/raster/filters.ts';
import { atRate, covering, framesAtRate } from './_clips.ts';
import type { JOINS } from './_join-kinds.ts';

export interface Join {
  readonly join: (typeof JOINS)[number];
  /** How long a crossfade lasts, or how far from both ends a match cut is looked for. */
  readonly seconds: number;
}
/** What is shown of which clip. */
export interface ClipStretch extends Stretch {
  readonly clip: StoredClip;
}
/** What Stitch is told of its joins. */
interface JoinParams {
  readonly join: Join['join'];
  readonly fade: number;
  readonly window: number;
  readonly joins: readonly (Join & { readonly after: number })[];
}
interface Size {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/** The clips to join; throws where there is none, or one without frames. */
export async function clipsToJoin(
  videos: readonly VideoValue[],
  artifacts: Pick<RunContext['artifacts'], 'clip'>,
): Promise<readonly StoredClip[]> {
  if (videos.length === 0)
    throw new NodeError('bad-input', 'Nothing is connected to stitch.', { hint: 'Connect two clips or more.' });
  const empty = videos.findIndex(({ frames, fps }) => !(frames > 0 && fps > 0));
  if (empty >= 0)
    throw new NodeError('bad-input', say('Clip {0} has no frames.', empty + 1), { hint: 'Connect another one.' });
  return Promise.all(videos.map((video) => artifacts.clip(video)));
}

/** How so many clips meet, each with the next. */
export function joinsBetween(count: number, { join, fade, window, joins }: JoinParams): readonly Join[] {
  const usual: Join = { join, seconds: join === 'crossfade' ? fade : window };
  return Array.from({ length: count - 1 }, (_, at) => joins.findLast(({ after }) => after === at + 1) ?? usual);
}

/** `joins[n]` is between clip n and the next. No join takes more than half of either clip. */
export async function stretchesOf(
  clips: readonly StoredClip[],
  joins: readonly Join[],
  size: Size,
  breathe: Breathe,
): Promise<readonly ClipStretch[]> {
  const stretches: ClipStretch[] = [];
  for (const [at, clip] of clips.entries()) {
    const length = framesAtRate(clip, size.fps);
    const before = stretches[at - 1];
    const join = joins[at - 1];
    let [from, overlap] = [0, 0];
    if (before && join) {
      const wanted = Math.floor(join.seconds * size.fps + 0.5);
      if (join.join === 'shared keyframe') from = 1;
      if (join.join === 'crossfade') overlap = Math.min(wanted, length >> 1, before.end >> 1);
      if (join.join === 'match cut') {
        const match = await bestMatch(before, { clip, length }, wanted, size, breathe);
        stretches[at - 1] = { ...before, end: match.end };
        from = match.from;
      }
    }
    stretches.push({ clip, length, from, end: length, overlap });
    await breathe((at + 1) / clips.length);
  }
  return stretches;
}

/**
 * The last frame of one clip and the first of the next between which least changes, in what is seen and in how it moves:
 * the next goes on with the frame after the one that looks like the end of the first.
 */
async function bestMatch(
  before: ClipStretch,
  next: Pick<ClipStretch, 'clip' | 'length'>,
  wanted: number,
  size: Size,
  breathe: Breathe,
): Promise<{ readonly end: number; readonly from: number }> {
  if (next.length < 2) return { end: before.end, from: 0 };
  // Both clips keep a frame at least, whatever their other joins take.
  const halfOf = (length: number) => Math.min(wanted, Math.max(0, (length - 2) >> 1));
  const [atEnd, atBeginning] = [halfOf(before.end), halfOf(next.length)];
  // How a frame moves is seen from its neighbour, so one frame more is looked at on both sides.
  const firstEnd = Math.max(0, before.end - 2 - atEnd);
  const ends = await glimpsesAt(before.clip, firstEnd, before.end - firstEnd, size, breathe);
  const begins = await glimpsesAt(next.clip, 0, atBeginning + 2, size, breathe);
  let [least, end, from] = [Infinity, before.end, 1];
  for (let i = ends.length - 1; i >= Math.min(1, ends.length - 1); i--) {
    for (let j = 0; j <= atBeginning; j++) {
      const found = unlike(ends, i, begins, j);
      // The first of equals takes least away.
      if (found >= least) continue;
      [least, end, from] = [found, firstEnd + i + 1, j + 1];
    }
  }
  return { end, from };
}

async function glimpsesAt(
  clip: StoredClip,
  from: number,
  count: number,
  { width, height, fps }: Size,
  breathe: Breathe,
): Promise<readonly Float32Array[]> {
  const { glimpse } = await import('../../src/raster/glimpse.ts');
  const glimpses: Float32Array[] = [];
  for await (const frame of atRate(clip, fps, from)) {
    glimpses.push(await glimpse(await covering(frame, width, height, breathe)));
    await breathe(0);
    if (glimpses.length === count) break;
  }
  return glimpses;
}

/**
 * How unlike a frame of one clip is to a frame of the next, and their steps: out of both, into both where the first is
 * the last of its clip, or else into the one and out of the other.
 */
function unlike(ends: readonly Float32Array[], i: number, begins: readonly Float32Array[], j: number): number {
  const [here, there] = [ends[i]!, begins[j]!];
  const isOut = i + 1 < ends.length && j + 1 < begins.length;
  const isInto = !isOut && i > 0 && j > 0;
  const [hereFrom, hereTo] = isOut ? [here, ends[i + 1]!] : [ends[i - 1] ?? here, here];
  const [thereFrom, thereTo] = isInto ? [begins[j - 1]!, there] : [there, begins[j + 1] ?? there];
  let sum = 0;
  for (let at = 0; at < here.length; at++) {
    const step = hereTo[at]! - hereFrom[at]! - (thereTo[at]! - thereFrom[at]!);
    sum += Math.abs(here[at]! - there[at]!) + Math.abs(step);
  }
  return sum;
}

/** The frames of a whole made of these stretches. */
export async function* framesOf(
  stretches: readonly ClipStretch[],
  { width, height, fps }: Size,
  breathe: Breathe,
): AsyncGenerator<Raster> {
  const { mixedInLight } = await import('../../src/raster/light.ts');
  /** The end of the clip before, that the next one fades over. */
  let tail: Raster[] = [];
  for (const [at, { clip, from, end, overlap }] of stretches.entries()) {
    const held = stretches[at + 1]?.overlap ?? 0;
    const ending = tail;
    tail = [];
    let index = from;
    if (from >= end) continue;
    for await (const raw of atRate(clip, fps, from)) {
      const frame = await covering(raw, width, height, breathe);
      const shown = index < overlap ? mixedInLight(ending[index]!, frame, (index + 1) / (overlap + 1)) : frame;
      if (index >= end - held) tail.push(shown);
      else yield shown;
      index++;
      if (index === end) break;
    }
  }
}
export const lengthOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((total, { from, end, overlap }) => total + end - from - overlap, 0);

/** A stretch as the recipe of the whole says it; all of a clip after a cut is 0, as it was before there were others. */
export const inRecipe = ({ length, from, end, overlap }: Stretch): string =>
  [from > 0 ? `from ${from}` : '', end < length ? `to ${end}` : '', overlap > 0 ? `over ${overlap}` : '']
    .filter(Boolean)
    .join(' ') || '0';
