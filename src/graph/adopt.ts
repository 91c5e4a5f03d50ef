/**
 * Components of others coming into a graph: from the clipboard, another graph, the library. What the graph has stays as
 * it is.
 */
import { componentIdOf, componentsUsed, typeOfComponent } from './component-type.ts';
import { sameData } from '../core/equal.ts';
import type { Board, Component, Graph, GraphNode } from './graph.ts';
import { newId, type ComponentId, type NodeId } from '../core/ids.ts';

type Components = Graph['components'];

/** A component as the library keeps it, with those it is made of. */
export interface LibraryComponent {
  readonly id: ComponentId;
  readonly version: number;
  readonly at: number;
  readonly component: Component;
  readonly needs: Components;
}

/** How components of others are called in a graph, and which of them it does not have yet. */
export interface Adoption {
  readonly idOf: ReadonlyMap<ComponentId, ComponentId>;
  readonly added: Components;
}

/**
 * Settles what each of `theirs` is in a graph that has `mine`: one that is the same, inside and out, is mine; any other
 * comes in
 * beside mine, under a new id where its own is taken. Whatever they hold is settled first, so that a component of
 * theirs never
 * ends up around a component of mine that differs. `except`: is never taken for one of theirs.
 */
export function adoption(mine: Components, theirs: Components, except?: ComponentId): Adoption {
  const idOf = new Map<ComponentId, ComponentId>();
  const added: Record<ComponentId, Component> = {};
  const settling = new Set<ComponentId>();
  const has = (id: ComponentId) => Object.hasOwn(mine, id) || Object.hasOwn(added, id);
  for (const id of Object.keys(theirs) as ComponentId[]) settle(id);
  return { idOf, added };

  function settle(id: ComponentId): void {
    const component = Object.hasOwn(theirs, id) ? theirs[id] : undefined;
    if (!component || idOf.has(id) || settling.has(id)) return;
    settling.add(id);
    for (const { type } of Object.values(component.nodes)) {
      const inner = componentIdOf(type);
      if (inner) settle(inner);
    }
    const renamed: Component = { ...component, nodes: withNames(component.nodes, idOf) };
    const known = knownAs(id, renamed);
    idOf.set(id, known ?? (has(id) || id === except ? newId<ComponentId>('c') : id));
    if (!known) added[idOf.get(id)!] = renamed;
  }

  function knownAs(id: ComponentId, component: Component): ComponentId | undefined {
    const isIt = (other: ComponentId) =>
      other !== except && sameComponent((Object.hasOwn(mine, other) ? mine : added)[other]!, component);
    if (!has(id)) return undefined;
    if (isIt(id)) return id;
    // Pasted before: it is here under the id it got then.
    return ([...Object.keys(mine), ...Object.keys(added)] as ComponentId[]).find(isIt);
  }
}

/** The library's number says where a component was kept, not what it is. */
const sameComponent = (a: Component, b: Component): boolean =>
  a.title === b.title && sameData({ ...a, version: 0 }, { ...b, version: 0 });

/** Nodes whose components are called otherwise in this graph. */
export function withNames(nodes: Board['nodes'], idOf: Adoption['idOf']): Board['nodes'] {
  const isRenamed = ({ type }: GraphNode) => {
    const id = componentIdOf(type);
    return id !== undefined && (idOf.get(id) ?? id) !== id;
  };
  if (!Object.values(nodes).some(isRenamed)) return nodes;
  const named = (node: GraphNode): GraphNode =>
    isRenamed(node) ? { ...node, type: typeOfComponent(idOf.get(componentIdOf(node.type)!)!) } : node;
  return Object.fromEntries((Object.entries(nodes) as [NodeId, GraphNode][]).map(([id, node]) => [id, named(node)]));
}

/** Whether a graph's component is what the library keeps under its id, with all it is made of. */
export const isAsKept = (
  components: Components,
  { id, component, needs }: Pick<LibraryComponent, 'id' | 'component' | 'needs'>,
): boolean => Object.hasOwn(components, id) && adoption(components, { ...needs, [id]: component }).idOf.get(id) === id;

/**
 * The graph's components with one as the library keeps it, or `undefined` where it would hold itself. Others stay as
 * they are.
 */
export function withKept(
  components: Components,
  { id, component, needs }: Pick<LibraryComponent, 'id' | 'component' | 'needs'>,
): Components | undefined {
  const { [id]: _, ...inner } = needs;
  const { idOf, added } = adoption(components, inner, id);
  const next: Components = { ...components, ...added, [id]: { ...component, nodes: withNames(component.nodes, idOf) } };
  return componentsUsed(next[id]!.nodes, next).has(id) ? undefined : next;
}
