/** The lesson on chaining image to video: done in two correct ways, and refused for wrong films. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph, GraphNode } from '../../src/graph/graph.ts';
import { graphOf } from '../rig/graphs.ts';
import { allPassed, changed, learner, lessonFile, startOfStep } from '../rig/learner.ts';

type Learner = Awaited<ReturnType<typeof learner>>;
const lesson = lessonFile('chaining');
const step = (id: string) => lesson.steps.find((one) => one.id === id)!;
const MEADOW = 'a lone tree in a poppy meadow, golden hour';
const WORDS = [MEADOW, `${MEADOW}, wide`, `${MEADOW}, haze`, `${MEADOW}, calm`];
const HANDHELD = { move: 'handheld', amount: 0.6, seconds: 0.5, fps: '12' };

interface Film {
  readonly shots: number;
  /** Where shots after the first begin. */
  readonly by: 'last frame' | 'keyframe';
  readonly words?: readonly string[];
  readonly motion?: object;
  readonly join?: object;
}
const node = (type: string, params: object = {}, version = 1): GraphNode => ({
  type,
  version,
  params: params as GraphNode['params'],
  position: { x: 0, y: 0 },
});

/** Stills `i0`, `i1`…, clips `v0`, `v1`…, joined. */
function film({
  shots,
  by,
  words = WORDS,
  motion = HANDHELD,
  join = { join: by === 'keyframe' ? 'shared keyframe' : 'cut' },
}: Film): Graph {
  const nodes: Record<string, GraphNode> = {
    seed: node('seed', { seed: { mode: 'fixed', value: 4 } }),
    aspect: node('aspect', { frame: '16:9', short: '720' }),
    motion: node('motion', motion),
    stitch: node('stitch', join, 3),
  };
  const wires: string[] = [];
  for (let at = 0; at < shots; at++) {
    nodes[`v${at}`] = node('animate', { size: '480p' });
    wires.push(`motion.motion > v${at}.motion`, `v${at}.video > stitch.videos`);
    if (at > 0 && by === 'last frame') {
      nodes[`g${at}`] = node('grab', { at: 'last' });
      wires.push(`v${at - 1}.video > g${at}.video`, `g${at}.image > v${at}.image`);
      continue;
    }
    nodes[`p${at}`] = node('prompt', { text: words[at] });
    nodes[`i${at}`] = node('image', { megapixels: '0.5' });
    wires.push(`p${at}.prompt > i${at}.prompt`, 'seed.seed > i' + at + '.seed', `aspect.aspect > i${at}.aspect`);
    wires.push(`i${at}.image > v${at}.image`);
    if (at > 0) wires.push(`i${at}.image > v${at - 1}.lastFrame`);
  }
  return graphOf(nodes, wires);
}
const stillsOf = (graph: Graph) => Object.keys(graph.nodes).filter((id) => id.startsWith('i'));
/** Stills, then the verdicts on them, then clips. */
async function stillsThenClips(learns: Learner, graph: Graph): Promise<void> {
  await learns.accept(await learns.run(graph, stillsOf(graph)));
  await learns.run(graph);
}
const pictures = async (learns: Learner) => (await learns.takes()).filter(({ artifact }) => artifact?.kind === 'image');

test('done in the order of the steps', async () => {
  const learns = await learner();
  const start = startOfStep(lesson, 'ways');
  await learns.run(start);
  await learns.accept(await pictures(learns));
  learns.answers['which'] = 'image-to-video';
  expect(await learns.checks(step('ways'))).toEqual(allPassed(step('ways')));
  await learns.run(film({ shots: 6, by: 'last frame' }));
  await learns.run(film({ shots: 6, by: 'keyframe' }));
  await learns.accept(await pictures(learns));
  expect(await learns.checks(step('two'))).toEqual(allPassed(step('two')));
  const hops = await learns.checks(step('hops'));
  expect(hops).toEqual(allPassed(step('hops')));
  await stillsThenClips(
    learns,
    film({ shots: 2, by: 'keyframe', words: ['a mountain lake, dawn', 'a mountain lake, dawn, wide'] }),
  );
  expect(await learns.checks(step('first'))).toEqual(allPassed(step('first')));

  const mends = await learner();
  const fault = startOfStep(lesson, 'fault');
  await mends.run(fault);
  expect((await mends.checks(step('fault')))['cured']).toContain('luma −');
  mends.answers['fault'] = 'luma';
  await mends.run(changed(fault, { grade: { exposure: 0 } }));
  expect(await mends.checks(step('fault'))).toEqual(allPassed(step('fault')));

  const task = await learner();
  await stillsThenClips(task, film({ shots: 3, by: 'keyframe', words: [MEADOW, `${MEADOW}, wide`, MEADOW] }));
  expect(await task.checks(step('film'))).toEqual(allPassed(step('film')));
}, 240_000);

test('done another way: two films in one graph, the fault muted away, a film with one cut in it', async () => {
  const learns = await learner();
  await learns.run(startOfStep(lesson, 'ways'));
  await learns.accept(await pictures(learns));
  const start = changed(startOfStep(lesson, 'ways'), { motion: { move: 'tilt up' } });
  await learns.run(start);
  learns.answers['which'] = 'image-to-video';
  expect(await learns.checks(step('ways'))).toEqual(allPassed(step('ways')));
  const [a, b] = [film({ shots: 2, by: 'last frame' }), film({ shots: 2, by: 'keyframe' })];
  const renamed = (graph: Graph, to: string): Graph =>
    JSON.parse(
      JSON.stringify(graph).replace(
        /"(node|[pivg]\d|seed|aspect|motion|stitch|w\d+)"(?=:\s*\{)|("node":")(\w+)"/g,
        (_, key: string | undefined, before: string, id: string) =>
          key === undefined ? `${before}${to}${id}"` : `"${to}${key}"`,
      ),
    ) as Graph;
  const second = renamed(b, 'z');
  await learns.run({ ...a, nodes: { ...a.nodes, ...second.nodes }, wires: { ...a.wires, ...second.wires } });
  await learns.accept(await pictures(learns));
  expect(await learns.checks(step('two'))).toEqual(allPassed(step('two')));

  const mends = await learner();
  const fault = startOfStep(lesson, 'fault');
  mends.answers['fault'] = 'luma';
  await mends.run({
    ...fault,
    nodes: { ...fault.nodes, grade: { ...fault.nodes['grade' as never]!, muted: true } },
  } as unknown as Graph);
  expect(await mends.checks(step('fault'))).toEqual(allPassed(step('fault')));

  const task = await learner();
  const words = [MEADOW, `${MEADOW}, wide`, 'a night harbour, lights'];
  const whole = film({ shots: 3, by: 'keyframe', words });
  // The third shot is a cut: the second does not end with its still.
  const cut = {
    ...whole,
    wires: Object.fromEntries(
      Object.entries(whole.wires).filter(([, { to }]) => to.node !== 'v1' || to.socket !== 'lastFrame'),
    ),
  };
  await stillsThenClips(task, cut as Graph);
  expect(await task.checks(step('film'))).toEqual(allPassed(step('film')));
}, 240_000);

describe('does not pass', () => {
  test('text to video twice, a still that nobody accepted, or the sentence that the figures do not support', async () => {
    const learns = await learner();
    const start = startOfStep(lesson, 'ways');
    await learns.run(start);
    expect((await learns.checks(step('ways')))['ways']).toContain('a still that was not accepted');
    learns.answers['which'] = 'text-to-video';
    await learns.accept(await pictures(learns));
    const said = await learns.checks(step('ways'));
    expect(said).toEqual({ ways: 'passed', why: expect.stringContaining('drift') });
    const twice = await learner();
    await twice.run(start, ['film']);
    await twice.run(changed(start, { seed: { seed: { mode: 'fixed', value: 5 } } }), ['film']);
    expect((await twice.checks(step('ways')))['ways']).toContain('one way only');
  });

  test('both ways of other words, seeds or lengths', async () => {
    const start = startOfStep(lesson, 'ways');
    for (const film of [{ prompt: { text: 'a harbour at dusk' } }, { seed: { seed: { mode: 'fixed', value: 99 } } }]) {
      const learns = await learner();
      await learns.run(start, ['animate']);
      await learns.accept(await pictures(learns));
      await learns.run(changed(start, film), ['film']);
      expect((await learns.checks(step('ways')))['ways']).toContain('other words, seed or length');
    }
    const learns = await learner();
    await learns.run(start, ['animate']);
    await learns.accept(await pictures(learns));
    const motion = start.nodes['motion' as never]!['params'] as { readonly seconds: number };
    await learns.run(changed(start, { motion: { seconds: motion.seconds * 2 } }), ['film']);
    expect((await learns.checks(step('ways')))['ways']).toContain('other words, seed or length');
  }, 60_000);

  let chained: Learner;
  beforeAll(async () => {
    chained = await learner();
    await chained.run(film({ shots: 6, by: 'last frame' }));
    await chained.accept(await pictures(chained));
  }, 60_000);
  test('a chain of last frames where keyframes are asked for', async () => {
    expect((await chained.checks(step('two')))['shared']).toContain('last frame');
    const { slope, flat } = await chained.checks(step('hops'));
    expect(slope).toBe('passed');
    expect(flat).toContain('last frame');
    expect((await chained.checks(step('film')))['film']).toContain('join 1');
  });

  test('one clip cut in three', async () => {
    const learns = await learner();
    const one = film({ shots: 1, by: 'keyframe' });
    const trims = [0, 1, 2].map((at) => [`t${at}`, node('trim', { start: at * 0.15, seconds: 0.15 })] as const);
    const cut = graphOf({ ...(one.nodes as Record<string, GraphNode>), ...Object.fromEntries(trims) }, [
      'p0.prompt > i0.prompt',
      'seed.seed > i0.seed',
      'aspect.aspect > i0.aspect',
      'i0.image > v0.image',
      'motion.motion > v0.motion',
      ...[0, 1, 2].flatMap((at) => [`v0.video > t${at}.video`, `t${at}.video > stitch.videos`]),
    ]);
    await stillsThenClips(learns, cut);
    expect((await learns.checks(step('film')))['film']).toContain('3 shots of 1 take');
  });

  test('stills that are accepted after the clips, or never', async () => {
    const learns = await learner();
    await learns.run(film({ shots: 2, by: 'keyframe' }));
    expect((await learns.checks(step('two')))['shared']).toContain('still');
    await learns.accept(await pictures(learns));
    expect(await learns.checks(step('first'))).toEqual({ order: expect.stringContaining('2 made before that') });
  });

  test('a film of stills that stand still', async () => {
    const learns = await learner();
    await stillsThenClips(
      learns,
      film({ shots: 3, by: 'keyframe', words: [MEADOW, MEADOW, MEADOW], motion: { ...HANDHELD, move: 'still' } }),
    );
    expect((await learns.checks(step('film')))['film']).toMatch(/standing still|takes/);
  });

  test('a crossfade over a motion that changes', async () => {
    const learns = await learner();
    const motion = { ...HANDHELD, seconds: 1 };
    const onward = film({ shots: 3, by: 'keyframe', motion, join: { join: 'crossfade', fade: 0.4 } });
    const wires = Object.entries(onward.wires).map(([id, wire]) => [
      id,
      wire.to.node === 'v1' && wire.to.socket === 'motion' ? { ...wire, from: { ...wire.from, node: 'back' } } : wire,
    ]);
    const nodes = {
      ...onward.nodes,
      back: node('motion', { ...motion, move: 'push in', amount: 1, easing: 'linear' }),
    };
    await stillsThenClips(learns, { ...onward, nodes, wires: Object.fromEntries(wires) } as Graph);
    expect((await learns.checks(step('film')))['film']).toContain('the motion');
  });

  test('a fault that is faded over, or named and left', async () => {
    const learns = await learner();
    learns.answers['fault'] = 'stall';
    await learns.run(changed(startOfStep(lesson, 'fault'), { stitch: { join: 'crossfade', fade: 0.3 } }));
    expect(await learns.checks(step('fault'))).toEqual({
      named: expect.stringContaining('not so'),
      cured: expect.stringContaining('luma −'),
    });
  });
});
