/** What to do where no further take may be made: shown by the strip of takes and by the review. */
import { RefreshCw } from 'lucide-react';
import { setParam } from '../../graph/edits.ts';
import type { Board } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import type { Registry } from '../../core/node.ts';
import type { SeedSetting } from '../../core/params.ts';
import { say } from '../../core/say.ts';
import type { TakeRecord, Verdict } from '../../core/take.ts';
import { stoppedAt } from '../../ledger/forecast.ts';
import { madeTakes, untriedNumber } from '../../routing/attempts.ts';
import { rowOf } from '../../routing/routing-table.ts';
import { tableFor } from '../../routing/table-for.ts';
import { useApp, useFact } from '../app-context.ts';
import { flatId } from '../node-facts.ts';
import { pinModel } from '../pin-model.ts';
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
  const { commands, document, desk, workspace, runs, registry } = app;
  const takePlan = useFact(runs, (state) => state.plan?.dispatched[node]?.takePlan);
  const tables = useFact(desk, (state) => state.tables);
  const { graph, board } = useFact(document, (state) => state);
  const isStopped = useFact(runs, (state) => state.ahead !== undefined && stoppedAt(state.ahead, node) !== undefined);
  const spent = madeTakes(slot) >= cap;
  const has = (state: Verdict['state']) => slot.some(({ artifact, verdict }) => artifact && verdict.state === state);
  const isExhausted =
    takePlan !== undefined && untriedNumber({ ...takePlan, taken: slot }) === undefined && !has('open');
  const isAtTheCap = isStopped || ((spent || isExhausted) && has('rejected'));
  const isMade = slot.some(({ artifact }) => artifact);
  // With nothing made and nobody to ask, the node itself says why and what helps.
  if (!isAtTheCap || has('accepted') || (!isMade && takePlan?.resolution.problem)) return null;
  const last = slot.at(-1);
  const why = spent ? t('No takes are left here.') : t('No other take can be made here.');
  const row = last && rowOf(tableFor(graph, tables), last.work, last.tier);
  const feeding = (socket: string) =>
    Object.values(board.wires).find((wire) => flatId({ document }, wire.to.node) === node && wire.to.socket === socket)
      ?.from.node;
  const onBoard = node.split('/').at(-1) as NodeId;
  const control = feeding('prompt') ?? onBoard;
  const seed = spent ? undefined : lockedSeed(board, registry, feeding('seed'));
  const unlock = ({ node: id, param, value }: LockedSeed) =>
    document.edit(say('Unlock the seed'), (draft) => setParam(draft, id, param, { mode: 'random', value }));
  return (
    <div className="capped" role="group" aria-label={t('At the cap')}>
      <p>{isMade ? t('{0} Accept one of them, or:', why) : why}</p>
      {row?.escalateTo && !takePlan?.request.pinned && (
        <button
          className="button button--primary"
          type="button"
          onClick={() => void commands.escalate(node, row.escalateTo!)}
        >
          <RefreshCw size={13} aria-hidden /> {t('Escalate to {0}', t(row.escalateTo))}
        </button>
      )}
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
      <button className="button" type="button" onClick={() => workspace.select([control])}>
        {t('Change the control')}
      </button>
    </div>
  );
}

interface LockedSeed {
  readonly node: NodeId;
  readonly param: string;
  readonly value: number;
}
function lockedSeed(board: Board, registry: Registry, node: NodeId | undefined): LockedSeed | undefined {
  const source = node && board.nodes[node];
  const specs = Object.entries(registry.get(source?.type ?? '')?.params ?? {});
  for (const [param, spec] of specs) {
    if (spec.kind !== 'seed') continue;
    const { mode, value } = (source?.params[param] ?? spec.default) as SeedSetting;
    if (mode === 'fixed') return { node: node!, param, value };
  }
  return undefined;
}
