/** Takes as a table from which the audit can be rebuilt. */
import { csvCell } from '../core/csv-cell.ts';
import type { GraphId } from '../core/ids.ts';
import type { Micros } from '../core/money.ts';
import { inWords } from '../core/say.ts';
import { noDeliverables } from './audit.ts';
import { fullCostOf, type CostedTake } from './costs.ts';
import { fatesOf, type Became } from './receipt.ts';

const money = (amount: Micros | null): string => (amount === null ? '' : (amount / 1e6).toFixed(6));
const seconds = (ms: number): string => (ms / 1000).toFixed(3);

interface Line extends CostedTake, Became {
  /** Of an accepted take: why it is no deliverable of its own. */
  readonly none: 'step' | 'replaced' | undefined;
  readonly title: string;
}
const COLUMNS: readonly (readonly [heading: string, cell: (line: Line) => string])[] = [
  ['at', ({ take }) => new Date(take.at).toISOString()],
  ['take', ({ take }) => csvCell(take.id)],
  ['run', ({ take }) => csvCell(take.runId)],
  ['graph', ({ take }) => csvCell(take.graphId)],
  ['graph title', ({ title }) => csvCell(title)],
  ['node', ({ take }) => csvCell(take.node)],
  ['slot', ({ take }) => csvCell(take.slot)],
  ['number', ({ nth }) => String(nth)],
  ['work', ({ take }) => csvCell(take.work)],
  ['tier', ({ take }) => take.tier],
  ['tier asked', ({ take }) => take.request.tier],
  ['mode', ({ take }) => take.mode],
  ['table', ({ take }) => csvCell(`${take.table.id} ${take.table.version}`)],
  ['provider asked', ({ take }) => csvCell(take.asked.provider)],
  ['model asked', ({ take }) => csvCell(take.asked.model)],
  ['provider', ({ take }) => csvCell(take.answered.provider)],
  ['model', ({ take }) => csvCell(take.answered.model)],
  ['seed', ({ take }) => String(take.seed)],
  ['queued s', ({ take }) => seconds(take.queuedMs)],
  ['worked s', ({ take }) => seconds(take.workedMs)],
  ['review s', ({ take }) => seconds(take.verdict.reviewMs)],
  ['estimated $', ({ take }) => money(take.estimated)],
  ['charged $', ({ take }) => money(take.charged)],
  ['refinement worth $', ({ cost }) => money(cost.refinement)],
  ['waiting worth $', ({ cost }) => money(cost.waiting)],
  ['reviewing worth $', ({ cost }) => money(cost.reviewing)],
  ['full cost $', ({ cost }) => money(fullCostOf(cost))],
  ['verdict', ({ take }) => take.verdict.state],
  ['by', ({ take }) => take.verdict.by],
  ['became', ({ fate }) => fate],
  ['deliverable', ({ take, none }) => (take.verdict.state === 'accepted' ? (none ?? 'yes') : '')],
  ['reason', ({ take }) => csvCell(take.verdict.reason ?? '')],
  ['failure', ({ take }) => csvCell(take.failure ? inWords(take.failure.message) : '')],
];

/**
 * One line a take; amounts in dollars with six digits, an empty one is not known. `among`: all takes there are, oldest
 * first.
 */
export function toCsv(
  costs: readonly CostedTake[],
  among: readonly CostedTake[] = costs,
  titleOf: (graph: GraphId) => string = String,
): string {
  const none = noDeliverables(among.map(({ take }) => take));
  const became = fatesOf(among.map(({ take }) => take));
  const lineOf = (one: CostedTake): Line => ({
    ...one,
    ...became.get(one.take.id)!,
    none: none.get(one.take),
    title: titleOf(one.take.graphId),
  });
  const head = COLUMNS.map(([heading]) => heading).join(',');
  const lines = costs.map(lineOf).map((line) => COLUMNS.map(([, cell]) => cell(line)).join(','));
  // The byte order mark tells spreadsheets that it is UTF-8.
  return `\uFEFF${[head, ...lines].join('\n')}\n`;
}
