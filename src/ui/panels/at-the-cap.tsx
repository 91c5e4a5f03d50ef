/** What to do where no further take may be made: shown by the strip of takes and by the review. */
import { setParam } from '../../graph/edits.ts';
import type { NodeId } from '../../core/ids.ts';
import { say } from '../../core/say.ts';
import type { TakeRecord, Verdict } from '../../core/take.ts';
import { stoppedAt } from '../../ledger/forecast.ts';
import { madeTakes, untriedNumber } from '../../routing/attempts.ts';
import { useApp, useFact } from '../app-context.ts';
import { flatId } from '../node-facts.ts';
import { pinModel } from '../pin-model.ts';
import { lockedSeed, WaysOn, type LockedSeed } from './offered-ways.tsx';
import { t } from '../../words/t.ts';
import './filmstrip.css';

/** Nothing accepted and no takes left: escalate, change the control, or accept after all. */
export function AtTheCap({
  node,
  slot,
  cap,
}: {
  readonly node: NodeId;
  readonly slot: readonly TakeRecord[];
  readonly cap: number;
}) {
  const app = useApp();
  const { document, runs, registry } = app;
  const takePlan = useFact(runs, (state) => state.plan?.dispatched[node]?.takePlan);
  const board = useFact(document, (state) => state.board);
  const isStopped = useFact(runs, (state) => state.ahead !== undefined && stoppedAt(state.ahead, node) !== undefined);
  const spent = madeTakes(slot) >= cap;
  const has = (state: Verdict['state']) => slot.some(({ artifact, verdict }) => artifact && verdict.state === state);
  const isExhausted =
    takePlan !== undefined && untriedNumber({ ...takePlan, taken: slot }) === undefined && !has('open');
  const isAtTheCap = isStopped || ((spent || isExhausted) && has('rejected'));
  const isMade = slot.some(({ artifact }) => artifact);
  // With nothing made and nobody to ask, the node itself says why and what helps.
  if (!isAtTheCap || has('accepted') || (!isMade && takePlan?.resolution.problem)) return null;
  const why = spent ? t('No takes are left here.') : t('No other take can be made here.');
  const feeding = (socket: string) =>
    Object.values(board.wires).find((wire) => flatId({ document }, wire.to.node) === node && wire.to.socket === socket)
      ?.from.node;
  const onBoard = node.split('/').at(-1) as NodeId;
  const seed = spent ? undefined : lockedSeed(board, registry, feeding('seed'));
  const unlock = ({ node: id, param, value }: LockedSeed) =>
    document.edit(say('Unlock the seed'), (draft) => setParam(draft, id, param, { mode: 'random', value }));
  return (
    <div className="capped" role="group" aria-label={t('At the cap')}>
      <p>{isMade ? t('{0} Accept one of them, or:', why) : why}</p>
      <WaysOn node={node} slot={slot} />
      {takePlan?.request.pinned && (
        <button className="button button--primary" type="button" onClick={() => pinModel(app, onBoard, undefined)}>
          {t('Unpin')}
        </button>
      )}
      {seed && (
        <button className="button" type="button" onClick={() => unlock(seed)}>
          {t('Unlock the seed')}
        </button>
      )}
    </div>
  );
}
