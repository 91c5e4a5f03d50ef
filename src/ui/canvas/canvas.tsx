/** The canvas: the graph as cards and wires, and the gestures that change it. */
import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  useStore,
  useStoreApi,
  ViewportPortal,
  type Connection,
  type Edge,
  type EdgeChange,
  type FinalConnectionState,
  type Node,
  type NodeChange,
  type ReactFlowState,
} from '@xyflow/react';
import {
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type DragEvent,
  type MouseEvent as ReactMouseEvent,
} from 'react';
import { componentIdOf } from '../../graph/component-type.ts';
import { whyNotConnect } from '../../graph/connect.ts';
import { connect } from '../../graph/edits.ts';
import type { Board, Point, Size } from '../../graph/graph.ts';
import type { FrameId, NodeId, NoteId, WireId } from '../../core/ids.ts';
import { addPoint, resizeMark } from '../../graph/marks.ts';
import type { Registry } from '../../core/node.ts';
import { boundsOf, guided } from '../../graph/rect.ts';
import { nearestCurve } from '../../graph/wire-shape.ts';
import { useApp, useFact } from '../app-context.ts';
import { filesOf, textOf } from '../dropped.ts';
import { part } from '../part.tsx';
import { placeNode } from '../placing.ts';
import { useCutting } from './cutting.tsx';
import { createDropping } from './dropping.ts';
import { fenced } from './fenced.tsx';
import { fit, FITTING, viewportOf } from './fit.ts';
import { FrameMark } from './frame-mark.tsx';
import { NodeCard } from './node-card.tsx';
import { NoteMark } from './note-mark.tsx';
import { FEWEST_IN_OVERVIEW, READING_ZOOM } from './reading-zoom.ts';
import { GRID, rectOf, rectsOf, wireCurves, type ItemId } from './places.ts';
import { Refusal } from './refusal.tsx';
import { RoutedWire } from './routed-wire.tsx';
import { flowTranslator } from './to-flow.ts';
import { useSmoothZoom } from './zooming.ts';
import { w } from '../../words/t.ts';
import './canvas.css';

const Overview = part(() => import('./overview.tsx'));

const NODE_TYPES = {
  card: fenced(NodeCard, w('This card')),
  frame: fenced(FrameMark, w('This frame')),
  note: fenced(NoteMark, w('This note')),
};
const EDGE_TYPES = { routed: RoutedWire };
/** The minimap draws every node with each move; beyond this it costs more than it tells. */
const MOST_ON_MAP = 600;
/** Guides look at so many neighbours at most, and pull from so far, in pixels on screen. */
const MOST_GUIDES = 400;
const PULL = 6;
const NO_POINTS = {} as Readonly<Record<string, Point>>;
const NO_SIZES = {} as Readonly<Record<string, Size>>;
const NO_NODES: Node[] = [];
const NO_EDGES: Edge[] = [];
export const NODE_DRAG = 'application/x-triptych-node';

const isLarge = (board: Board) => Object.keys(board.nodes).length >= FEWEST_IN_OVERVIEW;
/**
 * Whether all of it is too small to read in any window: then it opens in the overview, and no card is made to be thrown
 * away.
 */
const opensFar = (board: Board, registry: Registry) =>
  isLarge(board) && (viewportOf(board, registry, { width: innerWidth, height: innerHeight })?.zoom ?? 1) < READING_ZOOM;
const tooSmallToRead = (state: ReactFlowState) => state.transform[2] < READING_ZOOM;

export function Canvas() {
  const app = useApp();
  const { document, registry, workspace, commands } = app;
  const board = useFact(document, (state) => state.board);
  const readOnly = useFact(document, (state) => state.readOnly);
  const selection = useFact(workspace, (state) => state.selection);
  const selectedMarks = useFact(workspace, (state) => state.selectedMarks);
  const selectedWires = useFact(workspace, (state) => state.selectedWires);
  const { snap, guides, minimap, area } = useFact(workspace, (state) => state.view);
  const [dragged, setDragged] = useState(NO_POINTS);
  const [resized, setResized] = useState(NO_SIZES);
  const [lines, setLines] = useState<{ readonly x?: number; readonly y?: number }>({});
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
  const small = useStore(tooSmallToRead);
  const overview = (small || !arrived) && isLarge(board);
  const nodes = useMemo(
    () => (overview ? NO_NODES : translator.nodes(board, view)),
    [translator, board, view, overview],
  );
  const edges = useMemo(
    () => (overview ? NO_EDGES : translator.edges(board, view)),
    [translator, board, view, overview],
  );
  const { screenToFlowPosition, getZoom, setViewport } = useReactFlow();
  const flow = useStoreApi();
  const last = useRef(NO_POINTS);
  const [{ start, drop, follow, settle, withCarried }] = useState(() => createDropping(app));
  const cutting = useCutting();
  useSmoothZoom();
  useEffect(() => {
    if (!arrived) void fit({ document, registry }, { setViewport }, [], 0).then(() => setArrived(true));
  }, [arrived, document, registry, setViewport]);

  /** What is dragged falls in line with its neighbours, and says where. */
  const inLine = useCallback(
    (moved: Readonly<Record<string, Point>>): Readonly<Record<string, Point>> => {
      if (!workspace.getState().view.guides) return moved;
      const { board: now } = document.getState();
      const bounds = boundsOf(Object.values(rectsOf(now, registry, Object.keys(moved) as ItemId[], moved)));
      if (!bounds) return moved;
      const shown = flow.getState().nodes.filter(({ id }) => !moved[id] && now.nodes[id as NodeId]);
      if (shown.length > MOST_GUIDES) return moved;
      const { by, x, y } = guided(
        bounds,
        shown.flatMap(({ id }) => rectOf(now, registry, id as NodeId) ?? []),
        PULL / getZoom(),
      );
      setLines({ ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }) });
      return by.x || by.y
        ? Object.fromEntries(Object.entries(moved).map(([id, at]) => [id, { x: at.x + by.x, y: at.y + by.y }]))
        : moved;
    },
    [document, flow, getZoom, registry, workspace],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange[]) => {
      const { board: now } = document.getState();
      const moved: Record<string, Point> = {};
      const sizes: Record<string, Size> = {};
      let [dropped, sized] = [false, false];
      const chosen = new Set<ItemId>([...workspace.getState().selection, ...workspace.getState().selectedMarks]);
      const byArea = flow.getState().userSelectionActive;
      let selects = false;
      for (const change of changes) {
        if (change.type === 'position' && change.position) {
          moved[change.id] = change.position;
          dropped ||= change.dragging === false;
        } else if (change.type === 'dimensions' && change.dimensions && change.resizing !== undefined) {
          sizes[change.id] = change.dimensions;
          sized ||= !change.resizing;
        } else if (change.type === 'select') {
          // An area drawn inside a frame means what is in it, not the frame.
          if (byArea && now.frames[change.id as FrameId]) continue;
          selects = true;
          if (change.selected) chosen.add(change.id as ItemId);
          else chosen.delete(change.id as ItemId);
        }
      }
      if (selects) {
        const all = [...chosen];
        workspace.setState({
          selection: all.filter((id) => now.nodes[id as NodeId]) as NodeId[],
          selectedMarks: all.filter((id) => !now.nodes[id as NodeId]) as (FrameId | NoteId)[],
        });
      }
      if (Object.keys(sizes).length) {
        // Resizing from the left or top moves the thing as well.
        last.current = { ...last.current, ...moved };
        if (!sized) {
          setResized(sizes);
          setDragged(last.current);
          return;
        }
        document.edit('Resize', (draft) => {
          for (const [id, size] of Object.entries(sizes))
            resizeMark(draft, id as FrameId, last.current[id] ?? rectOf(now, registry, id as FrameId)!, size);
        });
        setResized(NO_SIZES);
        setDragged((last.current = NO_POINTS));
        return;
      }
      if (Object.keys(moved).length === 0) return;
      // A drag lives here and becomes one step when it ends.
      if (dropped) {
        drop(Object.keys(last.current).length ? last.current : withCarried(moved, {}));
        last.current = NO_POINTS;
        setDragged(NO_POINTS);
        setLines({});
      } else {
        last.current = withCarried(inLine(moved), last.current);
        setDragged(last.current);
      }
    },
    [document, drop, flow, inLine, registry, withCarried, workspace],
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

  const endsOf = (connection: Pick<Connection, 'source' | 'sourceHandle' | 'target' | 'targetHandle'>) => ({
    from: { node: connection.source as NodeId, socket: connection.sourceHandle ?? '' },
    to: { node: connection.target as NodeId, socket: connection.targetHandle ?? '' },
  });
  const onConnect = (connection: Connection) => {
    const { from, to } = endsOf(connection);
    document.edit('Connect', (draft) => connect(draft, registry, from, to));
  };
  const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    if (state.toHandle || !state.fromHandle || !state.fromNode || readOnly) return;
    const point = 'changedTouches' in event ? event.changedTouches[0]! : event;
    const screen = { x: point.clientX, y: point.clientY };
    workspace.setState({
      adding: {
        screen,
        flow: screenToFlowPosition(screen),
        from: {
          node: state.fromNode.id as NodeId,
          socket: state.fromHandle.id ?? '',
          side: state.fromHandle.type === 'source' ? 'output' : 'input',
        },
      },
    });
  };
  const onDrop = async (event: DragEvent) => {
    event.preventDefault();
    const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const type = event.dataTransfer.getData(NODE_DRAG);
    if (type) return placeNode(app, type, at);
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
    const at = nearestCurve(wireCurves(document.getState().board, registry, edge.id as WireId), point);
    document.edit('Add reroute point', (draft) => addPoint(draft, edge.id as WireId, at, point));
  };
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      onNodesChange={onNodesChange}
      onNodeDragStart={start}
      onNodeDrag={(event, node) => follow(event, node.id as ItemId)}
      onNodeDragStop={settle}
      onNodeClick={onNodeClick}
      onNodeDoubleClick={onNodeDoubleClick}
      onEdgesChange={onEdgesChange}
      onEdgeDoubleClick={onEdgeDoubleClick}
      onConnect={onConnect}
      onConnectEnd={onConnectEnd}
      isValidConnection={(connection) => {
        const { from, to } = endsOf({
          ...connection,
          sourceHandle: connection.sourceHandle ?? null,
          targetHandle: connection.targetHandle ?? null,
        });
        return whyNotConnect(document.getState().board, registry, from, to) === undefined;
      }}
      onDoubleClick={(event) => {
        if (!(event.target as Element).classList.contains('react-flow__pane') || readOnly || overview) return;
        const screen = { x: event.clientX, y: event.clientY };
        workspace.setState({ adding: { screen, flow: screenToFlowPosition(screen) } });
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => void onDrop(event)}
      {...cutting.handlers}
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
          position="bottom-right"
          style={{ width: 148, height: 96 }}
          nodeColor={(node) =>
            `var(--${registry.get(board.nodes[node.id as NodeId]?.type ?? '')?.layer ?? 'line-strong'})`
          }
          maskColor="color-mix(in oklab, var(--canvas) 72%, transparent)"
          bgColor="transparent"
        />
      )}
      <Refusal />
    </ReactFlow>
  );
}
