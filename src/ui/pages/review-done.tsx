/** Somebody has looked at all takes of a graph and says so, with a note; what was made since is told beside it. */
import { useState } from 'react';
import type { GraphId } from '../../core/ids.ts';
import type { TakeRecord } from '../../core/take.ts';
import { madeSince } from '../../ledger/tally.ts';
import { useApp, useFact } from '../app-context.ts';
import { NoteForm } from '../widgets/note-form.tsx';
import { t } from '../../words/t.ts';
import { dateOfBooks } from '../dates.ts';
import './review-done.css';

interface Props {
  readonly graph: GraphId;
  /** All that were made of it. */
  readonly takes: readonly TakeRecord[];
}
export function ReviewDone({ graph, takes }: Props) {
  const { desk, commands } = useApp();
  const stored = useFact(desk, ({ settings }) => settings.reviewed[graph]);
  /** It is said to be done when that is stored, not before. */
  const [isStoring, setStoring] = useState(false);
  const change = async (note: string | undefined) => {
    setStoring(true);
    await commands.changeSettings((settings) => {
      const { [graph]: _, ...others } = settings.reviewed;
      return { ...settings, reviewed: note === undefined ? others : { ...others, [graph]: { at: Date.now(), note } } };
    });
    setStoring(false);
  };
  const done = isStoring ? undefined : stored;
  const since = done ? madeSince(takes, done.at) : 0;
  return (
    <footer className="review__done" role="group" aria-label={t('Review of this graph')}>
      {done ? (
        <>
          <p role="status">
            {t('Review done on {0}.', dateOfBooks(done.at))} {done.note}{' '}
            {since > 0 && <strong>{t('Takes made since the review was done: {0}.', since)}</strong>}
          </p>
          <button className="button" type="button" onClick={() => void change(undefined)}>
            {t('Open it again')}
          </button>
        </>
      ) : (
        <NoteForm
          label={t('Note to the review')}
          placeholder={t('What to know about these takes')}
          action={t('Review done')}
          disabled={isStoring}
          onDone={change}
        />
      )}
    </footer>
  );
}
