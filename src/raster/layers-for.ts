/** The layers of any picture, at the size a clip needs. */
import type { Picture } from '../core/take.ts';
import type { DepthLayer, Raster } from '../core/values.ts';
import { resize, type Breathe } from './filters.ts';
import { guessDepth } from './guess-depth.ts';
import { overWhite } from './opaque.ts';
import { splitByDepth } from './split-by-depth.ts';

/** So much larger than the clip a layer is kept: sharp while the camera pushes in, and no more to look through. */
const ROOM = 1.2;

/** The size at which a picture is looked through for a clip: never larger than the picture. */
export function sizeFor(picture: Raster, width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, ROOM * Math.max(width / picture.width, height / picture.height));
  return { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) };
}

/**
 * Those of the picture if its maker gave them; else the picture is taken apart by its depth, or by a guess at it. Never
 * enlarged.
 */
export async function layersFor(
  picture: Picture,
  width: number,
  height: number,
  breathe: Breathe,
): Promise<readonly DepthLayer[]> {
  const { raster, depth, layers } = picture;
  const size = sizeFor(raster, width, height);
  const fitted = (image: Raster) => resize(image, size.width, size.height, async () => {});
  if (layers?.length) {
    const out: DepthLayer[] = [];
    for (const layer of layers) {
      out.push({ raster: await fitted(layer.raster), depth: layer.depth });
      await breathe(out.length / layers.length);
    }
    return out;
  }
  const image = await fitted(overWhite(raster));
  return splitByDepth(image, depth ?? guessDepth(image), breathe);
}
