/** Which params people who use the graph as a form are asked for, in which order and words. */
import type { GraphDraft } from './edits.ts';
import type { Graph } from './graph.ts';
import type { NodeId } from '../core/ids.ts';

const placeOf = ({ form }: Pick<Graph, 'form'>, node: NodeId, param: string): number =>
  form.findIndex((field) => field.node === node && field.param === param);
export const isInForm = (graph: Pick<Graph, 'form'>, node: NodeId, param: string): boolean =>
  placeOf(graph, node, param) >= 0;

export function toggleFormField(graph: GraphDraft, node: NodeId, param: string): void {
  const at = placeOf(graph, node, param);
  graph.form = at < 0 ? [...graph.form, { node, param }] : graph.form.toSpliced(at, 1);
}
export function moveFormField(graph: GraphDraft, from: number, to: number): void {
  const field = graph.form[from];
  if (!field || to < 0 || to >= graph.form.length) return;
  graph.form = graph.form.toSpliced(from, 1).toSpliced(to, 0, field);
}
export function labelFormField(graph: GraphDraft, at: number, label: string): void {
  const field = graph.form[at];
  if (!field) return;
  const { label: _, ...rest } = field;
  graph.form = graph.form.with(at, label.trim() ? { ...rest, label } : rest);
}
