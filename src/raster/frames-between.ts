/** Frames that were never taken: between two others, along the motion that leads from one to the other. */
import type { Raster } from '../core/values.ts';
import type { Breathe } from './filters.ts';
import { LIGHT_STEPS, lightTables } from './light.ts';
import { OpticalFlow, type Meeting } from './optical-flow.ts';

const BAND = 64;

/** Two frames of one size, and what lies between them. It has memory of its own: some 60 bytes a pixel. */
export class FramesBetween {
  readonly #flow: OpticalFlow;
  readonly #width: number;
  readonly #height: number;
  /** Both frames as light. */
  #light: readonly [number, number];
  readonly #cells: number;
  readonly #scores: number;
  readonly #band: number;
  readonly #out: number;
  readonly #toLight: number;
  readonly #toBytes: number;

  constructor(frame: { readonly width: number; readonly height: number }) {
    this.#flow = new OpticalFlow(frame);
    this.#width = frame.width;
    this.#height = frame.height;
    const { bench, width, height } = this.#flow;
    const { light, bytes } = lightTables();
    this.#toLight = bench.put(light, 'floats');
    this.#toBytes = bench.put(bytes, 'bytes');
    this.#light = [bench.alloc(frame.width * frame.height * 16), bench.alloc(frame.width * frame.height * 16)];
    this.#cells = bench.alloc(width * height * 16);
    this.#scores = bench.alloc(width * height * 4);
    this.#band = bench.alloc(frame.width * BAND * 16);
    this.#out = bench.alloc(frame.width * frame.height * 4);
  }

  /** Takes up two frames. Those of one clip in order: the second of the last pair as the first of the next is known. */
  async meet(first: Raster | 'the second before', second: Raster, breathe: Breathe): Promise<Meeting> {
    if (first === 'the second before') {
      this.#flow.swap();
      this.#light = [this.#light[1], this.#light[0]];
    } else this.#look(0, first);
    this.#look(1, second);
    return this.#flow.meet(breathe);
  }

  /** The frame at `time`, 0 for the first of both and 1 for the second. */
  async at(time: number, breathe: Breathe): Promise<Raster> {
    const { bench, ways, width, height, factor } = this.#flow;
    bench.run.clearCells(this.#scores, width * height);
    bench.run.land(ways[0], width, height, time, false, this.#cells, this.#scores);
    bench.run.land(ways[1], width, height, 1 - time, true, this.#cells, this.#scores);
    bench.run.fillCells(this.#cells, this.#scores, width, height);
    for (let y = 0; y < this.#height; y += BAND) {
      const end = Math.min(this.#height, y + BAND);
      bench.run.between(
        ...this.#light,
        this.#width,
        this.#height,
        this.#cells,
        width,
        height,
        factor,
        time,
        y,
        end,
        this.#band,
      );
      bench.run.encode(
        this.#band,
        this.#out + y * this.#width * 4,
        (end - y) * this.#width,
        this.#toBytes,
        LIGHT_STEPS,
      );
      await breathe(end / this.#height);
    }
    const data = new Uint8ClampedArray(bench.bytes(this.#out, this.#width * this.#height * 4));
    return { width: this.#width, height: this.#height, data };
  }

  #look(side: 0 | 1, raster: Raster): void {
    const bytes = this.#flow.look(side, raster);
    this.#flow.bench.run.linearise(bytes, this.#light[side], raster.width * raster.height, this.#toLight);
  }
}
