/** Whether looks tell campaigns apart, and what stands out of one: the figures behind the steps and limits. */
import { beforeAll, expect, test } from 'vitest';
import type { Raster } from '../../src/core/values.ts';
import {
  LOOK_STEP,
  lookDistance,
  lookOfFrames,
  stepsOf,
  traitDistance,
  traitsOf,
  type ArtifactLook,
  type LookGap,
  type TraitDistance,
} from '../../src/measure/artifact-look.ts';
import { compareLooks, middleReference } from '../../src/measure/campaign.ts';
import { edgeDistance, edgeHistogram } from '../../src/measure/edge-histogram.ts';
import { leastCost } from '../../src/measure/palette-move.ts';
import { lumaPlane } from '../../src/measure/plane.ts';
import { median, medianDeviation, medoidOf } from '../../src/measure/robust.ts';
import { distanceOf } from '../../src/measure/stills.ts';
import { standOuts } from '../../src/measure/standing-out.ts';
import { inWords } from '../../src/core/say.ts';
import { filmOf } from '../rig/joined-clips.ts';
import { CAMPAIGNS, DEVIATIONS, graded, pictureOf } from '../rig/campaigns.ts';

type Name = keyof typeof CAMPAIGNS;
const NAMES = Object.keys(CAMPAIGNS) as Name[];
const pictures = {} as Record<Name, readonly Raster[]>;
const looks = {} as Record<Name, readonly ArtifactLook[]>;
const lookOf = (picture: Raster): ArtifactLook => ({ typical: traitsOf(picture) });

beforeAll(async () => {
  for (const name of NAMES) {
    pictures[name] = await Promise.all(CAMPAIGNS[name].map((prompt, at) => pictureOf(prompt, 11 + at * 7)));
    looks[name] = pictures[name].map(lookOf);
  }
}, 60_000);

/** Which of these stand out, against the one in their middle. */
const odd = (campaign: readonly ArtifactLook[]) =>
  compareLooks(campaign, middleReference(campaign)!).flatMap((placing, at) => (placing?.found ? [at] : []));
const percentOf = (count: number, all: number) => `${Math.round((100 * count) / all)} %`;
const between = (a: readonly ArtifactLook[], b: readonly ArtifactLook[]): TraitDistance[] =>
  a.flatMap((one, at) =>
    b.flatMap((other, place) => (a === b && place <= at ? [] : [traitDistance(one.typical, other.typical)])),
  );

test('pictures of one campaign are within a step of each other, those of two are not', () => {
  const lines = NAMES.map((name) => {
    const own = between(looks[name], looks[name]);
    const other = NAMES.filter((one) => one !== name).flatMap((one) => between(looks[name], looks[one]));
    const most = (part: keyof TraitDistance) => Math.max(...own.map((apart) => apart[part])).toFixed(1);
    const within = own.filter((apart) => stepsOf(apart) <= 1).length / own.length;
    const beyond = other.filter((apart) => stepsOf(apart) > 1).length / other.length;
    console.log(
      `${name}: at most ${most('palette')} ΔE, ${most('light')} L*, ${most('structure')} % apart; ` +
        `${percentOf(within, 1)} within a step, of other campaigns ${percentOf(beyond, 1)} beyond one.`,
    );
    return { name, within, beyond };
  });
  // Mist shows and hides more than any other weather.
  for (const { name, within, beyond } of lines) {
    expect(within, name).toBeGreaterThan(name === 'dawn' ? 0.6 : 0.8);
    expect(beyond, name).toBeGreaterThan(0.9);
  }
});

test('in a sound campaign nothing stands out, and what was put out of line does', () => {
  for (const name of NAMES) expect(odd(looks[name]), name).toEqual([]);
  const found = Object.entries(DEVIATIONS).map(([what, deviate]) => {
    const cases = NAMES.flatMap((name) =>
      [0, 2, 4, 6].map((at) => odd(looks[name].with(at, lookOf(deviate(pictures[name][at]!)))).join() === String(at)),
    );
    return [what, cases.filter(Boolean).length / cases.length] as const;
  });
  const strangers = NAMES.flatMap((name) =>
    NAMES.filter((one) => one !== name).flatMap((one) =>
      [0, 3, 5].map((at) => odd([...looks[name].slice(0, 7), looks[one][at]!]).includes(7)),
    ),
  );
  const ofAnother = strangers.filter(Boolean).length / strangers.length;
  console.log(
    [...found, ['of another campaign', ofAnother] as const]
      .map(([what, share]) => `${what}: found in ${percentOf(share, 1)} of the cases`)
      .join('\n'),
  );
  for (const [what, share] of found) expect(share, what).toBeGreaterThan(what === 'warmer' ? 0.35 : 0.54);
  expect(ofAnother).toBeGreaterThan(0.75);
});

test('a clip that keeps its look changes by less than a step over time; one that fades, or drifts, by more', async () => {
  const changes: Record<string, number[]> = { good: [], fading: [], 'drifting to red': [] };
  for (const [prompt, move] of [
    ['bottle on a plinth, studio', 'orbit'],
    ['car in a neon street at night, rain', 'pan right'],
    ['windmill in a meadow, golden hour', 'push in'],
  ] as const) {
    const frames = (await filmOf(prompt, 5, move)).filter((_, at) => at % 4 === 0);
    const changeOf = (grade: (picture: Raster, share: number) => Raster) =>
      lookOfFrames(frames.map((frame, at) => traitsOf(grade(frame, at / (frames.length - 1))))).change;
    changes['good']!.push(changeOf((frame) => frame));
    changes['fading']!.push(changeOf((frame, share) => graded(frame, (level) => level * (1 - 0.5 * share))));
    changes['drifting to red']!.push(
      changeOf((frame, share) =>
        graded(frame, (level, channel) => level * [1 + 0.3 * share, 1, 1 - 0.3 * share][channel]!),
      ),
    );
  }
  for (const [what, steps] of Object.entries(changes))
    console.log(`${what}: ${steps.map((one) => one.toFixed(2)).join(', ')} steps`);
  expect(Math.max(...changes['good']!)).toBeLessThan(0.5);
  // Of a night there is little to fade.
  expect(Math.min(...changes['fading']!)).toBeGreaterThan(0.6);
  expect(median(changes['fading']!)).toBeGreaterThan(1.5);
  expect(median(changes['drifting to red']!)).toBeGreaterThan(0.7);
});

test('the colours of a picture are moved as far as they have to go, however little there is of the nearest', () => {
  const half = [
    { lab: [30, 0, 0], share: 0.5 },
    { lab: [70, 0, 0], share: 0.5 },
  ] as const;
  const mostly = half.map((swatch, at) => ({ ...swatch, share: at === 0 ? 0.9 : 0.1 }));
  const traits = { light: [50], edges: Array.from({ length: 80 }, () => 0) };
  const apart = traitDistance({ ...traits, palette: half }, { ...traits, palette: mostly });
  // 0.4 of the picture goes from a lightness of 70 to one of 30; the nearest colours are the same.
  expect(apart.palette).toBeCloseTo(16);
  expect(distanceOf(half, mostly)).toBe(0);
  expect(traitDistance({ ...traits, palette: half }, { ...traits, palette: half }).palette).toBe(0);
});

test('the cheapest way to move shares is found also where the nearest first would be dearer', () => {
  // The first would take the free place and leave the second with a dear one.
  expect(
    leastCost(
      [0.5, 0.5],
      [0.5, 0.5],
      [
        [0, 1],
        [0, 9],
      ],
    ),
  ).toBeCloseTo(0.5);
  // All ways of sending thirds one to one.
  const cost = [
    [4, 1, 3],
    [2, 0, 5],
    [3, 2, 2],
  ];
  expect(leastCost([1 / 3, 1 / 3, 1 / 3], [1 / 3, 1 / 3, 1 / 3], cost)).toBeCloseTo(5 / 3);
  expect(leastCost([1], [0.25, 0.75], [[4, 8]])).toBeCloseTo(7);
});

test('edges are told by their kind and by where they are; a mirrored picture has the same ones elsewhere', () => {
  const drawn = (level: (x: number, y: number) => number) => {
    const data = new Uint8ClampedArray(64 * 64 * 4);
    for (let at = 0; at < 64 * 64; at++) data.fill(level(at % 64, at >> 6), at * 4, at * 4 + 4);
    return edgeHistogram(lumaPlane({ width: 64, height: 64, data }, 64, 64));
  };
  const plain = drawn(() => 90);
  const upright = drawn((x) => (x % 4 < 2 ? 60 : 160));
  const level = drawn((_, y) => (y % 4 < 2 ? 60 : 160));
  const left = drawn((x, y) => (x < 32 && y % 4 < 2 ? 160 : 60));
  const right = drawn((x, y) => (x >= 32 && y % 4 < 2 ? 160 : 60));
  expect(plain.every((share) => share === 0)).toBe(true);
  expect(edgeDistance(upright, upright)).toBe(0);
  expect(edgeDistance(upright, level)).toBe(100);
  expect(edgeDistance(plain, level)).toBe(100);
  // Everywhere another part, and the same picture on the whole.
  expect(edgeDistance(left, right)).toBe(50);
});

test('the middle of values, their spread, and the one all others are nearest to, whatever a few of them do', () => {
  expect(median([3, 1, 1000])).toBe(3);
  expect(medianDeviation([1, 2, 3, 4, 5, 6, 7, 8, 9, 1000])).toBeCloseTo(1.4826 * 3 * (10 / 9.2), 2);
  expect(medianDeviation([4, 4, 4, 900])).toBe(0);
  const apart = (a: number, b: number) => Math.abs(a - b);
  expect(medoidOf([9, 2, 3, 1, 500], apart)).toBe(2);
  expect(medoidOf([], apart)).toBe(-1);
  // Of many some are compared, from all over.
  const many = Array.from({ length: 500 }, (_, at) => at);
  expect(Math.abs(medoidOf(many, apart, 10) - 250)).toBeLessThan(60);
});

test('fewer than three are not judged; of three the odd one is; differences nobody minds are none', () => {
  const light = (value: number): LookGap => ({ palette: 0, light: value, structure: 0 });
  expect(standOuts([light(0), light(90)])).toEqual([undefined, undefined]);
  expect(standOuts([light(0), light(1), light(40)])[2]).toMatchObject({ dimension: 'light', half: 1, among: 3 });
  expect(standOuts([light(0), light(0), light(0), light(5)])).toEqual([undefined, undefined, undefined, undefined]);
  expect(standOuts([light(20), light(21), light(22), light(0)])[3]).toBeUndefined();
  // Clips among pictures are judged among each other.
  const timed = [0.1, 0.2, 0.1, 2].map((time) => ({ ...light(0), time }));
  expect(standOuts([...timed, light(0)])[3]).toMatchObject({ dimension: 'time', among: 4 });
});

test('why something stands out is said with its figures, and those of the others', () => {
  const campaign = [...looks.golden.slice(0, 5), lookOf(DEVIATIONS['a stop darker'](pictures.golden[5]!))];
  const placings = compareLooks(campaign, middleReference(campaign)!);
  expect(inWords(placings[5]!.found!.why)).toMatch(
    /^Its colours are 1\d\.\d ΔE from the reference; half of these 6 are within \d\.\d ΔE\.$/,
  );
});

test('a reference that was chosen is kept to, or it is said how far off all are; the middle of the set is no norm', () => {
  const reference = { look: looks.night[0]!, isChosen: true };
  const placings = compareLooks(looks.golden, reference);
  expect(new Set(placings.map((placing) => placing!.found?.kind))).toEqual(new Set(['off the reference']));
  expect(inWords(placings[0]!.found!.why)).toMatch(
    / from the chosen reference; within a campaign .* is usually the most\.$/,
  );
  expect(compareLooks(looks.golden, { ...reference, isChosen: false }).some((placing) => placing!.found)).toBe(false);
  // What was not measured has no place, and changes nothing for the others.
  const without = compareLooks([undefined, ...looks.golden], reference);
  expect(without[0]).toBeUndefined();
  expect(without.slice(1)).toEqual(placings);
});

test('two clips differ over time by how much the one changes more; a picture does not change', () => {
  const still: ArtifactLook = looks.noon[0]!;
  const clip = { ...still, change: 0.7 };
  expect(lookDistance(still, still).time).toBeUndefined();
  expect(lookDistance(clip, still)).toEqual({ palette: 0, light: 0, structure: 0, time: 0.7 });
  expect(lookDistance(clip, { ...still, change: 0.3 }).time).toBeCloseTo(0.4);
  expect(LOOK_STEP).toEqual({ palette: 12, light: 10, structure: 25 });
});
