/** Campaigns of the built-in engine, and pictures of them put out of line on purpose. */
import type { Raster } from '../../src/core/values.ts';
import { sketchStill } from '../../src/sketch/sketch.ts';

const STILL = { negative: '', guidance: 7, width: 384, height: 216, simple: false, references: [] };

export async function pictureOf(prompt: string, seed: number): Promise<Raster> {
  return (await sketchStill({ ...STILL, prompt, seed }, async () => {})).raster;
}

/** One place and one light, another subject and another seed in each. */
export const CAMPAIGNS = {
  dawn: [
    'lighthouse',
    'sailing boat at sea',
    'cabin by a lake',
    'pine forest',
    'bridge',
    'mountain',
    'deer',
    'oak tree',
  ].map((what) => `${what}, dawn, mist`),
  studio: ['bottle', 'perfume', 'watch', 'headphones', 'shoe', 'jar of cream', 'lamp', 'vase'].map(
    (what) => `${what}, studio product shot, plinth, soft light`,
  ),
  golden: ['figure walking', 'horse', 'windmill', 'bicycle', 'oak tree', 'tent', 'dog', 'house'].map(
    (what) => `${what} in a meadow, golden hour`,
  ),
  night: ['car', 'figure', 'taxi', 'bicycle', 'umbrella', 'dog', 'cat', 'bus'].map(
    (what) => `${what} in a neon street at night, rain`,
  ),
  noon: ['boat', 'palm', 'umbrella', 'figure', 'bird', 'dog', 'surfer', 'chair'].map(
    (what) => `${what} on a beach at noon, clear sky`,
  ),
};

/** Each level of a picture changed, by its channel. */
export const graded = (picture: Raster, grade: (level: number, channel: number) => number): Raster => ({
  ...picture,
  data: picture.data.map((level, at) => (at % 4 === 3 ? level : grade(level, at % 4))),
});
const tinted = (gains: readonly number[]) => (picture: Raster) =>
  graded(picture, (level, channel) => level * gains[channel]!);

/** What goes wrong with one picture of a campaign: a stop darker (a gamma of 2.2 makes 0.73 of it), and so on. */
export const DEVIATIONS = {
  'a stop darker': (picture: Raster) => graded(picture, (level) => level * 0.73),
  'half the contrast': (picture: Raster) => graded(picture, (level) => 128 + (level - 128) * 0.5),
  warmer: tinted([1.15, 1, 0.75]),
  colder: tinted([0.75, 1, 1.15]),
  'red and blue exchanged': (picture: Raster) => {
    const data = picture.data.slice();
    for (let at = 0; at < data.length; at += 4) [data[at], data[at + 2]] = [data[at + 2]!, data[at]!];
    return { ...picture, data };
  },
} satisfies Record<string, (picture: Raster) => Raster>;
