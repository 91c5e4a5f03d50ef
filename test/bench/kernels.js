/** Pixel kernels beside pica and sharp, at 1024². */
import picaFactory from 'pica';
import sharp from 'sharp';
import { medians, print } from './table.js';
import { withSources } from '../../src/setup/sources.js';

export async function bench() {
  await withSources(async (load) => {
    const { resize, gaussian, sharpen, denoise, applyCube } = await load('/src/raster/filters.ts');
    const { cubeOf } = await load('/src/raster/grade.ts');
    const { sketchStill } = await load('/src/sketch/sketch.ts');
    const { moveThrough } = await load('/src/raster/move-through.ts');
    const { exposuresOf } = await load('/src/raster/moves.ts');
    const { splitByDepth } = await load('/src/raster/split-by-depth.ts');
    const quiet = async () => {};
    const still = (prompt, simple = false) =>
      sketchStill(
        { prompt, negative: '', seed: 1, guidance: 7, width: 1024, height: 1024, simple, references: [] },
        quiet,
      );
    const { raster, depth } = await still('mountain lake at dawn');
    const raw = () => sharp(Buffer.from(raster.data), { raw: { width: 1024, height: 1024, channels: 4 } });
    sharp.concurrency(1);
    const pica = picaFactory({ features: ['js', 'wasm'] });
    const cube = cubeOf({
      exposure: 0.2,
      contrast: 0.1,
      temperature: 0.1,
      tint: 0,
      saturation: 1.1,
      curve: [
        [0, 0],
        [1, 1],
      ],
      lutStrength: 1,
    });
    const rows = [];
    const compare = async (name, ours, peers) => {
      const ms = await medians(5, { ours, ...peers });
      rows.push([
        name,
        ms.ours,
        ms.sharp ?? '–',
        ms.pica ?? '–',
        ms.sharp ? ms.ours / ms.sharp : '–',
        ms.pica ? ms.ours / ms.pica : '–',
      ]);
    };
    await compare('Lanczos 2×', () => resize(raster, 2048, 2048, quiet), {
      sharp: () => raw().resize(2048, 2048, { kernel: 'lanczos3' }).raw().toBuffer(),
      pica: () =>
        pica.resizeBuffer({
          src: new Uint8Array(raster.data),
          width: 1024,
          height: 1024,
          toWidth: 2048,
          toHeight: 2048,
          filter: 'lanczos3',
        }),
    });
    await compare('Gauss σ4', () => gaussian(raster, 4, quiet), { sharp: () => raw().blur(4).raw().toBuffer() });
    await compare('Unsharp σ2', () => sharpen(raster, 0.6, 2, 2, quiet), {
      sharp: () => raw().sharpen({ sigma: 2 }).raw().toBuffer(),
    });
    await compare('Median 3×3', () => denoise(raster, 0, true, quiet), {
      sharp: () => raw().median(3).raw().toBuffer(),
    });
    await compare('Bilateral 5×5', () => denoise(raster, 0.4, false, quiet), {});
    await compare('LUT 33³', () => applyCube(raster, cube, quiet), {});
    for (const prompt of [
      'a perfume bottle on a plinth',
      'city skyline at night',
      'mountain lake at dawn, mist',
      'a forest in fog',
      'a lone tree in a poppy meadow, golden hour',
      'neon street in the rain',
      'a sailboat on a calm sea at sunset',
      'portrait of a woman, bokeh',
    ])
      await compare(`sketch: ${prompt}`, () => still(prompt), {});
    await compare(
      'sketch, draft 512²',
      () =>
        sketchStill(
          {
            prompt: 'mountain lake at dawn',
            negative: '',
            seed: 1,
            guidance: 7,
            width: 512,
            height: 512,
            simple: true,
            references: [],
          },
          quiet,
        ),
      {},
    );
    await compare('a picture taken apart by depth', () => splitByDepth(raster, depth, quiet), {});
    const layers = await splitByDepth(raster, depth, quiet);
    const orbit = { move: 'orbit', amount: 0.6, easing: 'linear' };
    const exposures = exposuresOf(orbit, 12, { width: 1280, height: 720 });
    await compare(
      '12 frames of a camera move, 720p',
      async () => {
        for await (const _ of moveThrough(layers, 1280, 720, exposures));
      },
      {},
    );
    print('Kernels, ms at 1024² on one core', ['', 'triptych', 'sharp', 'pica', '÷ sharp', '÷ pica'], rows);
  });
}
