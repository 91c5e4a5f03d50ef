/** Before anything can be opened: another tab has to let go first, or the browser to answer. */
import { t } from '../words/t.ts';
import './fence.css';
import './theme/page.css';

export function Waiting({ what, onGoOn }: { readonly what: 'another tab' | 'an answer'; readonly onGoOn: () => void }) {
  const isTab = what === 'another tab';
  return (
    <main className="page stopped" aria-busy="true">
      <section className="panel stopped__panel" role="status">
        <h1>
          {isTab
            ? t('Another tab has an older version of Triptych open.')
            : t("This browser's storage does not answer yet.")}
        </h1>
        <p>
          {isTab
            ? t('Close it, or reload it. This page goes on by itself then; what is there was saved.')
            : t('Close other tabs of Triptych, or restart the browser. What was saved is as it was.')}
        </p>
        {!isTab && (
          <div className="stopped__ways">
            <button className="button" type="button" onClick={onGoOn}>
              {t('Go on without it')}
            </button>
          </div>
        )}
      </section>
    </main>
  );
}
