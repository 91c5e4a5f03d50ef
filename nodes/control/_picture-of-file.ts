/** The picture of a file as a node gives it: as it came, or with what was drawn over it. */
import type { FileSetting, ImageValue, RunContext } from '../../src/core/node-api.ts';

interface GivenPicture {
  readonly image: ImageValue;
  /** Where a mask was painted: white is what is to be changed. */
  readonly mask: ImageValue | undefined;
}

export async function pictureOfFile(file: FileSetting, ctx: RunContext): Promise<GivenPicture> {
  const { hash, width = 1, height = 1 } = file;
  const image: ImageValue = { kind: 'image', hash, width, height };
  if (!file.layer) return { image, mask: undefined };
  const { drawnOver } = await import('../../src/markup/draw-layer.ts');
  const { raster } = await ctx.artifacts.image(image);
  const drawn = await drawnOver(raster, file.layer, (done) => ctx.progress(done));
  return {
    image: drawn.picture ? await ctx.artifacts.writeImage({ raster: drawn.picture }) : image,
    mask: drawn.mask && (await ctx.artifacts.writeImage({ raster: drawn.mask })),
  };
}
