/** Clips that go on from each other well, and the same with one fault at the join: what seam measures are held against. */
import type { Raster } from '../../src/core/values.ts';
import type { SeamFault } from '../../src/measure/seam-findings.ts';
import { gaussian, crop, resize } from '../../src/raster/filters.ts';
import { exposuresOf } from '../../src/raster/moves.ts';
import { sketchFilm, sketchStill, type SketchRequest } from '../../src/sketch/sketch.ts';

const [WIDTH, HEIGHT] = [320, 180];
const SIZE = { width: WIDTH, height: HEIGHT };
const quiet = async () => {};
const SIDE = 12;

export interface Joined {
  readonly before: readonly Raster[];
  readonly after: readonly Raster[];
}
/** A shot of any length: the frame at a time, which need not be whole. */
export type Shot = (time: number) => Promise<Raster>;

const requestFor = (prompt: string, seed: number, width: number, height: number): SketchRequest => ({
  width,
  height,
  prompt,
  negative: '',
  seed,
  guidance: 7,
  simple: true,
  references: [],
});

/** A window that moves over a large still, by so many of its pixels a frame; between pixels it is resampled. */
export async function panOver(prompt: string, seed: number, dx: number, dy: number): Promise<Shot> {
  const { raster } = await sketchStill(requestFor(prompt, seed, WIDTH * 4, HEIGHT * 4), quiet);
  const frames = new Map<number, Promise<Raster>>();
  const at = (time: number): Promise<Raster> => {
    const x = Math.round(WIDTH + dx * time * 2);
    const y = Math.round(HEIGHT + dy * time * 2);
    return resize(crop(raster, x, y, WIDTH * 2, HEIGHT * 2), WIDTH, HEIGHT, quiet);
  };
  return (time) => {
    const frame = frames.get(time) ?? at(time);
    frames.set(time, frame);
    return frame;
  };
}
/** A film of the sketch, all its frames in one move. */
export async function filmOf(
  prompt: string,
  seed: number,
  move: 'push in' | 'orbit' | 'pan right',
): Promise<readonly Raster[]> {
  const poses = exposuresOf({ move, amount: 0.5, easing: 'linear' }, 40, SIZE).map((exposure) => exposure[0]!);
  const frames: Raster[] = [];
  for await (const frame of sketchFilm(requestFor(prompt, seed, WIDTH, HEIGHT), poses)) frames.push(frame);
  return frames;
}

/** `times` of the frames before the join and after it; -1 is the last, 0 the first after. */
export async function joinedAt(shot: Shot, times: (at: number) => number = (at) => at): Promise<Joined> {
  const sides = [-SIDE, 0].map((from) => Promise.all(Array.from({ length: SIDE }, (_, k) => shot(times(from + k)))));
  const [before, after] = (await Promise.all(sides)) as [Raster[], Raster[]];
  return { before, after };
}

/** `words` where they are the same on every shot. */
type Fault = readonly [
  name: string,
  fault: SeamFault,
  words: string | undefined,
  make: (shot: Shot) => Promise<Joined>,
];

const changed =
  (change: (frame: Raster) => Raster) =>
  async (shot: Shot): Promise<Joined> => {
    const { before, after } = await joinedAt(shot);
    return { before, after: after.map(change) };
  };
const scaled = (red: number, green: number, blue: number) => (frame: Raster) => ({
  ...frame,
  data: frame.data.map((level, at) => Math.floor(level * [red, green, blue, 1][at % 4]! + 0.5)),
});
/** Levels pushed away from their mean: what models add with each hop. */
const steeper = (by: number) => (frame: Raster) => {
  const colours = frame.data.filter((_, at) => at % 4 !== 3);
  const mean = colours.reduce((sum, level) => sum + level, 0) / colours.length;
  return {
    ...frame,
    data: frame.data.map((level, at) => (at % 4 === 3 ? level : Math.floor(mean + (level - mean) * by + 0.5))),
  };
};

/** A third of the way to σ = 1. */
const softer = async (frame: Raster): Promise<Raster> => {
  const soft = await gaussian(frame, 1, quiet);
  return { ...frame, data: frame.data.map((level, at) => Math.floor((level * 2 + soft.data[at]!) / 3 + 0.5)) };
};

/** What goes wrong in chained clips, each as weak as it is to be found. */
export const FAULTS: readonly Fault[] = [
  ['luma +5 %', 'luma', undefined, changed(scaled(1.05, 1.05, 1.05))],
  ['luma −5 %', 'luma', 'luma −5 %', changed(scaled(0.95, 0.95, 0.95))],
  ['red cast', 'colour', undefined, changed(scaled(1.06, 1, 0.97))],
  ['blue cast', 'colour', undefined, changed(scaled(0.97, 1, 1.06))],
  ['contrast +8 %', 'contrast', undefined, changed(steeper(1.08))],
  [
    'a little soft',
    'crispness',
    undefined,
    async (shot) => {
      const { before, after } = await joinedAt(shot);
      return { before, after: await Promise.all(after.map(softer)) };
    },
  ],
  ['1 repeated', 'repeat', 'a frame shown 1 time more', (shot) => joinedAt(shot, (at) => (at < 0 ? at : at - 1))],
  [
    '2 held',
    'repeat',
    'a frame shown 2 times more',
    (shot) => joinedAt(shot, (at) => (at < 0 ? at : Math.max(-1, at - 2))),
  ],
  [
    '3 held',
    'repeat',
    'a frame shown 3 times more',
    (shot) => joinedAt(shot, (at) => (at < 0 ? at : Math.max(-1, at - 3))),
  ],
  [
    '2 replayed',
    'echo',
    '2 frames of the clip before played again',
    (shot) => joinedAt(shot, (at) => (at < 0 ? at : at - 2)),
  ],
  [
    '3 replayed',
    'echo',
    '3 frames of the clip before played again',
    (shot) => joinedAt(shot, (at) => (at < 0 ? at : at - 3)),
  ],
  [
    'stall of 5',
    'stall',
    'motion stalls for 5 frames, 3 frames after the join',
    (shot) => joinedAt(shot, (at) => (at < 2 ? at : at < 7 ? 2 : at - 5)),
  ],
  ['twice as fast', 'velocity', undefined, (shot) => joinedAt(shot, (at) => (at < 0 ? at : at * 2 + 1))],
  ['half as fast', 'velocity', undefined, (shot) => joinedAt(shot, (at) => (at < 0 ? at : at * 0.5))],
  ['turns back', 'velocity', 'the motion turns back', (shot) => joinedAt(shot, (at) => (at < 0 ? at : -at - 2))],
];
