/** What a person can choose from when the inputs of a workflow are matched: places in it, in words. */
import { isVideoWork, startsFromPicture, type WorkKind } from '../../core/take.ts';
import { say, type Said } from '../../core/say.ts';
import type { OwnModel } from '../../routing/own-model.ts';
import { INPUT_WORDS, WORKFLOW_INPUTS } from '../../routing/own-workflow.ts';
import type { Places, ReadWorkflow, WorkflowGraph, WorkflowInput, WorkflowPlace } from '../../routing/own-workflow.ts';
import { t, tell } from '../../words/t.ts';

/** Several places take the same; references take one picture each. */
export interface PlaceChoice {
  readonly words: string;
  readonly places: readonly WorkflowPlace[];
}

const OF_CLIPS: readonly WorkflowInput[] = ['lastFrame', 'frames', 'fps'];
/** What work of this kind can say to a workflow. */
export const inputsFor = (work: WorkKind): readonly WorkflowInput[] =>
  WORKFLOW_INPUTS.filter((input) => isVideoWork(work) || !OF_CLIPS.includes(input));

/** Of these, what nothing in a workflow takes. Work on a picture has the size of the picture, where none is said. */
export function inputsNotFound(work: WorkKind, { choices }: ReadWorkflow): readonly WorkflowInput[] {
  const isAsked = (input: WorkflowInput) => !startsFromPicture(work) || (input !== 'width' && input !== 'height');
  return inputsFor(work).filter((input) => isAsked(input) && !choices[input]?.length);
}

/** Shown of a value: enough to tell one prompt from another. */
const LONGEST_VALUE = 40;
const LONGEST_NAME = 40;
const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** As the person called it, else as its author did; with its number where others are called so too. */
export function nodeInWords(graph: WorkflowGraph, id: string): string {
  const nameOf = (one: string) => graph[one]?._meta?.title || graph[one]?.class_type || one;
  const name = nameOf(id);
  const isAlone = Object.keys(graph).every((other) => other === id || nameOf(other) !== name);
  return isAlone ? cut(name, LONGEST_NAME) : `${cut(name, LONGEST_NAME)} #${id}`;
}

function placeInWords(graph: WorkflowGraph, { node, input }: WorkflowPlace): string {
  const value = graph[node]?.inputs[input];
  const isText = typeof value === 'string' && value !== '';
  const shown = isText ? `“${cut(value, LONGEST_VALUE)}”` : typeof value === 'number' ? `${value}` : t('empty');
  return t('{0}: {1}, now {2}', nodeInWords(graph, node), input, shown);
}

const samePlaces = (a: readonly WorkflowPlace[], b: readonly WorkflowPlace[]): boolean =>
  a.length === b.length && a.every(({ node, input }, at) => b[at]!.node === node && b[at]!.input === input);

/** What could take one input: what is chosen now and what was guessed before all others, each once. */
export function choicesFor(
  graph: WorkflowGraph,
  input: WorkflowInput,
  { choices, workflow: guess }: ReadWorkflow,
  chosen: readonly WorkflowPlace[],
): readonly PlaceChoice[] {
  const single = (choices[input] ?? []).map((place) => [place]);
  const all = [chosen, guess.inputs[input] ?? [], ...single].filter((places) => places.length > 0);
  const distinct = all.filter((places, at) => all.findIndex((other) => samePlaces(other, places)) === at);
  return distinct.map((places) => ({ places, words: places.map((place) => placeInWords(graph, place)).join(' + ') }));
}
export const indexOfChoice = (choices: readonly PlaceChoice[], chosen: readonly WorkflowPlace[]): number =>
  choices.findIndex(({ places }) => samePlaces(places, chosen));

/** A model as it is kept: without what only work of another kind would say, and with whether it asks paid services. */
export function lookedOver({ asksPaid, ...model }: OwnModel, { missing, paid }: ReadWorkflow): OwnModel {
  const { inputs } = model.workflow;
  const used = inputsFor(model.work).filter((input) => inputs[input]?.length);
  const kept: Places = Object.fromEntries(used.map((input) => [input, inputs[input]]));
  // Where ComfyUI did not answer, what it said before holds.
  const isPaid = missing === undefined ? asksPaid === true : paid.length > 0;
  return { ...model, workflow: { ...model.workflow, inputs: kept }, ...(isPaid ? { asksPaid: true } : {}) };
}

/** Why a model cannot be kept as it is. */
export function hindrance({ name, work, workflow }: OwnModel): Said | undefined {
  if (name.trim() === '') return say('Give it a name.');
  if (startsFromPicture(work) && !workflow.inputs.still?.length)
    return say('This kind of work starts from a picture: choose the input that takes it, or another kind.');
  return undefined;
}

/** Names of inputs in one line, as they stand in the middle of a sentence. */
export const inputsInWords = (inputs: readonly WorkflowInput[]): string =>
  inputs.map((input) => tell(INPUT_WORDS[input])).join(', ');
