/** Making components and taking them apart: from nodes of a board to one, back again, and what each shows outside. */
import { componentOf, typeOfComponent } from './component-type.ts';
import {
  askOnInstance,
  askOnNodes,
  choicesOf,
  copiedWire,
  facesOf,
  followChoices,
  layInPlace,
  pickedChoice,
  throughComponent,
  throughInstance,
  type Laid,
} from './component-faces.ts';
import type { BoardDraft, ComponentDraft, GraphDraft } from './edits.ts';
import { removeNodes } from './edits.ts';
import { copyFragment } from './fragment.ts';
import { insideOf, saidOver } from './instance.ts';
import { emptyBoard, type Board, type Component, type Wire, type WireEnd } from './graph.ts';
import { newId, type ComponentId, type NodeId, type WireId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';

/**
 * Why nodes cannot become one: something outside lies between them, so the component would feed itself. The node that
 * lies there, or `undefined`.
 */
export function between(board: Pick<Board, 'wires'>, chosen: readonly NodeId[]): NodeId | undefined {
  const own = new Set(chosen);
  const reach = (side: 'from' | 'to', other: 'from' | 'to') => {
    const ends = new Map<NodeId, NodeId[]>();
    for (const wire of Object.values(board.wires)) {
      const list = ends.get(wire[side].node);
      if (list) list.push(wire[other].node);
      else ends.set(wire[side].node, [wire[other].node]);
    }
    const found = new Set(chosen.flatMap((id) => ends.get(id) ?? []).filter((id) => !own.has(id)));
    for (const id of found) for (const next of ends.get(id) ?? []) if (!own.has(next)) found.add(next);
    return found;
  };
  const before = reach('to', 'from');
  return [...reach('from', 'to')].find((id) => before.has(id));
}

/** Makes nodes of a board into a component and puts one instance in their place. Wires across become its sockets. */
export function makeComponent(
  draft: GraphDraft,
  board: BoardDraft,
  registry: Registry,
  chosen: readonly NodeId[],
  title: string,
): NodeId | undefined {
  const { components: _, wires, ...fragment } = copyFragment(board, draft.components, { nodes: chosen });
  const ids = Object.keys(fragment.nodes) as NodeId[];
  if (ids.length === 0) return undefined;
  const within = new Set(ids);
  const corner = {
    x: Math.min(...ids.map((id) => board.nodes[id]!.position.x)),
    y: Math.min(...ids.map((id) => board.nodes[id]!.position.y)),
  };
  const id = newId<ComponentId>('c');
  const instance = newId<NodeId>('n');
  const faces = facesOf(board, registry);
  const outer: Wire[] = [];
  for (const wire of Object.values(board.wires)
    .map(copiedWire)
    .sort((a, b) => a.order - b.order)) {
    if (within.has(wire.from.node) === within.has(wire.to.node)) continue;
    if (within.has(wire.from.node)) outer.push({ ...wire, from: { node: instance, socket: faces.output(wire.from) } });
    else {
      const { socket, isNew } = faces.input(`${wire.from.node} ${wire.from.socket}`, { ...wire.to, order: wire.order });
      // One outside source feeding several nodes is one socket outside.
      if (isNew) outer.push({ ...wire, to: { node: instance, socket } });
    }
  }
  if ('inputs' in board) throughComponent(board as ComponentDraft, within, instance, faces);
  if (board === draft) askOnInstance(draft, within, instance, faces);
  const own = board === draft ? choicesOf(fragment.nodes) : {};
  if (Object.keys(faces.outputs).length === 0) exposeLoose();
  const shifted = Object.fromEntries(
    ids.map((node) => {
      const { frame: _frame, take: _take, frozen: _frozen, inner: _inner, ...rest } = fragment.nodes[node]!;
      const kept = board === draft ? rest : { ...rest, ...pickedChoice(fragment.nodes[node]!) };
      return [node, { ...kept, position: { x: rest.position.x - corner.x, y: rest.position.y - corner.y } }];
    }),
  );
  draft.components[id] = {
    ...emptyBoard,
    title,
    description: '',
    version: 0,
    inputs: faces.inputs,
    outputs: faces.outputs,
    params: faces.params,
    nodes: shifted,
    wires: Object.fromEntries(
      wires.map(({ via, ...wire }) => [
        newId<WireId>('w'),
        { ...wire, ...(via ? { via: via.map((point) => ({ x: point.x - corner.x, y: point.y - corner.y })) } : {}) },
      ]),
    ),
  };
  const frame = board.nodes[ids[0]!]!.frame;
  followChoices(draft, board, ([first, ...rest]) =>
    within.has(first!) ? [instance, first!, ...rest] : [first!, ...rest],
  );
  removeNodes(board, ids);
  const inner = Object.keys(own).length ? { inner: own } : {};
  board.nodes[instance] = {
    type: typeOfComponent(id),
    version: 1,
    params: {},
    position: corner,
    ...(frame ? { frame } : {}),
    ...inner,
  };
  for (const wire of outer) board.wires[newId<WireId>('w')] = wire;
  return instance;

  /** Outputs nobody takes yet are what the component is for. */
  function exposeLoose(): void {
    const used = new Set(wires.map(({ from }) => `${from.node} ${from.socket}`));
    for (const node of ids) {
      for (const socket of Object.keys(registry.get(board.nodes[node]!.type)?.outputs ?? {}))
        if (!used.has(`${node} ${socket}`)) faces.output({ node, socket });
    }
  }
}

/** Puts an instance's nodes in its place, with what it had set, and wires them as it was wired. Returns the nodes. */
export function unpackComponent(draft: GraphDraft, board: BoardDraft, id: NodeId): NodeId[] {
  const instance = board.nodes[id];
  const component = instance && componentOf(draft.components, instance.type);
  if (!instance || !component) return [];
  const over = insideOf(component as Component, instance);
  const [dx, dy] = [instance.position.x, instance.position.y];
  // Ids are kept where they are free: takes and history know nodes by them.
  const fresh = new Map(
    (Object.keys(component.nodes) as NodeId[]).map((inner) => [inner, board.nodes[inner] ? newId<NodeId>('n') : inner]),
  );
  followChoices(draft, board, ([first, second, ...rest]) =>
    first === id && second ? [fresh.get(second) ?? second, ...rest] : [first!, ...(second ? [second] : []), ...rest],
  );
  for (const [inner, copy] of fresh) {
    const node = saidOver(component.nodes[inner]!, over[inner]);
    board.nodes[copy] = {
      ...node,
      position: { x: node.position.x + dx, y: node.position.y + dy },
      ...(instance.frame ? { frame: instance.frame } : {}),
    };
  }
  const end = ({ node, socket }: WireEnd): WireEnd => ({ node: fresh.get(node)!, socket });
  const laid: Laid[] = [];
  const lay = (wire: Wire, place: Laid['place']) =>
    laid.push({ place, to: wire.to, lay: (order) => (board.wires[newId<WireId>('w')] = { ...wire, order }) });
  for (const { from, to, order, via } of Object.values(component.wires).map(copiedWire)) {
    const moved = via?.map(({ x, y }) => ({ x: x + dx, y: y + dy }));
    lay({ from: end(from), to: end(to), order, ...(moved ? { via: moved } : {}) }, [order]);
  }
  for (const [wireId, wire] of (Object.entries(board.wires) as [WireId, Wire][]).map(
    ([one, wire]) => [one, copiedWire(wire)] as const,
  )) {
    if (wire.from.node !== id && wire.to.node !== id) continue;
    delete board.wires[wireId];
    const source = wire.from.node === id ? component.outputs[wire.from.socket]?.from : undefined;
    if (wire.from.node === id && source) lay({ ...wire, from: end(source) }, [wire.order]);
    if (wire.to.node !== id) continue;
    for (const target of component.inputs[wire.to.socket]?.to ?? [])
      lay({ ...wire, to: end(target) }, target.order === undefined ? [wire.order] : [target.order, wire.order]);
  }
  if ('inputs' in board) throughInstance(board as ComponentDraft, component as Component, id, end, laid);
  layInPlace(laid);
  if (board === draft) askOnNodes(draft, component as Component, id, fresh);
  delete board.nodes[id];
  return [...fresh.values()];
}
