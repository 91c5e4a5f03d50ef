/** Putting a component on the board, of the graph or of the library. */
import { withKept } from '../graph/adopt.ts';
import { typeOfComponent } from '../graph/component-type.ts';
import { addNode, type BoardDraft } from '../graph/edits.ts';
import type { Point } from '../graph/graph.ts';
import { whyNotPlace } from '../graph/nesting.ts';
import type { ComponentId, NodeId } from '../core/ids.ts';
import type { App } from './app-context.ts';
import { showFresh } from './placing.ts';
import { t } from '../words/t.ts';

/** As `placeNode`. One that may not go here is refused with the reason. */
export function placeComponent(
  { document, desk, workspace }: Pick<App, 'document' | 'desk' | 'workspace'>,
  component: ComponentId,
  at: Point,
  also?: (draft: BoardDraft, id: NodeId) => void,
): void {
  const { graph, path } = document.getState();
  const kept = Object.hasOwn(graph.components, component)
    ? undefined
    : desk
        .getState()
        .library.filter((one) => one.id === component)
        .at(-1);
  const components = (kept && withKept(graph.components, kept)) ?? graph.components;
  const refusal = whyNotPlace({ ...graph, components }, path, component);
  if (refusal)
    workspace.notify('bad', refusal, t('A component may hold others, as long as none of them leads back to it.'));
  if (!components[component] || refusal) return;
  const id = document.edit('Add node', (draft, whole) => {
    // Only new ones: what the graph has of the same name stays its own.
    if (kept)
      for (const [one, definition] of Object.entries(components))
        whole.components[one as ComponentId] ??= definition as never;
    const added = addNode(draft, { id: typeOfComponent(component), version: 1 }, at);
    also?.(draft, added);
    return added;
  });
  if (id) showFresh({ workspace }, id);
}
