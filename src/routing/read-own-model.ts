/** Reads workflows of one's own where they come from outside: a table file, an order, an older store. */
import { parted } from '../core/figures.ts';
import { LARGEST_OWN_WORKFLOW, LONGEST_ID, LONGEST_TITLE, MOST_OWN_NODES } from '../core/limits.ts';
import { isRecord } from '../core/loose.ts';
import { isReserved } from '../core/own.ts';
import { say, type Sentence } from '../core/say.ts';
import { WORK_KINDS, type WorkKind } from '../core/take.ts';
import type { OwnModel } from './own-model.ts';
import { WORKFLOW_INPUTS, type OwnWorkflow, type Places, type WorkflowGraph } from './own-workflow.ts';

/** Of one request: the references of the largest are fewer. */
const MOST_PLACES = 200;
/** Nothing the catalog calls a model, so that no file can put a workflow in the place of one. */
const OWN_ID = /^own\/[0-9a-z-]{1,80}$/;

const isShort = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_ID;
const isNode = (value: unknown): boolean =>
  isRecord(value) &&
  isShort(value['class_type']) &&
  isRecord(value['inputs']) &&
  (value['_meta'] === undefined || isRecord(value['_meta']));
const isPlace = (value: unknown): boolean => isRecord(value) && isShort(value['node']) && isShort(value['input']);
const isPlaces = (value: unknown): boolean =>
  Array.isArray(value) && value.length <= MOST_PLACES && value.every(isPlace);

/** Why a workflow is too large to be a model. */
export function excessIn(graph: WorkflowGraph): Sentence | undefined {
  const nodes = Object.keys(graph).length;
  if (nodes > MOST_OWN_NODES)
    return say(
      'This workflow has {0} {0|node|nodes}; one with up to {1} can be used.',
      parted(nodes),
      parted(MOST_OWN_NODES),
    );
  if (JSON.stringify(graph).length > LARGEST_OWN_WORKFLOW)
    return say('This workflow carries pictures or texts that are too large for one that is sent with every take.');
  return undefined;
}

export function isOwnWorkflow(raw: unknown): raw is OwnWorkflow {
  if (!isRecord(raw) || !isRecord(raw['graph']) || !isRecord(raw['inputs'])) return false;
  const { graph, inputs, output } = raw;
  return (
    Object.entries(graph).every(([id, node]) => isShort(id) && !isReserved(id) && isNode(node)) &&
    !excessIn(graph as WorkflowGraph) &&
    Object.entries(inputs).every(([name, places]) => WORKFLOW_INPUTS.includes(name as never) && isPlaces(places)) &&
    (output === undefined || isShort(output))
  );
}

/** What else a file says of a place would enter the key of takes. */
const placesAlone = (inputs: Places): Places =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, places]) => [name, places.map(({ node, input }) => ({ node, input }))]),
  );

/** `undefined` where any part is damaged: half a workflow would be asked for something else. */
export function readOwnModel(raw: unknown): OwnModel | undefined {
  if (!isRecord(raw)) return undefined;
  const { id, name, work, workflow, asksPaid } = raw;
  if (typeof id !== 'string' || !OWN_ID.test(id) || typeof name !== 'string' || name.trim() === '') return undefined;
  if (!WORK_KINDS.includes(work as WorkKind) || !isOwnWorkflow(workflow)) return undefined;
  const { inputs, output } = workflow;
  // Numbers beyond all (1e999) become what they are written as; they have no hash.
  const graph = JSON.parse(JSON.stringify(workflow.graph)) as WorkflowGraph;
  return {
    id,
    name: name.trim().slice(0, LONGEST_TITLE),
    work: work as WorkKind,
    workflow: { graph, inputs: placesAlone(inputs), ...(output === undefined ? {} : { output }) },
    ...(asksPaid === true ? { asksPaid } : {}),
  };
}
