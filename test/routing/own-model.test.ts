import { expect, test } from 'vitest';
import { FREE } from '../../src/core/money.ts';
import { EMPTY_CATALOG } from '../../src/routing/catalog.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { broughtIn, contentOf, withOwnModels, type OwnModel } from '../../src/routing/own-model.ts';
import type { OwnWorkflow } from '../../src/routing/own-workflow.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { resolve } from '../../src/routing/resolve.ts';
import { readOwnModel } from '../../src/routing/read-own-model.ts';
import { problemsOf, type RoutingTable } from '../../src/routing/routing-table.ts';
import { parseTableFile, writeTableFile } from '../../src/routing/table-file.ts';
import { inWords } from '../../src/core/say.ts';

const text = { node: '1', input: 'text' };
const workflow: OwnWorkflow = {
  graph: {
    1: { class_type: 'CLIPTextEncode', inputs: { text: 'a boat' }, _meta: { title: 'Prompt' } },
    2: { class_type: 'SaveImage', inputs: { images: ['1', 0] } },
  },
  inputs: { prompt: [text], seed: [{ node: '3', input: 'seed' }] },
  output: '2',
};
const own: OwnModel = { id: 'own/abc', name: 'Ink', work: 'text to image', workflow };
const other = { ...workflow, inputs: { prompt: [text] } };
const ref = { provider: 'comfyui-local', model: own.id };
const table: RoutingTable = {
  ...HOUSE,
  rows: HOUSE.rows.slice(0, 1).map((row) => ({ ...row, candidates: [ref, ...row.candidates] })),
};

test('a workflow is a model like the others: it costs nothing, does its work, and takes what it has places for', () => {
  const catalog = withOwnModels(EMPTY_CATALOG, [own]);
  const { model, offer } = catalog.find(ref)!;
  expect(offer.price!.amount).toBe(FREE);
  expect(model.supports).toMatchObject({ seed: true, guidance: false, negative: false, references: false });
  expect(problemsOf({ ...table, rows: [{ ...table.rows[0]!, candidates: [ref] }] }, catalog)).toEqual([]);
  // One that is no longer there goes, and a new state takes the place of the old.
  expect(withOwnModels(catalog, []).models).toEqual(EMPTY_CATALOG.models);
  expect(withOwnModels(catalog, [{ ...own, name: 'Pen' }]).find(ref)!.model.name).toBe('Pen');
  expect(withOwnModels(catalog, [{ ...own, asksPaid: true }]).find(ref)!.offer.price).toBeUndefined();
});

test.each([
  [{ seed: [{ node: '3', input: 'seed' }] }, '2', 'its workflow has no node 3, which should take this: seed'],
  [{ prompt: [text] }, '9', 'its workflow has no node 9, which should make the result'],
  [{ prompt: [text] }, '2', undefined],
])(
  'one whose mapping names a node that is not there is passed over with that reason: %j, %s',
  (inputs, output, reason) => {
    const catalog = withOwnModels(EMPTY_CATALOG, [{ ...own, workflow: { ...workflow, inputs, output } }]);
    const { considered } = resolve(
      {
        work: 'text to image',
        tier: 'speed',
        megapixels: 1,
        references: [],
        prompt: { kind: 'prompt', text: 'a lake', negative: '' },
        seed: { kind: 'seed', seed: 7, locked: false },
        guidance: { kind: 'guidance', scale: 7 },
        aspect: { kind: 'aspect', ratio: [1, 1], width: 1024, height: 1024 },
      },
      'draft',
      table,
      { catalog, book: NO_OVERRIDES, ready: [{ id: 'comfyui-local', version: 1 }] },
    );
    expect(considered[0]!.reasons.map((each) => inWords(each))).toEqual(reason === undefined ? [] : [reason]);
  },
);

test('a picture to start from stands in for a reference where the work starts from none', () => {
  const still = { ...workflow, inputs: { still: [text] } };
  const supports = (work: OwnModel['work']) =>
    withOwnModels(EMPTY_CATALOG, [{ ...own, work, workflow: still }]).find(ref)!.model.supports;
  expect(supports('text to image')).toMatchObject({ references: true, mostReferences: 1 });
  expect(supports('image edit').references).toBe(false);
  expect(supports('image to video').firstFrame).toBe(true);
});

test('another workflow or mapping is another maker in the key; a name, a title or the order of nodes is not', () => {
  const idOf = (one: OwnWorkflow) => withOwnModels(EMPTY_CATALOG, [{ ...own, workflow: one }]).find(ref)!.offer.modelId;
  const { 1: first, 2: second } = workflow.graph;
  expect(idOf({ ...workflow, graph: { 2: second!, 1: { ...first!, _meta: { title: 'Other' } } } })).toBe(
    idOf(workflow),
  );
  const ids = [
    workflow,
    other,
    { ...workflow, output: '1' },
    { ...workflow, graph: { ...workflow.graph, 1: { ...first!, inputs: { text: 'a ship' } } } },
  ].map(idOf);
  expect(new Set(ids).size).toBe(4);
});

test('a table travels with the workflows it names, and they come back whole; a damaged one is refused', () => {
  const back = parseTableFile(writeTableFile({ table, workflows: [own] }));
  expect(back.ok && back.value.workflows).toEqual([own]);
  const raw = JSON.parse(writeTableFile({ table, workflows: [own] })) as { workflows: unknown[] };
  for (const damaged of [
    { ...own, id: 'bfl/flux-2-max' },
    { ...own, work: 'baking' },
    { ...own, workflow: { ...workflow, inputs: { magic: [] } } },
    { ...own, workflow: { ...workflow, graph: { constructor: { class_type: 'A', inputs: {} } } } },
  ]) {
    const read = parseTableFile(JSON.stringify({ ...raw, workflows: [own, damaged] }));
    expect(read.ok ? 'read' : inWords(read.error.message)).toBe(
      'Workflow 2 that comes with this table cannot be read.',
    );
  }
});

test('two workflows of one name in a file are refused: which of them is meant, nobody can say', () => {
  const raw = JSON.parse(writeTableFile({ table, workflows: [own] })) as object;
  const read = parseTableFile(JSON.stringify({ ...raw, workflows: [own, { ...own, workflow: other }] }));
  expect(read.ok ? 'read' : inWords(read.error.message)).toBe(
    `Two workflows that come with this table are both called ${own.name}.`,
  );
});

test('what else a file says of a place is left out', () => {
  const raw = JSON.parse(JSON.stringify(own).replace('"input":', '"more":1e999,"input":')) as unknown;
  expect(readOwnModel(raw)).toEqual(own);
});

test('numbers that have no hash are read as what they are written as', () => {
  const raw = JSON.parse(JSON.stringify(own).replace('"a boat"', '1e999')) as unknown;
  expect(contentOf(readOwnModel(raw)!.workflow)).toMatch(/^[0-9a-f]{32}$/);
});

test('what comes with a table is kept beside what is here, and nothing is replaced', () => {
  const namedBy = ({ rows }: RoutingTable) => rows[0]!.candidates[0]!.model;
  expect(broughtIn(table, [own], [])).toEqual({ table, fresh: [own] });
  expect(broughtIn(table, [own], [own])).toEqual({ table, fresh: [] });
  // The same under another id.
  const twin = broughtIn(table, [own], [{ ...own, id: 'own/xyz', name: 'Mine' }]);
  expect([namedBy(twin.table), twin.fresh]).toEqual(['own/xyz', []]);
  // Changed on one side.
  const changed = broughtIn(table, [{ ...own, workflow: other }], [own]);
  const id = namedBy(changed.table);
  expect(id).toMatch(/^own\/ink-\w{6}$/);
  expect(changed.fresh).toEqual([{ ...own, id, name: 'Ink 2', workflow: other }]);
  expect(readOwnModel(changed.fresh[0])).toEqual(changed.fresh[0]);
});
