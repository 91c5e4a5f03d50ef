/**
 * The light and colour of one picture given to another: mean and spread in OKLab, after Reinhard, Ashikhmin, Gooch and
 * Shirley, "Color transfer between images" (2001), with OKLab in place of their space.
 */
import { NodeError } from '../core/errors.ts';
import type { Raster } from '../core/values.ts';
import { fromOklab, toLinear, toOklab, toSrgb, type Rgb } from './colour.ts';
import type { Cube } from './filters.ts';
import { lightTables } from './light.ts';
import { clamp, lerp } from './math.ts';
import { isCut, OpticalFlow } from './optical-flow.ts';

/** Of some pictures together: L, a and b of OKLab. */
interface ColourSpread {
  readonly mean: Rgb;
  readonly deviation: Rgb;
}

/** So many frames say what a clip looks like. */
export const COLOUR_WINDOW = 12;

/** Cuts are looked for in frames of so many pixels on the long side. */
const LONGEST = 160;
const SAMPLES = 4000;
const SIZE = 33;
/** A spread is at most doubled or halved: a flat wall must not become a rainbow. */
const MOST = 2;

/** Of the first frames, up to the first cut. A picture is a clip of one frame. Throws where all is transparent. */
export async function coloursOfBeginning(frames: AsyncIterable<Raster>): Promise<ColourSpread> {
  const colours = collector();
  let count = 0;
  for await (const { frame, isAfterCut } of shown(frames)) {
    if (isAfterCut) break;
    colours.add(frame);
    if (++count === COLOUR_WINDOW) break;
  }
  return colours.spread();
}

/** Of these frames, those after the last cut. */
export async function coloursOfEnd(frames: AsyncIterable<Raster>): Promise<ColourSpread> {
  let colours = collector();
  for await (const { frame, isAfterCut } of shown(frames)) {
    if (isAfterCut) colours = collector();
    colours.add(frame);
  }
  return colours.spread();
}

/** Frames, each with whether it shows something else than the one before. */
async function* shown(
  frames: AsyncIterable<Raster>,
): AsyncGenerator<{ readonly frame: Raster; readonly isAfterCut: boolean }> {
  let flow: OpticalFlow | undefined;
  for await (const frame of frames) {
    flow ??= new OpticalFlow(frame, LONGEST, 'may change');
    const meeting = await flow.next(frame, async () => {});
    const isAfterCut = meeting !== undefined && isCut(meeting);
    yield { frame, isAfterCut };
  }
}

/** Collects pictures one at a time; transparent pixels do not count. */
function collector(): { add(image: Raster): void; spread(): ColourSpread } {
  const { light } = lightTables();
  const [sums, squares] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  let count = 0;
  return {
    add({ width, height, data }) {
      const stride = Math.max(1, Math.floor(Math.sqrt((width * height) / SAMPLES)));
      for (let y = stride >> 1; y < height; y += stride) {
        for (let x = stride >> 1; x < width; x += stride) {
          const at = (y * width + x) * 4;
          if (data[at + 3]! < 128) continue;
          const lab = toOklab([light[data[at]!]!, light[data[at + 1]!]!, light[data[at + 2]!]!]);
          for (let part = 0; part < 3; part++) {
            sums[part]! += lab[part]!;
            squares[part]! += lab[part]! * lab[part]!;
          }
          count++;
        }
      }
    },
    spread() {
      if (count === 0)
        throw new NodeError('bad-input', 'A picture that is transparent all over has no colours to match.');
      const deviation = (part: number) =>
        Math.sqrt(Math.max(0, squares[part]! / count - (sums[part]! / count) * (sums[part]! / count)));
      return {
        mean: [sums[0]! / count, sums[1]! / count, sums[2]! / count],
        deviation: [deviation(0), deviation(1), deviation(2)],
      };
    },
  };
}

/** The colour cube that gives `from` the mean and spread of `to`; `strength` 0 changes nothing, 1 goes all the way. */
export function matchCube(from: ColourSpread, to: ColourSpread, strength: number): Cube {
  const gains = [0, 1, 2].map((part) => gainOf(from.deviation[part]!, to.deviation[part]!));
  const data = new Float32Array(SIZE * SIZE * SIZE * 3);
  let at = 0;
  for (let b = 0; b < SIZE; b++) {
    for (let g = 0; g < SIZE; g++) {
      for (let r = 0; r < SIZE; r++) {
        const srgb = [r / (SIZE - 1), g / (SIZE - 1), b / (SIZE - 1)] as const;
        const lab = toOklab([toLinear(srgb[0]), toLinear(srgb[1]), toLinear(srgb[2])]);
        const part = (k: 0 | 1 | 2) => to.mean[k] + (lab[k] - from.mean[k]) * gains[k]!;
        const matched = fromOklab([clamp(part(0)), part(1), part(2)]);
        for (let k = 0; k < 3; k++) data[at + k] = lerp(srgb[k]!, toSrgb(clamp(matched[k]!)), strength);
        at += 3;
      }
    }
  }
  return { size: SIZE, data };
}

function gainOf(from: number, to: number): number {
  // Without any spread there is nothing to stretch.
  if (from < 1e-4) return 1;
  return clamp(to / from, 1 / MOST, MOST);
}
