/** The WebAssembly kernels of this thread, and the memory they work in. */
import { NodeError } from '../core/errors.ts';
import { KERNELS } from './generated/kernel-bytes.ts';

type Pointer = number;
/** Signatures of `assembly/index.ts`; all arguments are numbers or pointers into `memory`. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  heapBase(): Pointer;
  sky(buffer: Pointer, width: number, y0: number, y1: number, rows: Pointer, block: Pointer): void;
  cloudField(out: Pointer, width: number, height: number, step: number, block: Pointer): void;
  clouds(
    buffer: Pointer,
    width: number,
    y1: number,
    field: Pointer,
    fieldWidth: number,
    fieldHeight: number,
    step: number,
    block: Pointer,
  ): void;
  rays(buffer: Pointer, width: number, y0: number, y1: number, block: Pointer): void;
  trace(mask: Pointer, width: number, height: number, segments: Pointer, count: number): void;
  accumulate(from: Pointer, to: Pointer, width: number, height: number): void;
  blurMask(mask: Pointer, width: number, height: number, radius: number, scratch: Pointer): void;
  darken(
    buffer: Pointer,
    sceneWidth: number,
    mask: Pointer,
    x0: number,
    y0: number,
    width: number,
    height: number,
    block: Pointer,
  ): void;
  lighten(
    buffer: Pointer,
    sceneWidth: number,
    mask: Pointer,
    x0: number,
    y0: number,
    width: number,
    height: number,
    block: Pointer,
  ): void;
  paint(
    buffer: Pointer,
    sceneWidth: number,
    mask: Pointer,
    form: Pointer,
    x0: number,
    y0: number,
    width: number,
    height: number,
    block: Pointer,
  ): void;
  cover(
    covers: Pointer,
    depths: Pointer,
    sceneWidth: number,
    mask: Pointer,
    x0: number,
    y0: number,
    width: number,
    height: number,
    block: Pointer,
  ): void;
  uncover(
    mask: Pointer,
    covers: Pointer,
    sceneWidth: number,
    x0: number,
    y0: number,
    width: number,
    height: number,
  ): void;
  water(buffer: Pointer, width: number, top: number, bottom: number, rows: Pointer, block: Pointer): void;
  mist(buffer: Pointer, width: number, top: number, bottom: number, block: Pointer): void;
  glow(buffer: Pointer, width: number, height: number, block: Pointer): void;
  falling(buffer: Pointer, width: number, height: number, block: Pointer): void;
  shrink(from: Pointer, width: number, height: number, to: Pointer, factor: number, lift: number): void;
  blur(buffer: Pointer, width: number, height: number, radius: number, scratch: Pointer): void;
  addSmall(
    buffer: Pointer,
    width: number,
    height: number,
    small: Pointer,
    factor: number,
    line: Pointer,
    r: number,
    g: number,
    b: number,
  ): void;
  focus(
    buffer: Pointer,
    width: number,
    height: number,
    soft: Pointer,
    softer: Pointer,
    line: Pointer,
    plane: number,
    range: number,
    amount: number,
  ): void;
  finish(
    buffer: Pointer,
    width: number,
    y0: number,
    y1: number,
    height: number,
    out: Pointer,
    curve: Pointer,
    block: Pointer,
  ): void;
  depthBytes(buffer: Pointer, width: number, height: number, factor: number, out: Pointer): void;
  turn(from: Pointer, to: Pointer, width: number, height: number, sine: number, cosine: number): void;
  sameFor(a: Pointer, b: Pointer, count: number, back: number): number;
  resizeLines(
    from: Pointer,
    width: number,
    height: number,
    to: Pointer,
    outWidth: number,
    taps: Pointer,
    count: number,
  ): void;
  premultiply(from: Pointer, to: Pointer, count: number): void;
  unpremultiply(from: Pointer, to: Pointer, count: number): void;
  linearise(from: Pointer, to: Pointer, count: number, table: Pointer): void;
  encode(from: Pointer, to: Pointer, count: number, table: Pointer, steps: number): void;
  unsharp(sharp: Pointer, blurred: Pointer, to: Pointer, count: number, amount: number, threshold: number): void;
  median(from: Pointer, to: Pointer, width: number, y0: number, y1: number, height: number, scratch: Pointer): void;
  bilateral(from: Pointer, to: Pointer, width: number, y0: number, y1: number, height: number, range: number): void;
  lut3d(from: Pointer, to: Pointer, count: number, cube: Pointer, size: number): void;
  grain(
    from: Pointer,
    to: Pointer,
    width: number,
    y0: number,
    y1: number,
    amount: number,
    size: number,
    colourful: number,
    seed: number,
  ): void;
  warpField(
    grid: Pointer,
    gridWidth: number,
    gridHeight: number,
    field: Pointer,
    outWidth: number,
    outHeight: number,
    block: Pointer,
  ): void;
  tilesOf(layer: Pointer, width: number, height: number, tiles: Pointer): void;
  warp(list: Pointer, count: number, to: Pointer, outWidth: number, y0: number, y1: number, share: number): void;
  stylise(
    from: Pointer,
    to: Pointer,
    width: number,
    height: number,
    y0: number,
    y1: number,
    kind: number,
    amount: number,
    seed: number,
  ): void;
  colours(from: Pointer, width: number, factor: number, to: Pointer, outWidth: number, outHeight: number): void;
  evenLight(colours: Pointer, count: number): void;
  lumaOf(from: Pointer, to: Pointer, width: number, height: number): void;
  halfPlane(from: Pointer, width: number, to: Pointer, outWidth: number, outHeight: number): void;
  follow(
    a: Pointer,
    b: Pointer,
    width: number,
    height: number,
    grid: Pointer,
    j0: number,
    j1: number,
    coarse: Pointer,
    coarseColumns: number,
    coarseRows: number,
  ): void;
  steady(grid: Pointer, columns: number, rows: number, to: Pointer): void;
  spread(
    a: Pointer,
    b: Pointer,
    width: number,
    height: number,
    grid: Pointer,
    y0: number,
    y1: number,
    to: Pointer,
  ): void;
  agree(there: Pointer, back: Pointer, width: number, height: number): number;
  mend(there: Pointer, colours: Pointer, width: number, height: number): void;
  clearCells(scores: Pointer, count: number): void;
  land(
    ways: Pointer,
    width: number,
    height: number,
    share: number,
    isSecond: number,
    cells: Pointer,
    scores: Pointer,
  ): void;
  fillCells(cells: Pointer, scores: Pointer, width: number, height: number): void;
  between(
    a: Pointer,
    b: Pointer,
    width: number,
    height: number,
    cells: Pointer,
    columns: number,
    rows: number,
    factor: number,
    time: number,
    y0: number,
    y1: number,
    to: Pointer,
  ): void;
  similar(
    from: Pointer,
    width: number,
    height: number,
    ax: number,
    ay: number,
    bx: number,
    by: number,
    y0: number,
    y1: number,
    to: Pointer,
  ): void;
  toPlanes(from: Pointer, to: Pointer, width: number, height: number): void;
  fromPlanes(
    lumas: Pointer,
    lumaStride: number,
    us: Pointer,
    vs: Pointer,
    colourStride: number,
    step: number,
    to: Pointer,
    width: number,
    height: number,
  ): void;
}

const bytes = Uint8Array.from(atob(KERNELS), (character) => character.charCodeAt(0));
const module = new WebAssembly.Module(bytes);

/** One instance of the kernels with its own memory. Use it for one job at a time: views die when memory grows. */
export class Bench {
  readonly run: Kernels = new WebAssembly.Instance(module, { env: {} }).exports as unknown as Kernels;
  #top = this.run.heapBase();

  /** Reserves zero-initialised-once memory, 16-byte aligned. Grows as needed. */
  alloc(size: number): Pointer {
    const at = (this.#top + 15) & ~15;
    // The kernels store whole vectors, so leave room for one behind the end.
    this.#top = at + size + 64;
    const missing = this.#top - this.run.memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.run.memory.grow(Math.ceil(missing / 65536));
      } catch (cause) {
        throw new NodeError('out-of-memory', 'This picture needs more memory than the browser gives.', {
          hint: 'Use a smaller size.',
          cause,
        });
      }
    }
    return at;
  }

  /** Where memory stands now; give it to `release` to free everything reserved since. */
  mark(): number {
    return this.#top;
  }
  release(mark: number): void {
    this.#top = mark;
  }

  bytes(at: Pointer, length: number): Uint8Array {
    return new Uint8Array(this.run.memory.buffer, at, length);
  }
  floats(at: Pointer, length: number): Float32Array {
    return new Float32Array(this.run.memory.buffer, at, length);
  }
  ints(at: Pointer, length: number): Int32Array {
    return new Int32Array(this.run.memory.buffer, at, length);
  }
  put(data: ArrayLike<number> & { readonly length: number }, kind: 'bytes' | 'floats'): Pointer {
    const at = this.alloc(kind === 'bytes' ? data.length : data.length * 4);
    if (kind === 'bytes') this.bytes(at, data.length).set(data);
    else this.floats(at, data.length).set(data);
    return at;
  }
}

let shared: Bench | undefined;

/** Runs a job on this thread's kernels with memory of its own, freed afterwards. */
export async function withBench<T>(job: (bench: Bench) => T | Promise<T>): Promise<T> {
  const bench = shared ?? new Bench();
  shared = undefined;
  const mark = bench.mark();
  try {
    return await job(bench);
  } finally {
    bench.release(mark);
    // A job may await; whoever finishes last leaves its instance for the next. Very large memories are dropped.
    if (bench.run.memory.buffer.byteLength < 400e6) shared = bench;
  }
}
