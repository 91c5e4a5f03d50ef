/** Text to video against image to video: both clips in step, what they measure and cost, and what to read from it. */
import { Play, Square } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { NodeId } from '../../core/ids.ts';
import { decimal } from '../../core/figures.ts';
import { inDollars } from '../../core/money.ts';
import type { TakeRecord } from '../../core/take.ts';
import type { VideoValue } from '../../core/values.ts';
import type { Graph } from '../../graph/graph.ts';
import { AS_IT_IS, asOneRow } from '../../graph/swept-graph.ts';
import type { TwoWays } from '../../graph/two-ways.ts';
import { costKnown } from '../../ledger/receipt.ts';
import { readTwoWays } from '../../measure/two-ways-reading.ts';
import { useApp, useFact } from '../app-context.ts';
import type { RowsOf } from '../commands.ts';
import { comboOf } from '../keys.ts';
import { useClipHold, useClipMotion } from '../measured.ts';
import { pictureIn } from '../media.tsx';
import { nameOf, outputsOf } from '../node-facts.ts';
import { usePair, type PairMode } from '../pair.ts';
import { motionRows } from '../panels/clip-measures.tsx';
import { FiguresTable } from '../panels/figures-table.tsx';
import { PairModes, pairModeOf, PairStage } from '../panels/pair-stage.tsx';
import { RunStatus } from '../panels/run-bar.tsx';
import { useTakeOf } from '../shown-takes.ts';
import { duration } from '../units.ts';
import { costOfRows, needsRun, useRowPlans } from './planned-rows.ts';
import { inFigures, t, tell, tellAll } from '../../words/t.ts';
import './two-ways-compared.css';

const rowOf = { id: AS_IT_IS };

export function TwoWaysCompared({ all, graph }: { readonly all: readonly TwoWays[]; readonly graph: Graph }) {
  const { registry } = useApp();
  const [chosen, choose] = useState(0);
  const ways = all[chosen] ?? all[0]!;
  const { byText, byStill } = ways;
  const rows = useMemo(
    (): RowsOf => ({ graph: asOneRow(graph), targets: [byText, byStill] }),
    [graph, byText, byStill],
  );
  const text = useClipOf(graph, byText);
  const still = useClipOf(graph, byStill);
  return (
    <section className="panel ways" aria-label={t('Text to video against image to video')}>
      <div className="ways__head">
        <h2>{t('Text to video against image to video')}</h2>
        {all.length > 1 && (
          <select
            className="field"
            aria-label={t('Which pair')}
            value={all.indexOf(ways)}
            onChange={(event) => choose(Number(event.target.value))}
          >
            {all.map((one, at) => (
              <option key={`${one.byText} ${one.byStill}`} value={at}>
                {t('{0} against {1}', nameOf(graph, registry, one.byText), nameOf(graph, registry, one.byStill))}
              </option>
            ))}
          </select>
        )}
        <MakeBoth ways={ways} rows={rows} />
      </div>
      {text && still ? (
        <Compared key={`${text.hash} ${still.hash}`} ways={ways} text={text} still={still} graph={graph} />
      ) : (
        <p className="muted">
          {t('The same words twice: once as a clip at once, once as a still that is then set in motion.')}
        </p>
      )}
    </section>
  );
}

function useClipOf(graph: Graph, node: NodeId): VideoValue | undefined {
  const { runs } = useApp();
  return useFact(runs, (state) => {
    const shown = pictureIn(outputsOf(graph, state, node));
    return shown?.kind === 'video' ? shown : undefined;
  });
}

/** Their price is said before they are made. */
function MakeBoth({ ways: { byText, byStill }, rows }: { readonly ways: TwoWays; readonly rows: RowsOf }) {
  const { document, runs, commands } = useApp();
  const readOnly = useFact(document, (state) => state.readOnly);
  const running = useFact(runs, (state) => state.running);
  const plans = useRowPlans(rows);
  const plan = plans.get(AS_IT_IS);
  if (running)
    return (
      <span className="ways__run">
        <RunStatus />
        <button className="button" type="button" onClick={commands.cancelRun}>
          <Square size={13} aria-hidden /> {t('Cancel')}
        </button>
      </span>
    );
  if (!plan) return null;
  if (plan.problems[0]) return <p className="why why--bad">{tellAll(plan.problems, ' ')}</p>;
  if (!needsRun(plan)) return null;
  return (
    <span className="ways__run tabular">
      {costOfRows([rowOf], plans)}
      <button
        className="button button--primary"
        type="button"
        disabled={readOnly}
        onClick={() => void commands.startRun([byText, byStill], 'as they are')}
      >
        <Play size={13} aria-hidden /> {t('Make both')}
      </button>
    </span>
  );
}

interface ComparedProps {
  readonly ways: TwoWays;
  readonly text: VideoValue;
  readonly still: VideoValue;
  readonly graph: Graph;
}
function Compared({ ways, text, still, graph }: ComparedProps) {
  const { registry } = useApp();
  const pair = usePair(text, still);
  const [mode, setMode] = useState<PairMode>('side');
  const names = { a: nameOf(graph, registry, ways.byText), b: nameOf(graph, registry, ways.byStill) };
  return (
    <div
      className="ways__body"
      role="group"
      aria-label={t('Comparison of both')}
      // The keys of the comparison, wherever in it the focus is.
      onKeyDown={(event) => {
        const target = event.target as HTMLElement;
        const combo = comboOf(event);
        if (target.matches('input, select') || (combo === 'space' && target.closest('button'))) return;
        const wanted = pairModeOf(combo);
        if (wanted) setMode(wanted);
        else if (!pair.press(combo)) return;
        event.preventDefault();
      }}
    >
      <span className="ways__modes" role="group" aria-label={t('Layout')}>
        <PairModes mode={mode} onMode={setMode} />
      </span>
      <div className="ways__stage">
        <PairStage pair={pair} mode={mode} names={names} scrolls />
      </div>
      <Figures ways={ways} text={text} still={still} graph={graph} />
    </div>
  );
}

function Figures({ ways, text, still, graph }: ComparedProps) {
  const { runs } = useApp();
  const picture = useFact(runs, (state) => pictureIn(outputsOf(graph, state, ways.still)));
  const takes = {
    text: useTakeOf(ways.byText, text.hash),
    still: useTakeOf(ways.still, picture?.hash),
    clip: useTakeOf(ways.byStill, still.hash),
  };
  const motions = [useClipMotion(text), useClipMotion(still)] as const;
  const holds = [useClipHold(text), useClipHold(still)] as const;
  const [motionText, motionStill] = motions.map((found) => (found?.ok ? found.value : undefined));
  const [holdText, holdStill] = holds.map((found) => (found?.ok ? found.value : undefined));
  const isMeasured = motionText && motionStill && holdText && holdStill;
  const failed = [...motions, ...holds].find((found) => found && !found.ok);
  const measured = isMeasured
    ? [
        ...motionRows(motionText, motionStill),
        {
          name: t('Coherence'),
          meaning: t('How alike neighbouring frames are in structure, 1 for the same.'),
          values: [holdText, holdStill].map(({ coherence }) => t('{0}', decimal(coherence, 3))),
        },
        {
          name: t('Drift'),
          meaning: t('How far its colours go from those of its first frame, in ΔE.'),
          values: [holdText, holdStill].map(({ drift }) => t('{0}', decimal(drift, 1))),
        },
      ]
    : [];
  return (
    <div className="ways__figures">
      <FiguresTable
        heads={[t('Measure'), t('A: from text'), t('B: from a still')]}
        rows={[...costRows(takes), ...measured]}
      />
      {failed && !failed.ok && <p className="why why--bad">{tell(failed.error.message)}</p>}
      {!isMeasured && !failed && <p className="muted">{t('Being measured …')}</p>}
      {isMeasured && (
        <p className="ways__reading">
          {tellAll(readTwoWays({ motion: motionText, hold: holdText }, { motion: motionStill, hold: holdStill }), ' ')}{' '}
          {t('The still could be rejected before its clip was made; from text only the whole clip can.')}
        </p>
      )}
    </div>
  );
}

interface WayTakes {
  readonly text: TakeRecord | undefined;
  readonly still: TakeRecord | undefined;
  readonly clip: TakeRecord | undefined;
}
const costRows = ({ text, still, clip }: WayTakes) => [
  { name: t('Paid'), values: [costsOf([text]), costsOf([still, clip])] },
  {
    name: t('A composition rejected'),
    meaning: t('What it costs to say no to what is seen: from text the whole clip, from a still only the still.'),
    values: [priceOf(text), priceOf(still)],
  },
  { name: t('Waiting and working'), values: [timeOf([text]), timeOf([still, clip])] },
];
const costsOf = (takes: readonly (TakeRecord | undefined)[]): string =>
  [...new Set(takes.map((take) => (take ? tell(costKnown(take)) : t('made before, or elsewhere'))))].join(' + ');
const priceOf = (take: TakeRecord | undefined): string =>
  typeof take?.charged === 'number' ? inFigures(inDollars(take.charged)) : t('unknown');
const timeOf = (takes: readonly (TakeRecord | undefined)[]): string =>
  duration(takes.reduce((sum, take) => sum + (take ? take.queuedMs + take.workedMs : 0), 0));
