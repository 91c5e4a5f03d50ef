/** Whether two stills are told apart that cannot become each other: the figures behind the limits. */
import { beforeAll, expect, test } from 'vitest';
import type { Raster } from '../../src/core/values.ts';
import { haveLittleInCommon, stillLikeness, type StillLikeness } from '../../src/measure/still-likeness.ts';
import { crop, resize } from '../../src/raster/filters.ts';
import { CAMPAIGNS, DEVIATIONS, pictureOf } from '../rig/campaigns.ts';

const scenes: { readonly prompt: string; readonly picture: Raster }[][] = [];
beforeAll(async () => {
  for (const prompts of Object.values(CAMPAIGNS))
    scenes.push(
      await Promise.all(prompts.slice(0, 4).map(async (prompt) => ({ prompt, picture: await pictureOf(prompt, 11) }))),
    );
}, 60_000);

/** Prints how far they are apart, and gives the share of them that have little in common. */
function unlike(name: string, pairs: readonly StillLikeness[]): number {
  const [move, overlap] = [pairs.map((pair) => pair.palette), pairs.map((pair) => pair.overlap)];
  const range = (values: readonly number[]) => `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;
  const share = pairs.filter(haveLittleInCommon).length / pairs.length;
  console.log(
    `${name}: ${pairs.length} pairs, palette ${range(move)} ΔE, overlap ${range(overlap)}, ${Math.round(share * 100)} %`,
  );
  return share;
}
/** A part of a picture, as from nearer. */
const nearer = (picture: Raster, share: number, x: number, y: number) => {
  const { width, height } = picture;
  const [left, top] = [Math.floor(width * x), Math.floor(height * y)];
  const part = crop(picture, left, top, Math.floor(width * share), Math.floor(height * share));
  return resize(part, width, height, async () => {});
};

test('one scene seen otherwise has much in common', async () => {
  const [moved, told, drawn, lit] = [[], [], [], []] as StillLikeness[][] as [
    StillLikeness[],
    StillLikeness[],
    StillLikeness[],
    StillLikeness[],
  ];
  for (const { prompt, picture } of scenes.flat()) {
    for (const [share, x, y] of [
      [0.92, 0, 0.04],
      [0.85, 0.1, 0.05],
      [0.75, 0.12, 0.1],
    ] as const)
      moved.push(stillLikeness(picture, await nearer(picture, share, x, y)));
    for (const words of [', wide', ', haze']) told.push(stillLikeness(picture, await pictureOf(prompt + words, 11)));
    drawn.push(stillLikeness(picture, await pictureOf(prompt, 29)));
    const dusk = prompt.replace(/dawn|golden hour|night|noon/, 'dusk');
    if (dusk !== prompt) lit.push(stillLikeness(picture, await pictureOf(dusk, 11)));
    lit.push(stillLikeness(picture, DEVIATIONS['a stop darker'](picture)));
  }
  expect(unlike('from nearer', moved)).toBe(0);
  expect(unlike('in other words', told)).toBe(0);
  expect(unlike('of another seed', drawn)).toBe(0);
  expect(unlike('in another light', lit)).toBe(0);
}, 120_000);

test('two places have little', () => {
  const apart = scenes.flatMap((own, at) =>
    scenes.slice(at + 1).flatMap((other) => own.flatMap((a) => other.map((b) => stillLikeness(a.picture, b.picture)))),
  );
  expect(unlike('of two places', apart)).toBeGreaterThan(0.95);
});
