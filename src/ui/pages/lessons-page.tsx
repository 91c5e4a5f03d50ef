/** The lessons: what each teaches, how long it takes, how far one has come. */
import { FolderOpen, PenLine, Play, RotateCcw, Trash2, Users } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useApp, useFact } from '../app-context.ts';
import type { LessonList, LessonListing } from '../lesson-listing.ts';
import { goTo, linkTo } from '../navigation.ts';
import { Retry } from '../ways-out.tsx';
import { FileButton } from '../widgets/file-button.tsx';
import { named, tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import './lessons-page.css';

export default function Lessons() {
  const { commands, document } = useApp();
  const openGraph = useFact(document, (state) => state.id);
  const [list, setList] = useState<LessonList>();
  const refresh = useCallback(() => void commands.lessonList().then((found) => found && setList(found)), [commands]);
  useEffect(refresh, [refresh]);
  const open = async (id: string, anew = false) => {
    const graph = await commands.openLesson(id, anew);
    if (graph) goTo({ screen: 'graph', id: graph });
  };
  const takeIn = async (file: File) => {
    if (await commands.takeLesson(file)) refresh();
  };
  const edit = async (id: string) => {
    const writer = await commands.lessonWriter();
    const graph = await writer?.edit(id);
    if (graph) goTo({ screen: 'lesson', id: graph });
  };
  const remove = async (id: string) => {
    await commands.removeLesson(id, refresh);
    refresh();
  };
  return (
    <main className="page lessons" aria-busy={!list}>
      <header className="page__head">
        <div>
          <h1>{t('Lessons')}</h1>
          <p className="page__lead">
            {t(
              'Each takes five to ten minutes, works without a network and ends with something worth keeping. What you did is checked by what came out of it, in whatever way you made it.',
            )}
          </p>
        </div>
        <div className="page__tools">
          {openGraph ? (
            <a className="button" href={linkTo({ screen: 'lesson', id: openGraph })}>
              <PenLine size={14} aria-hidden /> {t('Write a lesson from the open graph')}
            </a>
          ) : (
            <a
              className="button"
              href={linkTo({ screen: 'gallery' })}
              {...tip(t('A lesson is written from a graph: open one, and come back.'))}
            >
              <PenLine size={14} aria-hidden /> {t('Write a lesson')}
            </a>
          )}
          <a className="button" href={linkTo({ screen: 'class' })}>
            <Users size={14} aria-hidden /> {t('For teachers: the class')}
          </a>
          <FileButton of={t('Lesson file')} accept=".json,application/json" onFiles={([file]) => void takeIn(file)}>
            <FolderOpen size={14} aria-hidden /> {t('Open a lesson file')}
          </FileButton>
        </div>
      </header>
      {list && !list.isWhole && (
        <div className="empty" role="alert">
          <p>{t('The lessons that come with Triptych cannot be loaded. Are you offline?')}</p>
          <Retry onRetry={refresh} />
        </div>
      )}
      {list && list.drafts.length > 0 && (
        <section className="lessons__drafts" aria-label={t('Lessons you are writing')}>
          <h2>{t('Lessons you are writing')}</h2>
          <ul>
            {list.drafts.map(({ id, graph, title, steps }) => (
              <li key={id}>
                <a className="link" href={linkTo({ screen: 'lesson', id: graph })}>
                  {title || t('Lesson without a title')}
                </a>{' '}
                <span className="muted tabular">{t('{0} {0|step|steps}', steps)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <ol className="lessons__list">
        {list?.lessons.map((lesson) => (
          <Entry key={lesson.id} lesson={lesson} onOpen={open} onEdit={edit} onRemove={remove} />
        ))}
      </ol>
    </main>
  );
}

interface EntryProps {
  readonly lesson: LessonListing;
  readonly onOpen: (id: string, anew?: boolean) => Promise<void>;
  readonly onEdit: (id: string) => Promise<void>;
  readonly onRemove: (id: string) => Promise<void>;
}
function Entry({ lesson, onOpen, onEdit, onRemove }: EntryProps) {
  const { id, title, summary, explains, minutes, steps, closed, skipped, state, isOwn } = lesson;
  const verb = { new: t('Begin'), begun: t('Go on'), done: t('Look at it again') }[state];
  return (
    <li className="lessons__entry" data-state={state}>
      <div className="lessons__text">
        <h2>{title}</h2>
        <p>{summary}</p>
        <p className="lessons__explains">
          <strong>{t('Afterwards you can explain:')}</strong> {explains}
        </p>
      </div>
      <div className="lessons__side">
        <p className="tabular muted">
          {t('{0} {0|minute|minutes}', minutes)}
          {' · '}
          {state === 'new' ? t('{0} {0|step|steps}', steps) : t('{0} of {1} {1|step|steps}', closed, steps)}
          {skipped > 0 && ` · ${t('{0} skipped', skipped)}`}
        </p>
        <div className="lessons__buttons">
          <button
            className={state === 'done' ? 'button' : 'button button--primary'}
            type="button"
            aria-label={t('{0}: {1}', verb, title)}
            onClick={() => void onOpen(id)}
          >
            <Play size={14} aria-hidden /> {verb}
          </button>
          {state !== 'new' && (
            <button
              className="button button--icon"
              type="button"
              {...named(t('Begin “{0}” anew', title))}
              onClick={() => void onOpen(id, true)}
            >
              <RotateCcw size={14} aria-hidden />
            </button>
          )}
          {isOwn && (
            <button
              className="button button--icon"
              type="button"
              {...named(t('Edit the lesson “{0}”', title))}
              onClick={() => void onEdit(id)}
            >
              <PenLine size={14} aria-hidden />
            </button>
          )}
          {isOwn && (
            <button
              className="button button--icon"
              type="button"
              {...named(t('Remove the lesson “{0}”', title))}
              onClick={() => void onRemove(id)}
            >
              <Trash2 size={14} aria-hidden />
            </button>
          )}
        </div>
        {state === 'done' && skipped === 0 && <span className="badge badge--good">{t('Done')}</span>}
        {state !== 'new' && <HandIn id={id} of={title} />}
      </div>
    </li>
  );
}

/** A file under the name that the learner gives; nobody needs an account. */
function HandIn({ id, of }: { readonly id: string; readonly of: string }) {
  const { commands } = useApp();
  const [name, setName] = useState('');
  return (
    <details className="lessons__handin">
      <summary aria-label={t('Hand in: {0}', of)}>{t('Hand in')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void commands.handIn(id, name);
        }}
      >
        <label>
          {t('Your name')}{' '}
          <input
            className="field"
            value={name}
            maxLength={80}
            required
            autoComplete="name"
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <button className="button" type="submit" disabled={!name.trim()}>
          {t('Save the result')}
        </button>
      </form>
    </details>
  );
}
