/** The canvas: the graph as cards and wires, and the gestures that change it. */
import { Background, BackgroundVariant, MiniMap, ReactFlow, SelectionMode, useConnection, useReactFlow, type Connection, type EdgeChange, type FinalConnectionState, type NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useState, type DragEvent } from 'react';
import { inputsOf, whyNotConnect } from '../../core/connect.ts';
import { addNode, connect } from '../../core/edits.ts';
import type { Point } from '../../core/graph.ts';
import type { NodeId, WireId } from '../../core/ids.ts';
import { useApp, useFact } from '../app-context.ts';
import { goTo } from '../navigation.ts';
import { createDropping } from './dropping.ts';
import { flowTranslator } from './to-flow.ts';
import { NodeCard } from './node-card.tsx';

const NODE_TYPES = { card: NodeCard };
const GRID: [number, number] = [16, 16];
/** The minimap draws every node with each move; beyond this it costs more than it tells. */
const MOST_ON_MAP = 600;
const NOTHING = {} as Readonly<Record<NodeId, Point>>;
export const NODE_DRAG = 'application/x-triptych-node';

export function Canvas() {
  const app = useApp();
  const { document, registry, workspace, commands } = app;
  const graph = useFact(document, (state) => state.graph);
  const readOnly = useFact(document, (state) => state.readOnly);
  const selection = useFact(workspace, (state) => state.selection);
  const selectedWires = useFact(workspace, (state) => state.selectedWires);
  const snap = useFact(workspace, (state) => state.snap);
  const minimap = useFact(workspace, (state) => state.minimap);
  const [dragged, setDragged] = useState(NOTHING);
  const translator = useMemo(() => flowTranslator(registry), [registry]);
  const view = useMemo(() => ({ selection: new Set(selection), selectedWires: new Set(selectedWires), dragged }), [selection, selectedWires, dragged]);
  const nodes = useMemo(() => translator.nodes(graph, view), [translator, graph, view]);
  const edges = useMemo(() => translator.edges(graph, view), [translator, graph, view]);
  const { screenToFlowPosition } = useReactFlow();

  const [{ drop, follow, settle }] = useState(() => createDropping(app));

  const onNodesChange = useCallback(
    (changes: NodeChange[]) => {
      const moved: Record<NodeId, Point> = {};
      let dropped = false;
      const chosen = new Set(workspace.getState().selection);
      let selects = false;
      for (const change of changes) {
        if (change.type === 'position' && change.position) {
          moved[change.id as NodeId] = change.position;
          dropped ||= change.dragging === false;
        } else if (change.type === 'select') {
          selects = true;
          if (change.selected) chosen.add(change.id as NodeId);
          else chosen.delete(change.id as NodeId);
        }
      }
      if (selects) workspace.setState({ selection: [...chosen] });
      if (Object.keys(moved).length === 0) return;
      // A drag lives here and becomes one step when it ends.
      if (dropped) {
        drop(moved);
        setDragged(NOTHING);
      } else setDragged((before) => ({ ...before, ...moved }));
    },
    [drop, workspace],
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
      adding: { screen, flow: screenToFlowPosition(screen), from: { node: state.fromNode.id as NodeId, socket: state.fromHandle.id ?? '', side: state.fromHandle.type === 'source' ? 'output' : 'input' } },
    });
  };
  const onDrop = async (event: DragEvent) => {
    event.preventDefault();
    const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const definition = registry.get(event.dataTransfer.getData(NODE_DRAG));
    if (definition) {
      const id = document.edit('Add node', (draft) => addNode(draft, definition, at));
      if (id) workspace.select([id]);
      return;
    }
    const opened = await commands.takeFiles([...event.dataTransfer.files], at);
    if (opened) goTo({ screen: 'graph', id: opened });
  };

  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      onNodesChange={onNodesChange}
      onNodeDrag={(event, node) => follow(event, node.id as NodeId)}
      onNodeDragStop={settle}
      onEdgesChange={onEdgesChange}
      onConnect={onConnect}
      onConnectEnd={onConnectEnd}
      isValidConnection={(connection) => {
        const { from, to } = endsOf({ ...connection, sourceHandle: connection.sourceHandle ?? null, targetHandle: connection.targetHandle ?? null });
        return whyNotConnect(document.getState().graph, registry, from, to) === undefined;
      }}
      onDoubleClick={(event) => {
        if (!(event.target as Element).classList.contains('react-flow__pane') || readOnly) return;
        const screen = { x: event.clientX, y: event.clientY };
        workspace.setState({ adding: { screen, flow: screenToFlowPosition(screen) } });
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => void onDrop(event)}
      nodesDraggable={!readOnly}
      nodesConnectable={!readOnly}
      nodesFocusable={false}
      edgesFocusable
      onlyRenderVisibleElements
      snapToGrid={snap}
      snapGrid={GRID}
      panOnScroll
      zoomOnDoubleClick={false}
      selectionKeyCode="Shift"
      multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
      selectionMode={SelectionMode.Partial}
      deleteKeyCode={null}
      minZoom={0.08}
      maxZoom={2.5}
      connectionRadius={26}
      fitView
      fitViewOptions={{ padding: 0.16, maxZoom: 1 }}
      proOptions={{ hideAttribution: true }}
    >
      <Background variant={BackgroundVariant.Dots} gap={GRID[0] * 1.5} size={1.4} />
      {minimap && nodes.length > 3 && nodes.length < MOST_ON_MAP && <MiniMap pannable zoomable position="bottom-right" style={{ width: 148, height: 96 }} nodeColor={(node) => `var(--${registry.get(graph.nodes[node.id as NodeId]?.type ?? '')?.layer ?? 'text-3'})`} maskColor="color-mix(in oklab, var(--canvas) 72%, transparent)" bgColor="transparent" />}
      <Refusal />
    </ReactFlow>
  );
}

/** While a wire is drawn: sockets that cannot take it step back (by one attribute on the stage), and hovering one says why. */
function Refusal() {
  const { document, registry } = useApp();
  const drawn = useConnection((connection) => {
    if (!connection.inProgress) return undefined;
    const from = document.getState().graph.nodes[connection.fromNode.id as NodeId];
    const definition = from && registry.get(from.type);
    const end = connection.fromHandle.id ?? '';
    return definition && (connection.fromHandle.type === 'source' ? definition.outputs[end]?.kind : inputsOf(definition, from)[end]?.kind);
  });
  useEffect(() => {
    const stage = window.document.querySelector<HTMLElement>('.stage');
    if (drawn) stage?.setAttribute('data-drawn', drawn);
    else stage?.removeAttribute('data-drawn');
  }, [drawn]);
  const reason = useConnection((connection) => {
    if (!connection.inProgress || !connection.toHandle || connection.isValid !== false) return undefined;
    const { fromHandle, toHandle } = connection;
    if (fromHandle.type === toHandle.type) return fromHandle.type === 'source' ? 'Both are outputs. A wire goes from an output to an input.' : 'Both are inputs. A wire goes from an output to an input.';
    const [from, to] = fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle];
    return whyNotConnect(document.getState().graph, registry, { node: from.nodeId as NodeId, socket: from.id ?? '' }, { node: to.nodeId as NodeId, socket: to.id ?? '' });
  });
  return reason ? <p className="refusal" role="status">{reason}</p> : null;
}
