/** Run, and what will happen, is happening, has happened. */
import { ListChecks, ListPlus, Play, Square } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import type { Finding } from '../../discipline/rule.ts';
import type { Plan } from '../../engine/plan.ts';
import { useApp, useFact } from '../app-context.ts';
import { flatId } from '../node-facts.ts';
import { part } from '../part.tsx';
import { costOfCancel, sentInWords } from '../sent-words.ts';
import { OUTCOMES } from '../status.ts';
import { duration } from '../units.ts';
import { Cost, haltedIn, lacksMoney, useForecast } from './cost.tsx';
import { Queue } from './queue-panel.tsx';
import { LiveStatus } from '../widgets/live-status.tsx';
import { Segments } from '../widgets/segments.tsx';
import type { NodeRun } from '../../state/runs.ts';
import { tip } from '../widgets/tip.ts';
import { t, tell } from '../../words/t.ts';
import './run-bar.css';

const RunBarLine = part(() => import('./run-bar-line.tsx'));

export function RunBar({ findings }: { readonly findings: readonly Finding[] }) {
  const { runs, document, workspace, desk, commands } = useApp();
  const running = useFact(runs, (state) => state.running);
  const startedAt = useFact(runs, (state) => state.startedAt);
  /** What a cancel costs all the same, while services have something of it. */
  const costOfRun = useFact(desk, ({ takes }) => {
    const pending = takes.filter(({ state }) => state === 'pending');
    return pending.length > 0 ? costOfCancel(pending) : undefined;
  });
  const selection = useFact(workspace, (state) => state.selection);
  const mode = useFact(workspace, (state) => state.mode);
  const empty = useFact(document, (state) => Object.keys(state.graph.nodes).length === 0);
  const readOnly = useFact(document, (state) => state.readOnly);
  const expected = useForecast();
  const isBroke = expected !== undefined && lacksMoney(expected);
  const halted = running ? undefined : expected && haltedIn(expected);
  // Where a locked seed was tried with everybody, the strip of takes has the ways on.
  const lacking = halted?.takePlan.resolution.usable.length === 0 ? halted.takePlan : undefined;
  /** What a run would be for cannot be made. */
  const isInVain = halted !== undefined && expected?.takes[1] === 0 && !expected.after;
  const isPinned = useFact(document, (state) => state.graph.routing !== undefined);
  const risks = findings.filter((finding) => finding.rule.severity === 'risk').length;
  return (
    <div className="runbar" data-run={startedAt}>
      <Segments
        label={t('Mode')}
        options={['draft', 'delivery'] as const}
        value={mode}
        onChange={(next) => workspace.setState({ mode: next })}
      />
      <RunStatus />
      <Cost />
      <Queue />
      {findings.length > 0 && (
        <button
          className="runbar__findings"
          type="button"
          data-risk={risks > 0}
          aria-label={t('Checklist: {0}', findings.length)}
          {...tip(t('{0} {0|risk|risks}, {1} advice', risks, findings.length - risks))}
          onClick={() => workspace.showPanel('checklist')}
        >
          <ListChecks size={15} aria-hidden /> {findings.length}
        </button>
      )}
      {selection.length > 0 && !running && (
        <button
          className="button"
          type="button"
          {...tip(t('Run the selected nodes and what they need (Ctrl+Shift+Enter)'))}
          onClick={() => void commands.startRun(selection.map((id) => flatId({ document }, id)))}
        >
          {selection.length === 1 ? t('Run to here') : t('Run selected')}
        </button>
      )}
      {running && (
        <button
          className="button button--quiet button--icon"
          type="button"
          aria-label={t('Queue another run')}
          {...tip(t('Queue another run of the graph as it is now (Ctrl+Enter)'))}
          onClick={() => void commands.startRun()}
        >
          <ListPlus size={15} aria-hidden />
        </button>
      )}
      {running ? (
        <button className="button" type="button" {...tip(costOfRun)} onClick={commands.cancelRun}>
          <Square size={13} aria-hidden /> {t('Cancel')}
        </button>
      ) : (
        <button
          className={isInVain ? 'button' : 'button button--primary'}
          type="button"
          disabled={empty || readOnly || isBroke}
          {...tip(
            isBroke ? t('Nobody can be asked within the limits of the settings.') : t('Run everything (Ctrl+Enter)'),
          )}
          onClick={() => void commands.startRun()}
        >
          <Play size={13} aria-hidden /> {t('Run')}
        </button>
      )}
      {(isPinned || lacking) && !running && (
        <Suspense>
          <RunBarLine halted={lacking} />
        </Suspense>
      )}
    </div>
  );
}

/** What a run will do, does, has done. */
export function RunStatus() {
  const { runs, document, desk } = useApp();
  const inWork = useFact(desk, ({ takes, providers }) =>
    sentInWords(
      takes.filter(({ state }) => state === 'pending'),
      providers,
      runs.getState().nodes,
    ),
  );
  const { running, startedAt, nodes, plan, ahead, unplanned, summary, failure, revision } = useFact(
    runs,
    (state) => state,
  );
  const changed = useFact(document, (state) => state.revision !== revision);
  const now = useTicking(running);
  if (failure && !changed)
    return (
      <LiveStatus className="runbar__status" label={t('Run')} said={`${t('Failed')} ${tell(failure.message)}`}>
        <strong>{t('Failed')}</strong> {tell(failure.message)}
      </LiveStatus>
    );
  if (running) {
    const states = Object.values(nodes);
    const busy = states.filter((node) => node.status === 'running');
    const total = plan ? plan.toRun + plan.mayRun + plan.cached : 0;
    const settled = states.filter((node) =>
      ['done', 'cached', 'failed', 'skipped', 'waiting'].includes(node.status),
    ).length;
    const part = busy.reduce((sum, node) => sum + node.fraction, 0);
    const work = busy.length > 0 ? t('{0} at work', busy.length) : t('starting');
    return (
      <LiveStatus className="runbar__status tabular" label={t('Run')} said={inWork ?? `${t('Running')} ${work}`}>
        {inWork ?? (
          <>
            <strong>{t('Running')}</strong> {work}, {duration(Math.max(0, now - startedAt))}
          </>
        )}
        <span
          className="runbar__bar"
          style={{ transform: `scaleX(${total ? Math.min(1, (settled + part) / total) : 0})` }}
        />
      </LiveStatus>
    );
  }
  if (inWork)
    return (
      <LiveStatus className="runbar__status tabular" label={t('Run')} said={inWork}>
        {inWork}
      </LiveStatus>
    );
  if (unplanned) {
    return (
      <p className="runbar__status" role="status" aria-label={t('Run')}>
        <strong>{t('Cannot plan')}</strong> {tell(unplanned.message)}
      </p>
    );
  }
  const next = ahead && (ahead.toRun + ahead.mayRun > 0 || ahead.blocked > 0) ? planned(ahead) : undefined;
  if (summary && !(changed && next)) {
    const isWaiting = summary.outcome === 'waiting';
    const isUnaccepted = ({ status, failure: why }: NodeRun) => status === 'failed' && why?.code === 'cap-reached';
    const unaccepted = Object.values(nodes).filter(isUnaccepted).length;
    const failed = Math.max(0, summary.failed - unaccepted);
    const word = isWaiting
      ? verdictsAwaited(summary.verdicts ?? 0)
      : summary.failed > 0 && failed === 0
        ? t('No take accepted')
        : t(OUTCOMES[summary.outcome]);
    const parts = [
      t('{0} ran', summary.ran),
      t('{0} from the cache', summary.cached),
      ...(failed ? [t('{0} failed', failed)] : []),
      ...(unaccepted ? [t('{0} without an accepted take', unaccepted)] : []),
      ...(summary.skipped
        ? [isWaiting ? t('{0} after that', summary.skipped) : t('{0} skipped', summary.skipped)]
        : []),
    ];
    return (
      <LiveStatus
        className="runbar__status tabular"
        label={t('Run')}
        tip={next}
        said={`${word}: ${parts.join(', ')}, ${duration(summary.ms)}`}
      >
        <strong>{word}</strong>: {parts.join(', ')}, {duration(summary.ms)}
      </LiveStatus>
    );
  }
  const future = next ?? (plan?.verdicts ? verdictsAwaited(plan.verdicts) : nothingToRun(plan?.cached));
  return (
    <LiveStatus className="runbar__status tabular" label={t('Run')} said={future}>
      {future}
    </LiveStatus>
  );
}

function nothingToRun(cached: number | undefined): string {
  if (cached === undefined) return t('Planning…');
  return cached > 0 ? t('Nothing to run, {0} cached', cached) : t('Add a node to begin');
}

const verdictsAwaited = (verdicts: number): string => t('Waits for {0} {0|verdict|verdicts}', verdicts);

function planned(plan: Pick<Plan, 'toRun' | 'mayRun' | 'later' | 'cached' | 'blocked'>): string {
  const parts = [
    t('{0} to run', plan.toRun + plan.mayRun),
    ...(plan.later ? [t('{0} after a verdict', plan.later)] : []),
    t('{0} cached', plan.cached),
    ...(plan.blocked ? [t('{0} not ready', plan.blocked)] : []),
  ];
  return parts.join(', ');
}

/** The time, ten times a second while something runs. */
function useTicking(on: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, [on]);
  return now;
}

/** Runs the whole open graph from a page beside the editor, or stops it. */
export function RunFromPage({ isMain = true }: { readonly isMain?: boolean }) {
  const { runs, document, commands } = useApp();
  const running = useFact(runs, (state) => state.running);
  const readOnly = useFact(document, (state) => state.readOnly);
  if (running)
    return (
      <button className="button" type="button" onClick={commands.cancelRun}>
        <Square size={13} aria-hidden /> {t('Cancel')}
      </button>
    );
  return (
    <button
      className={isMain ? 'button button--primary' : 'button'}
      type="button"
      disabled={readOnly}
      onClick={() => void commands.startRun()}
    >
      <Play size={13} aria-hidden /> {t('Run')}
    </button>
  );
}
