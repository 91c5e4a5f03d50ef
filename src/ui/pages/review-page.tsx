/** Takes side by side: one zoom for all, A/B with a slider or by blinking, the facts of each, a verdict by key. */
import { ArrowLeft, Check, Grid2x2, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { nodeAt } from '../../graph/component.ts';
import type { NodeId } from '../../core/ids.ts';
import { fateOf, nthOf } from '../../ledger/receipt.ts';
import type { TakeRecord } from '../../core/take.ts';
import { madeTakes } from '../../routing/attempts.ts';
import { nextByItself } from '../../routing/ways-on.ts';
import { useApp, useFact } from '../app-context.ts';
import { explainedWord } from '../explained.ts';
import { comboOf } from '../keys.ts';
import { linkTo, usePlace } from '../navigation.ts';
import { nameOf } from '../node-facts.ts';
import { AnotherTake } from '../panels/another-take.tsx';
import { AtTheCap } from '../panels/at-the-cap.tsx';
import { WaysOn } from '../panels/offered-ways.tsx';
import { PairModes, pairModeOf } from '../panels/pair-stage.tsx';
import { RejectForm } from '../panels/reject-form.tsx';
import type { Pair, PairMode } from '../pair.ts';
import { slotsOf, takesNow, useOnScreen } from '../shown-takes.ts';
import { percent } from '../units.ts';
import { WHOLE } from '../zoom.ts';
import { named, tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import { NothingToReview } from './review-empty.tsx';
import { ReviewDone } from './review-done.tsx';
import { Against, Look, type Nth } from './review-looks.tsx';
import './review-page.css';

type Layout = 'grid' | PairMode;
export default function Review() {
  const { document, desk, registry, runs, workspace, commands } = useApp();
  const takes = useFact(desk, (state) => state.takes);
  const graph = useFact(document, (state) => state.graph);
  const graphId = useFact(document, (state) => state.id)!;
  const running = useFact(runs, (state) => state.running);
  const selected = useFact(workspace, (state) => state.selection[0]);
  const asked = useFact(workspace, (state) => state.rejecting);
  const nodes = useMemo(
    () => [...new Set(takes.map((take) => take.node))].filter((id) => nodeAt(graph, id)),
    [takes, graph],
  );
  const place = usePlace();
  const linked = place.screen === 'review' ? takes.find(({ id }) => id === place.take) : undefined;
  const [chosenNode, setNode] = useState<NodeId>();
  const [chosenSlot, setSlot] = useState<string>();
  const node = chosenNode ?? linked?.node ?? (selected && nodes.includes(selected) ? selected : nodes[0]);
  const takePlan = useFact(runs, (state) => (node ? state.plan?.dispatched[node]?.takePlan : undefined));
  const slots = useMemo(() => (node ? slotsOf(takes, node) : []), [takes, node]);
  const earlier = chosenSlot ?? (chosenNode ? undefined : linked?.slot);
  const now = useMemo(() => (node ? takesNow(takes, node, takePlan?.slot) : []), [takes, node, takePlan]);
  const slot = slots.find(({ name }) => name === earlier)?.takes ?? now;
  const isNow = slot[0]?.slot === now[0]?.slot;
  const shown = useMemo(() => slot.filter((take) => take.artifact), [slot]);
  const [cursor, setCursor] = useState<string>();
  const [layout, setLayout] = useState<Layout>('grid');
  const [zoom, setZoom] = useState(WHOLE);
  /** What two takes that are held against each other do with a key. */
  const pressInPair = useRef<Pair['press']>(undefined);
  const current = shown.find((take) => take.id === (cursor ?? linked?.id)) ?? shown.at(-1);
  useOnScreen(layout === 'grid' || !current ? shown : [current]);
  const rejected = shown.find((take) => take.id === asked);
  const nth: Nth = (take) => nthOf(take, slot);
  const titleOf = (id: NodeId) => nameOf(graph, registry, id);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const combo = comboOf(event);
      // While the reason is asked for, keys do nothing to the takes.
      if (rejected) return combo === 'escape' ? workspace.setState({ rejecting: undefined }) : undefined;
      if (target.matches('input, textarea, select') || target.closest('dialog') || !current) return;
      const step = (by: number) => setCursor(shown[(shown.indexOf(current) + by + shown.length) % shown.length]?.id);
      const actions: Readonly<Record<string, () => void>> = {
        a: () => void commands.accept(current),
        r: () => !running && workspace.setState({ rejecting: current.id }),
        u: () => void commands.undoVerdict(),
        arrowright: () => step(1),
        arrowleft: () => step(-1),
        g: () => setLayout('grid'),
        '0': () => setZoom(WHOLE),
      };
      const wanted = shown.length > 1 ? pairModeOf(combo) : undefined;
      const isOnButton = combo === 'space' && target.closest('button');
      if (!isOnButton && combo !== 'g' && pressInPair.current?.(combo)) return event.preventDefault();
      const action = actions[combo] ?? (wanted && (() => setLayout(wanted)));
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [commands, workspace, current, rejected, shown, running]);

  if (!node || !current) return <NothingToReview graph={graphId} failed={takes.findLast(({ failure }) => failure)} />;
  const other =
    shown.find((take) => take.id !== current.id && take.verdict.state === 'accepted') ??
    shown[(shown.indexOf(current) - 1 + shown.length) % shown.length]!;
  return (
    <main className="review" aria-label={t('Review')}>
      <div className="review__bar">
        <a
          className="button button--icon"
          href={linkTo({ screen: 'graph', id: graphId })}
          {...named(t('Back to the editor'))}
        >
          <ArrowLeft size={15} aria-hidden />
        </a>
        <h1>{t('Review')}</h1>
        <select
          className="field"
          style={{ width: 'auto' }}
          aria-label={t('Node')}
          value={node}
          onChange={(event) => {
            setNode(event.target.value as NodeId);
            setSlot(undefined);
          }}
        >
          {nodes.map((id) => (
            <option key={id} value={id}>
              {titleOf(id)}
            </option>
          ))}
        </select>
        {slots.length > 1 && (
          <select
            className="field"
            style={{ width: 'auto' }}
            aria-label={t('Settings it was made with')}
            value={slot[0]?.slot}
            onChange={(event) => setSlot(event.target.value)}
          >
            {slots.map(({ name, takes: made }, at) => (
              <option key={name} value={name}>
                {t('{0}. {1}, {2} {2|take|takes}', at + 1, t(made[0]!.tier), made.length)}
                {name === now[0]?.slot ? t(' (now)') : ''}
              </option>
            ))}
          </select>
        )}
        <span className="muted tabular">
          {takePlan && isNow ? (
            <span className="explained" {...explainedWord('cap')}>
              {t('{0} {1|take|takes} made', t('{0} of {1}', madeTakes(slot), takePlan.cap), takePlan.cap)}
            </span>
          ) : (
            t('{0} {1|take|takes} made', madeTakes(slot), madeTakes(slot))
          )}
        </span>
        <span style={{ flex: 1 }} />
        <div className="topbar__group" role="group" aria-label={t('Layout')}>
          <button
            className="button button--quiet"
            type="button"
            aria-pressed={layout === 'grid'}
            onClick={() => setLayout('grid')}
            {...tip(t('Side by side (G)'))}
          >
            <Grid2x2 size={14} aria-hidden /> {t('Grid')}
          </button>
          {shown.length > 1 && <PairModes mode={layout === 'grid' ? undefined : layout} onMode={setLayout} />}
          {zoom.scale > 1 && (
            <button
              className="button button--quiet tabular"
              type="button"
              onClick={() => setZoom(WHOLE)}
              {...tip(t('Whole picture (0)'))}
            >
              {percent(zoom.scale)}
            </button>
          )}
        </div>
        <button
          className="button"
          type="button"
          aria-pressed={current.verdict.state === 'accepted'}
          onClick={() => void commands.accept(current)}
          {...tip(t('Accept (A)'))}
        >
          <Check size={14} aria-hidden /> {t('Accept')}
        </button>
        <button
          className="button"
          type="button"
          disabled={running}
          onClick={() => workspace.setState({ rejecting: current.id })}
          {...tip(t('Reject and take another (R)'))}
        >
          <X size={14} aria-hidden /> {t('Reject')}
        </button>
        <button
          className="button button--quiet"
          type="button"
          onClick={() => void commands.undoVerdict()}
          {...tip(t('Undo the last verdict (U)'))}
        >
          {t('Undo verdict')}
        </button>
      </div>
      <div className="review__beneath">
        {rejected && <RejectForm take={rejected} onDone={() => workspace.setState({ rejecting: undefined })} />}
        {takePlan && isNow && <AtTheCap node={node} slot={slot} cap={takePlan.cap} />}
        {shown.length === 1 && !rejected && <OnlyTake take={current} slot={slot} />}
      </div>
      {layout === 'grid' ? (
        <div
          className="review__grid"
          style={{
            gridTemplateColumns: `repeat(${Math.min(shown.length, shown.length <= 4 ? 2 : 3)}, minmax(0, 1fr))`,
          }}
        >
          {shown.map((take) => (
            <Look
              key={take.id}
              take={take}
              fate={fateOf(take, slot)}
              nth={nth}
              chosen={take.id === current.id}
              zoom={zoom}
              onZoom={setZoom}
              onChoose={() => setCursor(take.id)}
            />
          ))}
        </div>
      ) : (
        <Against a={other} b={current} nth={nth} mode={layout} onKeys={(press) => (pressInPair.current = press)} />
      )}
      <ReviewDone graph={graphId} takes={takes} />
    </main>
  );
}

/** One alone has nothing to be compared with: what can be done about that, and what it costs. */
function OnlyTake({ take, slot }: { readonly take: TakeRecord; readonly slot: readonly TakeRecord[] }) {
  const { runs } = useApp();
  const takePlan = useFact(runs, (state) => state.plan?.dispatched[take.node]?.takePlan);
  if (take.verdict.state === 'accepted')
    return <p className="review__only">{t('This is the only take, and it is accepted.')}</p>;
  return (
    <div className="review__only" role="group" aria-label={t('The only take')}>
      <p>{t('This is the only take so far. Accept it, reject it, or take one more to compare it with:')}</p>
      {takePlan && nextByItself(takePlan, slot) && <AnotherTake take={take} slot={slot} />}
      <WaysOn node={take.node} slot={slot} />
    </div>
  );
}
