import { expect, test } from 'vitest';
import type { NodeId } from '../../src/core/ids.ts';
import { freshSeeds } from '../../src/engine/fresh-seeds.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';

test('fixed keeps, random draws, increment adds one and wraps; muted and unwanted nodes are left alone', () => {
  const seed = (mode: string, value: number) => ['seed', { seed: { mode, value } }] as const;
  const graph = graphOf(
    {
      a: seed('fixed', 5),
      b: seed('random', 5),
      c: seed('increment', 5),
      d: seed('increment', 2 ** 32 - 1),
      e: seed('random', 5),
    },
    [],
  );
  const fresh = freshSeeds(graph, registry, ['a', 'b', 'c', 'd'] as NodeId[], () => 77);
  expect(fresh).toEqual([
    { node: 'b', param: 'seed', value: { mode: 'random', value: 77 } },
    { node: 'c', param: 'seed', value: { mode: 'increment', value: 6 } },
    { node: 'd', param: 'seed', value: { mode: 'increment', value: 0 } },
  ]);
});
