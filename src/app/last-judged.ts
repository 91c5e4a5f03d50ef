/** What the last verdict in this browser changed, between visits: `U` takes it back after a reload too. */
import type { GraphId, TakeId } from '../core/ids.ts';
import { isRecord } from '../core/loose.ts';
import type { TakeRecord, Verdict } from '../core/take.ts';
import { remember, remembered } from '../state/remembered.ts';

const KEY = 'triptych-last-judged';
type Step = Readonly<Record<'before' | 'after', Verdict>>;

/** `before` undefined: there is nothing to take back. */
export function rememberJudged(
  graph: GraphId,
  before: readonly TakeRecord[] | undefined,
  after: readonly TakeRecord[],
): void {
  const verdicts = new Map(after.map(({ id, verdict }) => [id, verdict]));
  const steps = before?.map(({ id, verdict }) => [id, { before: verdict, after: verdicts.get(id) }]);
  remember(KEY, steps ? { graph, steps } : null);
}

/**
 * The takes as they were before the last verdict of this graph; nothing where one of them is gone or was judged again
 * since.
 */
export function judgedBefore(graph: GraphId, takes: readonly TakeRecord[]): readonly TakeRecord[] | undefined {
  const steps = remembered(KEY, (stored) => stepsIn(stored, graph));
  const back = steps.flatMap(([id, { before, after }]) => {
    const take = takes.find((one) => one.id === id);
    return take && isSame(take.verdict, after) ? [{ ...take, verdict: before }] : [];
  });
  return back.length > 0 && back.length === steps.length ? back : undefined;
}

const isSame = (a: Verdict, b: Verdict): boolean => a.state === b.state && a.by === b.by && a.at === b.at;

function stepsIn(stored: unknown, graph: GraphId): readonly (readonly [TakeId, Step])[] {
  if (!isRecord(stored) || stored['graph'] !== graph || !Array.isArray(stored['steps'])) return [];
  const isStep = (step: unknown): step is readonly [TakeId, Step] =>
    Array.isArray(step) && isRecord(step[1]) && isVerdict(step[1]['before']) && isVerdict(step[1]['after']);
  return stored['steps'].every(isStep) ? stored['steps'] : [];
}
const isVerdict = (raw: unknown): raw is Verdict =>
  isRecord(raw) &&
  ['accepted', 'rejected', 'open'].includes(String(raw['state'])) &&
  ['person', 'criteria', 'nobody'].includes(String(raw['by'])) &&
  typeof raw['at'] === 'number' &&
  typeof raw['reviewMs'] === 'number' &&
  ['string', 'undefined'].includes(typeof raw['reason']);
