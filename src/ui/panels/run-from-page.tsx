/** Runs the whole open graph from a page beside the editor, or stops it. */
import { Play, Square } from 'lucide-react';
import { useApp, useFact } from '../app-context.ts';
import { t } from '../../words/t.ts';

export function RunFromPage({ isMain = true }: { readonly isMain?: boolean }) {
  const { runs, document, commands } = useApp();
  const running = useFact(runs, (state) => state.running);
  const readOnly = useFact(document, (state) => state.readOnly);
  if (running)
    return (
      <button className="button" type="button" onClick={commands.cancelRun}>
        <Square size={13} aria-hidden /> {t('Cancel')}
      </button>
    );
  return (
    <button
      className={isMain ? 'button button--primary' : 'button'}
      type="button"
      disabled={readOnly}
      onClick={() => void commands.startRun()}
    >
      <Play size={13} aria-hidden /> {t('Run')}
    </button>
  );
}
