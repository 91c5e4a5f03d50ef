/**
 * The first five minutes: a few words in the corner, beside the work and never in its way. It can be left at any step.
 */
import { useEffect } from 'react';
import { useApp, useFact } from '../app-context.ts';
import { t, w } from '../../words/t.ts';
import './tour.css';

interface Step {
  readonly title: string;
  readonly text: string;
  /** What it speaks of, marked while it does. */
  readonly marks: string;
}
const STEPS: readonly Step[] = [
  {
    title: w('Three layers'),
    text: w(
      'Blue nodes decide, orange nodes make pictures and clips, green nodes finish them. Wires carry everything, so it can be repeated.',
    ),
    marks: '.library nav h2',
  },
  {
    title: w('Run it'),
    text: w('Run makes what is missing. What was made before is kept, and costs nothing again.'),
    marks: '.runbar > .button--primary',
  },
  {
    title: w('Change one thing'),
    text: w('Click a node and move a slider. Only what depends on it runs again, and each node says why.'),
    marks: '.side',
  },
  {
    title: w('Judge'),
    text: w('Click Image. A accepts its take; R rejects it, asks why, and takes another, up to the cap.'),
    marks: '[data-node-type="image"]',
  },
  {
    title: w('Share'),
    text: w(
      'Share copies a link with the graph in it. A downloaded picture carries its graph too: drop it here to open it.',
    ),
    marks: '.topbar > .button',
  },
];

export default function Tour() {
  const { workspace, teaching } = useApp();
  const at = useFact(workspace, (state) => state.view.tour);
  // A lesson leads by itself; two that count their steps at once are one too many.
  const isTaught = useFact(teaching, (state) => state.lesson !== undefined);
  const step = isTaught ? undefined : STEPS[at];
  useEffect(() => {
    const marked = step ? [...document.querySelectorAll(step.marks)] : [];
    for (const element of marked) element.setAttribute('data-toured', 'true');
    return () => {
      for (const element of marked) element.removeAttribute('data-toured');
    };
  }, [step]);
  if (!step) return null;
  const go = (tour: number) => workspace.setView({ tour });
  return (
    <section className="tour" aria-label={t('Tour')}>
      <h2>{t(step.title)}</h2>
      <p>{t(step.text)}</p>
      <div>
        <span className="muted tabular">{t('{0} of {1}', at + 1, STEPS.length)}</span>
        <button className="button button--quiet" type="button" onClick={() => go(STEPS.length)}>
          {t('Leave')}
        </button>
        <button className="button" type="button" onClick={() => go(at + 1)}>
          {at + 1 < STEPS.length ? t('Next') : t('Done')}
        </button>
      </div>
    </section>
  );
}
