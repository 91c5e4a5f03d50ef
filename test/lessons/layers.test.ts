/** The lesson on three layers: done in two correct ways, and refused for wrong graphs. */
import { describe, expect, test } from 'vitest';
import type { NodeId } from '../../src/core/ids.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { allPassed, changed, learner, lessonFile, startOfStep } from '../rig/learner.ts';

const lesson = lessonFile('layers');
const step = (id: string) => lesson.steps.find((one) => one.id === id)!;
const start = startOfStep(lesson, 'which');
const given = startOfStep(lesson, 'brief');
const light = changed(start, { grade: { exposure: 0 } });
const lighthouse = { prompt: { text: 'a lighthouse on a rocky coast, golden hour' } };
const summer = { prompt: { text: 'a lone tree in a meadow, summer, golden hour' } };
const neutral = { grade: { exposure: 0, contrast: 0 } };
const layers = {
  shown: 'control',
  made: 'generation',
  dark: 'refinement',
  cast: 'refinement',
  wrong: 'control',
  soft: 'refinement',
};

/** Every answer of the step that asks where faults belong, each run as the panel does it. */
async function runChoices(learns: Awaited<ReturnType<typeof learner>>, but: readonly string[] = []): Promise<void> {
  const faults = startOfStep(lesson, 'where');
  learns.shows(faults);
  for (const ask of step('where').asks)
    for (const { id, change } of 'options' in ask ? ask.options : [])
      if (!but.includes(`${ask.id} ${id}`)) await learns.run(changed(faults, change!));
}

/** Delivers straight from generation. */
const unrefined = (graph: Graph): Graph => ({
  ...graph,
  nodes: Object.fromEntries(Object.entries(graph.nodes).filter(([id]) => id !== 'grade')),
  wires: Object.fromEntries([
    ...Object.entries(graph.wires).filter(([, { from, to }]) => from.node !== 'grade' && to.node !== 'grade'),
    ['x', { from: { node: 'image', socket: 'image' }, to: { node: 'deliver', socket: 'image' }, order: 0 }],
  ]),
});

test('done by the nodes that are there, in full size', async () => {
  const learns = await learner('delivery');
  Object.assign(learns.answers, layers);
  await learns.run(start);
  expect(await learns.checks(step('which'))).toEqual(allPassed(step('which')));
  await learns.run(light);
  expect(await learns.checks(step('lighter'))).toEqual(allPassed(step('lighter')));
  await learns.run(changed(light, lighthouse));
  expect(await learns.checks(step('subject'))).toEqual(allPassed(step('subject')));
  const judges = await learner();
  Object.assign(judges.answers, layers);
  await runChoices(judges);
  expect(await judges.checks(step('where'))).toEqual(allPassed(step('where')));
  const task = await learner('delivery');
  await task.run(given);
  await task.run(sharpened(changed(given, { ...summer, ...neutral })));
  expect(await task.checks(step('brief'))).toEqual(allPassed(step('brief')));
});

/** With one more step before the delivery. */
const sharpened = (graph: Graph): Graph => ({
  ...graph,
  nodes: {
    ...graph.nodes,
    ['crisp' as NodeId]: { type: 'sharpen', version: 1, params: { amount: 1.2 }, position: { x: 0, y: 0 } },
  },
  wires: Object.fromEntries([
    ...Object.entries(graph.wires).filter(([, { to }]) => to.node !== 'deliver'),
    ['x', { from: { node: 'grade', socket: 'image' }, to: { node: 'crisp', socket: 'image' }, order: 0 }],
    ['y', { from: { node: 'crisp', socket: 'image' }, to: { node: 'deliver', socket: 'image' }, order: 0 }],
  ]),
});

test('done another way: lighter by a second grade, and the brief by contrast alone', async () => {
  const learns = await learner();
  const second = (graph: Graph): Graph => ({
    ...graph,
    nodes: { ...graph.nodes, ['again' as NodeId]: { ...graph.nodes['grade' as never]!, params: { exposure: 0.9 } } },
    wires: Object.fromEntries([
      ...Object.entries(graph.wires).filter(([, { to }]) => to.node !== 'deliver'),
      ['x', { from: { node: 'grade', socket: 'image' }, to: { node: 'again', socket: 'image' }, order: 0 }],
      ['y', { from: { node: 'again', socket: 'image' }, to: { node: 'deliver', socket: 'image' }, order: 0 }],
    ]),
  });
  await learns.run(start);
  await learns.run(second(start));
  expect(await learns.checks(step('lighter'))).toEqual(allPassed(step('lighter')));
  await learns.run(changed(second(start), { prompt: { text: 'a harbour at dusk, boats, lighthouse' } }));
  expect(await learns.checks(step('subject'))).toEqual(allPassed(step('subject')));
  const task = await learner();
  await task.run(given);
  await task.run(changed(given, summer));
  await task.run(changed(given, { ...summer, grade: { exposure: 0, contrast: 0.2 } }));
  expect(await task.checks(step('brief'))).toEqual(allPassed(step('brief')));
});

describe('does not pass', () => {
  test('lighter by a new seed', async () => {
    const learns = await learner();
    await learns.run(start);
    await learns.run(changed(light, { seed: { seed: { mode: 'fixed', value: 8 } } }));
    expect((await learns.checks(step('lighter')))['lighter']).toContain('another takes');
  });
  test('lighter by hardly anything', async () => {
    const learns = await learner();
    await learns.run(start);
    await learns.run(changed(start, { grade: { exposure: -1.15 } }));
    expect((await learns.checks(step('lighter')))['lighter']).toContain('luma');
  });
  test('grading away the wrong subject', async () => {
    const learns = await learner();
    await learns.run(start);
    await learns.run(changed(start, { grade: { exposure: -3, saturation: 0 } }));
    expect((await learns.checks(step('subject')))['subject']).toContain('the same takes');
  });
  test('another subject and another grade at once, or the same words with another seed', async () => {
    const learns = await learner();
    await learns.run(start);
    await learns.run(changed(light, lighthouse));
    expect((await learns.checks(step('subject')))['subject']).toContain('another refinement');
    await learns.run(changed(light, { ...lighthouse, seed: { seed: { mode: 'fixed', value: 9 } } }));
    expect((await learns.checks(step('subject')))['subject']).not.toBe('passed');
  });
  test('a delivery straight from generation', async () => {
    const learns = await learner();
    await learns.run(unrefined(start));
    expect((await learns.checks(step('which')))['delivered']).toContain('no refinement');
  });
  test('the wrong season, graded until the figures are right', async () => {
    const task = await learner();
    await task.run(given);
    await task.run(changed(given, { grade: { exposure: 0, contrast: 0.1, temperature: 1, saturation: 1.6 } }));
    expect((await task.checks(step('brief')))['brief']).toContain('the same takes');
  });
  test('a flat picture of the right season, and the right one with too many takes', async () => {
    const task = await learner();
    await task.run(given);
    await task.run(changed(given, summer));
    expect((await task.checks(step('brief')))['brief']).toContain('contrast');
    await task.run(changed(given, { ...summer, seed: { seed: { mode: 'fixed', value: 3 } } }));
    await task.run(changed(given, { ...summer, ...neutral }));
    expect((await task.checks(step('brief')))['brief']).toContain('3 takes made');
  });
  test('faults sent to where they cost most', async () => {
    const learns = await learner();
    learns.shows(start);
    Object.assign(learns.answers, layers, { cast: 'generation' });
    expect((await learns.checks(step('where')))['faults']).toContain('1 answer of 3');
  });
  test('the right layers, and what the others cost not looked at', async () => {
    const learns = await learner();
    Object.assign(learns.answers, layers);
    await runChoices(learns, ['soft generation']);
    expect((await learns.checks(step('where')))['tried']).toContain('1 answer of 9 not run');
  });
});
