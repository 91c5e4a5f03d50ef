/** What a component shows of the nodes inside it: their params and sockets, and what these are called outside. */
import { typeOfComponent } from './component-type.ts';
import { nextOrder, type ComponentDraft, type GraphDraft } from './edits.ts';
import { isSameEnd, type Wire, type WireEnd } from './graph.ts';
import type { ComponentId, NodeId, WireId } from '../core/ids.ts';
import { isReserved } from '../core/own.ts';

/** A name nothing else has. */
export function freshName(wanted: string, taken: Readonly<Record<string, unknown>>): string {
  const base =
    wanted
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'socket';
  for (let nth = 1; ; nth++) {
    const name = nth === 1 ? base : `${base}-${nth}`;
    if (!Object.hasOwn(taken, name) && !isReserved(name)) return name;
  }
}

/** Shows a param of a node inside on every instance, or hides it again. */
export function toggleExposedParam(component: ComponentDraft, node: NodeId, param: string): void {
  const name = Object.keys(component.params).find(
    (one) => component.params[one]!.node === node && component.params[one]!.param === param,
  );
  const { [name ?? '']: _, ...others } = component.params;
  component.params = name ? others : { ...component.params, [freshName(param, component.params)]: { node, param } };
}
/** Shows a socket of a node inside on every instance, or hides it again. */
export function toggleExposedInput(component: ComponentDraft, end: WireEnd): void {
  const name = Object.keys(component.inputs).find((one) => component.inputs[one]!.to.some((to) => isSameEnd(to, end)));
  if (!name) {
    component.inputs = {
      ...component.inputs,
      [freshName(end.socket, component.inputs)]: { to: [{ ...end, order: nextOrder(component, end) }] },
    };
    return;
  }
  const { [name]: exposed, ...others } = component.inputs;
  const to = exposed!.to.filter((one) => !isSameEnd(one, end));
  component.inputs = to.length ? { ...others, [name]: { ...exposed!, to } } : others;
}
export function toggleExposedOutput(component: ComponentDraft, end: WireEnd): void {
  const name = Object.keys(component.outputs).find((one) => isSameEnd(component.outputs[one]!.from, end));
  const { [name ?? '']: _, ...others } = component.outputs;
  component.outputs = name
    ? others
    : { ...component.outputs, [freshName(end.socket, component.outputs)]: { from: end } };
}
/** Gives a socket or param of a component a name of its own; without one it is called what it is called inside. */
export function nameFace(
  component: ComponentDraft,
  side: 'inputs' | 'outputs' | 'params',
  name: string,
  label: string,
): void {
  const faces: Record<string, { label?: string }> = component[side];
  const { label: _, ...face } = faces[name]!;
  faces[name] = label.trim() ? { ...face, label } : face;
}
/** Wires at sockets a component no longer has are taken off its instances everywhere. */
export function dropDeadWires(graph: GraphDraft, id: ComponentId): void {
  const type = typeOfComponent(id);
  const component = graph.components[id];
  for (const board of [graph, ...Object.values(graph.components)]) {
    for (const [wire, { from, to }] of Object.entries(board.wires) as [WireId, Wire][]) {
      const lost =
        (board.nodes[from.node]?.type === type && !component?.outputs[from.socket]) ||
        (board.nodes[to.node]?.type === type && !component?.inputs[to.socket]);
      if (lost) delete board.wires[wire];
    }
  }
}
