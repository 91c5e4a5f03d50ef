/** What is dragged, resized and chosen on the canvas: here while it goes on, in the history once it has ended. */
import { useReactFlow, useStoreApi, type EdgeChange, type NodeChange, type ReactFlowProps } from '@xyflow/react';
import { useCallback, useRef, useState } from 'react';
import type { FrameId, NodeId, NoteId, WireId } from '../../core/ids.ts';
import type { Point, Size } from '../../graph/graph.ts';
import { resizeCard } from '../../graph/card-look.ts';
import { resizeMark } from '../../graph/marks.ts';
import { boundsOf, guided } from '../../graph/rect.ts';
import { useApp } from '../app-context.ts';
import { createDropping, type Dropping } from './dropping.ts';
import { rectOf, rectsOf, type ItemId } from './places.ts';
import { cardsOf } from './shown-shapes.ts';

/** Guides look at so many neighbours at most, and pull from so far, in pixels on screen. */
const MOST_GUIDES = 400;
const PULL = 6;
type Places = Readonly<Record<string, Point>>;
type Sizes = Readonly<Record<string, Size>>;
const NO_POINTS: Places = {};
const NO_SIZES: Sizes = {};

/** Where guides are drawn. */
export interface GuideLines {
  readonly x?: number;
  readonly y?: number;
}
interface Moving {
  readonly dropping: Dropping;
  readonly dragged: Places;
  readonly resized: Sizes;
  readonly lines: GuideLines;
  readonly handlers: Pick<
    ReactFlowProps,
    'onNodesChange' | 'onEdgesChange' | 'onNodeDragStart' | 'onNodeDrag' | 'onNodeDragStop'
  >;
}

export function useMoving(): Moving {
  const app = useApp();
  const { document, workspace } = app;
  const { getZoom } = useReactFlow();
  const flow = useStoreApi();
  const [dragged, setDragged] = useState(NO_POINTS);
  const [resized, setResized] = useState(NO_SIZES);
  const [lines, setLines] = useState<GuideLines>({});
  const last = useRef(NO_POINTS);
  const [dropping] = useState(() => createDropping(app));
  const { start, drop, follow, settle, withCarried } = dropping;

  /** What is dragged falls in line with its neighbours, and says where. */
  const inLine = useCallback(
    (moved: Places): Places => {
      if (!workspace.getState().view.guides) return moved;
      const { board } = document.getState();
      const cards = cardsOf(app);
      const bounds = boundsOf(Object.values(rectsOf(board, cards, Object.keys(moved) as ItemId[], moved)));
      if (!bounds) return moved;
      const shown = flow.getState().nodes.filter(({ id }) => !moved[id] && board.nodes[id as NodeId]);
      if (shown.length > MOST_GUIDES) return moved;
      const { by, x, y } = guided(
        bounds,
        shown.flatMap(({ id }) => rectOf(board, cards, id as NodeId) ?? []),
        PULL / getZoom(),
      );
      setLines({ ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }) });
      if (!by.x && !by.y) return moved;
      return Object.fromEntries(Object.entries(moved).map(([id, at]) => [id, { x: at.x + by.x, y: at.y + by.y }]));
    },
    [app, document, flow, getZoom, workspace],
  );

  const choose = useCallback(
    (changes: readonly NodeChange[]) => {
      const { board } = document.getState();
      const { selection, selectedMarks } = workspace.getState();
      const chosen = new Set<ItemId>([...selection, ...selectedMarks]);
      const byArea = flow.getState().userSelectionActive;
      let isOther = false;
      for (const change of changes) {
        // An area drawn inside a frame means what is in it, not the frame.
        if (change.type !== 'select' || (byArea && board.frames[change.id as FrameId])) continue;
        isOther = true;
        if (change.selected) chosen.add(change.id as ItemId);
        else chosen.delete(change.id as ItemId);
      }
      if (!isOther) return;
      const all = [...chosen];
      workspace.setState({
        selection: all.filter((id) => board.nodes[id as NodeId]) as NodeId[],
        selectedMarks: all.filter((id) => !board.nodes[id as NodeId]) as (FrameId | NoteId)[],
      });
    },
    [document, flow, workspace],
  );

  const resize = useCallback(
    (sizes: Sizes, moved: Places, hasEnded: boolean) => {
      // Resizing from the left or top moves the thing as well.
      last.current = { ...last.current, ...moved };
      if (!hasEnded) {
        setResized(sizes);
        setDragged(last.current);
        return;
      }
      const { board } = document.getState();
      document.edit('Resize', (draft) => {
        for (const [id, size] of Object.entries(sizes))
          if (board.nodes[id as NodeId]) resizeCard(draft, id as NodeId, size.width);
          else resizeMark(draft, id as FrameId, last.current[id] ?? rectOf(board, cardsOf(app), id as FrameId)!, size);
      });
      setResized(NO_SIZES);
      setDragged((last.current = NO_POINTS));
    },
    [app, document],
  );

  const move = useCallback(
    (moved: Places, hasEnded: boolean) => {
      // A drag lives here and becomes one step when it ends.
      if (!hasEnded) {
        setDragged((last.current = withCarried(inLine(moved), last.current)));
        return;
      }
      drop(Object.keys(last.current).length ? last.current : withCarried(moved, {}));
      last.current = NO_POINTS;
      setDragged(NO_POINTS);
      setLines({});
    },
    [drop, inLine, withCarried],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange[]) => {
      const moved: Record<string, Point> = {};
      const sizes: Record<string, Size> = {};
      let [isDropped, isSized] = [false, false];
      for (const change of changes) {
        if (change.type === 'position' && change.position) {
          moved[change.id] = change.position;
          isDropped ||= change.dragging === false;
        } else if (change.type === 'dimensions' && change.dimensions && change.resizing !== undefined) {
          sizes[change.id] = change.dimensions;
          isSized ||= !change.resizing;
        }
      }
      choose(changes);
      if (Object.keys(sizes).length) resize(sizes, moved, isSized);
      else if (Object.keys(moved).length) move(moved, isDropped);
    },
    [choose, move, resize],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange[]) => {
      const chosen = new Set(workspace.getState().selectedWires);
      for (const change of changes) {
        if (change.type !== 'select') continue;
        if (change.selected) chosen.add(change.id as WireId);
        else chosen.delete(change.id as WireId);
      }
      workspace.setState({ selectedWires: [...chosen] });
    },
    [workspace],
  );
  return {
    dropping,
    dragged,
    resized,
    lines,
    handlers: {
      onNodesChange,
      onEdgesChange,
      onNodeDragStart: start,
      onNodeDrag: (event, node) => follow(event, node.id as ItemId, node.position),
      onNodeDragStop: settle,
    },
  };
}
