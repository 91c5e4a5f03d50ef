/** The takes of the chosen generation node, side by side: accept, reject, take another; at the cap, what to do next. */
import { Check, Images, RefreshCw, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { setParam } from '../../graph/edits.ts';
import type { Board } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import { inDollars } from '../../core/money.ts';
import type { Registry } from '../../core/node.ts';
import type { SeedSetting } from '../../core/params.ts';
import { say } from '../../core/say.ts';
import type { TakeRecord, Verdict } from '../../core/take.ts';
import { stoppedAt } from '../../ledger/forecast.ts';
import { fateOf, nthOf } from '../../ledger/receipt.ts';
import { inWords } from '../../measure/measure.ts';
import { madeTakes, untriedNumber } from '../../routing/attempts.ts';
import { rowOf } from '../../routing/routing-table.ts';
import { tableFor } from '../../state/desk.ts';
import { useApp, useFact } from '../app-context.ts';
import { useReturningFocus } from '../focus.ts';
import { keyOf } from '../keys.ts';
import { Media } from '../media.tsx';
import { linkTo } from '../navigation.ts';
import { flatId, useFlatId } from '../node-facts.ts';
import { nodePlanOf, nodeRunOf, shownOutputs } from '../status.ts';
import { meantTake, REASONS, takesNow, useOnScreen } from '../shown-takes.ts';
import { sentence } from '../../words/sentence.tsx';
import { inFigures, t, tell } from '../../words/t.ts';
import './filmstrip.css';

export function Filmstrip() {
  const { workspace, desk } = useApp();
  const selection = useFact(workspace, (state) => state.selection);
  const takes = useFact(desk, (state) => state.takes);
  const id = useFlatId(selection[0] ?? ('' as NodeId));
  if (selection.length !== 1 || !takes.some((take) => take.node === id)) return null;
  return <Strip key={id} node={id} takes={takes} />;
}

function Strip({ node, takes }: { readonly node: NodeId; readonly takes: readonly TakeRecord[] }) {
  const { runs, document, workspace, commands } = useApp();
  const takePlan = useFact(runs, (state) => state.plan?.dispatched[node]?.takePlan);
  const running = useFact(runs, (state) => state.running);
  const run = useFact(runs, nodeRunOf(node));
  const plan = useFact(runs, nodePlanOf(node));
  const graphId = useFact(document, (state) => state.id)!;
  const asked = useFact(workspace, (state) => state.rejecting);
  const slot = takesNow(takes, node, takePlan?.slot);
  const picked = useFact(workspace, (state) => state.picked);
  const shown = meantTake(slot, node, shownOutputs(run, plan), picked);
  useOnScreen(shown ? [shown] : []);
  const rejected = slot.find((take) => take.id === asked);
  const cap = takePlan?.cap ?? slot.length;
  return (
    <section className="strip" aria-label={t('Takes')}>
      <ol className="strip__takes">
        {slot.map((take) => (
          <TakeChip
            key={take.id}
            take={take}
            nth={nthOf(take, slot)}
            fate={fateOf(take, slot)}
            current={take.id === shown?.id}
            onClick={() => {
              if (!take.artifact) return;
              workspace.setState({
                picked: { take: take.id, newest: slot.at(-1)!.id },
                viewing: { node: workspace.getState().selection[0]!, value: take.artifact },
              });
            }}
          />
        ))}
      </ol>
      <div className="strip__side">
        <p className="tabular">
          {sentence('{0} {1|take|takes} made', <strong>{t('{0} of {1}', madeTakes(slot), cap)}</strong>, cap)}
        </p>
        {shown && (
          // Only hidden meanwhile: the focus goes back to its button.
          <div className="strip__buttons" style={rejected && { display: 'none' }}>
            <button
              className="button"
              type="button"
              title={t('Accept this take (A)')}
              aria-pressed={shown.verdict.state === 'accepted'}
              onClick={() => void commands.accept(shown)}
            >
              <Check size={14} aria-hidden /> {t('Accept')}
            </button>
            <button
              className="button"
              type="button"
              title={t('Reject it and take another (R)')}
              disabled={running}
              onClick={() => workspace.setState({ rejecting: shown.id })}
            >
              <X size={14} aria-hidden /> {t('Reject')}
            </button>
            <a
              className="button button--icon"
              href={linkTo({ screen: 'review', id: graphId })}
              aria-label={t('Review takes')}
              title={t('Side by side on the Review page')}
            >
              <Images size={15} aria-hidden />
            </a>
          </div>
        )}
        {rejected && <RejectForm take={rejected} onDone={() => workspace.setState({ rejecting: undefined })} />}
        <AtTheCap node={node} slot={slot} cap={cap} />
      </div>
    </section>
  );
}

function TakeChip({
  take,
  nth,
  fate,
  current,
  onClick,
}: {
  readonly take: TakeRecord;
  readonly nth: number;
  readonly fate: string;
  readonly current: boolean;
  readonly onClick: () => void;
}) {
  const chip = useRef<HTMLLIElement>(null);
  // What "Accept" is about is never out of sight.
  useEffect(() => {
    if (current) chip.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  const facts = [
    take.answered.model,
    t('seed {0}', take.seed),
    take.charged === null ? t('price unknown') : inFigures(inDollars(take.charged)),
    take.verdict.reason && t(take.verdict.reason),
    ...take.measures.map((measure) => tell(inWords(measure))),
    take.failure && tell(take.failure.message),
  ]
    .filter(Boolean)
    .join('\n');
  return (
    <li ref={chip} className="take" data-fate={fate} data-current={current} title={facts}>
      <button type="button" aria-label={t('Take {0}, {1}', nth, t(fate))} aria-pressed={current} onClick={onClick}>
        {take.artifact ? (
          <Media value={take.artifact} title={t('take {0}', nth)} />
        ) : (
          <span className="take__failed">{t('failed')}</span>
        )}
      </button>
      <span className="take__fate">{t(fate)}</span>
    </li>
  );
}

/** Why it is rejected: one of a few reasons, or a person's own words. */
export function RejectForm({ take, onDone }: { readonly take: TakeRecord; readonly onDone: () => void }) {
  const { commands } = useApp();
  const [own, setOwn] = useState('');
  const reason = useRef<HTMLInputElement>(null);
  useReturningFocus();
  const reject = (why: string) => {
    onDone();
    void commands.reject(take, why);
  };
  return (
    <form
      className="reject"
      aria-label={t('Why is it rejected?')}
      onSubmit={(event) => {
        event.preventDefault();
        reject(own.trim() || t('No reason given'));
      }}
      onKeyDown={(event) => {
        if (keyOf(event) === 'Escape') return onDone();
        // Who begins to write means a reason of their own; the letter goes where the focus is by then.
        const isLetter = keyOf(event).trim().length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
        if (isLetter && event.target !== reason.current) reason.current?.focus();
      }}
    >
      {REASONS.map((why, index) => (
        <button key={why} className="button" type="button" autoFocus={index === 0} onClick={() => reject(why)}>
          {t(why)}
        </button>
      ))}
      <input
        ref={reason}
        className="field"
        aria-label={t('Another reason')}
        placeholder={t('Another reason, then Enter')}
        value={own}
        onChange={(event) => setOwn(event.target.value)}
      />
      <button className="button button--quiet" type="button" onClick={onDone}>
        {t('Keep it')}
      </button>
    </form>
  );
}

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
  const { commands, document, desk, workspace, runs, registry } = useApp();
  const takePlan = useFact(runs, (state) => state.plan?.dispatched[node]?.takePlan);
  const tables = useFact(desk, (state) => state.tables);
  const { graph, board } = useFact(document, (state) => state);
  const isStopped = useFact(runs, (state) => state.ahead !== undefined && stoppedAt(state.ahead, node) !== undefined);
  const spent = madeTakes(slot) >= cap;
  const has = (state: Verdict['state']) => slot.some(({ artifact, verdict }) => artifact && verdict.state === state);
  const isExhausted =
    takePlan !== undefined && untriedNumber({ ...takePlan, taken: slot }) === undefined && !has('open');
  const isAtTheCap = isStopped || ((spent || isExhausted) && has('rejected'));
  if (!isAtTheCap || has('accepted')) return null;
  const last = slot.at(-1);
  const row = last && rowOf(tableFor(graph, tables), last.work, last.tier);
  const feeding = (socket: string) =>
    Object.values(board.wires).find((wire) => flatId({ document }, wire.to.node) === node && wire.to.socket === socket)
      ?.from.node;
  const control = feeding('prompt') ?? (node.split('/').at(-1) as NodeId);
  const seed = spent ? undefined : lockedSeed(board, registry, feeding('seed'));
  const unlock = ({ node: id, param, value }: LockedSeed) =>
    document.edit(say('Unlock the seed'), (draft) => setParam(draft, id, param, { mode: 'random', value }));
  return (
    <div className="capped" role="group" aria-label={t('At the cap')}>
      <p>
        {t('{0} Accept one of them, or:', spent ? t('No takes are left here.') : t('No other take can be made here.'))}
      </p>
      {row?.escalateTo && (
        <button
          className="button button--primary"
          type="button"
          onClick={() => void commands.escalate(node, row.escalateTo!)}
        >
          <RefreshCw size={13} aria-hidden /> {t('Escalate to {0}', t(row.escalateTo))}
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
