/** How large cards are, and where their sockets sit, without measuring the page. */
import { expect, test } from 'vitest';
import type { CardLook, Graph, GraphNode } from '../../src/graph/graph.ts';
import { MOST_NODES } from '../../src/core/limits.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { registry } from '../../src/registry.ts';
import { CARD_HEAD, CARD_WIDTH, cardShape } from '../../src/ui/canvas/card-size.ts';
import { expectedTall } from '../../src/ui/canvas/shown-shapes.ts';
import { graphOf } from '../rig/graphs.ts';

const shape = (type: string, look?: CardLook, tall?: number, params: object = {}) =>
  cardShape({ type, params, ...(look ? { look } : {}) } as unknown as GraphNode, registry.get(type), tall);

test('a picture has its own shape in the whole width of the card, whatever the card is wide', () => {
  for (const width of [CARD_WIDTH, 400])
    for (const tall of [9 / 16, 1, 16 / 9])
      expect(shape('image', { width }, tall).picture).toBe(Math.round((width - 2) * tall));
});

test('what lies below a picture makes the card higher, and moves no socket', () => {
  const [folded, open] = [shape('image', undefined, 1), shape('image', { unfolded: true }, 1)];
  expect(open.controls).toEqual(['tier', 'megapixels']);
  expect(open.height).toBeGreaterThan(folded.height);
  expect(open.inputs).toEqual(folded.inputs);
});

test('a collapsed card has its title and its sockets, each in its place', () => {
  const { height, picture, controls, inputs, outputs } = shape('image', { collapsed: true, unfolded: true }, 1);
  expect([picture, controls]).toEqual([undefined, []]);
  expect([inputs, outputs]).toEqual([shape('image').inputs, shape('image').outputs]);
  expect(height).toBeLessThan(shape('image', undefined, 1).height);
  expect(height).toBeGreaterThan(inputs.at(-1)!.y);
});

test('a text grows its card with what is written, up to a limit, and less in a wider one', () => {
  const heightOf = (text: string, width = CARD_WIDTH) => shape('prompt', { width }, undefined, { text }).text!;
  const long = 'a lighthouse on a rocky coast at golden hour '.repeat(5);
  expect(heightOf(long)).toBeGreaterThan(heightOf('a boat'));
  expect(heightOf(long, 400)).toBeLessThan(heightOf(long));
  expect(heightOf(long.repeat(20))).toBe(heightOf(long.repeat(40)));
});

test('params on a card that are not there, do not fit or come by a wire take no room', () => {
  const look = { params: ['seed', 'nothing', 'toString'] };
  expect(shape('seed', look).controls).toEqual(['seed']);
  const promoted = { type: 'guidance', params: {}, promoted: ['scale'], look: { params: ['scale'] } };
  expect(cardShape(promoted as unknown as GraphNode, registry.get('guidance')).controls).toEqual([]);
});

test('a card has room for the shape its picture will have: of its frame, of its file, of what it is made from', () => {
  const graph: Graph = graphOf({ p: 'prompt', f: 'aspect', i: 'image', u: 'upscale', r: 'reference', e: 'image' }, [
    'f.aspect > i.aspect',
    'i.image > u.image',
  ]);
  const params = {
    f: { frame: '9:16' },
    r: { file: { hash: 'x', name: 'x', mime: 'image/png', width: 100, height: 50 } },
  };
  const nodes = Object.fromEntries(
    Object.entries(graph.nodes).map(([id, node]) => [id, { ...node, params: params[id as 'f'] ?? {} }]),
  );
  const tall = (id: string) => expectedTall({ nodes, wires: graph.wires }, registry, id as NodeId);
  expect([tall('i'), tall('u')]).toEqual([16 / 9, 16 / 9]);
  expect(tall('r')).toBe(0.5);
  expect(tall('e')).toBe(2 / 3);
  expect(CARD_HEAD).toBeLessThan(shape('image').inputs[0]!.y);
});

test('a row of nodes of any length says the shape of its last picture', () => {
  const ids = Array.from({ length: MOST_NODES }, (_, at) => `u${at}`);
  const nodes = Object.fromEntries(ids.map((id) => [id, { type: 'upscale', params: {} } as unknown as GraphNode]));
  const wires = Object.fromEntries(
    ids.slice(1).map((to, at) => [to, { from: { node: ids[at], socket: 'image' }, to: { node: to, socket: 'image' } }]),
  ) as unknown as Graph['wires'];
  expect(expectedTall({ nodes, wires }, registry, ids.at(-1) as NodeId)).toBe(2 / 3);
});
