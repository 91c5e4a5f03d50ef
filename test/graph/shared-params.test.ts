/** What several nodes have in common, and what goes from one to another. */
import { expect, test } from 'vitest';
import { copiedParams, pastedParams, sharedParams } from '../../src/graph/shared-params.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';

const ids = (...names: readonly string[]) => names as readonly string[] as readonly NodeId[];
const boardOf = (types: Readonly<Record<string, string>>, params: Readonly<Record<string, object>> = {}) => {
  const graph = graphOf(types, []);
  const nodes = Object.fromEntries(
    Object.entries(graph.nodes).map(([id, node]) => [id, { ...node, params: { ...node.params, ...params[id] } }]),
  );
  return { ...graph, nodes };
};
const names = (board: ReturnType<typeof boardOf>, ...of: readonly string[]) =>
  sharedParams(board, registry, ids(...of)).map(({ name }) => name);

test('nodes of one type share all their params, nodes of two types those that are called and made the same', () => {
  const board = boardOf({ a: 'grade', b: 'grade', c: 'image', d: 'animate', e: 'seed' });
  expect(names(board, 'a', 'b')).toEqual(Object.keys(registry.get('grade')!.params));
  expect(names(board, 'c', 'd')).toEqual(['tier']);
  expect(names(board, 'a', 'e')).toEqual([]);
  expect(names(board)).toEqual([]);
});

test('it is said where they differ; what a wire feeds is not changed by hand', () => {
  const board = boardOf({ a: 'grade', b: 'grade', n: 'number' }, { a: { contrast: 0.2 } });
  const contrast = sharedParams(board, registry, ids('a', 'b')).find(({ name }) => name === 'contrast');
  expect([contrast?.value, contrast?.isSameInAll]).toEqual([0.2, false]);
  const fed = {
    ...board,
    wires: { w: { from: { node: 'n', socket: 'number' }, to: { node: 'b', socket: 'contrast' }, order: 0 } },
  };
  expect(names(fed as never, 'a', 'b')).not.toContain('contrast');
});

test('what is copied counts as it is, with its defaults; only what another node takes and has otherwise goes over', () => {
  const board = boardOf({ a: 'animate', b: 'animate', c: 'image' }, { a: { tier: 'cinematic', size: '480p' } });
  const copied = copiedParams(board, registry, 'a' as NodeId);
  expect(copied).toMatchObject({ tier: 'cinematic', size: '480p' });
  expect(pastedParams(board, registry, 'b' as NodeId, copied)).toEqual({ tier: 'cinematic', size: '480p' });
  // A picture has a size as well, in megapixels: that of a clip does not fit.
  expect(pastedParams(board, registry, 'c' as NodeId, copied)).toEqual({ tier: 'cinematic' });
  expect(pastedParams(board, registry, 'c' as NodeId, { tier: 7, nothing: 1 })).toEqual({});
});
