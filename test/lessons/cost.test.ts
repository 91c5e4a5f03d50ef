/** The lesson on cost: done in two correct ways, and refused for wrong books. */
import { describe, expect, test } from 'vitest';
import type { NodeId, WireId } from '../../src/core/ids.ts';
import type { Graph } from '../../src/graph/graph.ts';
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
  after = 0,
) {
  for (let at = 1; at <= 6; at++) {
    const seed = { seed: { mode: 'fixed', value: after + at } };
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
  Object.assign(learns.answers, { generation: 0.06, waiting: 0.6, reviewing: 3, refinement: 0.25 });
  Object.assign(learns.answers, { budget: 3.91, speed: 1.53 });
  expect(await learns.checks(step('sum'))).toEqual(allPassed(step('sum')));
  Object.assign(learns.answers, { cheaper: 'speed' });
  expect(await learns.checks(step('cheaper'))).toEqual(allPassed(step('cheaper')));
  publish(learns, 2, 'Budget is the dearer one: every further try at it costs more than going on.');
  expect(await learns.checks(step('cap'))).toEqual(allPassed(step('cap')));
  Object.assign(learns.answers, { 'rise-budget': 0.06, 'rise-speed': 0.08, exposed: 'speed', after: 'speed' });
  expect(await learns.checks(step('double'))).toEqual(allPassed(step('double')));
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
  // 7 made and 3 accepted at budget, 6 and 2 at speed.
  Object.assign(learns.answers, { generation: 0.02, waiting: 0.23, reviewing: 1.17, refinement: 0.25 });
  Object.assign(learns.answers, { budget: 1.67, speed: 2.17, cheaper: 'budget' });
  expect(await learns.checks(step('sum'))).toEqual(allPassed(step('sum')));
  expect(await learns.checks(step('cheaper'))).toEqual(allPassed(step('cheaper')));
  publish(learns, 4, 'Budget is the cheaper one: it is tried longer.');
  expect(await learns.checks(step('cap'))).toEqual(allPassed(step('cap')));
  Object.assign(learns.answers, { 'rise-budget': 0.02, 'rise-speed': 0.12, exposed: 'speed', after: 'budget' });
  expect(await learns.checks(step('double'))).toEqual(allPassed(step('double')));
});

test('the lower price is hit harder where it needs many more takes', async () => {
  const learns = await learner();
  await sixAt(learns, 'budget', 1);
  await sixAt(learns, 'budget', 0, {}, 4000, 6);
  await sixAt(learns, 'speed', 6);
  Object.assign(learns.answers, { 'rise-budget': 0.12, 'rise-speed': 0.04, exposed: 'budget', after: 'speed' });
  expect(await learns.checks(step('double'))).toEqual(allPassed(step('double')));
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
  test('criteria that are loosened between the tiers', async () => {
    const learns = await learner();
    const judgedBy = (sharpness: number): Graph => ({
      ...start,
      nodes: {
        ...start.nodes,
        ['standard' as NodeId]: {
          type: 'acceptance',
          version: 1,
          params: { sharpness },
          position: { x: 0, y: 600 },
        },
      },
      wires: {
        ...start.wires,
        ['w9' as WireId]: {
          from: { node: 'standard', socket: 'acceptance' },
          to: { node: 'image', socket: 'acceptance' },
          order: 9,
        },
      } as Graph['wires'],
    });
    for (const [tier, sharpness] of [
      ['budget', 0.02],
      ['speed', 0],
    ] as const)
      for (let at = 1; at <= 6; at++) {
        const seed = { seed: { mode: 'fixed', value: at } };
        await learns.accept(await learns.run(changed(judgedBy(sharpness), { image: { tier }, seed })));
      }
    expect((await learns.checks(step('judge')))['alike']).not.toBe('passed');
  });
  test('parts that leave the rejected takes out, or finish all of them', async () => {
    const learns = await learner();
    await sixAt(learns, 'budget', 2);
    Object.assign(learns.answers, { generation: 0.01, waiting: 0.1, reviewing: 0.5, refinement: 0.25 });
    expect((await learns.checks(step('sum')))['parts']).toContain(
      'budget (6 made, 2 accepted): not so for generation, waiting, reviewing',
    );
    Object.assign(learns.answers, { generation: 0.03, waiting: 0.3, reviewing: 1.5, refinement: 0.75 });
    expect((await learns.checks(step('sum')))['parts']).toContain('not so for refinement');
  });
  test('parts and sums of a tier at which nothing was accepted', async () => {
    const learns = await learner();
    await sixAt(learns, 'budget', 0);
    Object.assign(learns.answers, { generation: 0.06, waiting: 0.6, reviewing: 3, refinement: 0.25, budget: 3.91 });
    expect(Object.values(await learns.checks(step('sum')))).not.toContain('passed');
  });
  test('doubled prices: the rise of one take, everything doubled, and the higher price taken for the more exposed', async () => {
    const learns = await learner();
    await sixAt(learns, 'budget', 1);
    await sixAt(learns, 'speed', 6);
    Object.assign(learns.answers, { 'rise-budget': 0.01, 'rise-speed': 0.04, exposed: 'speed', after: 'budget' });
    expect(Object.values(await learns.checks(step('double')))).not.toContain('passed');
    Object.assign(learns.answers, { 'rise-budget': 3.66, 'rise-speed': 0.64, exposed: 'budget', after: 'speed' });
    expect(await learns.checks(step('double'))).toEqual({
      rises: expect.stringContaining('budget (6 made, 1 accepted)'),
      exposed: 'passed',
      after: 'passed',
    });
  });
  test('a sum that forgets the rejected takes, and the tier with the lower price by its price alone', async () => {
    const learns = await learner();
    await sixAt(learns, 'budget', 1);
    await sixAt(learns, 'speed', 3);
    Object.assign(learns.answers, { budget: 0.86, speed: 0.89, cheaper: 'budget' });
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
    Object.assign(learns.answers, { budget: 3.66, speed: 1.28 });
    expect((await learns.checks(step('sum')))['sums']).not.toBe('passed');
  });
  test('the price blamed, or all of refinement counted as lost', async () => {
    const learns = await learner();
    learns.shows(start);
    Object.assign(learns.answers, { leak: 'price', amount: 15 });
    expect(Object.values(await learns.checks(step('leak'))).filter((one) => one === 'passed')).toEqual([]);
  });
});
