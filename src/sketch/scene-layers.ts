/** What lies in each depth layer of a scene, kept while it is painted back to front. */
import type { Bench } from '../raster/kernels.ts';

type Pointer = number;

/** A layer as it was painted: pointers into the memory of the bench. */
export interface PaintedLayer {
  /** The scene with this layer and all that is farther, linear light and depth. */
  readonly scene: Pointer;
  /** How much of each pixel this layer covers, a byte each. */
  readonly cover: Pointer;
  /** Where what covers it lies, 0 near … 255 far, a byte each; counts where most of a pixel is covered. */
  readonly depth: Pointer;
  /** Where the layer lies as a whole if it covers nothing, as weather does. */
  readonly lies: number;
}

export class SceneLayers {
  readonly #bench: Bench;
  readonly #buffer: Pointer;
  readonly #width: number;
  readonly #height: number;
  readonly #behind: PaintedLayer[] = [];
  #current: PaintedLayer;
  #isEmpty = false;

  /** `buffer`: the scene as it grows, which is the scene of the nearest layer. */
  constructor(bench: Bench, buffer: Pointer, width: number, height: number) {
    this.#bench = bench;
    this.#buffer = buffer;
    this.#width = width;
    this.#height = height;
    this.#current = this.#begun(255, 1);
  }

  /** From the farthest to the nearest. */
  get all(): readonly PaintedLayer[] {
    return [...this.#behind, this.#current];
  }
  /** Scenes of the layers behind, for what lies over all of them alike. */
  get scenes(): readonly Pointer[] {
    return this.#behind.map(({ scene }) => scene);
  }
  /** From the one before the current layer to the farthest: its scene, and the cover of the layer in front of it. */
  backwards(): readonly { readonly scene: Pointer; readonly covers: Pointer }[] {
    const all = this.all.toReversed();
    return all.slice(1).map(({ scene }, k) => ({ scene, covers: all[k]!.cover }));
  }
  get current(): PaintedLayer {
    return this.#current;
  }

  /** What is painted from now on lies in front of all there is. A layer with nothing in it is painted on. */
  next(lies: number): void {
    if (this.#isEmpty) {
      this.#current = { ...this.#current, lies };
      return;
    }
    const size = this.#width * this.#height * 16;
    const scene = this.#bench.alloc(size);
    this.#bench.bytes(scene, size).set(this.#bench.bytes(this.#buffer, size));
    this.#behind.push({ ...this.#current, scene });
    this.#current = this.#begun(0, lies);
    this.#isEmpty = true;
  }

  /** Something was painted. */
  touch(): void {
    this.#isEmpty = false;
  }

  /** Whole rows, as water covers them, lying evenly from the first depth to the last. */
  coverRows(from: number, to: number, lies: (row: number) => number): void {
    this.touch();
    const width = this.#width;
    this.#bench.bytes(this.#current.cover + from * width, (to - from) * width).fill(255);
    const depth = this.#bench.bytes(this.#current.depth, width * this.#height);
    for (let row = from; row < to; row++) depth.fill(Math.round(lies(row) * 255), row * width, (row + 1) * width);
  }

  /** Whatever has changed in these rows since the layer began covers what is behind and lies at this depth. */
  coverChanged(from: number, to: number, lies: number): void {
    const behind = this.#behind.at(-1);
    if (!behind) return;
    const pixels = this.#width * this.#height;
    const now = this.#bench.floats(this.#buffer, pixels * 4);
    const before = this.#bench.floats(behind.scene, pixels * 4);
    const cover = this.#bench.bytes(this.#current.cover, pixels);
    const depth = this.#bench.bytes(this.#current.depth, pixels);
    for (let at = from * this.#width; at < to * this.#width; at++) {
      const i = at * 4;
      if (now[i] === before[i] && now[i + 1] === before[i + 1] && now[i + 2] === before[i + 2]) continue;
      cover[at] = 255;
      depth[at] = Math.round(lies * 255);
    }
  }

  #begun(cover: number, lies: number): PaintedLayer {
    const pixels = this.#width * this.#height;
    const begun = { scene: this.#buffer, cover: this.#bench.alloc(pixels), depth: this.#bench.alloc(pixels), lies };
    this.#bench.bytes(begun.cover, pixels).fill(cover);
    this.#bench.bytes(begun.depth, pixels).fill(Math.round(lies * 255));
    return begun;
  }
}
