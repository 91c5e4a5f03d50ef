/** Components inside components, and never inside themselves. */
import { componentIdOf, componentsUsed, typeOfComponent } from './component-type.ts';
import { boardAt } from './component.ts';
import type { Graph } from './graph.ts';
import type { ComponentId, NodeId } from '../core/ids.ts';
import { say, type Sentence } from '../core/say.ts';

/** Why a component may not be placed on a board, in a sentence, or `undefined` when it may. */
export function whyNotPlace(graph: Graph, path: readonly NodeId[], id: ComponentId): Sentence | undefined {
  const around = path.map((_, depth) =>
    componentIdOf(boardAt(graph, path.slice(0, depth))?.nodes[path[depth]!]?.type ?? ''),
  );
  const needed = componentsUsed(
    { ['x' as NodeId]: { type: typeOfComponent(id), version: 1, params: {}, position: { x: 0, y: 0 } } },
    graph.components,
  );
  const clash = around.find((component) => component && needed.has(component));
  if (!clash) return undefined;
  const [outer, own] = [graph.components[clash]!.title, graph.components[id]!.title];
  return clash === id
    ? say('“{0}” cannot hold itself.', own)
    : say('“{0}” holds “{1}”, so it cannot be placed inside it.', own, outer);
}
