/** What the browser does not give, on the first screen; and in the editor a word that nothing is kept. */
import { CircleAlert } from 'lucide-react';
import { useApp } from './app-context.ts';
import { useLoaded } from './loaded.ts';
import { tipToStopAt } from './widgets/tip.ts';
import { t } from '../words/t.ts';
import './lacks-notice.css';

export function Lacks() {
  const lacks = useLoaded(useApp().lacks);
  if (!lacks || lacks.length === 0) return null;
  return (
    <section className="lacks" aria-label={t('What is missing here')}>
      {lacks.map(({ what, works, todo }) => (
        <div key={what} className="lack">
          <CircleAlert size={17} aria-hidden />
          <div>
            <h2>{what}</h2>
            <p>{works}</p>
            <p>{todo}</p>
          </div>
        </div>
      ))}
    </section>
  );
}

/** Beside the title of a graph that goes with its tab. */
export function NotKept() {
  const { lasts } = useApp();
  if (lasts) return null;
  return (
    <span
      className="tag tag--warn"
      {...tipToStopAt(t('This browser keeps nothing for this page. Export the graph before you close the tab.'))}
    >
      {t('Not kept: export it')}
    </span>
  );
}
