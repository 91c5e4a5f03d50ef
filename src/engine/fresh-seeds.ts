/** Seeds that move: which params take another value before a run, by their mode. */
import type { Graph } from '../graph/graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { SeedSetting } from '../core/params.ts';
import { parseParams } from '../core/params.ts';

export interface FreshSeed {
  readonly node: NodeId;
  readonly param: string;
  readonly value: SeedSetting;
}

/**
 * The values used next for every seed that is not fixed among `nodes`. They are written into the document before the
 * run, so that the value used is the value shown, and switching to "fixed" keeps it. `draw` gives a whole number
 * from 0 to 2³² − 1 in place of the one before; it is the only chance in a run and it is recorded.
 */
export function freshSeeds(
  graph: Graph,
  registry: Registry,
  nodes: readonly NodeId[],
  draw: (node: NodeId, param: string, before: number) => number,
): FreshSeed[] {
  const fresh: FreshSeed[] = [];
  for (const id of nodes) {
    const node = graph.nodes[id];
    const definition = node && registry.get(node.type);
    if (!node || !definition || node.muted) continue;
    for (const [param, spec] of Object.entries(definition.params)) {
      if (spec.kind !== 'seed') continue;
      const setting = parseParams({ seed: spec }, { seed: node.params[param] }).values.seed;
      if (setting.mode === 'random')
        fresh.push({ node: id, param, value: { mode: 'random', value: draw(id, param, setting.value) } });
      if (setting.mode === 'increment')
        fresh.push({ node: id, param, value: { mode: 'increment', value: (setting.value + 1) % 2 ** 32 } });
    }
  }
  return fresh;
}
