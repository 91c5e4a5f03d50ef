import { produce } from 'immer';
import { expect, test } from 'vitest';
import type { NodeId } from '../../src/core/ids.ts';
import { whyNotConnect } from '../../src/graph/connect.ts';
import type { GraphDraft } from '../../src/graph/edits.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { addTwoWays, promptOf, twoWaysOf, type TwoWays } from '../../src/graph/two-ways.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';

const id = (name: string) => name as NodeId;
function added(graph: Graph, node: string): { readonly graph: Graph; readonly ways: TwoWays | undefined } {
  let ways: TwoWays | undefined;
  const after = produce(graph, (draft) => void (ways = addTwoWays(draft as unknown as GraphDraft, registry, id(node))));
  return { graph: after, ways };
}
/** The nodes whose wires lead into one, by the socket they lead to. */
const into = (graph: Graph, node: NodeId): Record<string, string> =>
  Object.fromEntries(
    Object.values(graph.wires).flatMap(({ from, to }) => (to.node === node ? [[to.socket, from.node] as const] : [])),
  );

const controls = { p: 'prompt', s: 'seed', g: 'guidance', a: 'aspect', m: 'motion' };
const words = ['p.prompt > i.prompt', 's.seed > i.seed', 'g.guidance > i.guidance', 'a.aspect > i.aspect'];

test('from a still both clips come by the same seed, shape and motion, at the same size', () => {
  const { graph, ways } = added(graphOf({ ...controls, i: ['image', { tier: 'cinematic' }] }, words), 'i');
  expect(ways).toEqual({ prompt: 'p', still: 'i', byText: expect.any(String), byStill: expect.any(String) });
  expect(into(graph, ways!.byText)).toEqual({ prompt: 'p', seed: 's', guidance: 'g', aspect: 'a' });
  expect(into(graph, ways!.byStill)).toEqual({ prompt: 'p', seed: 's', image: 'i' });
  const [text, still] = [graph.nodes[ways!.byText]!, graph.nodes[ways!.byStill]!];
  expect([text.params, still.params]).toEqual([
    { size: '480p', tier: 'cinematic' },
    { size: '480p', tier: 'cinematic' },
  ]);
  for (const { from, to } of Object.values(graph.wires))
    expect(whyNotConnect(graph, registry, from, to)).toBeUndefined();
  expect(twoWaysOf(graph, registry)).toEqual([ways]);
  // Asked again, from any of the three, it is there already.
  for (const node of [ways!.byText, ways!.byStill, 'i', 'p']) expect(added(graph, node).graph).toBe(graph);
});

test('a clip that is there stays, and the other way is added to it', () => {
  const film = graphOf({ ...controls, f: ['film', { size: '720p' }] }, ['p.prompt > f.prompt', 'm.motion > f.motion']);
  const ofFilm = added(film, 'f');
  expect(ofFilm.ways).toMatchObject({ prompt: 'p', byText: 'f' });
  expect(into(ofFilm.graph, ofFilm.ways!.byStill)).toEqual({ prompt: 'p', motion: 'm', image: ofFilm.ways!.still });
  expect(ofFilm.graph.nodes[ofFilm.ways!.byStill]!.params).toEqual({ size: '720p' });

  // Compared at another size, the larger would look sharper for that alone.
  for (const [type, size, other] of [
    ['film', '360p', '360p'],
    ['animate', '1080p', '720p'],
  ] as const) {
    const made = graphOf({ ...controls, i: 'image', c: [type, { size }] }, [
      ...words,
      ...(type === 'film' ? ['p.prompt > c.prompt'] : ['i.image > c.image']),
    ]);
    const { graph, ways } = added(made, 'c');
    expect(graph.nodes[type === 'film' ? ways!.byStill : ways!.byText]!.params['size']).toBe(other);
  }

  const animated = graphOf({ ...controls, i: 'image', u: 'upscale', c: 'animate' }, [
    ...words,
    'i.image > u.image',
    'u.image > c.image',
    'm.motion > c.motion',
  ]);
  const ofClip = added(animated, 'c');
  expect(ofClip.ways).toMatchObject({ prompt: 'p', still: 'i', byStill: 'c' });
  expect(into(ofClip.graph, ofClip.ways!.byText)).toMatchObject({ prompt: 'p', motion: 'm', seed: 's' });
});

test('what carries no prompt, joins two stills or goes on from a clip is on neither way', () => {
  const graph = graphOf({ ...controls, i: 'image', r: 'grade', b: 'bridge', e: 'extend' }, [
    ...words,
    'i.image > r.image',
    'p.prompt > b.prompt',
    'p.prompt > e.prompt',
  ]);
  expect(promptOf(graph, registry, id('r'))).toBeUndefined();
  expect(added(graph, 'r').ways).toBeUndefined();
  expect(added(graph, 'r').graph).toBe(graph);
  expect(promptOf(graph, registry, id('b'))).toBeUndefined();
  const { ways } = added(graph, 'p');
  expect([ways!.byText, ways!.byStill]).not.toContain('b');
  expect([ways!.byText, ways!.byStill]).not.toContain('e');
});
