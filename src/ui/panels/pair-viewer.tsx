/** Two results of a graph against each other, large. */
import { X } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useApp, useFact } from '../app-context.ts';
import { comparables, type Comparable } from '../comparable.ts';
import { comboOf } from '../keys.ts';
import { usePair, type PairMode, type PairSide } from '../pair.ts';
import { Sheet } from '../widgets/sheet.tsx';
import { PairModes, pairModeOf, PairStage } from './pair-stage.tsx';
import type { Viewed } from './viewer.tsx';
import { t } from '../../words/t.ts';
import './viewer.css';
import './pair-viewer.css';

/** Of a long walk: more than a list to choose from can hold. */
const MOST_CHOICES = 300;

export default function PairViewer({
  viewing,
  against,
  walk,
}: {
  readonly viewing: Viewed;
  readonly against: Viewed['value'];
  readonly walk: readonly Viewed[] | undefined;
}) {
  const app = useApp();
  const { workspace, desk } = app;
  const takes = useFact(desk, (state) => state.takes);
  const { value } = viewing;
  const choices = useMemo(() => {
    const isShown = (one: Viewed['value']) => one.hash === value.hash || one.hash === against.hash;
    const near = walk?.filter((one, at) => at < MOST_CHOICES || isShown(one.value));
    const known = comparables(app, takes, near);
    const isKnown = (one: Viewed['value']) => known.some(({ value: { hash } }) => hash === one.hash);
    // What is looked at from elsewhere, a row of a batch for instance, is no result of the canvas.
    const others = [value, against]
      .filter((one) => !isKnown(one))
      .map((one) => ({ value: one, name: t('This result') }));
    return [...others, ...known];
  }, [app, takes, walk, value, against]);
  const pair = usePair(value, against);
  const [mode, setMode] = useState<PairMode>('side');
  const wayOut = useRef<HTMLButtonElement>(null);
  const close = () => workspace.setState({ viewing: undefined });
  const nameOfChoice = (one: Viewed['value']) => choices.find(({ value: { hash } }) => hash === one.hash)?.name ?? '';
  const put = (side: PairSide, chosen: Viewed['value']) =>
    workspace.setState({
      viewing: { node: viewing.node, ...(side === 'a' ? { value: chosen, against } : { value, against: chosen }) },
    });
  const setModeAlone = (next: PairMode) => {
    setMode(next);
    pair.show(undefined);
  };
  return (
    <Sheet
      heading={t('Comparison of two results')}
      headingIs="unseen"
      className="viewer pair-viewer"
      begin={wayOut}
      onClose={close}
      onKeyDown={(event) => {
        const target = event.target as HTMLElement;
        const combo = comboOf(event);
        if (target.matches('input, select') || (combo === 'space' && target.closest('button:not([data-rests])')))
          return;
        const wanted = pairModeOf(combo);
        if (wanted) setModeAlone(wanted);
        else if (!pair.press(combo)) return;
        event.preventDefault();
      }}
    >
      <div className="viewer__bar">
        <Choice side="a" choices={choices} value={value} onChoose={(chosen) => put('a', chosen)} />
        <Choice side="b" choices={choices} value={against} onChoose={(chosen) => put('b', chosen)} />
        <span className="viewer__space" />
        <span role="group" aria-label={t('Layout')}>
          <PairModes mode={pair.only ? undefined : mode} onMode={setModeAlone} />
        </span>
        <button
          ref={wayOut}
          data-rests
          className="button button--icon"
          type="button"
          aria-label={t('Close')}
          onClick={close}
        >
          <X size={16} aria-hidden />
        </button>
      </div>
      <div className="pair-viewer__stage">
        <PairStage pair={pair} mode={mode} names={{ a: nameOfChoice(value), b: nameOfChoice(against) }} />
      </div>
    </Sheet>
  );
}

function Choice({
  side,
  choices,
  value,
  onChoose,
}: {
  readonly side: PairSide;
  readonly choices: readonly Comparable[];
  readonly value: Viewed['value'];
  readonly onChoose: (value: Viewed['value']) => void;
}) {
  return (
    <label className="pair-viewer__choice">
      {side.toUpperCase()}
      <select
        className="field"
        value={value.hash}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice.value.hash === event.target.value);
          if (chosen) onChoose(chosen.value);
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value.hash} value={choice.value.hash}>
            {choice.name}
          </option>
        ))}
      </select>
    </label>
  );
}
