/** In the inspector: ways to compare what comes of a node. */
import { Grid3x3 } from 'lucide-react';
import type { NodeId } from '../../core/ids.ts';
import type { NodeFace } from '../../core/node.ts';
import { useApp, useFact } from '../app-context.ts';
import { compareWays, sweepNode } from '../begin-comparing.ts';
import { tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import './compare-tools.css';

/** By what kind of node it is: whether its wires lead anywhere is looked at when it is asked for. */
export function CompareTools({ id, definition }: { readonly id: NodeId; readonly definition: NodeFace }) {
  const app = useApp();
  const isOnGraph = useFact(app.document, ({ path }) => path.length === 0);
  const readOnly = useFact(app.document, (state) => state.readOnly);
  if (!isOnGraph || Object.keys(definition.outputs).length === 0) return null;
  const sockets = [...Object.values(definition.inputs), ...Object.values(definition.outputs)];
  const speaks = sockets.some(({ kind }) => kind === 'prompt');
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
      {speaks && !readOnly && (
        <button
          className="button"
          type="button"
          {...tip(t('Text to video against image to video'))}
          onClick={() => void compareWays(app, id)}
        >
          {t('Text against still')}
        </button>
      )}
    </div>
  );
}
