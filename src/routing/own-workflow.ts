/** A ComfyUI workflow of a person's own, used as a model: its nodes, and which of their inputs take what is asked. */
import { say, type Sentence } from '../core/say.ts';
import type { WorkKind } from '../core/take.ts';

/** An input is a value, or a link: `[id of the node, index of its output]`. */
export interface WorkflowNode {
  readonly class_type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly _meta?: { readonly title?: string };
}
/** Nodes by id: ComfyUI's API format. */
export type WorkflowGraph = Readonly<Record<string, WorkflowNode>>;
export type WorkflowLink = readonly [string, number];

/** What a request has to say to a workflow. */
export const WORKFLOW_INPUTS = [
  'prompt',
  'negative',
  'seed',
  'guidance',
  'width',
  'height',
  'still',
  'lastFrame',
  'reference',
  'strength',
  'frames',
  'fps',
] as const;
export type WorkflowInput = (typeof WORKFLOW_INPUTS)[number];

/** For people. */
export const INPUT_WORDS: Readonly<Record<WorkflowInput, Sentence>> = {
  prompt: say('prompt'),
  negative: say('negative prompt'),
  seed: say('seed'),
  guidance: say('guidance'),
  width: say('width'),
  height: say('height'),
  still: say('picture to start from'),
  lastFrame: say('last frame'),
  reference: say('reference'),
  strength: say('strength'),
  frames: say('length'),
  fps: say('frame rate'),
};

/** One input of one node. */
export interface WorkflowPlace {
  readonly node: string;
  readonly input: string;
}
/** Several places take the same value; what has no place is not said to the workflow. */
export type Places = Readonly<Partial<Record<WorkflowInput, readonly WorkflowPlace[]>>>;

export interface OwnWorkflow {
  readonly graph: WorkflowGraph;
  readonly inputs: Places;
  /** The node whose picture or clip is the result; the last one that saves any where it is left out. */
  readonly output?: string;
}

/** What the inputs of a workflow are for, as far as it can be told, and what else could be chosen. */
export interface Guesses {
  readonly workflow: OwnWorkflow;
  readonly work: WorkKind;
  /** Every place that could take each input, the guessed ones first. */
  readonly choices: Places;
  /** Nodes that save a picture or a clip. */
  readonly outputs: readonly string[];
}
/** A workflow that was read: what a mapping screen shows. */
export interface ReadWorkflow extends Guesses {
  /** Kinds of nodes that ComfyUI does not have; left out where it did not answer. */
  readonly missing?: readonly string[];
  /** Kinds of nodes that ask paid services. */
  readonly paid: readonly string[];
}

export const isLink = (value: unknown): value is WorkflowLink =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'number';

/** Why a workflow cannot be filled in, or its result not be told: the first node that it is said to have and has not. */
export function missingPlaceOf({ graph, inputs, output }: OwnWorkflow): Sentence | undefined {
  for (const input of WORKFLOW_INPUTS) {
    const lost = inputs[input]?.find(({ node }) => !Object.hasOwn(graph, node));
    if (lost) return say('its workflow has no node {0}, which should take this: {1}', lost.node, INPUT_WORDS[input]);
  }
  return output === undefined || Object.hasOwn(graph, output)
    ? undefined
    : say('its workflow has no node {0}, which should make the result', output);
}

/** The graph with a value at a place. Places whose node is no longer there are passed over. */
export function withValue(graph: WorkflowGraph, { node, input }: WorkflowPlace, value: unknown): WorkflowGraph {
  const found = Object.hasOwn(graph, node) ? graph[node] : undefined;
  return found ? { ...graph, [node]: { ...found, inputs: { ...found.inputs, [input]: value } } } : graph;
}
