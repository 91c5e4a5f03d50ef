/** How a node says which component it is an instance of: its type is `component/<id>`. */
import type { Board, Component } from './graph.ts';
import type { ComponentId } from '../core/ids.ts';
import { own } from '../core/own.ts';

const PREFIX = 'component/';
export const typeOfComponent = (id: ComponentId): string => PREFIX + id;
export const componentIdOf = (type: string): ComponentId | undefined =>
  type.startsWith(PREFIX) ? (type.slice(PREFIX.length) as ComponentId) : undefined;
/**
 * The component a node of this type is an instance of; `undefined` for other nodes, and where the component is not
 * there.
 */
export const componentOf = <C>(components: Readonly<Record<ComponentId, C>>, type: string): C | undefined => {
  const id = componentIdOf(type);
  return id === undefined ? undefined : own(components, id);
};

/** Every component some nodes need, those inside components included. */
export function componentsUsed(
  nodes: Board['nodes'],
  components: Readonly<Record<ComponentId, Component>>,
): Set<ComponentId> {
  const found = new Set<ComponentId>();
  const note = (inside: Board['nodes']) => {
    for (const { type } of Object.values(inside)) {
      const id = componentIdOf(type);
      if (id && Object.hasOwn(components, id)) found.add(id);
    }
  };
  note(nodes);
  // A set grows while it is walked: what is found is searched in turn.
  for (const id of found) note(components[id]!.nodes);
  return found;
}
