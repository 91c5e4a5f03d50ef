/** Depth of pictures that come without. */
import type { DepthMap, Raster } from '../core/values.ts';
import { smoothstep } from './math.ts';
import { subjectOf, type SmallPicture } from './subject-of.ts';

const LONG_SIDE = 320;
/** How near things are at the upper and the lower edge. */
const TOP = 0.12;
const BOTTOM = 0.78;

/**
 * A guess for a picture whose depth is unknown. The lower, the nearer; and where something stands out from what touches
 * the upper and the side edges, it stands as near as its foot, cut out along its outline. Where nothing stands out
 * clearly, depth changes smoothly from top to bottom.
 *
 * It is no measurement: a subject that has the colours of its surroundings or leaves the frame at a side is not found,
 * and a dark door is taken for a thing before its wall.
 */
export function guessDepth(image: Raster): DepthMap {
  const small = shrunk(image);
  const { width, height } = small;
  const slope = (y: number) => TOP + (BOTTOM - TOP) * smoothstep(0, 1, (y + 0.5) / height);
  const subject = subjectOf(small);
  const near = subject ? Math.max(0.55, slope(footOf(subject, width, height))) : 0;
  const data = new Uint8Array(width * height);
  for (let at = 0; at < data.length; at++) {
    const ground = slope(Math.floor(at / width));
    const share = subject ? subject[at]! : 0;
    data[at] = 255 - Math.floor((ground + (Math.max(near, ground) - ground) * share) * 255 + 0.5);
  }
  return { width, height, data };
}

/** Means of boxes, three numbers 0…1 a place. */
function shrunk(image: Raster): SmallPicture {
  const scale = Math.max(1, Math.max(image.width, image.height) / LONG_SIDE);
  const width = Math.max(1, Math.round(image.width / scale));
  const height = Math.max(1, Math.round(image.height / scale));
  const colours = new Float32Array(width * height * 3);
  const count = new Float32Array(width * height);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const to = Math.floor((y * height) / image.height) * width + Math.floor((x * width) / image.width);
      const from = (y * image.width + x) * 4;
      for (let c = 0; c < 3; c++) colours[to * 3 + c] = colours[to * 3 + c]! + image.data[from + c]! / 255;
      count[to] = count[to]! + 1;
    }
  }
  for (let at = 0; at < count.length; at++)
    for (let c = 0; c < 3; c++) colours[at * 3 + c] = colours[at * 3 + c]! / count[at]!;
  return { width, height, colours };
}

/** The lowest row that a tenth of the subject reaches below. */
function footOf(subject: Uint8Array, width: number, height: number): number {
  const all = subject.reduce((sum, share) => sum + share, 0);
  let seen = 0;
  for (let y = height - 1; y > 0; y--) {
    for (let x = 0; x < width; x++) seen += subject[y * width + x]!;
    if (seen > all * 0.1) return y;
  }
  return 0;
}
