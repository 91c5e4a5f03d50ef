/**
 * Hands in the overview, where there are no cards to take hold of: click, drag, areas, and a double click to come
 * closer.
 */
import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Board, Point } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import { folderOf } from '../../graph/marks.ts';
import { boundsOf, covers, holds, overlap, type Rect } from '../../graph/rect.ts';
import { useApp } from '../app-context.ts';
import { keyOf } from '../keys.ts';
import { createDropping } from './dropping.ts';
import { GRID, rectOf } from './places.ts';
import { cardsOf } from './shown-shapes.ts';
import './overview-hands.css';

/** A pointer that moved less, in pixels of the page, has clicked. */
const STILL = 4;
const READING = { zoom: 0.9, duration: 240 };

export function OverviewHands({ board }: { readonly board: Board }) {
  const app = useApp();
  const { document, workspace } = app;
  const { screenToFlowPosition, flowToScreenPosition, setCenter } = useReactFlow();
  const outline = useRef<HTMLDivElement>(null);
  /** The pointer that was let go has dragged: its click is none. Kept across edits, which come between the two. */
  const gestured = useRef(false);

  useEffect(() => {
    const box = outline.current!;
    const stage = box.closest<HTMLElement>('.react-flow')!;
    const dropping = createDropping(app);
    const cards = cardsOf(app);
    const placed = (Object.keys(board.nodes) as NodeId[])
      .filter((id) => !folderOf(board, id))
      .map((id) => ({ id, rect: rectOf(board, cards, id)! }));
    const onPane = (event: Event) => (event.target as Element).classList.contains('react-flow__pane');
    const placeOf = ({ clientX, clientY }: MouseEvent) =>
      screenToFlowPosition({ x: clientX, y: clientY }, { snapToGrid: false });
    const cardAt = (point: Point) => placed.findLast(({ rect }) => covers(rect, point))?.id;
    /** What a gesture that begins here takes: a card, or an area; on bare ground without Shift the view is moved. */
    const takes = (event: MouseEvent) =>
      event.button === 0 && onPane(event) && (event.shiftKey || cardAt(placeOf(event)) !== undefined);

    function show({ x, y, width, height }: Rect): void {
      const [from, to, origin] = [
        flowToScreenPosition({ x, y }),
        flowToScreenPosition({ x: x + width, y: y + height }),
        stage.getBoundingClientRect(),
      ];
      box.hidden = false;
      Object.assign(box.style, {
        left: `${from.x - origin.left}px`,
        top: `${from.y - origin.top}px`,
        width: `${to.x - from.x}px`,
        height: `${to.y - from.y}px`,
      });
    }

    /** Follows the pointer until it is let go; `Escape` gives up. */
    function follow(
      begun: PointerEvent,
      moved: (event: PointerEvent) => void,
      ended: (event: PointerEvent) => void,
    ): void {
      const listening = new AbortController();
      const { signal } = listening;
      gestured.current = false;
      const stop = () => {
        listening.abort();
        box.hidden = true;
      };
      window.addEventListener(
        'pointermove',
        (event) => {
          gestured.current ||= Math.hypot(event.clientX - begun.clientX, event.clientY - begun.clientY) > STILL;
          if (gestured.current) moved(event);
        },
        { signal },
      );
      window.addEventListener(
        'pointerup',
        (event) => {
          stop();
          if (gestured.current) ended(event);
        },
        { signal },
      );
      window.addEventListener('pointercancel', stop, { signal });
      window.addEventListener('keydown', (event) => keyOf(event) === 'Escape' && stop(), { signal });
    }

    function drag(begun: PointerEvent, under: NodeId): void {
      if (document.getState().readOnly) return;
      const { selection, view } = workspace.getState();
      const chosen = new Set(selection.includes(under) ? selection : [under]);
      const taken = placed.filter(({ id }) => chosen.has(id));
      const bounds = boundsOf(taken.map(({ rect }) => rect))!;
      const start = placeOf(begun);
      const by = (event: PointerEvent): Point => {
        const now = placeOf(event);
        const [step, other] = view.snap ? GRID : [1, 1];
        return { x: Math.round((now.x - start.x) / step) * step, y: Math.round((now.y - start.y) / other) * other };
      };
      dropping.start(begun);
      follow(
        begun,
        (event) => show({ ...bounds, x: bounds.x + by(event).x, y: bounds.y + by(event).y }),
        (event) => {
          if (!selection.includes(under)) workspace.select([under]);
          const { x, y } = by(event);
          dropping.drop(Object.fromEntries(taken.map(({ id, rect }) => [id, { x: rect.x + x, y: rect.y + y }])));
        },
      );
    }

    function area(begun: PointerEvent): void {
      const start = placeOf(begun);
      const spanned = (event: PointerEvent): Rect => {
        const end = placeOf(event);
        return {
          x: Math.min(start.x, end.x),
          y: Math.min(start.y, end.y),
          width: Math.abs(end.x - start.x),
          height: Math.abs(end.y - start.y),
        };
      };
      follow(
        begun,
        (event) => show(spanned(event)),
        (event) => {
          const [chosen, within] = [spanned(event), workspace.getState().view.area === 'inside' ? holds : overlap];
          workspace.select(placed.filter(({ rect }) => within(chosen, rect)).map(({ id }) => id));
        },
      );
    }

    const listening = new AbortController();
    const early = { signal: listening.signal, capture: true };
    // Before the canvas library hears of it, which would move the view.
    stage.addEventListener('mousedown', (event) => takes(event) && event.stopPropagation(), early);
    stage.addEventListener(
      'pointerdown',
      (event) => {
        if (!takes(event)) return;
        event.stopPropagation();
        const under = cardAt(placeOf(event));
        if (event.shiftKey || under === undefined) area(event);
        else drag(event, under);
      },
      early,
    );
    stage.addEventListener(
      'click',
      (event) => {
        if (!onPane(event)) return;
        if (gestured.current) event.stopPropagation();
        else workspace.select([cardAt(placeOf(event)) ?? []].flat());
        gestured.current = false;
      },
      early,
    );
    stage.addEventListener(
      'dblclick',
      (event) => {
        if (!onPane(event)) return;
        const { x, y } = placeOf(event);
        void setCenter(x, y, READING);
      },
      { signal: listening.signal },
    );
    return () => listening.abort();
  }, [app, board, document, flowToScreenPosition, screenToFlowPosition, setCenter, workspace]);

  return <div ref={outline} className="overview__outline" hidden />;
}
