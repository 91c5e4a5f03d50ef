/** What a drag ends in: a move; with Alt, copies; a single loose node dropped on a wire goes into it. */
import type { MouseEvent as ReactMouseEvent } from 'react';
import { copyFragment, insertOnWire, moveNodes, pasteFragment } from '../../core/edits.ts';
import type { Point } from '../../core/graph.ts';
import type { NodeId, WireId } from '../../core/ids.ts';
import type { App } from '../app-context.ts';

export interface Dropping {
  /** While a node is dragged: notes the wire below the pointer, and marks it. */
  follow(event: ReactMouseEvent | MouseEvent | TouchEvent, node: NodeId): void;
  drop(moved: Readonly<Record<NodeId, Point>>): void;
  settle(): void;
}

export function createDropping({ document, registry, workspace }: App): Dropping {
  let alt = false;
  let edge: Element | undefined;
  const aim = (at: Element | undefined) => {
    if (edge === at) return;
    edge?.removeAttribute('data-receives');
    at?.setAttribute('data-receives', 'true');
    edge = at;
  };
  const edgeAt = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) => window.document.elementsFromPoint(clientX, clientY).map((element) => element.closest('.react-flow__edge')).find((found) => found !== null);

  return {
    follow(event, node) {
      alt = event.altKey;
      const below = alt ? undefined : edgeAt('changedTouches' in event ? event.changedTouches[0]! : event);
      const wire = document.getState().graph.wires[(below?.getAttribute('data-id') ?? '') as WireId];
      aim(below && wire && wire.from.node !== node && wire.to.node !== node ? below : undefined);
    },
    drop(moved) {
      const { graph } = document.getState();
      const ids = Object.keys(moved) as NodeId[];
      const [first] = ids;
      if (!first) return;
      if (alt) {
        // The originals stay where they are, wires and all; copies go where the drag went.
        const from = graph.nodes[first]!.position;
        const copies = document.edit('Duplicate', (draft) => pasteFragment(draft, copyFragment(graph, ids), { x: moved[first]!.x - from.x, y: moved[first]!.y - from.y }));
        if (copies) workspace.select(copies);
        return;
      }
      const wire = ids.length === 1 ? (edge?.getAttribute('data-id') as WireId | undefined) : undefined;
      document.edit(wire ? 'Insert into wire' : 'Move', (draft) => {
        moveNodes(draft, moved);
        if (wire) insertOnWire(draft, registry, first, wire);
      });
    },
    settle: () => aim(undefined),
  };
}
