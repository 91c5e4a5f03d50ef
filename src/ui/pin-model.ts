/** Pins a node of the open board to a model, or lets the routing table decide again; one undo step. */
import { pinNode } from '../graph/edits.ts';
import type { NodeId } from '../core/ids.ts';
import { say } from '../core/say.ts';
import type { ModelRef } from '../core/take.ts';
import type { App } from './app-context.ts';

/** `model`: with the name it has in the catalog, for the history of edits. */
export function pinModel(
  { document }: Pick<App, 'document'>,
  node: NodeId,
  model: (ModelRef & { readonly name: string }) | undefined,
): void {
  const label = model ? say('Pin the node to {0}', say(model.name)) : say('Unpin the node');
  document.edit(label, (draft) => pinNode(draft, node, model));
}
