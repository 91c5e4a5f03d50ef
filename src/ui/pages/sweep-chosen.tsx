/** The chosen cell of a sweep: its values, its take with a verdict, and the way back into the graph. */
import { Check, CornerUpRight, Grid3x3, Maximize2, Play, X } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import type { NodeId } from '../../core/ids.ts';
import { adoptCell } from '../../graph/swept-graph.ts';
import { costKnown } from '../../ledger/receipt.ts';
import { measuredInWords } from '../../measure/measure.ts';
import { useApp, useFact } from '../app-context.ts';
import { comboOf } from '../keys.ts';
import { isField } from '../focus.ts';
import { modelInWords } from '../market.ts';
import { Media } from '../media.tsx';
import { goTo } from '../navigation.ts';
import { RejectForm } from '../panels/reject-form.tsx';
import { useOnScreen } from '../shown-takes.ts';
import { tip } from '../widgets/tip.ts';
import { cellName, type AxisFacts, type CellFacts, type cellState } from './sweep-cells.ts';
import { t, tell } from '../../words/t.ts';

interface Props {
  readonly facts: CellFacts;
  readonly shows: NodeId;
  readonly axes: readonly AxisFacts[];
  readonly state: ReturnType<typeof cellState>;
  readonly onSee: () => void;
  /** Nothing where there is no other cell to hold it against. */
  readonly onCompare: (() => void) | undefined;
  readonly onRun: () => void;
}
export function ChosenCell({ facts, shows, axes, state: [state, said], onSee, onCompare, onRun }: Props) {
  const { document, registry, commands, desk } = useApp();
  const graph = useFact(document, (now) => now.graph);
  const id = useFact(document, (now) => now.id)!;
  const readOnly = useFact(document, (now) => now.readOnly);
  const { providers, catalog } = useFact(desk, (now) => now);
  const [isRejecting, setRejecting] = useState(false);
  const { cell, picture, take } = facts;
  useOnScreen(take && picture ? [take] : []);
  /** Another seed or another model is left to ask. */
  const hasAnother = (facts.plan?.takes[1] ?? 0) > 0;
  const isBusy = state === 'running' || state === 'waiting';
  const judged = isBusy || readOnly ? undefined : take;
  const use = () => {
    const choice = take?.artifact?.hash === picture?.hash && take;
    document.edit('Use the values of a cell', (_, whole) =>
      adoptCell(
        whole,
        graph,
        registry,
        cell,
        choice && choice.number > 0
          ? { node: choice.node, shown: { slot: choice.slot, number: choice.number, id: choice.id } }
          : undefined,
      ),
    );
    goTo({ screen: 'graph', id });
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (isField(target) || target.closest('dialog') || isRejecting) return;
    const combo = comboOf(event);
    if (combo === 'c' && picture) onCompare?.();
    else if (!judged) return;
    else if (combo === 'a') void commands.accept(judged, 'apart');
    else if (combo === 'r') setRejecting(true);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <aside className="cells__chosen" aria-label={t('Chosen: {0}', cellName(axes, cell))}>
      {picture ? (
        <button className="cells__large" type="button" aria-label={t('View large')} onClick={onSee}>
          <Media key={picture.hash} value={picture} of={cellName(axes, cell)} />
          <Maximize2 size={15} aria-hidden />
        </button>
      ) : (
        <p className={state === 'failed' ? 'why why--bad' : 'muted'}>{said || t('Not made yet.')}</p>
      )}
      <dl className="facts tabular">
        {axes.map(({ axis, label, say }, at) => (
          <Fact key={`${axis.node} ${axis.param} ${axis.variable}`} name={label} value={say(cell.values[at]!)} />
        ))}
        {take && picture && (
          <>
            <Fact name={t('Made by')} value={modelInWords(catalog, providers, take.answered)} />
            <Fact name={t('Seed used')} value={String(take.seed)} />
            <Fact name={t('Cost')} value={tell(costKnown(take))} />
            <Fact
              name={t('Verdict')}
              value={
                take.verdict.reason ? `${t(take.verdict.state)}: ${t(take.verdict.reason)}` : t(take.verdict.state)
              }
            />
          </>
        )}
        {take?.measures.map((measure) => (
          <Fact key={measure.measure} name={t('Measured')} value={tell(measuredInWords(measure))} />
        ))}
      </dl>
      {picture && !take && (
        <p className="muted">
          {t('It was made before, for something else. To judge it, use its values and accept it in the graph.')}
        </p>
      )}
      {take && take.node !== shows && (
        <p className="muted">{t('A verdict here is about the take that this was made from.')}</p>
      )}
      {judged && picture && (
        // Only hidden meanwhile: the focus goes back to its button.
        <div className="cells__buttons" style={isRejecting ? { display: 'none' } : {}}>
          <button
            className="button"
            type="button"
            aria-pressed={judged.verdict.state === 'accepted'}
            {...tip(t('Accept (A)'))}
            onClick={() => void commands.accept(judged, 'apart')}
          >
            <Check size={14} aria-hidden /> {t('Accept')}
          </button>
          <button className="button" type="button" {...tip(t('Reject (R)'))} onClick={() => setRejecting(true)}>
            <X size={14} aria-hidden /> {t('Reject')}
          </button>
        </div>
      )}
      {isRejecting && judged && <RejectForm take={judged} apart="apart" onDone={() => setRejecting(false)} />}
      <div className="cells__buttons">
        {picture && onCompare && (
          <button className="button" type="button" {...tip(t('With another result (C)'))} onClick={onCompare}>
            <Grid3x3 size={14} aria-hidden /> {t('Compare')}
          </button>
        )}
        {(state === 'idle' || state === 'failed' || (state === 'rejected' && hasAnother)) && (
          <button className="button" type="button" disabled={readOnly} onClick={onRun}>
            <Play size={13} aria-hidden /> {state === 'rejected' ? t('Take another') : t('Make this one')}
          </button>
        )}
        <button className="button button--primary" type="button" disabled={readOnly} onClick={use}>
          <CornerUpRight size={14} aria-hidden /> {t('Use these values')}
        </button>
      </div>
    </aside>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);
