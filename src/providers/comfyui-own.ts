/** A ComfyUI workflow of a person's own as a model: filled in for every request. */
import { say, listed, type Said, type Sentence } from '../core/say.ts';
import { inputKindOf, type NodeKinds } from '../file/comfyui-nodes.ts';
import type { JobRequest } from '../routing/job-request.ts';
import { INPUT_WORDS, missingPlaceOf, withValue } from '../routing/own-workflow.ts';
import type { OwnWorkflow, WorkflowPlace, Places, WorkflowGraph, WorkflowInput } from '../routing/own-workflow.ts';
import { missingNode } from './comfyui-trouble.ts';
import type { Draft } from './comfyui-draft.ts';
import { ServiceTrouble } from './service-trouble.ts';

export const nodesIn = (graph: WorkflowGraph): readonly string[] =>
  Object.values(graph).map(({ class_type: type }) => type);

/** What a request says to a workflow, in words and numbers. Pictures go along by their names. */
type Wishes = Partial<Record<WorkflowInput, string | number>>;

export function draftOfOwn(workflow: OwnWorkflow, request: JobRequest, kinds: NodeKinds, seed: number): Draft {
  const { graph, inputs, output } = workflow;
  const lost = missingPlaceOf(workflow);
  if (lost)
    throw new ServiceTrouble('invalid', say('This model cannot be asked: {0}.', lost), {
      hint: say('Open the workflow in the catalog, and say anew which of its nodes take what.'),
    });
  const missing = nodesIn(graph).find((type) => !kinds.has(type));
  if (missing !== undefined) throw missingNode(missing);
  const { picturesAt, unused } = picturesFor(workflow, request);
  const wishes = wishesOf(request, seed, inputs);
  const unsaid: Sentence[] = unused > 0 ? [INPUT_WORDS.reference] : [];
  let filled = graph;
  for (const [input, value] of Object.entries(wishes) as [WorkflowInput, string | number][]) {
    const places = inputs[input] ?? [];
    if (places.length === 0) unsaid.push(INPUT_WORDS[input]);
    for (const place of places) filled = withValue(filled, place, fitted(filled, place, value, kinds));
  }
  const notes: Said[] =
    unsaid.length > 0 ? [say('The workflow has no place for this, so it was not used: {0}.', listed(unsaid))] : [];
  const usesSeed = (inputs.seed ?? []).length > 0;
  return {
    graph: filled,
    pictures: picturesAt,
    notes,
    ...(output === undefined ? {} : { output }),
    ...(usesSeed ? { seed } : {}),
  };
}

function wishesOf(request: JobRequest, seed: number, inputs: Places): Wishes {
  const { prompt, negative, guidance, width, height, seconds, fps, references } = request;
  const [first] = references;
  const takesPictures = inputs.still !== undefined || inputs.reference !== undefined;
  // What starts from a picture without saying a size has the size of the picture.
  const isSized = inputs.still === undefined || inputs.width !== undefined || inputs.height !== undefined;
  return {
    ...(prompt ? { prompt } : {}),
    ...(negative ? { negative } : {}),
    // A workflow without a place for a seed makes the same each time: that is said only where one was asked for.
    ...(request.seed === undefined && inputs.seed === undefined ? {} : { seed }),
    ...(guidance === undefined ? {} : { guidance }),
    ...(isSized ? { width, height } : {}),
    ...(first && takesPictures ? { strength: first.strength } : {}),
    ...(seconds === undefined ? {} : { frames: Math.round(seconds * (fps ?? FPS)) }),
    ...(fps === undefined ? {} : { fps }),
  };
}
/** Of workflows that do not say: most video models are trained at about so many. */
const FPS = 16;

/** A value as the input takes it. */
function fitted(graph: WorkflowGraph, { node, input }: WorkflowPlace, value: string | number, kinds: NodeKinds) {
  const type = graph[node]?.class_type ?? '';
  if (typeof value === 'string') return value;
  // What is kept of a picture is what sampling does not change.
  if (input === 'denoise') return Math.round((1 - value) * 100) / 100;
  const kind = inputKindOf(kinds, type, input);
  if (kind?.type !== 'INT') return value;
  const step = kind.step ?? 1;
  if (step <= 1) return Math.round(value);
  // Frames come in steps after a first one (4n + 1), sizes in steps alone.
  const first = typeof kind.default === 'number' ? kind.default % step : 0;
  return Math.max(step + first, Math.round((value - first) / step) * step + first);
}

function picturesFor({ inputs }: OwnWorkflow, { still, lastFrame, references }: JobRequest) {
  const [first, ...others] = references;
  const placesOf = (input: WorkflowInput) => inputs[input] ?? [];
  // A picture to start from can come as a reference, where the workflow knows no references.
  const startsFromReference = !still && placesOf('still').length > 0 && placesOf('reference').length === 0;
  const start = still ?? (startsFromReference ? first : undefined);
  if (placesOf('still').length > 0 && !start)
    throw new ServiceTrouble('invalid', say('The workflow starts from a picture, and there is none.'), {
      hint: say('Connect a picture.'),
    });
  const left = startsFromReference ? others : references;
  const picturesAt = [
    ...placesOf('still').map((at) => ({ picture: start!.picture, at })),
    ...(lastFrame ? placesOf('lastFrame').map((at) => ({ picture: lastFrame.picture, at })) : []),
    ...placesOf('reference').flatMap((at, index) => (left[index] ? [{ picture: left[index].picture, at }] : [])),
  ];
  return { picturesAt, unused: Math.max(0, left.length - placesOf('reference').length) };
}
