/** Following the wires of a ComfyUI workflow. */
import { own } from '../core/own.ts';
import {
  isLink,
  type WorkflowLink,
  type WorkflowPlace,
  type WorkflowGraph,
  type WorkflowNode,
} from '../routing/own-workflow.ts';

export const nodeNamed = (graph: WorkflowGraph, id: string): WorkflowNode | undefined => own(graph, id);
/** What stands there: a value, or a link. */
export const valueAt = (graph: WorkflowGraph, { node, input }: WorkflowPlace): unknown =>
  own(nodeNamed(graph, node)?.inputs ?? {}, input);
export function linkAt(graph: WorkflowGraph, node: string, input: string): WorkflowLink | undefined {
  const value = valueAt(graph, { node, input });
  return isLink(value) ? value : undefined;
}
export const linksOf = (node: WorkflowNode | undefined): readonly (readonly [string, WorkflowLink])[] =>
  Object.entries(node?.inputs ?? {}).flatMap(([name, value]) => (isLink(value) ? [[name, value] as const] : []));

/** What a node is made from, nearest first, itself left out. `first`: only by these of its own inputs. */
export function nodesBefore(graph: WorkflowGraph, from: string, first?: readonly string[]): readonly string[] {
  const starts = linksOf(nodeNamed(graph, from)).filter(([name]) => !first || first.includes(name));
  const found = new Set(starts.map(([, [id]]) => id));
  // A set that grows while it is walked is walked to its new end.
  for (const id of found) for (const [, [next]] of linksOf(nodeNamed(graph, id))) found.add(next);
  return [...found];
}

/** An input that an output leads to. */
export interface Consumer extends WorkflowPlace {
  readonly slot: number;
}
export function consumersIn(graph: WorkflowGraph): ReadonlyMap<string, readonly Consumer[]> {
  const consumers = new Map<string, Consumer[]>();
  for (const [node, one] of Object.entries(graph))
    for (const [input, [from, slot]] of linksOf(one))
      consumers.set(from, [...(consumers.get(from) ?? []), { node, input, slot }]);
  return consumers;
}

/** Those beyond all numbers (1e999) are none that a seed or a size could be. */
export const isNumber = (value: unknown): value is number => Number.isFinite(value);
export const isWords = (value: unknown): value is string => typeof value === 'string';

/** Values that are led on, one after another: more is a circle. */
const MOST_STEPS = 32;
/** Where the value of an input is typed in: on its node, or on another that it is wired to. */
export function placeOfValue(
  graph: WorkflowGraph,
  node: string,
  input: string,
  fits: (value: unknown) => boolean,
): WorkflowPlace | undefined {
  let at: WorkflowPlace = { node, input };
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const value = valueAt(graph, at);
    if (!isLink(value)) return value !== undefined && fits(value) ? at : undefined;
    const [from] = value;
    const inputs = nodeNamed(graph, from)?.inputs ?? {};
    const names = [at.input, 'value', ...Object.keys(inputs)].filter((name) => Object.hasOwn(inputs, name));
    const next = names.find((name) => fits(inputs[name])) ?? names.find((name) => isLink(inputs[name]));
    if (next === undefined) return undefined;
    at = { node: from, input: next };
  }
  return undefined;
}

/** Every typed-in value under one of these names. */
export function placesNamed(
  graph: WorkflowGraph,
  names: RegExp,
  fits: (value: unknown) => boolean,
): readonly WorkflowPlace[] {
  return Object.entries(graph).flatMap(([node, { inputs }]) =>
    Object.entries(inputs).flatMap(([input, value]) => (names.test(input) && fits(value) ? [{ node, input }] : [])),
  );
}

export const samePlace = (a: WorkflowPlace, b: WorkflowPlace): boolean => a.node === b.node && a.input === b.input;
export const distinct = (places: readonly (WorkflowPlace | undefined)[]): readonly WorkflowPlace[] =>
  places.filter((one, at): one is WorkflowPlace => {
    return one !== undefined && places.findIndex((other) => other && samePlace(one, other)) === at;
  });
/** Of these, the ones with the same value as the first. */
export function alike(graph: WorkflowGraph, places: readonly WorkflowPlace[]): readonly WorkflowPlace[] {
  const [first] = places;
  return first ? places.filter((place) => valueAt(graph, place) === valueAt(graph, first)) : [];
}
