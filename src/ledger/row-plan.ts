/**
 * What running one row of a batch would do, and what is there of it already: its plan, brought down to what a table
 * shows.
 */
import type { NodeId, RowId } from '../core/ids.ts';
import { FREE } from '../core/money.ts';
import type { Sentence } from '../core/say.ts';
import { artifactsOf, type Outputs } from '../core/values.ts';
import type { Plan } from '../engine/plan.ts';
import type { TakePlan } from '../routing/take-plan.ts';
import { forecast, type CostRange, type Forecast } from './forecast.ts';

export interface RowPlan extends Pick<Plan, 'toRun' | 'mayRun' | 'later' | 'verdicts' | 'cached' | 'blocked'> {
  readonly row: RowId;
  /** Why it cannot run, or not all of it. */
  readonly problems: readonly Sentence[];
  readonly cost: CostRange;
  readonly takes: Forecast['takes'];
  /** Stored pictures, clips and files of its nodes, by flat id. */
  readonly made: Readonly<Record<NodeId, Outputs>>;
  /** The deliverable each generation node works on, by flat id: its takes are those of this row. */
  readonly slots: Readonly<Record<NodeId, string>>;
  /** It goes on from the row above, which is not made yet. */
  readonly waits?: boolean;
}

/** A row that goes on from what the row above has not made yet: nothing more is known of it. */
export const waitingRow = (row: RowId): RowPlan => ({
  row,
  toRun: 0,
  mayRun: 1,
  later: 0,
  verdicts: 0,
  cached: 0,
  blocked: 0,
  problems: [],
  cost: { low: FREE, high: FREE, certainty: '?' },
  takes: [0, 0],
  made: {},
  slots: {},
  waits: true,
});

export function rowPlan(row: RowId, plan: Plan<TakePlan>): RowPlan {
  const { toRun, mayRun, later, verdicts, cached, blocked } = plan;
  const { low, high, certainty, takes } = forecast(plan, []);
  const nodes = Object.entries(plan.nodes);
  const made = Object.fromEntries(
    nodes.flatMap(([id, node]): [string, Outputs][] =>
      node.state === 'cached' && holdsArtifact(node.outputs) ? [[id, node.outputs]] : [],
    ),
  );
  return {
    row,
    toRun,
    mayRun,
    later,
    verdicts,
    cached,
    blocked,
    problems: nodes.flatMap(([, node]) => (node.state === 'blocked' ? node.problems : [])),
    cost: { low, high, certainty },
    takes,
    made,
    slots: Object.fromEntries(Object.entries(plan.dispatched).map(([id, { takePlan }]) => [id, takePlan.slot])),
  };
}
const holdsArtifact = (outputs: Outputs): boolean =>
  Object.values(outputs).some((value) => value !== undefined && artifactsOf(value).length > 0);
