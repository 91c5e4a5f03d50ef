/** The cells of a sweep as a table with labelled axes: run, watched, looked at, judged and taken over. */
import { Check, Play, Square, X } from 'lucide-react';
import { useMemo, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { cellText } from '../../graph/batch-cells.ts';
import type { Sweep } from '../../graph/graph.ts';
import { cellsOf, sweepProblem } from '../../graph/swept-graph.ts';
import type { RowId } from '../../core/ids.ts';
import { inDollars } from '../../core/money.ts';
import { useApp, useFact } from '../app-context.ts';
import type { RowsOf } from '../commands.ts';
import { keyOf } from '../keys.ts';
import { Media } from '../media.tsx';
import { Queue } from '../panels/queue-panel.tsx';
import { Viewer } from '../panels/viewer.tsx';
import { LiveStatus } from '../widgets/live-status.tsx';
import { Segments } from '../widgets/segments.tsx';
import { costOfRows, isMade, needsRun, useRowPlans } from './planned-rows.ts';
import {
  axisFactsOf,
  cellFactsOf,
  cellName,
  cellState,
  isRejected,
  type AxisFacts,
  type CellFacts,
} from './sweep-cells.ts';
import { ChosenCell } from './sweep-chosen.tsx';
import { t } from '../../words/t.ts';
import './sweep-grid.css';

export function SweepGrid({ sweep, rows }: { readonly sweep: Sweep; readonly rows: RowsOf }) {
  const { document, registry, desk, queue, workspace, commands } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const graphId = useFact(document, (state) => state.id)!;
  const takes = useFact(desk, (state) => state.takes);
  const plans = useRowPlans(rows);
  const axes = axisFactsOf(graph, registry);
  const lines = useMemo(() => cellsOf(sweep), [sweep]);
  const factsOfCell = useMemo(() => cellFactsOf(graph, registry, plans, takes), [graph, registry, plans, takes]);
  const queued = useFact(queue, (state) => state);
  const [[chosenId, lastChosen], setChosen] = useState<readonly (RowId | undefined)[]>([]);
  const choose = (id: RowId) => setChosen(([before]) => [id, before]);
  const problem = sweepProblem(graph, registry);
  const cells = lines.map((line) => line.map(factsOfCell));
  const all = cells.flat();
  const chosen = all.find(({ cell }) => cell.id === chosenId) ?? all.find(({ picture }) => picture) ?? all[0];
  const see = ({ picture }: CellFacts) =>
    picture && workspace.setState({ viewing: { node: sweep.shows, value: picture } });
  const walk = all.flatMap(({ picture }) => (picture ? [{ node: sweep.shows, value: picture }] : []));
  const others = all.filter(({ picture }) => picture && picture.hash !== chosen?.picture?.hash);
  const compare = () => {
    const [value, against] = [
      chosen?.picture,
      (others.findLast((one) => one.cell.id === lastChosen) ?? others[0])?.picture,
    ];
    if (value && against) workspace.setState({ viewing: { node: sweep.shows, value: against, against: value } });
  };
  if (lines.length === 0 || !chosen) return null;
  return (
    <section className="cells" aria-label={t('Cells of the sweep')}>
      <SweepBar all={all} rows={rows} isBlocked={problem !== undefined} />
      <div className="cells__body">
        <div className="cells__scroll">
          <Cells
            axes={axes}
            cells={cells}
            chosen={chosen.cell.id}
            onChoose={choose}
            onSee={see}
            stateOf={(facts) => cellState(facts, queued, graphId)}
          />
        </div>
        <ChosenCell
          key={chosen.cell.id}
          facts={chosen}
          shows={sweep.shows}
          axes={axes}
          onSee={() => see(chosen)}
          onCompare={others.length > 0 ? compare : undefined}
          onRun={() => commands.runRows([chosen.cell.id], rows)}
          state={cellState(chosen, queued, graphId)}
        />
      </div>
      <Viewer walk={walk} />
    </section>
  );
}

/** What is still to be made and what it costs at most, said before it is asked for. */
function SweepBar({
  all,
  rows,
  isBlocked,
}: {
  readonly all: readonly CellFacts[];
  readonly rows: RowsOf;
  readonly isBlocked: boolean;
}) {
  const { document, desk, queue, workspace, commands } = useApp();
  const id = useFact(document, (state) => state.id);
  const readOnly = useFact(document, (state) => state.readOnly);
  const mode = useFact(workspace, (state) => state.mode);
  const runCap = useFact(desk, (state) => state.settings.runCap);
  const running = useFact(queue, (state) => state.running);
  const waiting = useFact(queue, (state) => state.waiting);
  const ids = new Set(all.map(({ cell }) => cell.id));
  const isOurs = (run: { readonly graphId: string; readonly row?: { readonly id: RowId } } | undefined) =>
    run?.row !== undefined && run.graphId === id && ids.has(run.row.id);
  const next = waiting.filter(isOurs);
  const isGoing = isOurs(running) || next.length > 0;
  const toRun = all.filter((facts) => needsRun(facts.plan) && !facts.plan?.problems.length && !isRejected(facts));
  const rejected = all.filter(isRejected).length;
  const made = all.filter(({ plan }) => isMade(plan)).length;
  const plansById = new Map(all.flatMap(({ cell, plan }) => (plan ? [[cell.id, plan] as const] : [])));
  const high = toRun.reduce((sum, { plan }) => sum + (plan?.cost.high ?? 0), 0);
  const isBeyondCap = runCap !== undefined && high > runCap;
  const said = isGoing
    ? t('{0} of {1} {1|picture|pictures} made', made, all.length)
    : toRun.length > 0
      ? t(
          '{0} of {1} {1|picture|pictures} to make, {2}',
          toRun.length,
          all.length,
          costOfRows(
            toRun.map(({ cell }) => cell),
            plansById,
          ),
        )
      : made === all.length
        ? t('{0|The picture is|All {0} pictures are} made.', made)
        : made + rejected === all.length
          ? t('{0} of {1} {1|picture|pictures} made, {2} rejected', made, all.length, rejected)
          : t('{0} of {1} {1|picture|pictures} made; the others cannot be made as they are.', made, all.length);
  return (
    <div className="cells__bar">
      <Segments
        label={t('Mode')}
        options={['draft', 'delivery'] as const}
        value={mode}
        onChange={(wanted) => workspace.setState({ mode: wanted })}
      />
      <LiveStatus label={t('Sweep')} className="tabular" said={said}>
        {said}
        {isBeyondCap && !isGoing && (
          <span className="cells__cap">
            {' '}
            {t('A run may cost up to {0}: it stops there, and says so.', inDollars(runCap))}
          </span>
        )}
      </LiveStatus>
      <Queue />
      {isGoing ? (
        <button
          className="button"
          type="button"
          onClick={() => {
            commands.dropFromQueue(next.map((run) => run.id));
            if (isOurs(running)) commands.cancelRun();
          }}
        >
          <Square size={13} aria-hidden /> {t('Cancel')}
        </button>
      ) : toRun.length === 0 ? null : (
        <button
          className="button button--primary"
          type="button"
          disabled={readOnly || isBlocked}
          onClick={() =>
            commands.runRows(
              toRun.map(({ cell }) => cell.id),
              rows,
            )
          }
        >
          <Play size={13} aria-hidden /> {t('Make them')}
        </button>
      )}
    </div>
  );
}

interface CellsProps {
  readonly axes: readonly AxisFacts[];
  readonly cells: readonly (readonly CellFacts[])[];
  readonly chosen: RowId;
  readonly onChoose: (id: RowId) => void;
  readonly onSee: (facts: CellFacts) => void;
  readonly stateOf: (facts: CellFacts) => ReturnType<typeof cellState>;
}
function Cells({ axes, cells, chosen, onChoose, onSee, stateOf }: CellsProps) {
  const [across, down] = axes as [AxisFacts, AxisFacts | undefined];
  /** Arrows go from cell to cell, as in a table. */
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[keyOf(event)];
    const at = (event.target as HTMLElement)
      .closest<HTMLElement>('[data-cell]')
      ?.dataset['cell']?.split(' ')
      .map(Number);
    if (!step || !at || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = [at[0]! + step[0], at[1]! + step[1]] as const;
    const next = cells[to[1]]?.[to[0]];
    if (!next) return;
    event.preventDefault();
    onChoose(next.cell.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-cell="${to[0]} ${to[1]}"] button`)?.focus();
  };
  return (
    <table
      className="cells__table"
      style={{ '--shape': shapeOf(cells), '--columns': across.axis.values.length } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr>
          {down && <th className="cells__corner">{down.label}</th>}
          {across.axis.values.map((value) => (
            <th key={cellText(value)} scope="col">
              <small className="muted">{across.label}</small> <span className="cells__value">{across.say(value)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cells.map((line, y) => (
          <tr key={line[0]!.cell.id}>
            {down && (
              <th scope="row">
                <span className="cells__value">{down.say(down.axis.values[y]!)}</span>
              </th>
            )}
            {line.map((facts, x) => (
              <td key={facts.cell.id} data-cell={`${x} ${y}`}>
                <Cell
                  facts={facts}
                  name={cellName(axes, facts.cell)}
                  isChosen={facts.cell.id === chosen}
                  state={stateOf(facts)}
                  onChoose={() => (facts.cell.id === chosen ? onSee(facts) : onChoose(facts.cell.id))}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
/** Width by height of the first picture: cells have its shape, and others are fitted in. */
function shapeOf(cells: CellsProps['cells']): number {
  const first = cells.flat().find(({ picture }) => picture)?.picture;
  return first ? first.width / first.height : 3 / 2;
}
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

function Cell({
  facts: { picture, take },
  name,
  isChosen,
  state: [state, said],
  onChoose,
}: {
  readonly facts: CellFacts;
  readonly name: string;
  readonly isChosen: boolean;
  readonly state: ReturnType<typeof cellState>;
  readonly onChoose: () => void;
}) {
  const { queue } = useApp();
  const fraction = useFact(queue, (now) => (state === 'running' ? now.fraction : 0));
  const verdict = state === 'made' ? take?.verdict.state : undefined;
  return (
    <button
      className="cells__cell"
      type="button"
      tabIndex={isChosen ? 0 : -1}
      data-state={state}
      aria-pressed={isChosen}
      aria-label={[name, said || (verdict && t(verdict))].filter(Boolean).join(': ')}
      onClick={onChoose}
    >
      {picture && <Media key={picture.hash} value={picture} of={name} />}
      {said && <span className="cells__said">{said}</span>}
      {verdict === 'accepted' && (
        <span className="cells__verdict">
          <Check size={13} aria-hidden />
        </span>
      )}
      {state === 'rejected' && (
        <span className="cells__verdict cells__verdict--bad">
          <X size={13} aria-hidden />
        </span>
      )}
      {state === 'running' && <i style={{ transform: `scaleX(${fraction})` }} />}
    </button>
  );
}
