/** Optical flow: where each point of one frame is in another, the same on every machine. */
import type { Raster } from '../core/values.ts';
import type { Breathe } from './filters.ts';
import { Bench } from './kernels.ts';

/** Those of the kernel: pixels around a plane, and pixels of it for each square. */
const PAD = 16;
const CELL = 4;
/** Planes are not halved below this: a square must find something to hold on to. */
const SMALLEST = 20;
/** Squares, and pixels, between two breaths. */
const ROWS = 64;
/** Longer sides are looked at smaller. */
const LONGEST = 640;

/** Fewer points than this find their way there and back across a cut, and what they find differs by so many levels. */
const FEWEST_AGREEING = 0.4;
const MOST_UNLIKE_UNSURE = 9;
/** No motion explains more than this. */
const MOST_UNLIKE = 28;

interface Level {
  readonly width: number;
  readonly height: number;
  /** Luma of both frames. */
  readonly planes: readonly [number, number];
  readonly columns: number;
  readonly rows: number;
  /** One way for each square, and room to make it steady. */
  readonly grid: number;
  readonly scratch: number;
}

/**
 * Whether both frames are compared in one light: a flash is then no motion and no cut. What frames are made of needs them
 * as they are.
 */
export type FrameLight = 'as it is' | 'may change';
/** One of the two frames that are looked at. */
export type FlowSide = 0 | 1;

/** How two frames go together. */
export interface Meeting {
  /** Share of the pixels whose way there is the way back, 0…1. */
  readonly agreeing: number;
  /** Mean difference of colours along the ways, in levels of 255. */
  readonly unlike: number;
}

/** Whether two frames that follow one another show different things: nothing moves from one to the other. */
export const isCut = ({ agreeing, unlike }: Meeting): boolean =>
  unlike > MOST_UNLIKE || (agreeing < FEWEST_AGREEING && unlike > MOST_UNLIKE_UNSURE);

/**
 * Two frames of a clip in memory of their own, and the motion between them. `width`, `height`: of the planes it works on,
 * `factor` times smaller than the frames.
 */
export class OpticalFlow {
  readonly bench = new Bench();
  readonly width: number;
  readonly height: number;
  readonly factor: number;
  /** Of each side: f32 × 4 a pixel of x, y, whether the other side agrees, and the difference in colour. */
  readonly ways: readonly [number, number];
  readonly #light: FrameLight;
  readonly #levels: readonly Level[];
  readonly #bytes: number;
  /** Of both frames, f32 × 4 a pixel of the largest plane. */
  readonly #colours: readonly [number, number];
  #isSwapped = false;
  #isBegun = false;

  constructor(
    frame: { readonly width: number; readonly height: number },
    longest = LONGEST,
    light: FrameLight = 'as it is',
  ) {
    this.#light = light;
    this.factor = Math.max(
      1,
      Math.min(Math.ceil(Math.max(frame.width, frame.height) / longest), frame.width, frame.height),
    );
    this.width = Math.floor(frame.width / this.factor);
    this.height = Math.floor(frame.height / this.factor);
    this.#bytes = this.bench.alloc(frame.width * frame.height * 4);
    const levels: Level[] = [];
    let { width, height } = this;
    do {
      levels.push(levelOf(this.bench, width, height));
      width >>= 1;
      height >>= 1;
    } while (Math.min(width, height) >= SMALLEST);
    this.#levels = levels;
    const size = this.width * this.height * 16;
    this.#colours = [this.bench.alloc(size), this.bench.alloc(size)];
    this.ways = [this.bench.alloc(size), this.bench.alloc(size)];
  }

  /** Puts a frame on a side. Returns where its bytes lie until the next one is put anywhere. */
  look(side: FlowSide, raster: Raster): number {
    this.bench.bytes(this.#bytes, raster.data.length).set(raster.data);
    const [largest] = this.#levels;
    const place = this.#place(side);
    const plane = (level: Level) => level.planes[place];
    const colours = this.#colours[place];
    this.bench.run.colours(this.#bytes, raster.width, this.factor, colours, this.width, this.height);
    if (this.#light === 'may change') this.bench.run.evenLight(colours, this.width * this.height);
    this.bench.run.lumaOf(colours, plane(largest!), this.width, this.height);
    for (const [k, level] of this.#levels.entries()) {
      const larger = this.#levels[k - 1];
      if (larger) this.bench.run.halfPlane(plane(larger), larger.width, plane(level), level.width, level.height);
    }
    return this.#bytes;
  }

  /**
   * The next frame of a clip, and how it goes together with the one before; `undefined` for the first. A frame may be of
   * memory that is used again.
   */
  async next(frame: Raster, breathe: Breathe): Promise<Meeting | undefined> {
    const isFirst = !this.#isBegun;
    this.#isBegun = true;
    this.swap();
    this.look(1, frame);
    return isFirst ? undefined : this.meet(breathe);
  }

  /** The second frame becomes the first. */
  swap(): void {
    this.#isSwapped = !this.#isSwapped;
  }

  /** Follows every point of one side to the other. */
  async follow(from: FlowSide, breathe: Breathe): Promise<void> {
    const [here, there] = [this.#place(from), this.#place(from === 0 ? 1 : 0)];
    for (let k = this.#levels.length - 1; k >= 0; k--) {
      const { width, height, planes, columns, rows, grid, scratch } = this.#levels[k]!;
      const coarse = this.#levels[k + 1];
      for (let j = 0; j < rows; j += ROWS) {
        this.bench.run.follow(
          planes[here],
          planes[there],
          width,
          height,
          scratch,
          j,
          Math.min(rows, j + ROWS),
          coarse?.grid ?? 0,
          coarse?.columns ?? 0,
          coarse?.rows ?? 0,
        );
        if (k === 0) await breathe((0.8 * Math.min(rows, j + ROWS)) / rows);
      }
      this.bench.run.steady(scratch, columns, rows, grid);
    }
    const { width, height, grid } = this.#levels[0]!;
    this.bench.run.spread(this.#colours[here], this.#colours[there], width, height, grid, 0, height, this.ways[from]);
    await breathe(1);
  }

  /** Follows both sides, and marks what is hidden in the other frame. */
  async meet(breathe: Breathe): Promise<Meeting> {
    await this.follow(0, (done) => breathe(done * 0.5));
    await this.follow(1, (done) => breathe(0.5 + done * 0.5));
    const [there, back] = this.ways;
    const { width, height } = this;
    const agreeing = this.bench.run.agree(there, back, width, height);
    this.bench.run.agree(back, there, width, height);
    const unlike = this.#unlike();
    this.bench.run.mend(there, this.#colours[this.#place(0)], width, height);
    this.bench.run.mend(back, this.#colours[this.#place(1)], width, height);
    return { agreeing: agreeing / (width * height), unlike };
  }

  /** The ways of a side as they stand, to read at once: four numbers for each pixel of the plane. */
  waysOf(side: FlowSide): Float32Array {
    return this.bench.floats(this.ways[side], this.width * this.height * 4);
  }

  #unlike(): number {
    const ways = this.waysOf(0);
    let sum = 0;
    for (let at = 3; at < ways.length; at += 4) sum += ways[at]!;
    return (sum * 4) / ways.length;
  }

  #place(side: FlowSide): FlowSide {
    return this.#isSwapped ? (side === 0 ? 1 : 0) : side;
  }
}

function levelOf(bench: Bench, width: number, height: number): Level {
  const size = (width + 2 * PAD) * (height + 2 * PAD) * 4;
  const [columns, rows] = [Math.ceil(width / CELL), Math.ceil(height / CELL)];
  return {
    width,
    height,
    planes: [bench.alloc(size), bench.alloc(size)],
    columns,
    rows,
    grid: bench.alloc(columns * rows * 8),
    scratch: bench.alloc(columns * rows * 8),
  };
}
