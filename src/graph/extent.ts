/**
 * How large a graph is with its components written out: counted without writing them out, so that a small file cannot
 * fill the memory.
 */
import { componentIdOf, componentOf } from './component-type.ts';
import type { Board, Component, Graph, WireEnd } from './graph.ts';
import type { ComponentId } from '../core/ids.ts';
import { DEEPEST_INSTANCE, MOST_FLAT_NODES, MOST_FLAT_WIRES } from '../core/limits.ts';
import { own } from '../core/own.ts';

interface Extent {
  readonly nodes: number;
  readonly wires: number;
  /** Instances within instances; 0 where there are none. */
  readonly depth: number;
}

/** Whether a graph would outgrow what can be run. */
export function isTooLarge(graph: Pick<Graph, 'nodes' | 'wires' | 'components'>): boolean {
  const { nodes, wires, depth } = extentOf(graph);
  return nodes > MOST_FLAT_NODES || wires > MOST_FLAT_WIRES || depth > DEEPEST_INSTANCE;
}

/** Each component is counted once, however often it is placed. One that holds itself is without end. */
function extentOf({ nodes, wires, components }: Pick<Graph, 'nodes' | 'wires' | 'components'>): Extent {
  const known = new Map<ComponentId, Extent>();
  const fans = new Map<Component, Map<string, number>>();
  return ofBoard({ nodes, wires }, 0);

  function ofBoard(board: Pick<Board, 'nodes' | 'wires'>, below: number): Extent {
    const total = { nodes: 0, wires: 0, depth: 0 };
    for (const { type } of Object.values(board.nodes)) {
      const id = componentIdOf(type);
      const component = componentOf(components, type);
      if (!id || !component) {
        total.nodes++;
        continue;
      }
      const inner = ofComponent(id, component, below + 1);
      total.nodes += inner.nodes;
      total.wires += inner.wires;
      total.depth = Math.max(total.depth, inner.depth + 1);
    }
    for (const { to } of Object.values(board.wires)) total.wires += fanOf(board, to, 0);
    return total;
  }

  function ofComponent(id: ComponentId, component: Component, below: number): Extent {
    const counted = known.get(id);
    if (counted) return counted;
    const endless: Extent = { nodes: 1, wires: 0, depth: Infinity };
    if (below > DEEPEST_INSTANCE) return endless;
    known.set(id, endless);
    const extent = ofBoard(component, below);
    known.set(id, extent);
    return extent;
  }

  /** How many wires one wire becomes that ends here. */
  function fanOf(board: Pick<Board, 'nodes'>, { node, socket }: WireEnd, below: number): number {
    const component = componentOf(components, own(board.nodes, node)?.type ?? '');
    if (!component || below > DEEPEST_INSTANCE) return 1;
    const ofSockets = fans.get(component) ?? new Map<string, number>();
    fans.set(component, ofSockets);
    const counted = ofSockets.get(socket);
    if (counted !== undefined) return counted;
    ofSockets.set(socket, 1);
    const fan = (own(component.inputs, socket)?.to ?? []).reduce(
      (sum, end) => sum + fanOf(component, end, below + 1),
      0,
    );
    ofSockets.set(socket, fan);
    return fan;
  }
}
