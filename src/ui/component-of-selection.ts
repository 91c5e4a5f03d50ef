/** Makes one node of those that are selected, and takes it apart again. */
import { between, makeComponent, unpackComponent } from '../graph/component-edits.ts';
import { componentIdOf } from '../graph/component-type.ts';
import type { App } from './app-context.ts';
import { t } from '../words/t.ts';

export function makeComponentOfSelected({ document, registry, workspace }: App): void {
  const { selection } = workspace.getState();
  if (selection.length === 0)
    return workspace.notify('info', t('Select the nodes that should become one, then make a component of them.'));
  const { board, graph } = document.getState();
  const amid = between(board, selection);
  if (amid)
    return workspace.notify(
      'bad',
      t(
        '“{0}” lies between the selected nodes, so the component would feed itself.',
        board.nodes[amid]?.title ?? registry.get(board.nodes[amid]?.type ?? '')?.title ?? t('A node'),
      ),
      t('Select it as well.'),
    );
  const count = Object.keys(graph.components).length;
  const id = document.edit('Make component', (draft, whole) =>
    makeComponent(whole, draft, registry, selection, count ? t('Component {0}', count + 1) : t('Component')),
  );
  if (id) workspace.select([id]);
}

export function unpackSelected({ document, workspace }: App): void {
  const { board } = document.getState();
  const instances = workspace.getState().selection.filter((id) => componentIdOf(board.nodes[id]?.type ?? ''));
  if (instances.length === 0) return workspace.notify('info', t('Select a component to unpack.'));
  const nodes = document.edit('Unpack component', (draft, whole) =>
    instances.flatMap((id) => unpackComponent(whole, draft, id)),
  );
  if (nodes) workspace.select(nodes);
}
