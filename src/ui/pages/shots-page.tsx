/** The shots of the open graph on a page of their own: larger, and with the reason asked for here when a still is rejected. */
import { Clapperboard, Undo2 } from 'lucide-react';
import { useApp, useFact } from '../app-context.ts';
import { linkTo } from '../navigation.ts';
import { Cost } from '../panels/cost.tsx';
import { HandOffButton } from '../panels/hand-off-button.tsx';
import { RejectForm } from '../panels/reject-form.tsx';
import { RunFromPage, RunStatus } from '../panels/run-bar.tsx';
import { beginFilm, ShotStrip } from '../panels/shot-strip.tsx';
import { useFilm } from '../shot-facts.ts';
import { nameInWords } from '../graph-title.ts';
import { tip } from '../widgets/tip.ts';
import { t, tell } from '../../words/t.ts';
import './shots-page.css';

export default function Shots() {
  const app = useApp();
  const { document, workspace, desk } = app;
  const id = useFact(document, (state) => state.id)!;
  const readOnly = useFact(document, (state) => state.readOnly);
  const title = useFact(document, (state) => nameInWords(state.graph));
  const rejecting = useFact(workspace, (state) => state.rejecting);
  const rejected = useFact(desk, (state) => state.takes.find((take) => take.id === rejecting));
  const shown = useFilm();
  return (
    <main className="page shots-page">
      <header className="page__head">
        <div>
          <h1>{t('Shots of “{0}”', title)}</h1>
          <p className="page__lead">
            {t('Approve each still before its clip is made: stills cost cents, clips cost dollars.')}
          </p>
        </div>
        <div className="page__tools">
          <RunStatus />
          <Cost />
          <UndoEdit />
          {shown && <HandOffButton film={shown.film} isWide />}
          <RunFromPage />
          <a className="button" href={linkTo({ screen: 'graph', id })}>
            {t('Open the graph')}
          </a>
        </div>
      </header>
      {shown ? (
        <section className="shots shots--page" aria-label={t('The strip of shots')}>
          <ShotStrip shown={shown} />
        </section>
      ) : (
        <p className="empty empty--page">
          {t('This graph has no film yet: no node that joins clips.')}{' '}
          {!readOnly && (
            <button className="button button--primary" type="button" onClick={() => beginFilm(app)}>
              <Clapperboard size={14} aria-hidden /> {t('Begin a film')}
            </button>
          )}
        </p>
      )}
      {rejected && <RejectForm take={rejected} onDone={() => workspace.setState({ rejecting: undefined })} />}
    </main>
  );
}

/** The editor is elsewhere, and what is done here is undone here. */
function UndoEdit() {
  const { document } = useApp();
  const undoable = useFact(document, (state) => state.history.past.at(-1)?.label);
  const readOnly = useFact(document, (state) => state.readOnly);
  return (
    <button
      className="button button--icon"
      type="button"
      aria-label={t('Undo')}
      {...tip(undoable ? t('Undo: {0}', tell(undoable)) : t('Nothing to undo'))}
      disabled={!undoable || readOnly}
      onClick={() => document.undo()}
    >
      <Undo2 size={16} aria-hidden />
    </button>
  );
}
