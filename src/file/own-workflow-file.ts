/** A workflow file as a model of a person's own: what runs of it, what its inputs are for, and why it cannot be one. */
import { fail, ok, type Result } from '../core/errors.ts';
import { say, type Sentence } from '../core/say.ts';
import { closing } from '../graph/circles.ts';
import type { ReadWorkflow, WorkflowGraph } from '../routing/own-workflow.ts';
import { excessIn } from '../routing/read-own-model.ts';
import { guessInputs } from './comfyui-inputs.ts';
import { isOfEditor, readWorkflowJson } from './comfyui-json.ts';
import { linksOf } from './comfyui-links.ts';
import type { NodeKinds } from './comfyui-nodes.ts';
import { toApi, typesIn } from './comfyui-to-api.ts';

/** The kinds of nodes that ComfyUI has to be asked for before a workflow is read. */
export function nodesToAskFor(text: string): Result<readonly string[]> {
  const read = readWorkflowJson(text, 'as run');
  return read.ok ? ok(typesIn(read.value)) : read;
}

/** `kinds`: what ComfyUI says of them; `undefined` where it does not answer. */
export function readOwnWorkflow(text: string, kinds: NodeKinds | undefined): Result<ReadWorkflow> {
  const read = readWorkflowJson(text, 'as run');
  if (!read.ok) return read;
  if (!kinds && isOfEditor(read.value))
    return fail(
      'bad-input',
      say('ComfyUI does not answer, and it has to say what the nodes of this file are.'),
      'Start ComfyUI and look for it, or export the workflow there with Export (API).',
    );
  const run = toApi(read.value, kinds ?? new Map());
  if (!run.ok) return run;
  const graph = run.value;
  const excess = excessIn(graph) ?? circleIn(graph);
  if (excess) return fail('bad-input', excess);
  const guesses = guessInputs(graph, kinds ? savingIn(graph, kinds) : []);
  if (guesses.outputs.length === 0)
    return fail(
      'bad-input',
      say('Nothing in this workflow saves a picture or a clip, so there would be no result.'),
      'Add a Save Image node in ComfyUI, and export it again.',
    );
  const types = [...new Set(Object.values(graph).map(({ class_type: type }) => type))];
  return ok({
    ...guesses,
    paid: types.filter((type) => kinds?.get(type)?.isPaid),
    ...(kinds ? { missing: types.filter((type) => !kinds.has(type)) } : {}),
  });
}

/** Nodes that end a workflow with a picture or a clip, as ComfyUI says. */
function savingIn(graph: WorkflowGraph, kinds: NodeKinds): readonly string[] {
  return Object.entries(graph).flatMap(([id, { class_type: type }]) => {
    const kind = kinds.get(type);
    const takesPictures = kind?.inputs.some((input) => input.type === 'IMAGE' || input.type === 'VIDEO');
    return kind?.isOutput && takesPictures ? [id] : [];
  });
}

/** Why ComfyUI could not run it, where its nodes lead in a circle. */
export function circleIn(graph: WorkflowGraph): Sentence | undefined {
  const steps = Object.entries(graph).flatMap(([to, node]) => linksOf(node).map(([, [from]]) => [from, to] as const));
  const [first] = closing(steps);
  const node = first === undefined ? undefined : graph[steps[first]![1]];
  if (!node) return undefined;
  const title = node._meta?.title ?? node.class_type;
  return say('The nodes of this workflow lead in a circle at “{0}”, so ComfyUI could not run it.', title);
}
