/** A workflow of a person's own under a name: a model of the catalog, made by the ComfyUI of this computer. */
import { newId } from '../core/ids.ts';
import { startsFromPicture, type WorkKind } from '../core/take.ts';
import { hashOf } from '../engine/key.ts';
import { catalogOf, OWN_COMPUTER, type Catalog, type Model, type Supports } from './catalog.ts';
import type { OwnWorkflow, WorkflowInput } from './own-workflow.ts';
import type { RoutingTable } from './routing-table.ts';

export interface OwnModel {
  /** As routing tables call it. It stays when the workflow is changed, so that their rows go on naming it. */
  readonly id: string;
  readonly name: string;
  readonly work: WorkKind;
  readonly workflow: OwnWorkflow;
  /** It has nodes that ask paid services: nobody knows what a take costs. */
  readonly asksPaid?: true;
}

/** The service that runs workflows. */
export const WORKFLOW_PROVIDER = 'comfyui-local';

/** Begins with the name, since takes and tables show it. */
function newOwnId(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ['workflow'];
  return `own/${words.join('-').slice(0, 40)}-${newId().slice(0, 6)}`;
}

/** Not kept yet. `others`: those there are, whose names are taken. */
export const newOwnModel = (
  name: string,
  work: WorkKind,
  workflow: OwnWorkflow,
  others: readonly OwnModel[],
): OwnModel => ({ id: newOwnId(name), name: freeName(name, others), work, workflow });

/** Two with the same one make the same of the same request: titles of nodes do not count, nor does their order. */
export function contentOf({ graph, inputs, output }: OwnWorkflow): string {
  const nodes = Object.entries(graph).map(([id, { class_type: type, inputs: given }]) => [id, { type, given }]);
  return hashOf([Object.fromEntries(nodes), inputs, output ?? null]);
}

const places = ({ inputs }: OwnWorkflow, input: WorkflowInput): number => inputs[input]?.length ?? 0;

function supportsOf({ work, workflow }: OwnModel): Supports {
  const has = (input: WorkflowInput) => places(workflow, input) > 0;
  // Where no picture is to be worked on, a reference can stand in its place.
  const asStill = !startsFromPicture(work) && !has('reference') && has('still') ? 1 : 0;
  const references = places(workflow, 'reference') + asStill;
  return {
    seed: has('seed'),
    guidance: has('guidance'),
    negative: has('negative'),
    references: references > 0,
    ...(references > 0 ? { mostReferences: references } : {}),
    firstFrame: has('still'),
    lastFrame: has('lastFrame'),
  };
}

function modelOf(own: OwnModel): Model {
  const { id, name, work, workflow, asksPaid } = own;
  return {
    id,
    vendor: 'ComfyUI',
    name,
    status: 'active',
    work: [work],
    modalities: [],
    offers: [
      {
        provider: WORKFLOW_PROVIDER,
        // It enters the key of takes: another workflow under the same name makes other pictures.
        modelId: `workflow ${contentOf(workflow).slice(0, 16)}`,
        workflow,
        ...(asksPaid ? {} : { price: OWN_COMPUTER }),
      },
    ],
    supports: supportsOf(own),
    tiers: [],
    seeds: 'unknown',
    sources: [],
    asOf: OWN_COMPUTER.asOf,
  };
}

/** The catalog with these in place of those it had. */
export function withOwnModels({ models, asOf }: Catalog, own: readonly OwnModel[]): Catalog {
  const others = models.filter(({ offers }) => offers.every(({ workflow }) => workflow === undefined));
  return catalogOf([...others, ...own.map(modelOf)], asOf);
}

const names =
  (id: string) =>
  ({ rows }: RoutingTable): boolean =>
    rows.some(({ candidates }) => candidates.some(({ model }) => model === id));

/** Tables that name it, each once. */
export const tablesNaming = (tables: readonly RoutingTable[], id: string): readonly string[] => [
  ...new Set(tables.filter(names(id)).map(({ name }) => name)),
];
/** What has to travel with a table. */
export const ownModelsOf = (table: RoutingTable, own: readonly OwnModel[]): readonly OwnModel[] =>
  own.filter(({ id }) => names(id)(table));

/**
 * A table that came with models, among those that are here. One that is here with other content stays as it is: what
 * came is kept beside it, under an id and a name of its own, and the table names that.
 */
export function broughtIn(
  table: RoutingTable,
  came: readonly OwnModel[],
  here: readonly OwnModel[],
): { readonly table: RoutingTable; readonly fresh: readonly OwnModel[] } {
  const fresh: OwnModel[] = [];
  const ids = new Map<string, string>();
  for (const one of came) {
    const known = here.find(({ id }) => id === one.id);
    if (known && sameModels(known, one)) continue;
    const twin = here.find((other) => sameModels(other, one));
    if (twin) {
      ids.set(one.id, twin.id);
      continue;
    }
    const id = known ? newOwnId(one.name) : one.id;
    ids.set(one.id, id);
    fresh.push({ ...one, id, name: freeName(one.name, [...here, ...fresh]) });
  }
  const rows = table.rows.map((row) => ({
    ...row,
    candidates: row.candidates.map((ref) => ({ ...ref, model: ids.get(ref.model) ?? ref.model })),
  }));
  return { table: { ...table, rows }, fresh };
}
const sameModels = (a: OwnModel, b: OwnModel): boolean =>
  a.work === b.work && contentOf(a.workflow) === contentOf(b.workflow);

/** `Portrait`, else `Portrait 2`, … */
function freeName(name: string, taken: readonly { readonly name: string }[]): string {
  const isTaken = (one: string) => taken.some((other) => other.name === one);
  if (!isTaken(name)) return name;
  let count = 2;
  while (isTaken(`${name} ${count}`)) count++;
  return `${name} ${count}`;
}
