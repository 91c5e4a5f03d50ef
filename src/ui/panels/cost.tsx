/** Money in the run bar: the forecast before a run, the receipt after it. */
import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { NodeId, TakeId } from '../../core/ids.ts';
import { FREE, inDollars } from '../../core/money.ts';
import type { ModelRef, TakeRecord } from '../../core/take.ts';
import { costInWords, costOfTakesInWords, forecast, type Forecast, type NodeForecast } from '../../ledger/forecast.ts';
import {
  costInShort,
  fateOf,
  receiptInWords,
  receiptOf,
  spentInWords,
  wasFirstAsked,
  type Fate,
  type Receipt,
} from '../../ledger/receipt.ts';
import type { WhyStopped } from '../../routing/attempts.ts';
import { useApp, useFact } from '../app-context.ts';
import { fateInWords } from '../fate-words.ts';
import { modelInWords } from '../market.ts';
import { linkTo } from '../navigation.ts';
import { nameOf } from '../node-facts.ts';
import { Sheet } from '../widgets/sheet.tsx';
import { tip, tipToStopAt } from '../widgets/tip.ts';
import { inFigures, t, tell, w } from '../../words/t.ts';
import { TakeReceipt } from './take-receipt.tsx';
import './cost.css';
import '../theme/grid.css';

export function useForecast(): Forecast | undefined {
  const { runs, desk } = useApp();
  const plan = useFact(runs, (state) => state.ahead);
  const takes = useFact(desk, (state) => state.takes);
  return useMemo(() => plan && forecast(plan, takes), [plan, takes]);
}

/** Takes are needed, and for want of money none of them can be made. */
export const lacksMoney = ({ nodes, takes, after }: Forecast): boolean =>
  takes[1] === 0 &&
  !after &&
  Object.values(nodes).some(
    ({ stopped, takePlan }) =>
      stopped === 'nobody' && takePlan.resolution.considered.some(({ onlyMoney }) => onlyMoney),
  );

const takesInWords = ([low, high]: readonly [number, number]) =>
  low === high ? t('{0} {0|take|takes}', high) : t('{0} to {1} {1|take|takes}', low, high);

const STOPPED: Readonly<Record<WhyStopped, string>> = {
  cap: w('all takes are used'),
  nobody: w('nobody can be asked'),
  unknown: w('a take waits for your decision'),
};
const stoppedInWords = ({ stopped, takePlan }: NodeForecast) =>
  stopped === 'nobody' && takePlan.resolution.usable.length > 0
    ? t('no take is left with this seed')
    : t(STOPPED[stopped!]);

/** The first that has to be made, and for which no take can be. */
export const haltedIn = ({ nodes }: Forecast): NodeForecast | undefined =>
  Object.values(nodes).find(({ stopped }) => stopped);

export function Cost() {
  const { runs } = useApp();
  const expected = useForecast();
  const receipt = useReceipt();
  const running = useFact(runs, (state) => state.running);
  const [open, setOpen] = useState(false);
  if (!expected || Object.keys(expected.nodes).length === 0) return null;
  const spent = receipt && receipt.takes.length > 0 ? tell(spentInWords(receipt)) : inFigures(inDollars(FREE));
  const halted = haltedIn(expected);
  const isIdle = running || (expected.takes[1] === 0 && !expected.after);
  const now = halted?.stopped && !running ? stoppedInWords(halted) : isIdle ? spent : aheadInWords(expected);
  return (
    <>
      <button
        className="runbar__cost tabular"
        type="button"
        aria-label={t('Cost: {0}', now)}
        {...tip(t('What it will cost, and what the last run did'))}
        onClick={() => setOpen(true)}
      >
        {now}
      </button>
      {open && <CostSheet expected={expected} receipt={receipt} onDone={() => setOpen(false)} />}
    </>
  );
}

/** "$0.12, 3 takes", or with gates "$0.12 now, $2.40 after 3 verdicts". */
function aheadInWords(expected: Forecast): string {
  const { after } = expected;
  if (!after) return tell(costOfTakesInWords(expected));
  return t('{0} now, {1} after {2} {2|verdict|verdicts}', costInWords(expected), costInWords(after), after.verdicts);
}

function takesAhead(node: NodeForecast): string {
  const { stopped, takes, isLater } = node;
  if (stopped) return stoppedInWords(node);
  if (isLater) return t('{0} after a verdict', takesInWords(takes));
  return takes[1] === 0 ? t('none') : takesInWords(takes);
}

function useReceipt(): Receipt | undefined {
  const { runs, desk } = useApp();
  const runId = useFact(runs, (state) => state.runId);
  const takes = useFact(desk, (state) => state.takes);
  return useMemo(() => (runId ? receiptOf(runId, takes) : undefined), [runId, takes]);
}

function CostSheet({
  expected,
  receipt,
  onDone,
}: {
  readonly expected: Forecast;
  readonly receipt: Receipt | undefined;
  readonly onDone: () => void;
}) {
  const { document, registry, desk } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const takes = useFact(desk, (state) => state.takes);
  const settings = useFact(desk, (state) => state.settings);
  const titleOf = (id: NodeId) => nameOf(graph, registry, id);
  const [opened, setOpened] = useState<TakeId>();
  return (
    // Its first link is at the end; a long table would open there.
    <Sheet heading={t('Cost')} headingIs="unseen" className="sheet sheet--wide" begin="top" onClose={onDone}>
      <h2>{t('Before the next run')}</h2>
      <p className="muted">
        {expected.takes[1] === 0
          ? t('Nothing would be generated.')
          : t('{0}, {1} in all.', takesInWords(expected.takes), costInWords(expected))}{' '}
        {expected.after &&
          t(
            'After {0} {0|verdict|verdicts}: {1}, {2}.',
            expected.after.verdicts,
            takesInWords(expected.after.takes),
            costInWords(expected.after),
          )}{' '}
        {settings.runCap !== undefined && t('A run stops at {0}.', inDollars(settings.runCap))}{' '}
        {settings.monthlyBudget !== undefined && t('The month stops at {0}.', inDollars(settings.monthlyBudget))}
      </p>
      <table className="grid tabular">
        <thead>
          <tr>
            <th>{t('Node')}</th>
            <th>{t('Who would make it')}</th>
            <th>{t('Takes')}</th>
            <th>{t('This run')}</th>
            <th
              {...tipToStopAt(
                t(
                  'Generation cost of one accepted take, at the acceptance rate learned so far. Before anything is judged: as if two of four had been accepted.',
                ),
              )}
            >
              {t('Per accepted take')}
            </th>
          </tr>
        </thead>
        <tbody>
          {(Object.keys(expected.nodes) as NodeId[]).map((id) => {
            const node = expected.nodes[id]!;
            return (
              <tr key={id}>
                <td>{titleOf(id)}</td>
                <td>{t(node.candidate?.name ?? w('nobody can be asked'))}</td>
                <td>{takesAhead(node)}</td>
                <td>{node.takes[1] === 0 ? inFigures(inDollars(FREE)) : tell(costInWords(node))}</td>
                <td
                  {...tipToStopAt(
                    node.rate &&
                      t(
                        '{0} judged so far; between {1} and {2} % are accepted, with 80 % certainty.',
                        node.rate.judged,
                        Math.round(node.rate.low * 100),
                        Math.round(node.rate.high * 100),
                      ),
                  )}
                >
                  {node.perAccepted
                    ? t(
                        '{0} ({1} to {2})',
                        inDollars(node.perAccepted.expected),
                        inDollars(node.perAccepted.low),
                        inDollars(node.perAccepted.high),
                      )
                    : t('unknown')}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {receipt && (
        <>
          <h2 className="cost__last">{t('Receipt of the last run')}</h2>
          <p className="muted">
            {tell(receiptInWords(receipt))}
            {receipt.fallbacks ? t('; {0} answered by another model than the one asked', receipt.fallbacks) : ''}.
          </p>
          {receipt.takes.length > 0 && (
            <table className="grid tabular">
              <thead>
                <tr>
                  <th>{t('Node')}</th>
                  <th>{t('Asked')}</th>
                  <th>{t('Answered')}</th>
                  <th>{t('Seed')}</th>
                  <th>{t('Became')}</th>
                  <th>{t('Charged')}</th>
                </tr>
              </thead>
              <tbody>
                {receipt.takes.map((take) => (
                  <ReceiptRow
                    key={take.id}
                    take={take}
                    of={titleOf(take.node)}
                    fate={fateOf(take, takes)}
                    isOpen={opened === take.id}
                    onOpen={(isOpen) => setOpened(isOpen ? take.id : undefined)}
                  />
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
      <div className="sheet__foot">
        <a className="button" href={linkTo({ screen: 'routing' })}>
          {t('Routing')}
        </a>
        <a className="button" href={linkTo({ screen: 'audit' })}>
          {t('Audit')}
        </a>
        <button className="button button--primary" type="button" onClick={onDone}>
          {t('Close')}
        </button>
      </div>
    </Sheet>
  );
}

/** One take of the run; opened, with all there is to say about it. */
function ReceiptRow({
  take,
  of,
  fate,
  isOpen,
  onOpen,
}: {
  readonly take: TakeRecord;
  readonly of: string;
  readonly fate: Fate;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}) {
  const { desk } = useApp();
  const { catalog, providers, takes } = useFact(desk, (state) => state);
  const isAsked = wasFirstAsked(take, takes);
  const named = (ref: ModelRef) => modelInWords(catalog, providers, ref);
  return (
    <>
      <tr>
        <td>
          <button className="cost__open" type="button" aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
            <ChevronRight size={13} aria-hidden /> {of}
          </button>
        </td>
        <td>{isAsked ? named(take.asked) : t('{0}; nothing was sent to it', named(take.asked))}</td>
        <td {...tipToStopAt(tell(take.why))}>{named(take.answered)}</td>
        <td>{take.seed}</td>
        <td>{fateInWords(take, fate)}</td>
        <td>{tell(costInShort(take))}</td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={6} className="cost__receipt">
            <TakeReceipt take={take} />
          </td>
        </tr>
      )}
    </>
  );
}
