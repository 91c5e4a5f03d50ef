/** One node's result, kept on screen while others are changed. */
import { Play, X } from 'lucide-react';
import { useApp, useFact } from '../app-context.ts';
import type { NodeId } from '../../core/ids.ts';
import { Media, pictureIn } from '../media.tsx';
import { flatId, pictureOf, useNodeFacts } from '../node-facts.ts';
import { isStale, shownOutputs } from '../status.ts';
import { t } from '../../words/t.ts';
import './solo.css';

export function Solo() {
  const { workspace, document } = useApp();
  const id = useFact(workspace, (state) => state.solo);
  const exists = useFact(document, (state) => id !== undefined && state.board.nodes[id] !== undefined);
  return id && exists ? <Open key={id} id={id} /> : null;
}

function Open({ id }: { readonly id: NodeId }) {
  const app = useApp();
  const { document, registry, runs, workspace, commands } = app;
  const node = useFact(document, (state) => state.board.nodes[id])!;
  const running = useFact(runs, (state) => state.running);
  const { run, plan } = useNodeFacts(id);
  const picture = pictureIn(shownOutputs(run, plan)) ?? pictureOf(app, id);
  const title = node.title ?? registry.get(node.type)?.title ?? node.type;
  const stale = isStale(run, plan, running);
  return (
    <aside className="solo" aria-label={t('Result of {0}, kept on screen', title)}>
      <header>
        <strong>{title}</strong>
        {(stale || !picture) && (
          <button
            className="button button--quiet"
            type="button"
            disabled={running}
            onClick={() => void commands.startRun([flatId(app, id)])}
          >
            <Play size={12} aria-hidden /> {t('Run to here')}
          </button>
        )}
        <button
          className="button button--quiet button--icon"
          type="button"
          aria-label={t('Let go of this result')}
          onClick={() => workspace.setState({ solo: undefined })}
        >
          <X size={14} aria-hidden />
        </button>
      </header>
      <div className="solo__picture" data-stale={stale}>
        {picture ? (
          <Media key={picture.hash} value={picture} of={title} />
        ) : (
          <p className="muted">{t('It has made no picture yet.')}</p>
        )}
      </div>
    </aside>
  );
}
