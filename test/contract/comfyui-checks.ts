/** How ComfyUI looks over a workflow before it takes it. */
import { isLink, type WorkflowGraph } from '../../src/routing/own-workflow.ts';
import type { ObjectInfo } from './comfyui-nodes.ts';

export interface GraphFault {
  readonly type: string;
  readonly message: string;
  readonly details?: string;
  readonly extra_info?: unknown;
}
type NodeFaults = Readonly<Record<string, { readonly errors: readonly GraphFault[]; readonly class_type: string }>>;

export function faultsIn(
  graph: WorkflowGraph,
  info: ObjectInfo,
):
  | { readonly outputs: readonly string[]; readonly nodes: NodeFaults }
  | { readonly error: GraphFault; readonly nodes: NodeFaults } {
  for (const [id, { class_type: type }] of Object.entries(graph)) {
    if (info[type]) continue;
    const message = `Cannot execute because node ${type} does not exist.`;
    return { error: { type: 'invalid_prompt', message, details: `Node ID '#${id}'` }, nodes: {} };
  }
  const outputs = Object.keys(graph).filter((id) => info[graph[id]!.class_type]!.output_node);
  if (outputs.length === 0)
    return { error: { type: 'prompt_no_outputs', message: 'Prompt has no outputs' }, nodes: {} };
  // Seen of the real server: only what an end needs is looked at, and one end that is right is enough to be taken; what
  // was wrong with the others stands beside it, in an answer of 200.
  const needs = (id: string): readonly string[] => [
    id,
    ...Object.values(graph[id]!.inputs).flatMap((value) => (isLink(value) ? needs(String(value[0])) : [])),
  ];
  const all = new Set(outputs.flatMap(needs));
  const nodes: Record<string, NodeFaults[string]> = {};
  for (const [id, { class_type: type, inputs }] of Object.entries(graph)) {
    if (!all.has(id)) continue;
    const { required, optional } = info[type]!.input;
    const errors = Object.entries({ ...required, ...optional }).flatMap(([name, config]) => {
      const value = inputs[name];
      if (value === undefined)
        return name in required ? [fault('required_input_missing', 'Required input is missing', name)] : [];
      return isLink(value) ? [] : faultOf(name, value, config);
    });
    if (errors.length > 0) nodes[id] = { errors, class_type: type };
  }
  const good = outputs.filter((id) => !needs(id).some((each) => nodes[each]));
  if (good.length > 0) return { outputs: good, nodes };
  return { error: { type: 'prompt_outputs_failed_validation', message: 'Prompt outputs failed validation' }, nodes };
}

const fault = (type: string, message: string, input: string, details = input): GraphFault => ({
  type,
  message,
  details,
  extra_info: { input_name: input },
});

function faultOf(
  name: string,
  value: unknown,
  [type, more = {}]: readonly [unknown, Readonly<Record<string, unknown>>?],
) {
  const options = Array.isArray(type)
    ? (type as unknown[])
    : Array.isArray(more['options'])
      ? more['options']
      : undefined;
  if (options && !options.includes(value)) {
    const listed = options.length > 20 ? `(list of length ${options.length})` : JSON.stringify(options);
    return [fault('value_not_in_list', 'Value not in list', name, `${name}: '${String(value)}' not in ${listed}`)];
  }
  if (typeof value !== 'number') return [];
  const [min, max] = [more['min'], more['max']];
  // As Python writes them.
  const said = (number: number) => (type === 'FLOAT' && Number.isInteger(number) ? `${number}.0` : String(number));
  if (typeof min === 'number' && value < min)
    return [fault('value_smaller_than_min', `Value ${said(value)} smaller than min of ${said(min)}`, name)];
  if (typeof max === 'number' && value > max)
    return [fault('value_bigger_than_max', `Value ${said(value)} bigger than max of ${said(max)}`, name)];
  return [];
}
