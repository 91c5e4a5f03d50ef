/** `npm run contact-sheet [filter]`: renders prompts × seeds into PNG sheets under test/out, to be judged by eye. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { png } from '../../src/headless/png.js';
import { withSources } from '../../src/setup/sources.js';
import { PROMPTS } from './prompts.js';

const filter = process.argv[2] ?? '';
const [cell, seeds] = [Number(process.env.CELL ?? 300), Number(process.env.SEEDS ?? 3)];
const perSheet = Number(process.env.ROWS ?? 6);

await withSources(async (load) => {
  const { sketchStill } = await load('/src/sketch/sketch.ts');
  mkdirSync('test/out', { recursive: true });
  const chosen = PROMPTS.filter((prompt) => prompt.includes(filter));
  const ratio = Number(process.env.ASPECT ?? 1.5);
  const [w, h] = [cell, Math.round(cell / ratio)];
  for (let sheet = 0; sheet * perSheet < chosen.length; sheet++) {
    const rows = chosen.slice(sheet * perSheet, (sheet + 1) * perSheet);
    const page = {
      width: w * seeds,
      height: h * rows.length,
      data: new Uint8ClampedArray(w * seeds * h * rows.length * 4),
    };
    for (const [r, prompt] of rows.entries()) {
      for (let s = 0; s < seeds; s++) {
        const start = performance.now();
        const { raster } = await sketchStill(
          {
            prompt,
            negative: process.env.NEGATIVE ?? '',
            seed: 1 + s,
            guidance: Number(process.env.CFG ?? 7),
            width: w,
            height: h,
            simple: false,
            references: [],
          },
          async () => {},
        );
        if (process.env.TIMES) console.log(`${(performance.now() - start).toFixed(0)} ms  ${prompt}`);
        for (let y = 0; y < h; y++)
          page.data.set(raster.data.subarray(y * w * 4, (y + 1) * w * 4), ((r * h + y) * page.width + s * w) * 4);
      }
    }
    writeFileSync(`test/out/sheet-${sheet + 1}.png`, png(page));
    console.log(`test/out/sheet-${sheet + 1}.png\n${rows.map((prompt) => `  ${prompt}`).join('\n')}`);
  }
});
