/** One result, large. Arrow keys walk through all results; Z switches between fitted and actual size. */
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { NodeId } from '../../core/ids.ts';
import { nodeIds } from '../../core/graph.ts';
import { useApp, useFact } from '../app-context.ts';
import { Media, pictureIn } from '../media.tsx';
import { flatId, outputsOf } from '../nodes.ts';
import { t } from '../words/t.ts';

export function Viewer() {
  const { workspace } = useApp();
  const viewing = useFact(workspace, (state) => state.viewing);
  return viewing ? <OpenViewer /> : null;
}

function OpenViewer() {
  const { workspace, document, runs, registry } = useApp();
  const viewing = useFact(workspace, (state) => state.viewing)!;
  const [actual, setActual] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const close = () => workspace.setState({ viewing: undefined });
  const { graph, board } = document.getState();
  const pictureOf = (id: NodeId) => pictureIn(outputsOf(graph, runs.getState(), flatId({ document }, id)));
  const step = (by: number) => {
    const ids = nodeIds(board).filter((id) => pictureOf(id)).sort((a, b) => board.nodes[a]!.position.x - board.nodes[b]!.position.x);
    const next = ids[(ids.indexOf(viewing.node) + by + ids.length) % ids.length];
    const value = next && pictureOf(next);
    if (next && value) workspace.setState({ viewing: { node: next, value } });
  };
  const node = board.nodes[viewing.node];
  const title = node?.title ?? registry.get(node?.type ?? '')?.title ?? t('Result');
  const { value } = viewing;
  return (
    <dialog
      ref={dialog}
      className="viewer"
      aria-label={t('Result of {0}', title)}
      onClose={close}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') step(1);
        else if (event.key === 'ArrowLeft') step(-1);
        else if (event.key === 'z') setActual(!actual);
        else return;
        event.preventDefault();
      }}
    >
      <div className="viewer__bar">
        <strong>{title}</strong>
        <span className="tabular">{value.width} × {value.height}{value.kind === 'video' ? t(', {0} s, {1} frames', (value.frames / value.fps).toFixed(2), value.frames) : ''}</span>
        <span className="viewer__space" />
        <button className="button" type="button" aria-pressed={actual} onClick={() => setActual(!actual)}>{actual ? t('Fit to window') : t('Actual size')}</button>
        <button className="button button--icon" type="button" aria-label={t('Close')} autoFocus onClick={close}><X size={16} aria-hidden /></button>
      </div>
      <div className="viewer__stage" data-zoom={actual ? 'actual' : 'fit'}><Media key={value.hash} value={value} title={title} controls /></div>
    </dialog>
  );
}
