/** The lesson on guidance: done in two correct ways, and refused for wrong graphs. */
import { describe, expect, test } from 'vitest';
import type { NodeId } from '../../src/core/ids.ts';
import type { FieldLimits, Graph } from '../../src/graph/graph.ts';
import { allPassed, changed, learner, lessonFile, startOfStep } from '../rig/learner.ts';

const lesson = lessonFile('guidance');
const step = (id: string) => lesson.steps.find((one) => one.id === id)!;
const start = startOfStep(lesson, 'strip');
const given = startOfStep(lesson, 'mend');
const scales = async (
  learns: Awaited<ReturnType<typeof learner>>,
  values: readonly number[],
  more: Parameters<typeof changed>[1] = {},
) => {
  for (const scale of values) await learns.run(changed(start, { guidance: { scale }, ...more }));
};
const withForm = (scale: number, limits?: FieldLimits): Graph => ({
  ...changed(start, { guidance: { scale } }),
  form: [{ node: 'guidance' as NodeId, param: 'scale', ...(limits ? { limits } : {}) }],
});
const seeds = (mode: string, valueOf: (at: number) => number) =>
  Object.fromEntries([0, 1, 2, 3, 4].map((at) => [`s${at}`, { seed: { mode, value: valueOf(at) } }]));

test('done one value after the other, in full size', async () => {
  const learns = await learner('delivery');
  await scales(learns, [1, 4, 7, 12, 20]);
  expect(await learns.checks(step('strip'))).toEqual(allPassed(step('strip')));
  Object.assign(learns.answers, { low: 4, high: 8 });
  expect(await learns.checks(step('band'))).toEqual(allPassed(step('band')));
  await scales(learns, [1, 4, 7, 12, 20], { image: { tier: 'cinematic' } });
  expect(await learns.checks(step('tier'))).toEqual(allPassed(step('tier')));
  learns.shows(withForm(7, { least: 4, most: 8 }));
  expect(await learns.checks(step('keep'))).toEqual(allPassed(step('keep')));
  const task = await learner();
  task.answers['wrong'] = 'seeds';
  await task.run(
    changed(
      given,
      seeds('fixed', () => 5),
    ),
  );
  expect(await task.checks(step('mend'))).toEqual(allPassed(step('mend')));
});

test('done another way: other values and seed, and one seed wired to all five', async () => {
  const learns = await learner();
  const other = { seed: { seed: { mode: 'fixed', value: 31 } } };
  await scales(learns, [2, 5, 6, 9, 14, 18], other);
  Object.assign(learns.answers, { low: 5, high: 6 });
  expect(await learns.checks(step('band'))).toEqual(allPassed(step('band')));
  learns.shows(withForm(5, { least: 5, most: 6 }));
  expect(await learns.checks(step('keep'))).toEqual(allPassed(step('keep')));
  const task = await learner();
  task.answers['wrong'] = 'seeds';
  const wires = Object.entries(given.wires).map(([id, wire]) => [
    id,
    wire.to.socket === 'seed' ? { ...wire, from: { ...wire.from, node: 's0' } } : wire,
  ]);
  const mended = changed(given, { s0: { seed: { mode: 'fixed', value: 5 } } });
  await task.run({ ...mended, wires: Object.fromEntries(wires) } as typeof given);
  expect(await task.checks(step('mend'))).toEqual(allPassed(step('mend')));
});

describe('does not pass', () => {
  test('five values so near that nothing can be seen of guidance', async () => {
    const learns = await learner();
    await scales(learns, [6.8, 6.9, 7, 7.1, 7.2]);
    expect((await learns.checks(step('strip')))['strip']).toContain('guidance from 6.8 to 7.2');
  });
  test('a band from end to end of a strip that never leaves it', async () => {
    const learns = await learner();
    await scales(learns, [4, 5, 6, 7, 8]);
    Object.assign(learns.answers, { low: 4, high: 8 });
    expect((await learns.checks(step('band')))['band']).toContain('none beyond is worse');
  });
  test('a strip with changing seeds', async () => {
    const learns = await learner();
    for (const [at, scale] of [1, 4, 7, 12, 20].entries())
      await learns.run(changed(start, { guidance: { scale }, seed: { seed: { mode: 'fixed', value: at } } }));
    expect((await learns.checks(step('strip')))['strip']).toContain('seed 0, 1, 2, 3, 4');
  });
  test('five equal values, and four', async () => {
    const learns = await learner();
    await scales(learns, [7, 7, 7, 7, 7]);
    expect((await learns.checks(step('strip')))['strip']).toMatch(/^1 of them.* \| at least 5/);
    await scales(learns, [1, 4, 12]);
    expect((await learns.checks(step('strip')))['strip']).toContain('4 of them');
  });
  test('a band with the harsh end, with the pale one, or with one picture in it', async () => {
    const learns = await learner();
    await scales(learns, [1, 4, 7, 12, 20]);
    const said: string[] = [];
    for (const [low, high] of [
      [4, 20],
      [1, 8],
      [6, 8],
    ] as const) {
      Object.assign(learns.answers, { low, high });
      said.push((await learns.checks(step('band')))['band']!);
    }
    expect(said).toEqual([
      expect.stringContaining('Clipped'.toLowerCase()),
      expect.stringContaining('saturation'),
      expect.stringContaining('1 picture from 6 to 8'),
    ]);
  });
  test('a second strip of the same tier', async () => {
    const learns = await learner();
    await scales(learns, [1, 4, 7, 12, 20]);
    expect((await learns.checks(step('tier')))['second']).not.toBe('passed');
  });
  test('a form without guidance, or with a value outside the band', async () => {
    const learns = await learner();
    Object.assign(learns.answers, { low: 4, high: 8 });
    learns.shows(start);
    expect((await learns.checks(step('keep')))['form']).toContain('nothing in the form');
    learns.shows(withForm(15, { least: 4, most: 8 }));
    expect((await learns.checks(step('keep')))['form']).toContain('15 in the form');
  });
  test('a form that lets whoever fills it in leave the band', async () => {
    const learns = await learner();
    Object.assign(learns.answers, { low: 4, high: 8 });
    learns.shows(withForm(7));
    expect((await learns.checks(step('keep')))['form']).toContain('7 in the form, without limits');
    learns.shows(withForm(7, { least: 4, most: 20 }));
    expect((await learns.checks(step('keep')))['form']).toContain('limited from 4 to 20');
  });
  test('the strip as it was, with five fixed seeds, or with one that moves', async () => {
    const task = await learner();
    task.answers['wrong'] = 'values';
    await task.run(given);
    expect((await task.checks(step('mend')))['mended']).toContain('seed');
    await task.run(
      changed(
        given,
        seeds('fixed', (at) => at),
      ),
    );
    expect((await task.checks(step('mend')))['mended']).toContain('seed');
    await task.run(
      changed(
        given,
        seeds('random', () => 5),
      ),
    );
    expect(await task.checks(step('mend'))).toEqual({
      mended: expect.stringContaining('a seed that moves by itself'),
      said: expect.stringContaining('1 answer of 1 not so'),
    });
  });
});
