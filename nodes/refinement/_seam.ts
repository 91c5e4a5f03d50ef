/** Where a clip can begin again so that nobody sees it. */
import type { Raster, StoredClip } from '../../src/core/node-api.ts';
import type { Breathe } from '../../src/raster/filters.ts';
import { mixed } from './_clips.ts';

/** A loop shows the frames from `begin` up to the one before `end`, which looks like `begin`. */
export interface Seam {
  readonly begin: number;
  readonly end: number;
}
/** Bytes of frames that are held to be shown backwards. */
const HELD = 64e6;

/**
 * The seam with the least difference, in what is seen and in how it moves, among so many frames from both ends of a clip.
 * `before` frames are left over in front of it.
 */
export async function bestSeam(clip: StoredClip, before: number, search: number, breathe: Breathe): Promise<Seam> {
  // How a frame moves is seen from the one after it, so the last can be no end.
  const firstEnd = clip.frames - 2 - search;
  const begins = await glimpsesOf(clip, before, search + 2, (done) => breathe(done * 0.4));
  const ends = await glimpsesOf(clip, firstEnd, search + 2, (done) => breathe(0.4 + done * 0.4));
  let best: Seam = { begin: before, end: clip.frames - 2 };
  let least = Infinity;
  for (let i = 0; i <= search; i++) {
    for (let j = search; j >= 0; j--) {
      const found = unlike([begins[i]!, begins[i + 1]!], [ends[j]!, ends[j + 1]!]);
      // The first of equals is the longest.
      if (found >= least) continue;
      least = found;
      best = { begin: before + i, end: firstEnd + j };
    }
    await breathe(0.8 + (0.2 * (i + 1)) / (search + 1));
  }
  return best;
}

async function glimpsesOf(clip: StoredClip, from: number, count: number, breathe: Breathe): Promise<Float32Array[]> {
  const { glimpse } = await import('../../src/raster/glimpse.ts');
  const glimpses: Float32Array[] = [];
  for await (const frame of clip.readFrom(from)) {
    glimpses.push(await glimpse(frame));
    await breathe(glimpses.length / count);
    if (glimpses.length === count) break;
  }
  return glimpses;
}

type FrameAndNext = readonly [Float32Array, Float32Array];
/** How unlike two frames are, and their steps to the next. */
function unlike([here, hereNext]: FrameAndNext, [there, thereNext]: FrameAndNext): number {
  let sum = 0;
  for (let at = 0; at < here.length; at++) {
    const off = here[at]! - there[at]!;
    sum += Math.abs(off) + Math.abs(hereNext[at]! - thereNext[at]! - off);
  }
  return sum;
}

/** The frames of a loop; the last `blend` turn along their motion into those that come before its beginning. */
export async function* loopedAt(
  clip: StoredClip,
  { begin, end }: Seam,
  blend: number,
  breathe: Breathe,
): AsyncGenerator<Raster> {
  const [{ FramesBetween }, { isCut }] = await Promise.all([
    import('../../src/raster/frames-between.ts'),
    import('../../src/raster/optical-flow.ts'),
  ]);
  const between = blend > 0 ? new FramesBetween(clip) : undefined;
  const leading = clip.readFrom(begin - blend)[Symbol.asyncIterator]();
  let index = begin;
  for await (const frame of clip.readFrom(begin)) {
    const into = index - (end - blend);
    const lead = between && into >= 0 ? await leading.next() : undefined;
    if (!between || !lead || lead.done) yield frame;
    else {
      const share = (into + 1) / (blend + 1);
      const meeting = await between.meet(frame, lead.value, breathe);
      yield isCut(meeting) ? mixed(frame, lead.value, share) : await between.at(share, breathe);
    }
    index++;
    if (index === end) break;
  }
  await leading.return?.();
}

/** The frames of a clip, then back again up to its second. */
export async function* thereAndBack(clip: StoredClip): AsyncGenerator<Raster> {
  yield* clip.read();
  const held = Math.max(2, Math.floor(HELD / (clip.width * clip.height * 4)));
  for (let end = clip.frames - 1; end > 1; end -= held) {
    const begin = Math.max(1, end - held);
    const frames: Raster[] = [];
    for await (const frame of clip.readFrom(begin)) {
      frames.push(frame);
      if (frames.length === end - begin) break;
    }
    yield* frames.reverse();
  }
}
