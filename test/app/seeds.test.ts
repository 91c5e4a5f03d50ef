import { expect, test } from 'vitest';
import { readyFor } from '../rig/ready.ts';
import { createSeeds } from '../../src/app/seeds.ts';
import { emptyGraph, type Graph } from '../../src/graph/graph.ts';
import type { ArtifactHash, GraphId, NodeId, RunId, WireId } from '../../src/core/ids.ts';
import type { TakeRecord, Verdict } from '../../src/core/take.ts';
import type { Plan } from '../../src/engine/plan.ts';
import { registry } from '../../src/registry.ts';
import { EMPTY_CATALOG } from '../../src/routing/catalog.ts';
import { dispatcher, type TakePlan } from '../../src/routing/take-plan.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { createDesk } from '../../src/state/desk.ts';
import { createDocument } from '../../src/state/document.ts';
import { createRuns } from '../../src/state/runs.ts';

const [SEED, IMAGE] = ['s', 'i'] as NodeId[];
const at = (type: string, params = {}) => ({ type, version: 1, params, position: { x: 0, y: 0 } });
/** A seed that is drawn anew before each run, into an image. */
const graph: Graph = {
  ...emptyGraph('One'),
  nodes: { [SEED!]: at('seed', { seed: { mode: 'random', value: 4 } }), [IMAGE!]: at('image') },
  wires: {
    ['w' as WireId]: { from: { node: SEED!, socket: 'seed' }, to: { node: IMAGE!, socket: 'seed' }, order: 0 },
  },
};

const CAP = 2;
/** What the image would be asked for, with this many takes there that were judged so. */
function planWith(made: number, state: Verdict['state']): Plan<TakePlan> {
  const ask = (taken: readonly TakeRecord[]) =>
    dispatcher({
      table: HOUSE,
      market: { catalog: EMPTY_CATALOG, book: NO_OVERRIDES, ready: readyFor('sketch') },
      mode: 'delivery',
      graphId: 'g' as GraphId,
      runId: 'r' as RunId,
      nodes: graph.nodes,
      takesOf: () => taken,
    })(IMAGE!, registry.get('image')!, {
      params: { tier: 'speed', megapixels: '1' },
      inputs: {
        prompt: { kind: 'prompt', text: 'a vase', negative: '' },
        seed: { kind: 'seed', seed: 4, locked: false },
        acceptance: { kind: 'acceptance', cap: CAP, criteria: [] },
      },
    })!;
  const { slot } = ask([]).takePlan;
  const taken = Array.from({ length: made }, (_, number) => ({
    id: `t${number}`,
    node: IMAGE!,
    slot,
    number,
    seed: 100 + number,
    baseSeed: 100,
    answered: { provider: 'sketch', model: 'sketch' },
    verdict: { state, by: 'person' },
    artifact: { kind: 'image', hash: `p${number}` as ArtifactHash, width: 1, height: 1 },
  })) as unknown as TakeRecord[];
  const dispatched = { [IMAGE!]: ask(taken) };
  return { nodes: {}, dispatched, toRun: 0, mayRun: 0, cached: 0, blocked: 0 } as unknown as Plan<TakePlan>;
}

test('a seed is drawn while another take can be made, and stays where all are used', () => {
  const [document, desk, runs] = [createDocument(), createDesk(), createRuns()];
  document.load('g' as GraphId, graph, undefined);
  const seeds = createSeeds({ registry, document, desk, runs });
  const drawn = (plan: Plan<TakePlan>) => seeds.next(graph, [SEED!, IMAGE!], plan).map(({ node }) => node);
  expect(drawn(planWith(CAP - 1, 'rejected'))).toEqual([SEED]);
  expect(drawn(planWith(CAP, 'rejected'))).toEqual([]);
  expect(drawn(planWith(CAP, 'open'))).toEqual([]);
});
