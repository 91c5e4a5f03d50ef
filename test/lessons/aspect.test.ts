/** The lesson on aspect and resolution: done in two correct ways, and refused for wrong graphs. */
import { describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.ts';
import { allPassed, changed, learner, lessonFile, startOfStep } from '../rig/learner.ts';

const lesson = lessonFile('aspect');
const step = (id: string) => lesson.steps.find((one) => one.id === id)!;
const start = startOfStep(lesson, 'shapes');
const given = startOfStep(lesson, 'five');
const frame = (shape: string, short = '1080') => ({ aspect: { frame: shape, short } });

type Added = readonly [id: string, type: string, params: object, wires: Readonly<Record<string, string>>];
/** With more nodes, each with what is wired into its sockets; the delivery that is there goes. */
function withNodes(graph: Graph, added: readonly Added[]): Graph {
  const { ['deliver' as never]: _, ...nodes } = graph.nodes;
  const wires = Object.entries(graph.wires).filter(([, { to }]) => to.node !== 'deliver');
  const version = (type: string) => (['upscale', 'reframe'].includes(type) ? 2 : 1);
  return {
    ...graph,
    nodes: {
      ...nodes,
      ...Object.fromEntries(
        added.map(([id, type, params]) => [id, { type, version: version(type), params, position: { x: 0, y: 0 } }]),
      ),
    },
    wires: Object.fromEntries([
      ...wires,
      ...added.flatMap(([id, , , from]) =>
        Object.entries(from).map(([socket, source], order) => {
          const [node, out] = source.split('.');
          return [`${id}-${socket}`, { from: { node, socket: out }, to: { node: id, socket }, order }];
        }),
      ),
    ]),
  } as Graph;
}
const branch = (id: string, megapixels: string): readonly Added[] => [
  [id, 'image', { megapixels }, { prompt: 'prompt.prompt', seed: 'seed.seed', aspect: 'aspect.aspect' }],
  [`u${id}`, 'upscale', {}, { image: `${id}.image`, aspect: 'aspect.aspect' }],
  [`d${id}`, 'deliver', { name: id }, { image: `u${id}.image` }],
];
const upscaled = (graph: Graph, by: object = { aspect: 'aspect.aspect' }) =>
  withNodes(graph, [
    ['up', 'upscale', {}, { image: 'image.image', ...by }],
    ['out', 'deliver', {}, { image: 'up.image' }],
  ]);
const SHAPES = ['16:9', '3:2', '1:1', '4:5', '9:16'];
const formats = (from: (shape: string) => string = () => 'image.image', exact = true): readonly Added[] =>
  SHAPES.flatMap((shape, at): Added[] => [
    [`a${at}`, 'aspect', { frame: shape, short: '1080' }, {}],
    [`r${at}`, 'reframe', { exact }, { image: from(shape), aspect: `a${at}.aspect` }],
    [`o${at}`, 'deliver', { name: `f${at}` }, { image: `r${at}.image` }],
  ]);

test('done in the order of the steps', async () => {
  const learns = await learner('delivery');
  for (const shape of ['16:9', '4:5', '9:16']) await learns.run(changed(start, frame(shape)));
  expect(await learns.checks(step('shapes'))).toEqual(allPassed(step('shapes')));
  learns.answers['factor'] = 'two';
  await learns.run(upscaled(changed(start, frame('9:16'))));
  expect(await learns.checks(step('planned'))).toEqual(allPassed(step('planned')));
  const tall = changed(start, frame('9:16'));
  await learns.run(withNodes(tall, [...branch('x', '0.5'), ...branch('y', '1'), ...branch('z', '2')]));
  const said: Record<string, string> = {};
  for (const plan of ['mp-0-5', 'mp-1', 'mp-2']) {
    learns.answers['plan'] = plan;
    said[plan] = (await learns.checks(step('plans')))['choice']!;
  }
  expect(Object.values(said).filter((one) => one === 'passed')).toHaveLength(1);
  // Sharpness, price and time of each stand beside each other.
  const wrong = Object.values(said).find((one) => one !== 'passed');
  expect(wrong).toMatch(/0\.5 MP: sharpness \d.*, \$0\.00, \d.* s; 1 MP: .* s; 2 MP: .* s/);
  await learns.run(
    withNodes(start, [
      ['cut', 'reframe', { shape: '1:1' }, { image: 'image.image' }],
      ['out', 'deliver', {}, { image: 'cut.image' }],
    ]),
  );
  expect(await learns.checks(step('reframe'))).toEqual(allPassed(step('reframe')));
  const task = await learner('delivery');
  await task.accept(await task.run(withNodes(given, formats())));
  expect(await task.checks(step('five'))).toEqual(allPassed(step('five')));
});

test('done another way: by a factor, and the five formats from a wide and a tall take', async () => {
  const learns = await learner('delivery');
  learns.answers['factor'] = 'two';
  const tall = changed(start, frame('9:16'));
  const whole = withNodes(tall, [
    ['cut', 'reframe', { exact: true }, { image: 'image.image', aspect: 'aspect.aspect' }],
    ['out', 'deliver', {}, { image: 'cut.image' }],
  ]);
  await learns.run(whole);
  expect(await learns.checks(step('planned'))).toEqual(allPassed(step('planned')));
  const task = await learner('delivery');
  const twice = withNodes(given, [
    ['t', 'aspect', { frame: '9:16', short: '1080' }, {}],
    ['tall', 'image', { megapixels: '1' }, { prompt: 'prompt.prompt', seed: 'seed.seed', aspect: 't.aspect' }],
    ...formats((shape) => (shape === '9:16' || shape === '4:5' ? 'tall.image' : 'image.image')),
  ]);
  await task.accept(await task.run(twice));
  expect(await task.checks(step('five'))).toEqual(allPassed(step('five')));
});

describe('does not pass', () => {
  test('a tall picture cut out of a wide one, and enlarged', async () => {
    const learns = await learner('delivery');
    const wide = withNodes(changed(start, frame('16:9')), [
      ['tall', 'aspect', { frame: '9:16', short: '1080' }, {}],
      ['cut', 'reframe', { shape: '9:16' }, { image: 'image.image' }],
      ['up', 'upscale', {}, { image: 'cut.image', aspect: 'tall.aspect' }],
      ['out', 'deliver', {}, { image: 'up.image' }],
    ]);
    await learns.run(wide);
    expect((await learns.checks(step('planned')))['exact']).toContain('enlarged by');
  });
  test('a square that is only made smaller, or that was never delivered', async () => {
    const learns = await learner();
    await learns.run(start);
    const square = (ends: readonly Added[]) =>
      withNodes(start, [['cut', 'reframe', { shape: '1:1' }, { image: 'image.image' }], ...ends]);
    await learns.run(square([]));
    expect((await learns.checks(step('reframe')))['square']).not.toBe('passed');
  });
  test('three frames of three seeds', async () => {
    const learns = await learner();
    for (const [at, shape] of ['16:9', '4:5', '9:16'].entries())
      await learns.run(changed(start, { ...frame(shape), seed: { seed: { mode: 'fixed', value: at } } }));
    expect((await learns.checks(step('shapes')))['shapes']).toContain('seed 0, 1, 2');
  });
  test('a picture as large as it was asked for, another size, or no whole step', async () => {
    const learns = await learner('delivery');
    await learns.run(changed(start, frame('9:16')));
    expect((await learns.checks(step('planned')))['exact']).toContain('1080 × 1920');
    await learns.run(upscaled(changed(start, { ...frame('9:16'), image: { megapixels: '1' } })));
    expect((await learns.checks(step('planned')))['exact']).toContain('enlarged by 1.44');
    await learns.run(upscaled(changed(start, { ...frame('9:16'), image: { megapixels: '2' } })));
    expect((await learns.checks(step('planned')))['exact']).not.toBe('passed');
  });
  test('three plans of one size', async () => {
    const learns = await learner('delivery');
    await learns.run(
      withNodes(changed(start, frame('9:16')), [...branch('x', '0.5'), ...branch('y', '0.5'), ...branch('z', '0.5')]),
    );
    expect((await learns.checks(step('plans')))['three']).toContain('megapixels 0.5, 0.5, 0.5');
  });
  test('a square that is a take of its own', async () => {
    const learns = await learner();
    await learns.run(start);
    await learns.run(changed(start, frame('1:1')));
    expect((await learns.checks(step('reframe')))['square']).toContain('another takes');
  });
  test('five takes, none accepted, enlarged from too little, or a format that is missing', async () => {
    const five = await learner();
    const apart = SHAPES.map((shape, at): readonly Added[] => [
      [`a${at}`, 'aspect', { frame: shape, short: '1080' }, {}],
      [`i${at}`, 'image', { megapixels: '2' }, { prompt: 'prompt.prompt', seed: 'seed.seed', aspect: `a${at}.aspect` }],
      [`r${at}`, 'reframe', { exact: true }, { image: `i${at}.image`, aspect: `a${at}.aspect` }],
      [`o${at}`, 'deliver', { name: `f${at}` }, { image: `r${at}.image` }],
    ]).flat();
    await five.accept(await five.run(withNodes(given, apart)));
    expect((await five.checks(step('five')))['five']).toMatch(/[56] takes/);

    const open = await learner('delivery');
    await open.run(withNodes(given, formats()));
    expect((await open.checks(step('five')))['five']).toContain('0 accepted');

    const small = await learner('delivery');
    await small.accept(await small.run(withNodes(changed(given, { image: { megapixels: '0.5' } }), formats())));
    expect((await small.checks(step('five')))['five']).toContain('enlarged by');

    const inexact = await learner('delivery');
    await inexact.accept(await inexact.run(withNodes(given, formats(undefined, false))));
    expect((await inexact.checks(step('five')))['five']).toContain('1920 × 1080');
  });
});
