/** What each cell of a sweep is: its plan, its picture, the take it stems from, and how its run fares. */
import type { ParamSpec } from '../../core/params.ts';
import { cellText, factsOf } from '../../graph/batch-cells.ts';
import { makerOf } from '../../graph/ends.ts';
import type { CellValue, Graph, SweepAxis } from '../../graph/graph.ts';
import type { SweepCell } from '../../graph/swept-graph.ts';
import type { Failure } from '../../core/errors.ts';
import type { GraphId } from '../../core/ids.ts';
import type { Registry } from '../../core/node.ts';
import type { TakeRecord } from '../../core/take.ts';
import type { ImageValue, VideoValue } from '../../core/values.ts';
import type { RowPlan } from '../../ledger/row-plan.ts';
import { placeOf, type QueuedRun, type QueueState } from '../../state/queue.ts';
import { shownAtEnd } from '../node-facts.ts';
import { optionInWords } from '../units.ts';
import { isMade, needsRun } from './planned-rows.ts';
import { decimalMark, t, tell } from '../../words/t.ts';

export interface CellFacts {
  readonly cell: SweepCell;
  readonly plan: RowPlan | undefined;
  /** What is there of it: what it made, or the take that was rejected. */
  readonly picture: ImageValue | VideoValue | undefined;
  /** What a verdict is about; a picture that another node asked for has none. */
  readonly take: TakeRecord | undefined;
}

/** Looks cells up among plans and takes. */
export function cellFactsOf(
  graph: Graph,
  registry: Registry,
  plans: ReadonlyMap<string, RowPlan>,
  takes: readonly TakeRecord[],
): (cell: SweepCell) => CellFacts {
  const { shows } = graph.sweep!;
  const maker = makerOf(graph, registry, shows);
  const made = takes.filter(({ node, artifact }) => node === maker && artifact);
  return (cell) => {
    const plan = plans.get(cell.id);
    const slot = maker && plan?.slots[maker];
    const own = made.filter((take) => take.slot === slot);
    const planned = plan && shownAtEnd(graph, shows, plan.made).picture;
    const isOwn = shows === maker;
    const shown = isOwn && planned ? (byPicture(own, planned) ?? byPicture(made, planned)) : own.at(-1);
    const picture = planned ?? (isOwn ? shown?.artifact : undefined);
    return { cell, plan, picture, take: shown };
  };
}
const byPicture = (takes: readonly TakeRecord[], { hash }: { readonly hash: string }): TakeRecord | undefined =>
  takes.findLast(({ artifact }) => artifact?.hash === hash);

/** A person has rejected what it made, and nothing else was made since: it is not made again unless asked for. */
export const isRejected = ({ plan, picture, take }: CellFacts): boolean =>
  picture !== undefined && take?.verdict.state === 'rejected' && !isMade(plan);

export type CellState = 'running' | 'waiting' | 'made' | 'rejected' | 'failed' | 'idle';
/** How a cell stands, and what there is to say about it. */
export function cellState(
  facts: CellFacts,
  { running, waiting, fates }: Pick<QueueState, 'running' | 'waiting' | 'fates'>,
  graphId: GraphId,
): readonly [CellState, string] {
  const { cell, plan, take } = facts;
  const isThis = (run: QueuedRun | undefined) => run?.row?.id === cell.id && run.graphId === graphId;
  const fate = fates[placeOf(graphId, cell.id)];
  if (isThis(running)) return ['running', t('Running')];
  if (waiting.some(isThis)) return ['waiting', t('Waiting')];
  if (isMade(plan)) return ['made', ''];
  if (isRejected(facts)) return ['rejected', t(take?.verdict.reason ?? 'rejected')];
  if (fate?.state === 'failed') return ['failed', failureText(fate.failure)];
  if (plan?.problems[0]) return ['failed', tell(plan.problems[0])];
  if (plan && !needsRun(plan) && plan.verdicts > 0)
    return ['waiting', t('Waits for {0} {0|verdict|verdicts}', plan.verdicts)];
  return ['idle', fate ? t('Cancelled') : ''];
}
const failureText = (failure: Failure | undefined): string =>
  failure ? [tell(failure.message), failure.hint && tell(failure.hint)].filter(Boolean).join(' ') : t('Failed');

/** An axis as it is read. */
export interface AxisFacts {
  readonly axis: SweepAxis;
  /** What its param is called. */
  readonly label: string;
  say(value: CellValue): string;
}
export const axisFactsOf = (graph: Graph, registry: Registry): readonly AxisFacts[] =>
  graph.sweep!.axes.map((axis) => {
    const facts = factsOf(graph, registry, axis);
    return {
      axis,
      label: facts ? t(facts.label) : (axis.variable ?? axis.param),
      say: (value) => valueSaid(facts?.spec.kind, value),
    };
  });
function valueSaid(kind: ParamSpec['kind'] | undefined, value: CellValue): string {
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  const isOption = kind === 'choice' || kind === 'aspect';
  return isOption && typeof value === 'string' ? optionInWords(value) : cellText(value, decimalMark());
}
export const cellName = (axes: readonly AxisFacts[], { values }: SweepCell): string =>
  axes.map(({ say }, at) => say(values[at]!)).join(', ');
