/**
 * What a component shows of the nodes in it, and how everything that pointed at them follows when they move in or out.
 */
import type { ColumnPlace } from './batch-cells.ts';
import { componentOf } from './component-type.ts';
import { inputsOf } from './connect.ts';
import type { BoardDraft, ComponentDraft, GraphDraft } from './edits.ts';
import { comparePlaces } from './expand.ts';
import { freshName } from './exposing.ts';
import {
  isSameEnd,
  type Component,
  type GraphNode,
  type InnerChoice,
  type InnerEnd,
  type Wire,
  type WireEnd,
} from './graph.ts';
import type { NodeId } from '../core/ids.ts';
import { SEPARATOR } from './instance.ts';
import type { Registry } from '../core/node.ts';

/** Plain copies, apart from the draft. */
export const copiedWire = ({ from, to, order, via }: Wire): Wire => ({
  from: { ...from },
  to: { ...to },
  order,
  ...(via ? { via: via.map(({ x, y }) => ({ x, y })) } : {}),
});

/** The sockets and params of a component that is being made, each shown once. */
interface Faces {
  readonly inputs: Record<string, { label?: string; to: InnerEnd[] }>;
  readonly outputs: Record<string, { label?: string; from: WireEnd }>;
  readonly params: Record<string, { label?: string; node: NodeId; param: string }>;
  /** The socket for what one `source` outside feeds. */
  input(source: string, to: InnerEnd): { readonly socket: string; readonly isNew: boolean };
  output(from: WireEnd): string;
  param(node: NodeId, param: string, label?: string): string;
}

/** For nodes that still lie on `board`. */
export function facesOf(board: BoardDraft, registry: Registry): Faces {
  const [inputs, outputs, params]: [Faces['inputs'], Faces['outputs'], Faces['params']] = [{}, {}, {}];
  const sockets = new Map<string, string>();
  const definitionOf = (node: NodeId) => registry.get(board.nodes[node]?.type ?? '');
  return {
    inputs,
    outputs,
    params,
    input(source, to) {
      const definition = definitionOf(to.node);
      const spec = definition && inputsOf(definition, board.nodes[to.node]!)[to.socket];
      const { order: _, ...single } = to;
      const end = spec?.many ? to : single;
      const known = sockets.get(source);
      if (known) inputs[known]!.to.push(end);
      if (known) return { socket: known, isNew: false };
      const socket = freshName(to.socket, inputs);
      sockets.set(source, socket);
      inputs[socket] = { to: [end] };
      return { socket, isNew: true };
    },
    output(from) {
      const known = Object.keys(outputs).find((name) => isSameEnd(outputs[name]!.from, from));
      if (known) return known;
      const socket = freshName(from.socket, outputs);
      outputs[socket] = { from: { ...from } };
      return socket;
    },
    param(node, param, label) {
      const known = Object.keys(params).find((name) => params[name]!.node === node && params[name]!.param === param);
      if (known) return known;
      const name = freshName(param, params);
      params[name] = { ...(label ? { label } : {}), node, param };
      return name;
    },
  };
}

/**
 * Nodes of a component's board become one in it: what the board's own instances show of them goes through the new one.
 */
export function throughComponent(
  board: ComponentDraft,
  within: ReadonlySet<NodeId>,
  instance: NodeId,
  faces: Faces,
): void {
  board.inputs = Object.fromEntries(
    Object.entries(board.inputs).map(([name, input]) => {
      const to = input.to.flatMap((end): InnerEnd[] => {
        if (!within.has(end.node)) return [end];
        const { socket, isNew } = faces.input(`outside ${name}`, { ...end });
        return isNew ? [{ node: instance, socket, ...(end.order === undefined ? {} : { order: 0 }) }] : [];
      });
      return [name, { ...input, to }];
    }),
  );
  board.outputs = Object.fromEntries(
    Object.entries(board.outputs).map(([name, output]) => [
      name,
      within.has(output.from.node)
        ? { ...output, from: { node: instance, socket: faces.output({ ...output.from }) } }
        : output,
    ]),
  );
  board.params = Object.fromEntries(
    Object.entries(board.params).map(([name, shown]) => [
      name,
      within.has(shown.node)
        ? { ...shown, node: instance, param: faces.param(shown.node, shown.param, shown.label) }
        : shown,
    ]),
  );
}

/**
 * The other way: an instance on a component's board is unpacked, and what was shown of it is shown of its nodes. Inputs
 * that come among wires are added to `laid`.
 */
export function throughInstance(
  board: ComponentDraft,
  component: Component,
  id: NodeId,
  end: (inner: WireEnd) => WireEnd,
  laid: Laid[],
): void {
  board.inputs = Object.fromEntries(
    Object.entries(board.inputs).map(([name, input]) => {
      const to: InnerEnd[] = [];
      for (const one of input.to) {
        if (one.node !== id) to.push(one);
        else
          for (const inner of component.inputs[one.socket]?.to ?? []) {
            const at = to.push(end(inner)) - 1;
            const place = [inner.order, one.order].filter((order) => order !== undefined);
            if (place.length) laid.push({ place, to: to[at]!, lay: (order) => (to[at] = { ...to[at]!, order }) });
          }
      }
      return [name, { ...input, to }];
    }),
  );
  board.outputs = Object.fromEntries(
    Object.entries(board.outputs).flatMap(([name, output]) => {
      if (output.from.node !== id) return [[name, output]];
      const inner = component.outputs[output.from.socket]?.from;
      return inner ? [[name, { ...output, from: end(inner) }]] : [];
    }),
  );
  board.params = Object.fromEntries(
    Object.entries(board.params).flatMap(([name, shown]) => {
      if (shown.node !== id) return [[name, shown]];
      const inner = component.params[shown.param];
      return inner ? [[name, { ...shown, node: end({ node: inner.node, socket: '' }).node, param: inner.param }]] : [];
    }),
  );
}

/** The form, the table of a batch and a sweep ask the instance for what they asked its nodes. */
export function askOnInstance(graph: GraphDraft, within: ReadonlySet<NodeId>, instance: NodeId, faces: Faces): void {
  graph.form = graph.form.map((field) =>
    within.has(field.node) ? { ...field, node: instance, param: faces.param(field.node, field.param) } : field,
  );
  const asked = <T extends ColumnPlace>(column: T): T =>
    // A prompt's variables stay with the text they are in.
    !within.has(column.node) || column.variable !== undefined
      ? column
      : { ...column, node: instance, param: faces.param(column.node, column.param) };
  if (graph.batch) graph.batch = { ...graph.batch, columns: graph.batch.columns.map(asked) };
  if (!graph.sweep) return;
  const { shows, axes } = graph.sweep;
  graph.sweep = { shows: within.has(shows) ? instance : shows, axes: axes.map(asked) };
}
/** And back. */
export function askOnNodes(
  graph: GraphDraft,
  component: Component,
  id: NodeId,
  fresh: ReadonlyMap<NodeId, NodeId>,
): void {
  const asked = <T extends { readonly node: NodeId; readonly param: string }>(one: T): T => {
    const shown = one.node === id ? component.params[one.param] : undefined;
    return shown ? { ...one, node: fresh.get(shown.node) ?? shown.node, param: shown.param } : one;
  };
  graph.form = graph.form.map(asked);
  if (graph.batch) graph.batch = { ...graph.batch, columns: graph.batch.columns.map(asked) };
  if (graph.sweep) graph.sweep = { ...graph.sweep, axes: graph.sweep.axes.map(asked) };
}

export const pickedChoice = ({ take, frozen }: GraphNode): InnerChoice => ({
  ...(take ? { take: { ...take } } : {}),
  ...(frozen ? { frozen } : {}),
});

/** What is chosen for nodes, to be said by the instance they move into: it is this instance's alone. */
export function choicesOf(nodes: Readonly<Record<NodeId, GraphNode>>): Record<string, InnerChoice> {
  const own: Record<string, InnerChoice> = {};
  for (const [id, node] of Object.entries(nodes)) {
    const choice = pickedChoice(node);
    if (Object.keys(choice).length) own[id] = choice;
    for (const [path, below] of Object.entries(node.inner ?? {})) own[`${id}${SEPARATOR}${path}`] = below;
  }
  return own;
}

/**
 * Choices are kept by path: where a path leads over a board on which nodes moved in or out, it goes on as `moved` says.
 */
export function followChoices(
  graph: GraphDraft,
  board: BoardDraft,
  moved: (rest: readonly NodeId[]) => readonly NodeId[],
): void {
  for (const node of Object.values(graph.nodes)) {
    if (!node.inner) continue;
    const follow = (path: string): string => {
      const steps = path.split(SEPARATOR) as NodeId[];
      let within: BoardDraft | undefined = componentOf(graph.components, node.type);
      for (const [at, step] of steps.entries()) {
        if (within === board) return [...steps.slice(0, at), ...moved(steps.slice(at))].join(SEPARATOR);
        within = componentOf(graph.components, within?.nodes[step]?.type ?? '');
      }
      return path;
    };
    const followed = Object.fromEntries(Object.entries(node.inner).map(([path, choice]) => [follow(path), choice]));
    node.inner = followed;
  }
}

/**
 * What goes into a socket, with its place among all that does: a wire, or on a component's board what comes from
 * outside.
 */
export interface Laid {
  readonly place: readonly number[];
  readonly to: WireEnd;
  lay(order: number): void;
}
/** Lays all of it. Where a place says more than an order, what goes into that socket is numbered anew. */
export function layInPlace(laid: readonly Laid[]): void {
  const groups = new Map<string, Laid[]>();
  for (const one of laid) {
    const socket = `${one.to.node} ${one.to.socket}`;
    groups.set(socket, [...(groups.get(socket) ?? []), one]);
  }
  for (const group of groups.values()) {
    const isSplit = group.some(({ place }) => place.length > 1);
    const sorted = isSplit ? group.toSorted((a, b) => comparePlaces(a.place, b.place)) : group;
    for (const [nth, one] of sorted.entries()) one.lay(isSplit ? nth : one.place[0]!);
  }
}
