/** Past runs of this graph and its saved versions. */
import { useCallback, useEffect, useState } from 'react';
import type { NodeId, RunId, VersionId } from '../../core/ids.ts';
import type { Failure } from '../../core/errors.ts';
import type { RunEvent } from '../../engine/events.ts';
import { replayInWords, type ReplayReport } from '../../ledger/replay-report.ts';
import { useApp, useFact } from '../app-context.ts';
import type { PastRun, SavedVersion } from '../commands.ts';
import { goTo, linkTo } from '../navigation.ts';
import { decimal } from '../../core/figures.ts';
import { OUTCOMES } from '../status.ts';
import { duration } from '../units.ts';
import { shortTime } from '../dates.ts';
import { nameInWords } from '../graph-title.ts';
import { pictureIn } from '../media.tsx';
import { nameOf } from '../node-facts.ts';
import { SmallCopy, WithSmallPictures } from '../small-pictures.tsx';
import { named } from '../widgets/tip.ts';
import { grouped } from '../../core/grouped.ts';
import { nthOf } from '../../ledger/receipt.ts';
import { t, tell, w } from '../../words/t.ts';
import './history-panel.css';

/** Small, in one line of the panel. */
const MOST_PICTURES = 5;

export default function History() {
  const { document, runs, commands } = useApp();
  const id = useFact(document, (state) => state.id);
  const running = useFact(runs, (state) => state.running);
  const [past, setPast] = useState<readonly PastRun[]>([]);
  const [versions, setVersions] = useState<readonly SavedVersion[]>([]);
  const refreshVersions = useCallback(
    () => void commands.versions().then((found) => found && setVersions(found)),
    [commands],
  );
  useEffect(() => {
    if (!id || running) return;
    void commands.listRuns(id).then((found) => found && setPast(found));
    refreshVersions();
  }, [id, running, commands, refreshVersions]);
  const reopen = async (run: PastRun) => {
    const copy = await commands.createGraph({
      ...run.graph,
      title: `${nameInWords(run.graph)} (${shortTime(run.startedAt)})`,
    });
    if (copy) goTo({ screen: 'graph', id: copy });
  };
  const restore = async (version: VersionId) => {
    const graph = await commands.versionGraph(version);
    if (graph) commands.replaceGraph(graph, w('Restore version'));
  };
  return (
    <>
      <h2>{t('Runs')}</h2>
      {past.length === 0 && (
        <p className="muted">{t('No runs yet. Press Run; every run is kept here with its seeds and results.')}</p>
      )}
      <WithSmallPictures>
        <ul className="runs">
          {past.map((run) => (
            <Run key={run.id} run={run} running={running} onReopen={() => void reopen(run)} />
          ))}
        </ul>
      </WithSmallPictures>
      <h3>{t('Versions')}</h3>
      {id && (
        <a className="button" href={linkTo({ screen: 'versions', id })}>
          {t('Timeline and differences')}
        </a>
      )}
      <SaveVersion onSaved={refreshVersions} />
      <ul className="runs">
        {versions
          .filter((version, index) => version.name || index < 8)
          .map((version) => (
            <li key={version.id} className="runs__version">
              <span className="tabular">
                {version.name ?? shortTime(version.at)}
                <span className="muted">{t(', {0} {0|node|nodes}', version.nodes)}</span>
              </span>
              <button className="button button--quiet" type="button" onClick={() => void restore(version.id)}>
                {t('Restore')}
              </button>
            </li>
          ))}
      </ul>
      <h3>{t('Storage')}</h3>
      <div className="checklist__actions">
        <button className="button" type="button" onClick={() => void commands.clearResults()}>
          {t('Clear cached results')}
        </button>
        <a className="button" href={linkTo({ screen: 'settings', at: 'storage' })}>
          {t('What storage holds')}
        </a>
      </div>
    </>
  );
}

/** A named version is kept for ever; the unnamed ones are thinned out. */
function SaveVersion({ onSaved }: { readonly onSaved: () => void }) {
  const { commands, document } = useApp();
  const readOnly = useFact(document, (state) => state.readOnly);
  const [name, setName] = useState('');
  return (
    <form
      className="runs__save"
      onSubmit={(event) => {
        event.preventDefault();
        void commands.saveNamed(name.trim()).then((isSaved) => {
          if (!isSaved) return;
          setName('');
          onSaved();
        });
      }}
    >
      <input
        className="field"
        style={{ flex: '1 1 130px' }}
        aria-label={t('Name of this version')}
        placeholder={t('Name this version')}
        required
        value={name}
        disabled={readOnly}
        onChange={(event) => setName(event.target.value)}
      />
      <button className="button" type="submit" disabled={readOnly || !name.trim()}>
        {t('Save version')}
      </button>
    </form>
  );
}

/** Makes every node of the run again and says how close it came. */
function Replay({ id, disabled }: { readonly id: RunId; readonly disabled: boolean }) {
  const { commands } = useApp();
  const [state, setState] = useState<'idle' | 'working' | Failure | ReplayReport>('idle');
  const replay = async () => {
    setState('working');
    const result = await commands.replay(id);
    setState(!result ? 'idle' : result.ok ? result.value : result.error);
  };
  return (
    <>
      <button className="button" type="button" disabled={disabled || state === 'working'} onClick={() => void replay()}>
        {state === 'working' ? t('Replaying…') : t('Replay and verify')}
      </button>
      {typeof state === 'object' && 'message' in state && (
        <p className="why why--bad">
          {tell(state.message)} {state.hint && tell(state.hint)}
        </p>
      )}
      {typeof state === 'object' && !('message' in state) && (
        <div role="status" aria-label={t('Replay')} style={{ width: '100%' }}>
          <p>
            <strong>{tell(replayInWords(state))}</strong>
          </p>
          <table className="tabular">
            <tbody>
              {state.map((line) => (
                <tr key={line.node}>
                  <td>{typeof line.title === 'object' ? tell(line.title) : line.title}</td>
                  <td>
                    {t(line.outcome.state)}
                    {'likeness' in line.outcome && line.outcome.likeness !== undefined
                      ? t(', likeness {0}', decimal(line.outcome.likeness, 3))
                      : ''}
                    {'reason' in line.outcome ? `: ${tell(line.outcome.reason)}` : ''}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

/** When it was, what it made, and on opening what became of each node. */
function Run({
  run,
  running,
  onReopen,
}: {
  readonly run: PastRun;
  readonly running: boolean;
  readonly onReopen: () => void;
}) {
  const { commands } = useApp();
  const [events, setEvents] = useState<readonly RunEvent[]>([]);
  useEffect(
    () => void commands.runEvents(run.id as RunId).then((found) => found && setEvents(found)),
    [commands, run.id],
  );
  return (
    <li>
      <MadeByRun run={run} events={events} />
      <details>
        <summary>
          <strong>{run.summary ? t(OUTCOMES[run.summary.outcome]) : t('Interrupted')}</strong>{' '}
          <span className="muted tabular">
            {shortTime(run.startedAt)}, {t(run.mode)}
            {run.endedAt && (
              <>
                , <span className="unbroken">{duration(run.endedAt - run.startedAt)}</span>
              </>
            )}
          </span>
          <br />
          {run.row && (
            <>
              {tell(run.row)}
              <br />
            </>
          )}
          <span className="muted">
            {run.summary
              ? t(
                  '{0} ran, {1} cached{2}',
                  run.summary.ran,
                  run.summary.cached,
                  run.summary.failed ? t(', {0} failed', run.summary.failed) : '',
                )
              : t('The page was closed before it ended.')}
          </span>
        </summary>
        <Outcomes run={run} events={events} />
        <div className="checklist__actions">
          <button className="button" type="button" onClick={onReopen}>
            {t('Open the graph as it was')}
          </button>
          <Replay id={run.id} disabled={running} />
        </div>
      </details>
    </li>
  );
}

/** What it made anew, each picture and clip once; the others are counted. */
function MadeByRun({ run, events }: { readonly run: PastRun; readonly events: readonly RunEvent[] }) {
  const { workspace, desk, registry } = useApp();
  const takes = useFact(desk, (state) => state.takes);
  const made = events.flatMap((event) => {
    const value = event.type === 'finished' && event.from === 'run' ? pictureIn(event.outputs) : undefined;
    return value && 'node' in event ? [{ node: event.node, value }] : [];
  });
  const each = [...grouped(made, ({ value }) => value.hash).values()].map(([first]) => first!);
  if (each.length === 0) return null;
  // What comes last is nearest to what was delivered.
  const shown = each.slice(-MOST_PICTURES);
  return (
    <div className="runs__made">
      {shown.map(({ node, value }) => {
        const take = takes.find(({ runId, artifact }) => runId === run.id && artifact?.hash === value.hash);
        return (
          <button
            key={value.hash}
            type="button"
            {...named(t('Look at what {0} made', nameOf(run.graph, registry, node)))}
            onClick={() =>
              workspace.setState({
                viewing: { node, value, ...(take ? { made: { take, nth: nthOf(take, takes) } } : {}) },
              })
            }
          >
            <SmallCopy value={value} />
          </button>
        );
      })}
      {each.length > shown.length && <span className="muted tabular">+{each.length - shown.length}</span>}
    </div>
  );
}

function Outcomes({ run, events }: { readonly run: PastRun; readonly events: readonly RunEvent[] }) {
  const { registry } = useApp();
  const takeOf = (node: NodeId) =>
    events.flatMap((event) => (event.type === 'taken' && event.node === node ? [event.take] : [])).at(-1);
  return (
    <table className="tabular">
      <tbody>
        {events.map((event, index) => {
          if (event.type === 'finished') {
            const seed =
              takeOf(event.node)?.seed ?? Object.values(event.outputs).find((value) => value?.kind === 'seed')?.seed;
            return (
              <tr key={index}>
                <td>{nameOf(run.graph, registry, event.node)}</td>
                <td>{seed === undefined ? '' : t('seed {0}', seed)}</td>
                <td>{event.from === 'cache' ? t('cached') : duration(event.ms)}</td>
              </tr>
            );
          }
          if (event.type === 'failed')
            return (
              <tr key={index}>
                <td>{nameOf(run.graph, registry, event.node)}</td>
                <td colSpan={2}>{tell(event.failure.message)}</td>
              </tr>
            );
          if (event.type === 'waiting')
            return (
              <tr key={index}>
                <td>{nameOf(run.graph, registry, event.node)}</td>
                <td colSpan={2}>{t('waits for a verdict')}</td>
              </tr>
            );
          if (event.type === 'skipped')
            return (
              <tr key={index}>
                <td>{nameOf(run.graph, registry, event.node)}</td>
                <td colSpan={2}>{t('skipped, {0}', t(event.because))}</td>
              </tr>
            );
          return null;
        })}
      </tbody>
    </table>
  );
}
