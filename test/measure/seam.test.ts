/** Seam measures against joins that hold and joins with one fault each, put in on purpose. */
import { beforeAll, describe, expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { seamFindings, seamInWords, SEAM_LIMITS } from '../../src/measure/seam-findings.ts';
import { seamRows } from '../../src/measure/seam-rows.ts';
import { seamOf, type Seam } from '../../src/measure/seam.ts';
import { FAULTS, filmOf, joinedAt, panOver, type Joined, type Shot } from '../rig/joined-clips.ts';

const quiet = async () => {};
const seam = ({ before, after }: Joined): Promise<Seam> => seamOf(before, after, quiet);
const PANS = [
  ['mountain lake at dawn, mist', 4, 3, 0],
  ['neon street in the rain', 5, -2, 1],
  ['a sailboat on a calm sea at sunset', 7, 2, 0],
  ['forest path in autumn', 9, 2, -1],
] as const;
const FILMS = [
  ['mountain lake at dawn, mist', 3, 'push in'],
  ['neon street in the rain', 5, 'orbit'],
  ['beach with a palm, wind, birds', 11, 'pan right'],
] as const;

let shots: readonly Shot[];
beforeAll(async () => {
  shots = await Promise.all(PANS.map(([prompt, seed, dx, dy]) => panOver(prompt, seed, dx, dy)));
});

/** How far a seam is on the way to each limit: 1 is the limit. */
const shares = (of: Seam) => ({
  luma: Math.abs(of.lumaStep) / SEAM_LIMITS.luma,
  colour: of.colourStep / SEAM_LIMITS.colour,
  contrast: Math.abs(of.contrastStep) / SEAM_LIMITS.contrast,
  chroma: Math.abs(of.chromaStep) / SEAM_LIMITS.chroma,
  crispness: Math.abs(of.crispnessStep) / SEAM_LIMITS.crispness,
  velocity: of.velocityMismatch / SEAM_LIMITS.velocity,
});
function expectNoSeam(of: Seam): void {
  expect(of).toMatchObject({ isCut: false, repeatedFrames: 0, echoFrames: 0, stall: undefined });
  for (const [name, share] of Object.entries(shares(of))) expect(share, name).toBeLessThan(0.5);
  expect(inWords(seamInWords(of))).toBe('No seam to be seen.');
}

test.each(PANS.map(([prompt], at) => [prompt, at] as const))(
  'a pan that goes on shows no seam: %s',
  async (_prompt, at) => expectNoSeam(await seam(await joinedAt(shots[at]!))),
);

test.each(FILMS)('a film that is cut in two anywhere shows no seam: %s, %d, %s', async (prompt, seed, move) => {
  const frames = await filmOf(prompt, seed, move);
  for (const at of [14, 20, 26]) expectNoSeam(await seamOf(frames.slice(0, at), frames.slice(at), quiet));
});

// The limits were set on all four; two keep the test short.
describe.each([0, 2].map((at) => [PANS[at]![0], at] as const))('%s', (_, at) => {
  test.each(FAULTS)('%s is found, and nothing else is said', async (_name, fault, words, make) => {
    const found = await seam(await make(shots[at]!));
    expect(seamFindings(found).map((finding) => finding.fault)).toEqual([fault]);
    if (words) expect(inWords(seamInWords(found))).toBe(words);
    // The table of a seam marks what is said of it.
    const marked = seamRows(found).filter(({ isFound }) => isFound);
    expect(marked.map((row) => row.fault)).toEqual([fault]);
    expect(marked[0]!.share).toBeGreaterThanOrEqual(1);
  });
});

test('two different pictures are a cut, and a cut has no faults', async () => {
  const cut = await seam({ before: (await joinedAt(shots[0]!)).before, after: (await joinedAt(shots[1]!)).after });
  expect(cut).toMatchObject({ isCut: true, lumaStep: 0, velocityMismatch: 0 });
  expect(inWords(seamInWords(cut))).toBe('A cut: two different pictures meet.');
});

test('a flash at the join is a step of luma and no cut', async () => {
  const { before, after } = await joinedAt(shots[2]!);
  const lit = after.map((frame) => ({ ...frame, data: frame.data.map((v, at) => (at % 4 === 3 ? v : v + 34)) }));
  const found = await seam({ before, after: lit });
  expect(found.isCut).toBe(false);
  expect(seamFindings(found).map(({ fault }) => fault)).toContain('luma');
});

test('what lies beyond a cut near the join is not measured', async () => {
  const [here, elsewhere] = [await joinedAt(shots[0]!), await joinedAt(shots[1]!)];
  expectNoSeam(
    await seam({
      before: [...elsewhere.before.slice(0, 6), ...here.before.slice(6)],
      after: [...here.after.slice(0, 7), ...elsewhere.after.slice(0, 5)],
    }),
  );
});

test('of still clips and single frames what can be measured is', async () => {
  const { before, after } = await joinedAt(shots[0]!, () => 0);
  expectNoSeam(await seam({ before, after }));
  expectNoSeam(await seamOf(before.slice(0, 1), after.slice(0, 1), quiet));
  await expect(seamOf([], after, quiet)).rejects.toThrow(RangeError);
  await expect(seamOf(before, [], quiet)).rejects.toThrow(RangeError);
});

test('several faults are said together', async () => {
  const [, , , brighter] = FAULTS[0]!;
  const stalled: Shot = (time) => shots[0]!(time < 2 ? time : time < 7 ? 2 : time - 5);
  expect(inWords(seamInWords(await seam(await brighter(stalled))))).toBe(
    'motion stalls for 5 frames, 3 frames after the join, luma +5 %',
  );
});
