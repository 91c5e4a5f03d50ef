/** The shots of the open graph on a page of their own: larger, and with the reason asked for here when a still is rejected. */
import { Clapperboard } from 'lucide-react';
import type { Shot } from '../../graph/shots.ts';
import { useApp, useFact } from '../app-context.ts';
import { linkTo } from '../navigation.ts';
import { Cost } from '../panels/cost.tsx';
import { HandOffButton } from '../panels/hand-off-button.tsx';
import Joins from '../panels/joins.tsx';
import { RejectForm } from '../panels/reject-form.tsx';
import { RunFromPage, RunStatus } from '../panels/run-bar.tsx';
import { beginFilm, ShotStrip } from '../panels/shot-strip.tsx';
import { UndoEdits } from '../panels/undo-edits.tsx';
import { useFilm, useShotFacts } from '../shot-facts.ts';
import { nameInWords } from '../graph-title.ts';
import { t } from '../../words/t.ts';
import './shots-page.css';

export default function Shots() {
  const app = useApp();
  const { document } = app;
  const id = useFact(document, (state) => state.id)!;
  const readOnly = useFact(document, (state) => state.readOnly);
  const title = useFact(document, (state) => nameInWords(state.graph));
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
          <UndoEdits />
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
          <RejectShot shots={shown.shots} />
          <Joins film={shown.film} />
        </section>
      ) : (
        <p className="empty empty--page">
          {t('This graph has no film yet: nothing in it joins clips.')}{' '}
          {!readOnly && (
            <button className="button button--primary" type="button" onClick={() => beginFilm(app)}>
              <Clapperboard size={14} aria-hidden /> {t('Begin a film')}
            </button>
          )}
        </p>
      )}
    </main>
  );
}

/** Why a still is rejected, and which it is. */
function RejectShot({ shots }: { readonly shots: readonly Shot[] }) {
  const { workspace } = useApp();
  const rejecting = useFact(workspace, (state) => state.rejecting);
  const takes = useShotFacts(shots).map(({ take }) => take);
  const at = takes.findIndex((take) => take !== undefined && take.id === rejecting);
  const take = takes[at];
  if (!take) return null;
  const question = t('Why is the still of shot {0} rejected?', at + 1);
  return (
    <div className="shots__reject">
      <p>{question}</p>
      <RejectForm take={take} question={question} onDone={() => workspace.setState({ rejecting: undefined })} />
    </div>
  );
}
