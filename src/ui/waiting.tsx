/** Before anything can be opened: another tab has to let go first. */
import { t } from '../words/t.ts';

export function Waiting() {
  return (
    <main className="page stopped" aria-busy="true">
      <section className="panel stopped__panel" role="status">
        <h1>{t('Another tab has an older version of Triptych open.')}</h1>
        <p>{t('Close it, or reload it. This page goes on by itself then; what is there was saved.')}</p>
      </section>
    </main>
  );
}
