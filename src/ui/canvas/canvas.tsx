/** The canvas: the graph as cards and wires, and the gestures that change it. */
import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  useStore,
  ViewportPortal,
  type Edge,
  type Node,
} from '@xyflow/react';
import {
  Suspense,
  useEffect,
  useMemo,
  useState,
  type CSSProperties,
  type DragEvent,
  type MouseEvent as ReactMouseEvent,
} from 'react';
import { componentIdOf } from '../../graph/component-type.ts';
import type { Board } from '../../graph/graph.ts';
import type { NodeId, WireId } from '../../core/ids.ts';
import { addPoint } from '../../graph/marks.ts';
import type { Registry } from '../../core/node.ts';
import { nearestCurve } from '../../graph/wire-shape.ts';
import { useApp, useFact } from '../app-context.ts';
import { filesOf, textOf } from '../dropped.ts';
import { isField } from '../focus.ts';
import { part } from '../part.tsx';
import { placeNode } from '../placing.ts';
import { useCutting } from './cutting.tsx';
import { fenced } from './fenced.tsx';
import { fit, FITTING, glideMs, reveal, viewportOf } from './fit.ts';
import { useMoving } from './moving.ts';
import { NodeCard } from './node-card.tsx';
import { draggedNode, NODE_DRAG } from './node-drag.ts';
import { FEWEST_FROM_FAR, FEWEST_IN_OVERVIEW, READING_ZOOM, TITLE_ZOOM } from './reading-zoom.ts';
import { GRID, wireCurves, type ItemId } from './places.ts';
import { cardsOf, cardsWithoutResults, shapesIn } from './shown-shapes.ts';
import { RoutedWire } from './routed-wire.tsx';
import { flowTranslator } from './to-flow.ts';
import { useDrawnWires } from './drawn-wires.ts';
import { useSmoothZoom } from './zooming.ts';
import { w } from '../../words/t.ts';
import './canvas.css';

const Overview = part(() => import('./overview.tsx'));
const Refusal = part(() => import('./refusal.tsx'));
const NextStepButtons = part(() => import('./next-step-buttons.tsx'));

const NODE_TYPES = {
  card: fenced(NodeCard, w('This card')),
  frame: fenced(
    part(() => import('./frame-mark.tsx')),
    w('This frame'),
  ),
  note: fenced(
    part(() => import('./note-mark.tsx')),
    w('This note'),
  ),
};
const EDGE_TYPES = { routed: RoutedWire };
/** The minimap draws every node with each move; beyond this it costs more than it tells. */
const MOST_ON_MAP = 600;
/** How near a press on the end of a wire has to be, in pixels. */
const END = 9;
const NO_NODES: Node[] = [];
const NO_EDGES: Edge[] = [];

const isPane = (target: EventTarget): boolean => (target as Element).classList.contains('react-flow__pane');
/** Shift with the pointer would select text from where it was last: an area of the canvas is meant. */
function drawsAnArea(event: ReactMouseEvent): void {
  event.preventDefault();
  const { activeElement } = window.document;
  if (activeElement instanceof HTMLElement && isField(activeElement)) activeElement.blur();
}

const isLarge = (board: Board) => Object.keys(board.nodes).length >= FEWEST_IN_OVERVIEW;
/**
 * Whether all of it is too small to read in any window: then it opens in the overview, and no card is made to be thrown
 * away.
 */
const opensFar = (board: Board, registry: Registry) =>
  isLarge(board) &&
  (viewportOf(board, cardsWithoutResults(board, registry), { width: innerWidth, height: innerHeight })?.zoom ?? 1) <
    READING_ZOOM;

export function Canvas() {
  const app = useApp();
  const { document, registry, runs, workspace, commands } = app;
  const board = useFact(document, (state) => state.board);
  const readOnly = useFact(document, (state) => state.readOnly);
  const selection = useFact(workspace, (state) => state.selection);
  const selectedMarks = useFact(workspace, (state) => state.selectedMarks);
  const selectedWires = useFact(workspace, (state) => state.selectedWires);
  const { snap, guides, minimap, area } = useFact(workspace, (state) => state.view);
  const { dragged, resized, lines, handlers, dropping } = useMoving();
  const wiring = useDrawnWires();
  const translator = useMemo(() => flowTranslator(registry), [registry]);
  const view = useMemo(
    () => ({
      selection: new Set<ItemId>([...selection, ...selectedMarks]),
      selectedWires: new Set(selectedWires),
      dragged,
      resized,
    }),
    [selection, selectedMarks, selectedWires, dragged, resized],
  );
  const [far] = useState(() => opensFar(board, registry));
  const [arrived, setArrived] = useState(!far);
  const large = isLarge(board);
  const isFar = useStore((state) => state.transform[2] < READING_ZOOM);
  const isFarthest = useStore((state) => state.transform[2] < TITLE_ZOOM);
  const takesOver = large ? isFar : isFarthest && Object.keys(board.nodes).length >= FEWEST_FROM_FAR;
  const overview = takesOver || (!arrived && large);
  const shapes = useFact(runs, shapesIn);
  // oxlint-disable-next-line react/exhaustive-deps -- They are read from the stores, which say by these two when.
  const cards = useMemo(() => cardsOf(app), [app, board, shapes]);
  const nodes = useMemo(
    () => (overview ? NO_NODES : translator.nodes(board, cards, view)),
    [translator, board, cards, view, overview],
  );
  const edges = useMemo(
    () => (overview ? NO_EDGES : translator.edges(board, view)),
    [translator, board, view, overview],
  );
  const { screenToFlowPosition, getViewport, setViewport, setCenter, getZoom } = useReactFlow();
  const fresh = useFact(workspace, (state) => state.fresh);
  useEffect(() => {
    if (fresh) void reveal(app, { getViewport, setViewport }, fresh);
  }, [app, fresh, getViewport, setViewport]);
  const cutting = useCutting();
  const letters = useSmoothZoom();
  useEffect(() => {
    if (!arrived) void fit(app, { setViewport }, [], 0).then(() => setArrived(true));
  }, [app, arrived, setViewport]);

  const placeOf = (event: DragEvent) => screenToFlowPosition({ x: event.clientX, y: event.clientY });
  const onDragOver = (event: DragEvent) => {
    event.preventDefault();
    const type = draggedNode(event.dataTransfer.types);
    if (type) dropping.hold(type, placeOf(event));
  };
  const onDrop = async (event: DragEvent) => {
    event.preventDefault();
    const at = placeOf(event);
    const type = event.dataTransfer.getData(NODE_DRAG);
    if (type) {
      const wire = dropping.hold(type, at);
      dropping.settle();
      return placeNode(app, type, at, (draft, id) => wire && dropping.intoWire(draft, wire, id, at));
    }
    const onto = (event.target as Element)
      .closest('[data-node-type]')
      ?.closest('.react-flow__node')
      ?.getAttribute('data-id');
    const text = textOf(event.dataTransfer);
    const files = await filesOf(event.dataTransfer);
    if (files.length === 0) return commands.takeText(text);
    return commands.takeFiles(files, { at, ...(onto ? { onto: onto as NodeId } : {}) });
  };
  const onNodeClick = (event: ReactMouseEvent, node: Node) => {
    if (event.shiftKey && (event.ctrlKey || event.metaKey) && node.type === 'card')
      workspace.setState(({ solo }) => ({ solo: solo === node.id ? undefined : (node.id as NodeId) }));
  };
  const onNodeDoubleClick = (_: ReactMouseEvent, node: Node) => {
    const { path, board: now } = document.getState();
    if (!componentIdOf(now.nodes[node.id as NodeId]?.type ?? '')) return;
    workspace.select([]);
    document.look([...path, node.id as NodeId]);
  };
  const onEdgeDoubleClick = (event: ReactMouseEvent, edge: Edge) => {
    const point = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const at = nearestCurve(wireCurves(document.getState().board, cardsOf(app), edge.id as WireId), point);
    document.edit('Add reroute point', (draft) => addPoint(draft, edge.id as WireId, at, point));
  };
  return (
    <ReactFlow
      data-letters={letters && (isFarthest ? 'none' : isFar ? 'titles' : 'large')}
      style={letters ? ({ '--letters': `${letters}px` } as CSSProperties) : undefined}
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      {...handlers}
      {...wiring}
      onNodeClick={onNodeClick}
      onNodeDoubleClick={onNodeDoubleClick}
      onEdgeDoubleClick={onEdgeDoubleClick}
      reconnectRadius={END}
      edgesReconnectable={!readOnly}
      onDoubleClick={(event) => {
        if (!isPane(event.target) || readOnly || overview) return;
        const screen = { x: event.clientX, y: event.clientY };
        workspace.setState({ adding: { screen, flow: screenToFlowPosition(screen) } });
      }}
      onDragOver={onDragOver}
      onDragLeave={dropping.settle}
      onDrop={(event) => void onDrop(event)}
      {...cutting.handlers}
      onMouseDownCapture={(event) => {
        cutting.handlers.onMouseDownCapture(event);
        if (event.shiftKey && isPane(event.target)) drawsAnArea(event);
      }}
      nodesDraggable={!readOnly}
      nodesConnectable={!readOnly}
      nodesFocusable={false}
      edgesFocusable
      elevateNodesOnSelect={false}
      onlyRenderVisibleElements
      snapToGrid={snap}
      snapGrid={GRID}
      panOnScroll
      zoomOnDoubleClick={false}
      selectionKeyCode={overview ? null : 'Shift'}
      multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
      selectionMode={area === 'inside' ? SelectionMode.Full : SelectionMode.Partial}
      deleteKeyCode={null}
      minZoom={FITTING.minZoom}
      maxZoom={2.5}
      connectionRadius={26}
      fitView={!far}
      fitViewOptions={FITTING}
      proOptions={{ hideAttribution: true }}
    >
      <Background variant={BackgroundVariant.Dots} gap={GRID[0] * 1.5} size={1.4} />
      {overview && (
        <Suspense fallback={null}>
          <Overview />
        </Suspense>
      )}
      {guides && (
        <ViewportPortal>
          {lines.x !== undefined && (
            <div className="guide guide--x" style={{ transform: `translateX(${lines.x}px)` }} />
          )}
          {lines.y !== undefined && (
            <div className="guide guide--y" style={{ transform: `translateY(${lines.y}px)` }} />
          )}
        </ViewportPortal>
      )}
      {cutting.line}
      {minimap && nodes.length > 3 && nodes.length < MOST_ON_MAP && (
        <MiniMap
          pannable
          zoomable
          onClick={(_, at) => void setCenter(at.x, at.y, { zoom: getZoom(), duration: glideMs() })}
          position="bottom-right"
          style={{ width: 148, height: 96 }}
          nodeColor={(node) =>
            `var(--${registry.get(board.nodes[node.id as NodeId]?.type ?? '')?.layer ?? 'line-strong'})`
          }
          maskColor="color-mix(in oklab, var(--canvas) 72%, transparent)"
          bgColor="transparent"
        />
      )}
      <Suspense>
        <Refusal />
        <NextStepButtons />
      </Suspense>
    </ReactFlow>
  );
}
