/** How far whoever fills a form in may go with its numbers. */
import type { ParamSpec } from '../core/params.ts';
import type { GraphDraft } from './edits.ts';
import type { FieldLimits } from './graph.ts';

/** Without limits, those of the param hold. */
export function limitFormField(graph: GraphDraft, at: number, limits: FieldLimits | undefined): void {
  const field = graph.form[at];
  if (!field) return;
  const { limits: _, ...rest } = field;
  graph.form = graph.form.with(at, limits ? { ...rest, limits } : rest);
}

/** A number's own range, narrowed; what lies outside of it changes nothing. */
export function limitedSpec<S extends ParamSpec>(spec: S, limits: FieldLimits | undefined): S {
  if (!limits || (spec.kind !== 'int' && spec.kind !== 'float')) return spec;
  return { ...spec, min: Math.max(spec.min, limits.least), max: Math.min(spec.max, limits.most) };
}
