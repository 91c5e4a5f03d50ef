/** The takes of the chosen generation node, side by side: accept, reject, take another. */
import { Ban, Check, CircleQuestionMark, Hourglass, Images, ReceiptText, TriangleAlert, X } from 'lucide-react';
import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { NodeId, TakeId } from '../../core/ids.ts';
import type { TakeRecord } from '../../core/take.ts';
import { costInShort, costKnown, fateOf, nthOf, type Fate } from '../../ledger/receipt.ts';
import { measuredInWords } from '../../measure/measure.ts';
import { madeTakes, untriedNumber } from '../../routing/attempts.ts';
import { useApp, useFact } from '../app-context.ts';
import { keepInSight } from '../canvas/fit.ts';
import { fateInWords } from '../fate-words.ts';
import { modelInWords } from '../market.ts';
import { Media } from '../media.tsx';
import { linkTo } from '../navigation.ts';
import { judgedNode } from '../judged-node.ts';
import { useFlatId } from '../node-facts.ts';
import { nodePlanOf, nodeRunOf, shownOutputs } from '../status.ts';
import { meantTake, takesNow, useOnScreen } from '../shown-takes.ts';
import { AnotherTake } from './another-take.tsx';
import { AtTheCap } from './at-the-cap.tsx';
import { RejectForm } from './reject-form.tsx';
import { PendingTake } from './pending-take.tsx';
import { TakeSheet } from './take-sheet.tsx';
import { UnsettledTake } from './unsettled-take.tsx';
import { sentence } from '../../words/sentence.tsx';
import { explainedWord } from '../explained.ts';
import { tip } from '../widgets/tip.ts';
import { t, tell } from '../../words/t.ts';
import './filmstrip.css';

export function Filmstrip() {
  const { workspace, desk, runs } = useApp();
  const selection = useFact(workspace, (state) => state.selection);
  const takes = useFact(desk, (state) => state.takes);
  const chosen = useFlatId(selection[0] ?? ('' as NodeId));
  const id = useFact(runs, (state) => judgedNode(state, chosen));
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
  const slot = takesNow(takes, node, takePlan?.slot, shownOutputs(run, plan));
  // What the node asked for before it was changed may be in work, or wait for a decision, all the same.
  const own = takes.filter((take) => take.node === node);
  const picked = useFact(workspace, (state) => state.picked);
  const shown = meantTake(slot, node, shownOutputs(run, plan), picked);
  useOnScreen(shown ? [shown] : []);
  const rejected = slot.find((take) => take.id === asked);
  const [opened, setOpened] = useState<TakeId>();
  const receipt = slot.find((take) => take.id === opened);
  const cap = takePlan?.cap ?? slot.length;
  const isExhausted = takePlan !== undefined && untriedNumber({ ...takePlan, taken: slot }) === undefined;
  /** A service may still give one, or a person has to say whether it will. */
  const isAwaited = slot.some(({ state }) => state !== undefined);
  const section = useRef<HTMLElement>(null);
  useNodeInSight(section);
  return (
    <section ref={section} className="strip" aria-label={t('Takes')}>
      <ol className="strip__takes">
        {slot.map((take) => (
          <TakeChip
            key={take.id}
            take={take}
            nth={nthOf(take, slot)}
            fate={fateOf(take, slot)}
            current={take.id === shown?.id}
            onReceipt={() => setOpened(take.id)}
            onClick={() => {
              if (!take.artifact) return setOpened(take.id);
              workspace.setState({
                picked: { take: take.id, newest: slot.at(-1)!.id },
                viewing: {
                  node: workspace.getState().selection[0]!,
                  value: take.artifact,
                  made: { take, nth: nthOf(take, slot) },
                },
              });
            }}
          />
        ))}
      </ol>
      <div className="strip__side">
        <p className="tabular explained" {...explainedWord('cap')}>
          {/* Where nobody is left to ask, the takes the cap would leave are none. */}
          {isExhausted
            ? sentence('{0} {1|take|takes} made', <strong>{madeTakes(slot)}</strong>, madeTakes(slot))
            : sentence('{0} {1|take|takes} made', <strong>{t('{0} of {1}', madeTakes(slot), cap)}</strong>, cap)}
        </p>
        {shown && (
          // Only hidden meanwhile: the focus goes back to its button.
          <div className="strip__buttons" style={rejected && { display: 'none' }}>
            <button
              className="button"
              type="button"
              {...tip(t('Accept this take (A)'))}
              aria-pressed={shown.verdict.state === 'accepted'}
              onClick={() => void commands.accept(shown)}
            >
              <Check size={14} aria-hidden /> {t('Accept')}
            </button>
            <button
              className="button"
              type="button"
              {...tip(t('Reject it and take another (R)'))}
              disabled={running}
              onClick={() => workspace.setState({ rejecting: shown.id })}
            >
              <X size={14} aria-hidden /> {t('Reject')}
            </button>
            <AnotherTake take={shown} slot={slot} />
            <a
              className="button button--icon"
              href={linkTo({ screen: 'review', id: graphId })}
              aria-label={t('Review takes')}
              {...tip(t('Side by side on the Review page'))}
            >
              <Images size={15} aria-hidden />
            </a>
          </div>
        )}
        {rejected && <RejectForm take={rejected} onDone={() => workspace.setState({ rejecting: undefined })} />}
        <PendingTake takes={own} slot={takePlan?.slot} />
        <UnsettledTake takes={own} />
        {!isAwaited && <AtTheCap node={node} slot={slot} cap={cap} />}
      </div>
      {receipt && <TakeSheet take={receipt} nth={nthOf(receipt, slot)} onClose={() => setOpened(undefined)} />}
    </section>
  );
}

/** What a strip takes of the canvas does not take the chosen node out of sight. */
function useNodeInSight(strip: RefObject<HTMLElement | null>): void {
  const app = useApp();
  const flow = useReactFlow();
  useEffect(() => {
    let height = 0;
    const watch = new ResizeObserver(([entry]) => {
      const hasGrown = entry!.contentRect.height > height;
      height = entry!.contentRect.height;
      const [chosen] = app.workspace.getState().selection;
      if (hasGrown && chosen) void keepInSight(app, flow, chosen);
    });
    watch.observe(strip.current!);
    return () => watch.disconnect();
  }, [app, flow, strip]);
}

function TakeChip({
  take,
  nth,
  fate,
  current,
  onClick,
  onReceipt,
}: {
  readonly take: TakeRecord;
  readonly nth: number;
  readonly fate: Fate;
  readonly current: boolean;
  /** What it made is looked at; its receipt, where it made nothing. */
  readonly onClick: () => void;
  readonly onReceipt: () => void;
}) {
  const chip = useRef<HTMLLIElement>(null);
  // What "Accept" or "Cancel this take" is about is never out of sight.
  useEffect(() => {
    if (current || fate === 'pending') chip.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current, fate]);
  const Unmade = UNMADE[fate] ?? TriangleAlert;
  const cost = tell(costInShort(take));
  const maker = useFact(useApp().desk, ({ catalog, providers }) => modelInWords(catalog, providers, take.answered));
  const facts = [
    maker,
    t('seed {0}', take.seed),
    tell(costKnown(take)),
    take.verdict.by === 'person' && take.verdict.reason && t(take.verdict.reason),
    ...take.measures.map((measure) => tell(measuredInWords(measure))),
    take.failure && tell(take.failure.message),
    ...(take.notes ?? []).map(tell),
  ]
    .filter(Boolean)
    .join('\n');
  return (
    <li ref={chip} className="take" data-take={take.id} data-fate={fate} data-current={current} {...tip(facts)}>
      <button
        className="take__picture"
        type="button"
        aria-label={t('Take {0}, {1}', nth, t(fate))}
        aria-pressed={current}
        onClick={onClick}
      >
        {take.artifact ? (
          <Media value={take.artifact} of={t('take {0}', nth)} />
        ) : (
          <span className="take__unmade">
            <Unmade size={18} aria-hidden />
          </span>
        )}
      </button>
      <span className="take__fate">{fateInWords(take, fate)}</span>
      <button
        className="take__cost tabular"
        type="button"
        aria-label={t('Receipt of take {0}: {1}', nth, cost)}
        onClick={onReceipt}
      >
        <ReceiptText size={12} aria-hidden /> {cost}
      </button>
    </li>
  );
}

/** What stands where the picture will be, or may be. */
const UNMADE: Partial<Record<Fate, typeof Ban>> = { pending: Hourglass, unknown: CircleQuestionMark, cancelled: Ban };
