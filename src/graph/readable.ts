/**
 * The texts of a graph that people read: its title, names of nodes and frames, notes, labels. Prompts are not among
 * them: models read those.
 */
import type { Board, Component, Graph } from './graph.ts';

const each = <K extends string, T>(record: Readonly<Record<K, T>>, change: (value: T) => T): Readonly<Record<K, T>> =>
  Object.fromEntries((Object.entries(record) as [K, T][]).map(([key, value]) => [key, change(value)])) as Record<K, T>;

/** The graph with each of them changed. */
export function withTexts(graph: Graph, change: (text: string) => string): Graph {
  const board = <B extends Board>(one: B): B => ({
    ...one,
    nodes: each(one.nodes, (node) => (node.title ? { ...node, title: change(node.title) } : node)),
    frames: each(one.frames, (frame) => ({ ...frame, title: change(frame.title) })),
    notes: each(one.notes, (note) => ({ ...note, text: change(note.text) })),
  });
  const labelled = <T extends { readonly label?: string }>(one: T): T =>
    one.label ? { ...one, label: change(one.label) } : one;
  const component = (one: Component): Component => ({
    ...board(one),
    title: change(one.title),
    description: change(one.description),
    inputs: each(one.inputs, labelled),
    outputs: each(one.outputs, labelled),
    params: each(one.params, labelled),
  });
  return {
    ...board(graph),
    title: change(graph.title),
    description: change(graph.description),
    components: each(graph.components, component),
    form: graph.form.map(labelled),
  };
}
