/** Where one is: the graph, and the components opened to get here. */
import { useReactFlow } from '@xyflow/react';
import { ChevronRight } from 'lucide-react';
import { boardAt } from '../../graph/component.ts';
import type { NodeId } from '../../core/ids.ts';
import { useApp, useFact } from '../app-context.ts';
import { fit } from '../canvas/fit.ts';
import { nameInWords } from '../graph-title.ts';
import { t } from '../../words/t.ts';
import './crumbs.css';

export function Crumbs() {
  const app = useApp();
  const { document, registry, workspace } = app;
  const flow = useReactFlow();
  const path = useFact(document, (state) => state.path);
  const graph = useFact(document, (state) => state.graph);
  if (path.length === 0) return null;
  const go = (depth: number) => {
    document.look(path.slice(0, depth));
    workspace.select(path[depth] ? [path[depth]] : []);
    void fit(app, flow);
  };
  const titleAt = (depth: number) => {
    const node = boardAt(graph, path.slice(0, depth))?.nodes[path[depth] as NodeId];
    return node?.title ?? registry.get(node?.type ?? '')?.title ?? t('Component');
  };
  return (
    <nav className="crumbs" aria-label={t('Where you are')}>
      <button type="button" onClick={() => go(0)}>
        {nameInWords(graph)}
      </button>
      {path.map((id, depth) => (
        <span key={id}>
          <ChevronRight size={13} aria-hidden />
          <button
            type="button"
            aria-current={depth === path.length - 1 ? 'location' : undefined}
            onClick={() => go(depth + 1)}
          >
            {titleAt(depth)}
          </button>
        </span>
      ))}
    </nav>
  );
}
