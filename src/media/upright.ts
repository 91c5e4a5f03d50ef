/** Opens a picture the right way up in browsers that turn JPEG by its EXIF, but not WebP. */
import type { PictureHeader } from '../file/picture.ts';

const OPTIONS: ImageBitmapOptions = { premultiplyAlpha: 'none', colorSpaceConversion: 'default' };

/** The first frame of a picture, upright. Throws what the browser throws when it cannot read it. */
export async function opened(blob: Blob, header: PictureHeader | undefined): Promise<ImageBitmap> {
  const bitmap = await createImageBitmap(blob, OPTIONS);
  const orientation = header?.orientation ?? 1;
  if (orientation === 1 || (await turnsWebp())) return bitmap;
  try {
    return turned(bitmap, orientation);
  } finally {
    bitmap.close();
  }
}

/**
 * How each orientation of EXIF maps pixels to upright ones, as a canvas transform; [width, height] are those of the
 * upright picture.
 */
const TRANSFORMS: Readonly<
  Record<number, (width: number, height: number) => readonly [number, number, number, number, number, number]>
> = {
  2: (width) => [-1, 0, 0, 1, width, 0],
  3: (width, height) => [-1, 0, 0, -1, width, height],
  4: (_, height) => [1, 0, 0, -1, 0, height],
  5: () => [0, 1, 1, 0, 0, 0],
  6: (width) => [0, 1, -1, 0, width, 0],
  7: (width, height) => [0, -1, -1, 0, width, height],
  8: (_, height) => [0, -1, 1, 0, 0, height],
};

function turned(bitmap: ImageBitmap, orientation: number): ImageBitmap {
  const isOnSide = orientation >= 5;
  const [width, height] = isOnSide ? [bitmap.height, bitmap.width] : [bitmap.width, bitmap.height];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.setTransform(
    ...(TRANSFORMS[orientation]!(width, height) as [number, number, number, number, number, number]),
  );
  context.drawImage(bitmap, 0, 0);
  return canvas.transferToImageBitmap();
}

/** A red strip, four pixels wide and two high, with a note to turn it upright (EXIF orientation 6). */
const LYING =
  'UklGRlAAAABXRUJQVlA4WAoAAAAIAAAAAwAAAQAAVlA4TA8AAAAvA0AAAAcQ7Y/+ByKi/wEARVhJRhoAAABJSSoACAAAAAEAEgEDAAEAAAAGAAAAAAAAAA==';
let turns: Promise<boolean> | undefined;
/** Whether this browser turns WebP by itself; tried once. */
const turnsWebp = (): Promise<boolean> => (turns ??= tryLying());

async function tryLying(): Promise<boolean> {
  const bytes = Uint8Array.from(atob(LYING), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/webp' }), OPTIONS);
  const isTurned = bitmap.height === 4;
  bitmap.close();
  return isTurned;
}
