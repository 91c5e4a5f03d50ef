/** In the inspector: ways to compare what comes of a node. */
import { Grid3x3 } from 'lucide-react';
import type { NodeId } from '../../core/ids.ts';
import { shownFor } from '../../graph/sweep-edits.ts';
import { useApp, useFact } from '../app-context.ts';
import { sweepNode } from '../begin-comparing.ts';
import { tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import './compare-tools.css';

export function CompareTools({ id }: { readonly id: NodeId }) {
  const app = useApp();
  const { document, registry } = app;
  const isOffered = useFact(
    document,
    ({ graph, path }) => path.length === 0 && shownFor(graph, registry, id) !== undefined,
  );
  if (!isOffered) return null;
  return (
    <div className="compare-tools">
      <button
        className="button"
        type="button"
        {...tip(t('One or two params over several values, side by side'))}
        onClick={() => sweepNode(app, id)}
      >
        <Grid3x3 size={14} aria-hidden /> {t('Sweep params…')}
      </button>
    </div>
  );
}
