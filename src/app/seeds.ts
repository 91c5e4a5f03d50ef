/** Seeds that move before a run, and what locking one keeps. */
import { setParamAt } from '../graph/component.ts';
import { expanded } from '../graph/flat-graph.ts';
import { chooseAt } from '../graph/choices.ts';
import type { Graph } from '../graph/graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { SeedSetting } from '../core/params.ts';
import { say } from '../core/say.ts';
import type { TakeRecord } from '../core/take.ts';
import type { Plan } from '../engine/plan.ts';
import { freshSeeds, type FreshSeed } from '../engine/fresh-seeds.ts';
import { madeTakes } from '../routing/attempts.ts';
import { nextOf, type TakePlan } from '../routing/take-plan.ts';
import type { DeskStore } from '../state/desk.ts';
import type { DocumentStore } from '../state/document.ts';
import type { RunsStore } from '../state/runs.ts';
import { shownOutputs, nodePlanOf, nodeRunOf } from '../ui/status.ts';
import { shownTake } from '../ui/shown-takes.ts';

/** Draws remembered at most; a forgotten one is drawn anew. */
const MOST_DRAWN = 10_000;

export interface Seeds {
  /**
   * The values that the next run writes into the seeds among these nodes of the flat graph: the same however often it
   * is asked, until they are written. A seed that feeds only nodes that make nothing more (their take is accepted,
   * or all are used) stays as it is.
   */
  next(flat: Graph, nodes: readonly NodeId[], plan: Plan<TakePlan> | undefined): FreshSeed[];
  /** Fixes a seed that moved to the one of the take that is shown, so that locking it changes no picture. */
  lock(node: NodeId, param: string, before: SeedSetting): void;
}

interface Needs {
  readonly registry: Registry;
  readonly document: DocumentStore;
  readonly runs: RunsStore;
  readonly desk: DeskStore;
}

export function createSeeds({ registry, document, runs, desk }: Needs): Seeds {
  const drawn = new Map<string, number>();
  function draw(node: NodeId, param: string, before: number): number {
    const name = `${document.getState().id} ${node} ${param} ${before}`;
    const known = drawn.get(name) ?? crypto.getRandomValues(new Uint32Array(1))[0]!;
    if (drawn.size >= MOST_DRAWN) drawn.clear();
    drawn.set(name, known);
    return known;
  }

  /** What takes this seed, through nodes that only hand it on. */
  function fedBy(flat: Graph, seed: NodeId): NodeId[] {
    const seen = new Set<NodeId>([seed]);
    for (const from of seen) {
      if (from !== seed && !handsOn(flat, from)) continue;
      for (const wire of Object.values(flat.wires)) if (wire.from.node === from) seen.add(wire.to.node);
    }
    seen.delete(seed);
    return [...seen].filter((node) => !handsOn(flat, node));
  }
  const handsOn = (flat: Graph, node: NodeId) =>
    Object.values(registry.get(flat.nodes[node]?.type ?? '')?.outputs ?? {}).some(({ kind }) => kind === 'seed');

  function isSettled(plan: Plan<TakePlan> | undefined, node: NodeId): boolean {
    const planned = plan?.nodes[node];
    const taken = plan?.dispatched[node]?.takePlan.taken ?? [];
    return (
      planned?.state === 'cached' &&
      shownTake(taken, taken[0]?.node ?? node, planned.outputs)?.verdict.state === 'accepted'
    );
  }
  /** Whatever the seed is, nothing is made here: all takes are used. */
  function isAtTheCap(plan: Plan<TakePlan> | undefined, node: NodeId): boolean {
    const takePlan = plan?.dispatched[node]?.takePlan;
    const next = takePlan && nextOf(takePlan);
    return next?.kind === 'stop' && next.because === 'cap';
  }

  const takeOn = (node: NodeId): TakeRecord | undefined => {
    const state = runs.getState();
    return shownTake(desk.getState().takes, node, shownOutputs(nodeRunOf(node)(state), nodePlanOf(node)(state)));
  };

  /**
   * Where all takes are used a run has failed and shows nothing: the newest that can be accepted is what locking keeps.
   */
  const lastOf = (takePlan: TakePlan | undefined): TakeRecord | undefined =>
    takePlan && madeTakes(takePlan.taken) >= takePlan.cap
      ? takePlan.taken.findLast(({ artifact, verdict }) => artifact && verdict.state !== 'rejected')
      : undefined;

  return {
    next(flat, nodes, plan) {
      return freshSeeds(flat, registry, nodes, draw).filter(({ node }) => {
        const fed = handsOn(flat, node) ? fedBy(flat, node) : [];
        return fed.length === 0 || !fed.every((one) => isSettled(plan, one) || isAtTheCap(plan, one));
      });
    },

    lock(node, param, before) {
      const { graph } = document.getState();
      const { plan } = runs.getState();
      const shown = fedBy(expanded(graph), node).flatMap((fed) => {
        const takePlan = plan?.dispatched[fed]?.takePlan;
        const take = takeOn(fed) ?? lastOf(takePlan);
        return take && takePlan?.slot === take.slot ? [{ fed, take }] : [];
      });
      const isAsGiven = shown.some(({ take }) => take.seed === before.value);
      const value = isAsGiven ? before.value : (shown[0]?.take.seed ?? before.value);
      document.edit(say('Lock the seed'), (_, whole) => {
        setParamAt(whole, node, param, { mode: 'fixed', value });
        for (const { fed, take } of shown)
          chooseAt(whole, fed, { take: { slot: take.slot, number: take.number, id: take.id, seed: value } });
      });
    },
  };
}
