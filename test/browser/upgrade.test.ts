import { beforeEach, expect, test } from 'vitest';
import { emptyGraph, type Component, type Graph, type GraphNode } from '../../src/graph/graph.ts';
import type { ComponentId, GraphId, NodeId, RunId, WireId } from '../../src/core/ids.ts';
import { defineNode, p, s } from '../../src/core/node-api.ts';
import type { NodeDefinition, Registry } from '../../src/core/node.ts';
import { START, type Edit } from '../../src/graph/history.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { upgradeWith } from '../../src/file/upgrade.ts';
import { Database } from '../../src/storage/db.ts';
import { replayed } from '../../src/state/replayed-edits.ts';
import { graphStore } from '../../src/storage/graph-store.ts';
import { runStore } from '../../src/storage/run-store.ts';
import { shelfStore } from '../../src/storage/shelf-store.ts';

const common = { layer: 'control', summary: '', docs: '', determinism: 'pure', lane: 'cpu', example: {} } as const;
/** Version 1 called its param `size` and had a second output. */
const grown = defineNode({
  ...common,
  id: 'grown',
  version: 2,
  title: 'Grown',
  inputs: { in: s.number({ optional: true }) },
  outputs: { out: s.number() },
  params: { amount: p.float({ label: 'Amount', default: 0, min: 0, max: 9 }) },
  migrations: { 2: ({ params: { size, ...rest } }) => ({ params: { ...rest, amount: size } }) },
  run: async () => ({ out: { kind: 'number', number: 1 } }),
});
const registry: Registry = new Map([[grown.id, grown as unknown as NodeDefinition]]);
const upgrade = upgradeWith(registry);

const OLD: GraphNode = { type: 'grown', version: 1, params: { size: 3, forgotten: true }, position: { x: 0, y: 0 } };
const NEW: GraphNode = { type: 'grown', version: 2, params: { amount: 3 }, position: { x: 0, y: 0 } };
const [a, b] = ['a' as NodeId, 'b' as NodeId];
const wire = (socket: string) => ({ from: { node: a, socket }, to: { node: b, socket: 'in' }, order: 0 });
const graphOf = (node: GraphNode, wires: Graph['wires'] = {}): Graph => ({
  ...emptyGraph('Stored'),
  nodes: { [a]: node, [b]: node },
  wires,
});
const old = graphOf(OLD, { ['kept' as WireId]: wire('out'), ['lost' as WireId]: wire('second') });
const today = graphOf(NEW, { ['kept' as WireId]: wire('out') });
const componentOf = ({ nodes, wires }: Graph): Component => ({
  title: 'Part',
  description: '',
  version: 1,
  nodes,
  wires,
  frames: {},
  notes: {},
  inputs: {},
  outputs: {},
  params: {},
});
const [inner, id] = ['inner' as ComponentId, 'g' as GraphId];

let db: Database;
beforeEach(() => {
  db = new Database(`upgrade-${Math.random()}`);
});
const graphs = () => graphStore(db, Date.now, upgrade);
/** As an earlier release left it; undo steps and edits may lie beside it. */
const putGraph = (graph: Graph, steps?: unknown) => graphStore(db).create(graph, steps);
const opened = async (id: GraphId) => {
  const { graph, history } = replayed((await graphs().open(id))!, upgrade);
  return { graph, history };
};

/** Every place a graph is stored in: how it got there in an earlier release, and how it is read today. */
const DOORS: Readonly<Record<string, (stored: Graph) => Promise<Graph | undefined>>> = {
  async 'a file'(stored) {
    const read = parseGraphFile(JSON.stringify({ format: 'triptych', formatVersion: 3, ...stored }), registry);
    return read.ok ? read.value.graph : undefined;
  },
  async 'the newest version'(stored) {
    return (await opened(await putGraph(stored))).graph;
  },
  async 'an earlier version'(stored) {
    const [version] = await graphs().versions(await putGraph(stored));
    return graphs().versionGraph(version!.id);
  },
  async 'a template'(stored) {
    await db.templates.put({ id: 't', at: 1, description: '', tags: [], graph: stored });
    return (await shelfStore(db, upgrade).templates())[0]?.graph;
  },
  async 'a run, in the list'(stored) {
    await db.runs.put({ id: 'r' as RunId, graphId: id, startedAt: 1, mode: 'draft', graph: stored });
    return (await runStore(db, Date.now, upgrade).list(id))[0]?.graph;
  },
  async 'a run, to replay it'(stored) {
    await db.runs.put({ id: 'r' as RunId, graphId: id, startedAt: 1, mode: 'draft', graph: stored });
    return (await runStore(db, Date.now, upgrade).run('r' as RunId))?.graph;
  },
  async 'a component in the library'(stored) {
    await db.components.put({ id: 'c' as ComponentId, version: 1, at: 1, component: componentOf(stored), needs: {} });
    const [kept] = await shelfStore(db, upgrade).components();
    return kept && { ...emptyGraph('Stored'), nodes: kept.component.nodes, wires: kept.component.wires };
  },
  async 'what a component in the library needs'(stored) {
    await db.components.put({
      id: 'c' as ComponentId,
      version: 1,
      at: 1,
      component: componentOf(emptyGraph()),
      needs: { [inner]: componentOf(stored) },
    });
    const [kept] = await shelfStore(db, upgrade).components();
    return kept && { ...emptyGraph('Stored'), nodes: kept.needs[inner]!.nodes, wires: kept.needs[inner]!.wires };
  },
  async 'a component inside a graph'(stored) {
    const id = await putGraph({ ...emptyGraph('Stored'), components: { [inner]: componentOf(stored) } });
    const component = (await opened(id)).graph.components[inner]!;
    return { ...emptyGraph('Stored'), nodes: component.nodes, wires: component.wires };
  },
};

test.each(Object.entries(DOORS))('nodes of an older version are brought up to date: %s', async (_, read) => {
  expect(await read(old)).toEqual(today);
});

test.each(Object.entries(DOORS))('what is up to date stays as it is: %s', async (_, read) => {
  expect(await read(today)).toEqual(today);
});

test('a graph in the shape of the first release gets what it lacks; its text becomes a note', () => {
  const { frames: _, components: _c, form: _f, ...first } = { ...today, notes: 'Read me' };
  expect(upgrade.graph(first as unknown as Graph)).toMatchObject({
    nodes: today.nodes,
    frames: {},
    components: {},
    form: [],
    notes: { notes: { text: 'Read me' } },
  });
});

test('what needs no upgrade is the same object, so that nothing is saved or drawn again', () => {
  const kept = {
    id: 'c' as ComponentId,
    version: 1,
    at: 1,
    component: componentOf(today),
    needs: { [inner]: componentOf(today) },
  };
  expect([upgrade.graph(today) === today, upgrade.component(kept) === kept]).toEqual([true, true]);
  const foreign = graphOf({ ...OLD, type: 'not here' });
  expect(upgrade.graph(foreign)).toBe(foreign);
});

test('a node that a newer release saved is one again when its version is known', () => {
  const waiting = graphOf({ ...NEW, type: 'grown@2' });
  expect(upgrade.graph(waiting)).toEqual(graphOf(NEW));
  const later = graphOf({ ...NEW, type: 'grown@3', version: 3 });
  expect(upgrade.graph(later)).toBe(later);
});

const steps = (value: unknown) => ({
  past: [{ label: 'Remove', redo: [], undo: [{ op: 'add', path: ['nodes', 'z'], value }], at: 1 }],
  future: [],
});

const NO_STEPS = { past: [], future: [] };

test('undo steps stay while they fit, and go whole where a node in them, or the graph, is of an older version', async () => {
  expect((await opened(await putGraph(today, steps(NEW)))).history).toEqual(steps(NEW));
  expect(await opened(await putGraph(today, steps(OLD)))).toEqual({ graph: today, history: NO_STEPS });
  expect(await opened(await putGraph(old, steps(NEW)))).toEqual({ graph: today, history: NO_STEPS });
});

test('edits since the newest version are made on the graph as it was, then all of it is brought up to date', async () => {
  const id = await putGraph(old);
  const redo = [{ op: 'replace' as const, path: ['nodes', a, 'params', 'size'], value: 5 }];
  const edit: Edit = {
    id: 'e',
    after: START.id,
    seq: 1,
    edition: 1,
    did: 'edit',
    step: { label: 'Change size', redo, undo: [] },
  };
  await graphs().save(id, old, [edit]);
  const { graph } = await opened(id);
  expect(graph.nodes[a]!.params).toEqual({ amount: 5 });
});
