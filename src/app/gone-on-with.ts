/** Takes in work that the next run of a graph would go on with. */
import type { NodeId, TakeId } from '../core/ids.ts';
import type { TakeRecord } from '../core/take.ts';
import type { Plan } from '../engine/plan.ts';
import { nextOf, type TakePlan } from '../routing/take-plan.ts';

export interface GoneOnWith {
  readonly node: NodeId;
  readonly take: TakeId;
}
/** Not those of a node that was changed since: it asks for something else now. */
export function goneOnWith(plan: Plan<TakePlan> | undefined): readonly GoneOnWith[] {
  return Object.entries(plan?.dispatched ?? {}).flatMap(([node, { takePlan }]) => {
    const take = nextInWork(takePlan);
    return take ? [{ node: node as NodeId, take }] : [];
  });
}

/** Whether it would go on with this take, once that is in work again. */
export function wouldGoOnWith(plan: Plan<TakePlan> | undefined, take: TakeRecord): boolean {
  const takePlan = plan?.dispatched[take.node]?.takePlan;
  const taken = takePlan?.taken.map((one): TakeRecord => (one.id === take.id ? { ...one, state: 'pending' } : one));
  return taken !== undefined && nextInWork({ ...takePlan!, taken }) === take.id;
}

function nextInWork(takePlan: TakePlan): TakeId | undefined {
  const next = nextOf(takePlan);
  return next.kind === 'make' ? next.pending?.id : undefined;
}
