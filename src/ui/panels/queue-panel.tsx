/** What runs and what waits: in which order, held or going on. */
import { ArrowDown, ArrowUp, ArrowUpToLine, ListOrdered, Pause, Play, Square, X } from 'lucide-react';
import { useId } from 'react';
import type { QueuedRun } from '../../state/queue.ts';
import { useApp, useFact } from '../app-context.ts';
import { besideItsButton } from '../beside-later.ts';
import { nameOf } from '../node-facts.ts';
import { named, tip, tipToStopAt } from '../widgets/tip.ts';
import { nameInWords } from '../graph-title.ts';
import { t, tell } from '../../words/t.ts';
import './queue-panel.css';
import '../theme/popover.css';

/** A button that opens the list; nothing while nothing waits and nothing runs out of sight. */
export function Queue() {
  const { queue, document, registry, commands } = useApp();
  const { running, waiting, paused, fraction } = useFact(queue, (state) => state);
  const open = useFact(document, (state) => state.id);
  const id = useId();
  const unseen = running && (running.row || running.graphId !== open);
  if (waiting.length === 0 && !unseen && !paused) return null;
  const what = ({ graph, graphId, row, targets }: QueuedRun) => {
    const part = row
      ? tell(row.name)
      : targets
        ? targets.map((target) => nameOf(graph, registry, target)).join(', ')
        : t('Everything');
    return (
      <span className="queue__what" {...tipToStopAt(nameInWords(graph))}>
        {graphId !== open && <strong>{nameInWords(graph)} </strong>}
        {part}
      </span>
    );
  };
  return (
    <>
      <button
        className="button button--quiet tabular"
        type="button"
        aria-label={t('Queue: {0}', waiting.length)}
        {...tip(t('What waits for its turn'))}
        popoverTarget={id}
      >
        <ListOrdered size={15} aria-hidden /> {paused ? t('held') : ''} {waiting.length}
      </button>
      <div
        id={id}
        popover="auto"
        className="popover queue"
        role="region"
        aria-label={t('Queue')}
        onBeforeToggle={besideItsButton}
      >
        {running && (
          <div className="queue__now">
            {what(running)}
            <button
              className="button button--quiet button--icon"
              type="button"
              aria-label={t('Cancel what runs')}
              {...tip(t('Cancel'))}
              onClick={commands.cancelRun}
            >
              <Square size={13} aria-hidden />
            </button>
            <i style={{ transform: `scaleX(${fraction})` }} />
          </div>
        )}
        {waiting.length === 0 && <p className="muted">{t('Nothing waits.')}</p>}
        <ol>
          {waiting.map((run, at) => (
            <li key={run.id}>
              {what(run)}
              <button
                className="button button--quiet button--icon"
                type="button"
                {...named(t('Run next'))}
                disabled={at === 0}
                onClick={() => commands.moveInQueue(run.id, 0)}
              >
                <ArrowUpToLine size={13} aria-hidden />
              </button>
              <button
                className="button button--quiet button--icon"
                type="button"
                {...named(t('Earlier'))}
                disabled={at === 0}
                onClick={() => commands.moveInQueue(run.id, at - 1)}
              >
                <ArrowUp size={13} aria-hidden />
              </button>
              <button
                className="button button--quiet button--icon"
                type="button"
                {...named(t('Later'))}
                disabled={at === waiting.length - 1}
                onClick={() => commands.moveInQueue(run.id, at + 1)}
              >
                <ArrowDown size={13} aria-hidden />
              </button>
              <button
                className="button button--quiet button--icon"
                type="button"
                {...named(t('Take out of the queue'))}
                onClick={() => commands.dropFromQueue([run.id])}
              >
                <X size={13} aria-hidden />
              </button>
            </li>
          ))}
        </ol>
        <div className="queue__foot">
          <button className="button" type="button" aria-pressed={paused} onClick={() => commands.holdQueue(!paused)}>
            {paused ? <Play size={13} aria-hidden /> : <Pause size={13} aria-hidden />}{' '}
            {paused ? t('Go on') : t('Hold')}
          </button>
          <button
            className="button button--quiet"
            type="button"
            disabled={waiting.length === 0}
            onClick={() => commands.dropFromQueue(waiting.map((run) => run.id))}
          >
            {t('Clear')}
          </button>
        </div>
      </div>
    </>
  );
}
