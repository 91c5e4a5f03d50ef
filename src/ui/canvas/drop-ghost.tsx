/** Where what is dragged over the canvas would lie if it were dropped now: an outline at the place, with its name. */
import { useReactFlow, ViewportPortal } from '@xyflow/react';
import { useEffect, useState } from 'react';
import type { NodeId } from '../../core/ids.ts';
import type { NodeFace } from '../../core/node.ts';
import type { Point } from '../../graph/graph.ts';
import type { Rect } from '../../graph/rect.ts';
import { useApp, type App } from '../app-context.ts';
import { cardSizeOf, placeable } from '../placing.ts';
import { freePlaceForFiles, placeOfFile } from './file-places.ts';
import { draggedNode } from './node-drag.ts';
import { rectOf } from './places.ts';
import { cardsOf } from './shown-shapes.ts';
import './drop-ghost.css';

/** As many outlines as are told apart at a glance. */
const MOST = 20;

interface Ghost {
  readonly rects: readonly Rect[];
  readonly name: string;
  /** The card under the pointer takes it. */
  readonly isOnto: boolean;
}

export function DropGhost() {
  const app = useApp();
  const { screenToFlowPosition } = useReactFlow();
  const [ghost, setGhost] = useState<Ghost>();
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const clear = () => setGhost(undefined);
    const onOver = (event: DragEvent) => {
      const target = event.target as Element;
      if (!target.closest('.react-flow') || app.document.getState().readOnly) return clear();
      const next = ghostOf(app, event, screenToFlowPosition({ x: event.clientX, y: event.clientY }));
      return setGhost((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    // The canvas keeps these to itself.
    window.addEventListener('dragover', onOver, { signal, capture: true });
    window.addEventListener('drop', clear, { signal, capture: true });
    window.addEventListener('dragend', clear, { signal, capture: true });
    window.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget === null && clear(), { signal });
    return () => listening.abort();
  }, [app, screenToFlowPosition]);
  return (
    ghost && (
      <ViewportPortal>
        {ghost.rects.map(({ x, y, width, height }, nth) => (
          <div
            key={nth}
            className="dropghost"
            data-onto={ghost.isOnto}
            aria-hidden
            style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
          >
            {nth === 0 && !ghost.isOnto && ghost.name}
          </div>
        ))}
      </ViewportPortal>
    )
  );
}

function ghostOf(app: App, { dataTransfer, target }: DragEvent, at: Point): Ghost | undefined {
  const type = draggedNode(dataTransfer?.types ?? []);
  // The browser tells types in small letters.
  const dragged = type && placeable(app).find(({ id }) => id.toLowerCase() === type);
  if (dragged) return { rects: [{ ...at, ...cardSizeOf(dragged) }], name: dragged.title, isOnto: false };
  const files = [...(dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file');
  const [first] = files;
  const holder = app.registry.get(first?.type.startsWith('video/') ? 'import' : 'reference');
  // What a file without a known kind becomes is not known before it is read.
  if (!first || !holder || !/^(image|video)\//.test(first.type)) return undefined;
  const onto = files.length === 1 ? cardUnder(app, target as Element, first.type) : undefined;
  if (onto) return { rects: [onto], name: '', isOnto: true };
  const free = freePlaceForFiles(app, at, files.length);
  const rects = files.slice(0, MOST).map((_, nth) => ({ ...placeOfFile(free, nth), ...cardSizeOf(holder) }));
  return { rects, name: holder.title, isOnto: false };
}

/** The card that would take a file of this kind. */
function cardUnder(app: App, target: Element, kind: string): Rect | undefined {
  const id = target.closest<HTMLElement>('[data-node-id]')?.dataset['nodeId'] as NodeId | undefined;
  const { board } = app.document.getState();
  const node = id && board.nodes[id];
  const definition = node && app.registry.get(node.type);
  return id && definition && takes(definition, kind) ? rectOf(board, cardsOf(app), id) : undefined;
}
const takes = (definition: NodeFace, kind: string): boolean =>
  Object.values(definition.params).some(
    (spec) =>
      spec.kind === 'file' && (spec.accept === 'media' || (spec.accept === 'image' && kind.startsWith('image/'))),
  );
