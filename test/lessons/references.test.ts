/** The lesson on references: done in two correct ways, and refused for wrong graphs. */
import { describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.ts';
import { allPassed, changed, learner, lessonFile, startOfStep } from '../rig/learner.ts';

const lesson = lessonFile('references');
const step = (id: string) => lesson.steps.find((one) => one.id === id)!;
const start = startOfStep(lesson, 'ladder');
const given = startOfStep(lesson, 'scenes');
const strength = (value: number) => ({ reference: { strength: value } });
const words = (text: string) => ({ prompt: { text } });
const followers = (takes: Awaited<ReturnType<Awaited<ReturnType<typeof learner>>['run']>>) =>
  takes.filter(({ request }) => request.references.length > 0);
const SCENES = ['a lighthouse on a rocky coast', 'a city street', 'a forest path'];

/** Something done to the brand picture on its way into the reference. */
const spoilt = (graph: Graph, type: string, params: object, version = 1): Graph =>
  ({
    ...graph,
    nodes: { ...graph.nodes, spoil: { type, version, params, position: { x: 0, y: 0 } } },
    wires: Object.fromEntries([
      ...Object.entries(graph.wires).filter(([, { to }]) => to.node !== 'reference'),
      ['x', { from: { node: 'brand', socket: 'image' }, to: { node: 'spoil', socket: 'image' }, order: 0 }],
      ['y', { from: { node: 'spoil', socket: 'image' }, to: { node: 'reference', socket: 'image' }, order: 0 }],
    ]),
  }) as Graph;
const second = (graph: Graph, text: string): Graph =>
  ({
    ...graph,
    nodes: {
      ...graph.nodes,
      p2: { type: 'prompt', version: 1, params: { text }, position: { x: 0, y: 0 } },
      i2: { type: 'image', version: 1, params: { megapixels: '0.5' }, position: { x: 0, y: 0 } },
      r2: { type: 'reference', version: 1, params: { strength: 0.8 }, position: { x: 0, y: 0 } },
    },
    wires: {
      ...graph.wires,
      v1: { from: { node: 'p2', socket: 'prompt' }, to: { node: 'i2', socket: 'prompt' }, order: 0 },
      v2: { from: { node: 'i2', socket: 'image' }, to: { node: 'r2', socket: 'image' }, order: 0 },
      v3: { from: { node: 'r2', socket: 'reference' }, to: { node: 'image', socket: 'references' }, order: 1 },
    },
  }) as unknown as Graph;

test('done one strength after the other, in full size', async () => {
  const learns = await learner('delivery');
  for (const value of [0.2, 0.5, 1]) await learns.run(changed(start, strength(value)));
  await learns.accept(followers(await learns.run(changed(start, strength(0.85)))));
  expect(await learns.checks(step('ladder'))).toEqual(allPassed(step('ladder')));
  expect(await learns.checks(step('brand'))).toEqual(allPassed(step('brand')));
  await learns.run(spoilt(changed(start, strength(0.85)), 'grain', {}));
  expect(await learns.checks(step('clean'))).toEqual(allPassed(step('clean')));
  learns.answers['wins'] = 'stronger';
  await learns.run(second(start, 'a night harbour, lights'));
  expect(await learns.checks(step('two'))).toEqual(allPassed(step('two')));
  const task = await learner('delivery');
  for (const scene of SCENES)
    await task.accept(followers(await task.run(changed(given, { ...strength(0.85), ...words(scene) }))));
  expect(await task.checks(step('scenes'))).toEqual(allPassed(step('scenes')));
});

test('done another way: other words and strengths, a dark reference, scenes of another brand', async () => {
  const learns = await learner();
  const street = changed(start, words('a city street, noon'));
  for (const value of [0.1, 0.4, 0.7, 0.9]) await learns.run(changed(street, strength(value)));
  await learns.accept(followers(await learns.takes()).slice(-1));
  expect(await learns.checks(step('ladder'))).toEqual(allPassed(step('ladder')));
  expect(await learns.checks(step('brand'))).toEqual(allPassed(step('brand')));
  await learns.run(spoilt(changed(street, strength(0.9)), 'grade', { exposure: -2 }, 2));
  expect(await learns.checks(step('clean'))).toEqual(allPassed(step('clean')));
  const task = await learner();
  const dusk = changed(given, { look: { text: 'a harbour at dusk, boats, violet sky' }, ...strength(0.95) });
  for (const scene of SCENES) await task.accept(followers(await task.run(changed(dusk, words(scene)))));
  expect(await task.checks(step('scenes'))).toEqual(allPassed(step('scenes')));
});

describe('does not pass', () => {
  test('a ladder whose rungs cannot be told apart', async () => {
    const learns = await learner();
    for (const value of [0.8, 0.82, 0.84, 0.86]) await learns.run(changed(start, strength(value)));
    expect((await learns.checks(step('ladder')))['ladder']).toContain('strength from 0.8 to 0.86');
  });
  test('two references equally strong, or one picture twice: neither can win', async () => {
    const learns = await learner();
    learns.answers['wins'] = 'stronger';
    await learns.run(changed(second(start, 'a night harbour, lights'), { reference: { strength: 0.8 } }));
    expect((await learns.checks(step('two')))['two']).toContain('alike or equally strong');
    const twice = second(start, 'a night harbour, lights');
    const wires = Object.entries(twice.wires).map(([id, wire]) =>
      id === 'v2' ? [id, { ...wire, from: { node: 'brand', socket: 'image' } }] : [id, wire],
    );
    await learns.run({ ...changed(twice, strength(0.5)), wires: Object.fromEntries(wires) } as Graph);
    expect((await learns.checks(step('two')))['two']).toContain('alike or equally strong');
  });
  test('strengths and words changed together', async () => {
    const learns = await learner();
    for (const [at, value] of [0.2, 0.5, 0.8, 1].entries())
      await learns.run(changed(start, { ...strength(value), ...words(`a lake ${at}`) }));
    expect((await learns.checks(step('ladder')))['ladder']).not.toBe('passed');
  });
  test('strength 0 and strength 1, accepted', async () => {
    for (const value of [0, 1]) {
      const learns = await learner();
      await learns.accept(followers(await learns.run(changed(start, strength(value)))));
      expect((await learns.checks(step('brand')))['brand']).toMatch(/palette|likeness/);
    }
  });
  test('the right strength, and nobody accepted it; or the brand picture itself, accepted', async () => {
    const learns = await learner();
    const takes = await learns.run(changed(start, strength(0.85)));
    expect((await learns.checks(step('brand')))['brand']).toContain('0 accepted');
    await learns.accept(takes.filter(({ request }) => request.references.length === 0));
    expect((await learns.checks(step('brand')))['brand']).not.toBe('passed');
  });
  test('a spoilt reference of another strength', async () => {
    const learns = await learner();
    await learns.run(changed(start, strength(0.5)));
    await learns.run(spoilt(changed(start, strength(0.7)), 'grain', {}));
    expect((await learns.checks(step('clean')))['clean']).toContain('strength 0.5, 0.7');
  });
  test('one reference where two are asked for', async () => {
    const learns = await learner();
    learns.answers['wins'] = 'stronger';
    await learns.run(start);
    expect((await learns.checks(step('two')))['two']).toContain('1 reference');
  });
  test('three scenes without a look in common, or one scene three times', async () => {
    const weak = await learner();
    for (const scene of SCENES)
      await weak.accept(followers(await weak.run(changed(given, { ...strength(0), ...words(scene) }))));
    expect((await weak.checks(step('scenes')))['scenes']).toContain('palette');
    const copies = await learner();
    for (const at of ['', ' ,', ' .'])
      await copies.accept(
        followers(await copies.run(changed(given, { ...strength(0.85), ...words(`a city street${at}`) }))),
      );
    expect((await copies.checks(step('scenes')))['scenes']).toContain('likeness');
  });
});
