/** The lesson on cost: done in two correct ways, and refused for wrong books. */
import { describe, expect, test } from 'vitest';
import { HOUSE } from '../../src/routing/house.ts';
import { allPassed, changed, learner, lessonFile, startOfStep } from '../rig/learner.ts';

type Learner = Awaited<ReturnType<typeof learner>>;
const lesson = lessonFile('cost');
const step = (id: string) => lesson.steps.find((one) => one.id === id)!;
const start = startOfStep(lesson, 'judge');

/** Six takes of a tier, of which so many are accepted. */
async function sixAt(
  learns: Learner,
  tier: string,
  accepted: number,
  more: Parameters<typeof changed>[1] = {},
  reviewMs = 4000,
) {
  for (let at = 1; at <= 6; at++) {
    const seed = { seed: { mode: 'fixed', value: at } };
    const takes = await learns.run(changed(start, { image: { tier }, seed, ...more }));
    await (at <= accepted ? learns.accept(takes, reviewMs) : learns.reject(takes, reviewMs));
  }
}
/** The next version of the house's table, with another cap for pictures at one tier. */
function publish(learns: Learner, cap: number, note: string, tier = 'budget'): void {
  const rows = HOUSE.rows.map((row) => (row.work === 'text to image' && row.tier === tier ? { ...row, cap } : row));
  const version = HOUSE.version + 1;
  learns.tables.push({ ...HOUSE, version, note, rows });
  learns.shows({ ...start, routing: { table: HOUSE.id, version } });
}

test('done with the dearer tier the cheaper one', async () => {
  const learns = await learner();
  await sixAt(learns, 'budget', 1);
  await sixAt(learns, 'speed', 3);
  expect(await learns.checks(step('judge'))).toEqual(allPassed(step('judge')));
  Object.assign(learns.answers, { budget: 3.31, speed: 1.33 });
  expect(await learns.checks(step('sum'))).toEqual(allPassed(step('sum')));
  Object.assign(learns.answers, { cheaper: 'speed', exposed: 'speed' });
  expect(await learns.checks(step('cheaper'))).toEqual(allPassed(step('cheaper')));
  publish(learns, 2, 'Budget is the dearer one: every further try at it costs more than going on.');
  expect(await learns.checks(step('cap'))).toEqual(allPassed(step('cap')));
  Object.assign(learns.answers, { leak: 'refinement', amount: 12 });
  expect(await learns.checks(step('leak'))).toEqual(allPassed(step('leak')));
});

test('done another way: more takes than six, and the cheaper tier the cheaper one', async () => {
  const learns = await learner();
  await sixAt(learns, 'budget', 3);
  const extra = { image: { tier: 'budget' }, seed: { seed: { mode: 'fixed', value: 7 } } };
  await learns.reject(await learns.run(changed(start, extra)));
  await sixAt(learns, 'speed', 2);
  expect(await learns.checks(step('judge'))).toEqual(allPassed(step('judge')));
  Object.assign(learns.answers, { budget: 1.44, speed: 1.87, cheaper: 'budget', exposed: 'speed' });
  expect(await learns.checks(step('sum'))).toEqual(allPassed(step('sum')));
  expect(await learns.checks(step('cheaper'))).toEqual(allPassed(step('cheaper')));
  publish(learns, 4, 'Budget is the cheaper one: it is tried longer.');
  expect(await learns.checks(step('cap'))).toEqual(allPassed(step('cap')));
});

describe('does not pass', () => {
  test('all accepted without looking', async () => {
    const learns = await learner();
    await sixAt(learns, 'budget', 6, {}, 0);
    expect((await learns.checks(step('judge')))['budget']).toContain('6 looked at for less than 0.2 s');
  });
  test('other words at the other tier, five takes, or one that nobody judged', async () => {
    const learns = await learner();
    await sixAt(learns, 'budget', 2);
    await sixAt(learns, 'speed', 2, { prompt: { text: 'a lake' } });
    expect((await learns.checks(step('judge')))['alike']).not.toBe('passed');
    const few = await learner();
    for (const value of [1, 2, 3, 4, 5])
      await few.accept(
        await few.run(changed(start, { image: { tier: 'budget' }, seed: { seed: { mode: 'fixed', value } } })),
      );
    expect((await few.checks(step('judge')))['budget']).toContain('5 of them');
    await few.run(changed(start, { image: { tier: 'budget' }, seed: { seed: { mode: 'fixed', value: 6 } } }));
    expect((await few.checks(step('judge')))['budget']).toContain('1 not judged');
  });
  test('a sum that forgets the rejected takes, and the tier with the lower price by its price alone', async () => {
    const learns = await learner();
    await sixAt(learns, 'budget', 1);
    await sixAt(learns, 'speed', 3);
    Object.assign(learns.answers, { budget: 0.51, speed: 0.54, cheaper: 'budget' });
    expect((await learns.checks(step('sum')))['sums']).toContain(
      'budget (6 made, 1 accepted), speed (6 made, 3 accepted)',
    );
    expect((await learns.checks(step('cheaper')))['cheaper']).not.toBe('passed');
  });
  test('a cap of 1, a version without a reason, or a graph that is not pinned to it', async () => {
    const learns = await learner();
    publish(learns, 1, 'Once is enough.');
    expect((await learns.checks(step('cap')))['pinned']).toContain('caps 1');
    const silent = await learner();
    publish(silent, 3, ' ');
    expect((await silent.checks(step('cap')))['pinned']).toContain('no version of its own');
    const loose = await learner();
    publish(loose, 3, 'Three.');
    loose.shows(start);
    expect((await loose.checks(step('cap')))['pinned']).toContain('no version of its own');
  });
  test('a cap that costs more by these rates, whichever way they are, or the cap of another tier', async () => {
    const dear = await learner();
    await sixAt(dear, 'budget', 1);
    await sixAt(dear, 'speed', 3);
    publish(dear, 3, 'Three looks are what an accepted picture took.');
    expect((await dear.checks(step('cap')))['pinned']).toContain('caps 3');
    const cheap = await learner();
    await sixAt(cheap, 'budget', 3);
    await sixAt(cheap, 'speed', 2);
    publish(cheap, 2, 'Two, then escalate.');
    expect((await cheap.checks(step('cap')))['pinned']).toContain('caps 2');
    const other = await learner();
    await sixAt(other, 'budget', 3);
    await sixAt(other, 'speed', 2);
    publish(other, 4, 'Four.', 'speed');
    expect((await other.checks(step('cap')))['pinned']).toContain('caps —');
  });
  test('a sum without finishing what was accepted', async () => {
    const learns = await learner();
    await sixAt(learns, 'budget', 1);
    await sixAt(learns, 'speed', 3);
    Object.assign(learns.answers, { budget: 3.06, speed: 1.08 });
    expect((await learns.checks(step('sum')))['sums']).not.toBe('passed');
  });
  test('the price blamed, or all of refinement counted as lost', async () => {
    const learns = await learner();
    learns.shows(start);
    Object.assign(learns.answers, { leak: 'price', amount: 15 });
    expect(Object.values(await learns.checks(step('leak'))).filter((one) => one === 'passed')).toEqual([]);
  });
});
