/** Brings stored graphs up to date as opening a file does: nodes of older versions, and shapes graphs had before. */
import { inputsOf } from '../graph/connect.ts';
import type { LibraryComponent } from '../graph/adopt.ts';
import { withoutChoices } from '../graph/choices.ts';
import { registryWith } from '../graph/component.ts';
import { emptyBoard, emptyGraph, type Board, type Component, type Graph, type GraphNode } from '../graph/graph.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import type { NodeFace, Registry, StoredNode } from '../core/node.ts';
import { parseParams } from '../core/params.ts';
import { formatMigrations, migrateNode } from './migrations.ts';
import { writtenType } from './newer.ts';

/**
 * What every place does to graphs it stored before it hands them out. What is up to date is handed out as it is, the
 * same object.
 */
export interface Upgrade {
  graph(stored: Graph): Graph;
  component(stored: LibraryComponent): LibraryComponent;
  /** `undefined` where steps hold nodes as they no longer are: applied to today's graph they would damage it. */
  history(steps: unknown): unknown;
}
/** For whoever stores graphs that cannot be old. */
export const AS_STORED: Upgrade = {
  graph: (stored) => stored,
  component: (stored) => stored,
  history: (steps) => steps,
};

export function upgradeWith(registry: Registry): Upgrade {
  return {
    graph: (stored) => upgradedGraph(stored, registry),
    component(stored) {
      const { wires, frames, notes } = stored.component;
      const nodes = withoutChoices(stored.component.nodes);
      const whole = { ...emptyGraph(), ...dropMissing({ nodes, wires, frames, notes, components: stored.needs }) };
      const { components: needs, ...board } = upgradedGraph(whole, registry);
      const isAsStored = board.nodes === stored.component.nodes && board.wires === wires && needs === stored.needs;
      if (isAsStored) return stored;
      return {
        ...stored,
        component: {
          ...stored.component,
          nodes: board.nodes,
          wires: board.wires,
          frames: board.frames,
          notes: board.notes,
        },
        needs,
      };
    },
    history: (steps) => (holdsOldNode(steps, registry) ? undefined : steps),
  };
}

function upgradedGraph(stored: Graph, registry: Registry): Graph {
  const graph = inTodaysShape(stored);
  const components = mapValues(graph.components, (component) => upgradedBoard(component, registry));
  const known = registryWith(registry, () => components);
  const board = upgradedBoard(graph, known);
  if (board === graph && components === graph.components) return graph;
  // Wires to instances are checked against what the components are now.
  return { ...board, components };
}

/**
 * Graphs gained notes on the canvas, frames, components and a form, and each instance its own choices; what is said in
 * the old way is kept.
 */
function inTodaysShape(stored: Graph): Graph {
  const loose = stored as unknown as Loose;
  const withNotes = typeof loose['notes'] === 'string' ? formatMigrations[2]!(loose) : loose;
  const migrated = choosesInside(stored) ? formatMigrations[4]!(withNotes) : withNotes;
  const isWhole = migrated === loose && Object.entries(emptyGraph()).every(([name]) => loose[name] !== undefined);
  if (isWhole) return stored;
  const graph = { ...emptyGraph(), ...dropMissing(migrated) } as Graph;
  return { ...graph, components: mapValues(graph.components, (component) => ({ ...emptyBoard, ...component })) };
}
const choosesInside = ({ components = {} }: Partial<Graph>): boolean =>
  Object.values(components).some(({ nodes }) =>
    Object.values(nodes).some(({ take, frozen }) => take !== undefined || frozen !== undefined),
  );
const dropMissing = (record: Loose): Loose =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

/** The same board with every node at its definition's version, and without wires to sockets that are gone. */
function upgradedBoard<B extends Board>(board: B, registry: Registry): B {
  const nodes = mapValues(board.nodes, (node) => upgradedNode(node, registry));
  if (nodes === board.nodes) return board;
  const moved = new Set(
    Object.keys(nodes).filter((id) => nodes[id as keyof typeof nodes] !== board.nodes[id as keyof typeof nodes]),
  );
  const fits = ({ from, to }: Board['wires'][keyof Board['wires']]): boolean => {
    if (!moved.has(from.node) && !moved.has(to.node)) return true;
    const [source, target] = [nodes[from.node], nodes[to.node]];
    const [a, b] = [source && registry.get(source.type), target && registry.get(target.type)];
    // Ends at nodes that are not known here are kept as they are.
    if (!a || !b || !target) return true;
    const [output, input] = [a.outputs[from.socket], inputsOf(b, target)[to.socket]];
    return output !== undefined && output.kind === input?.kind;
  };
  const wires = Object.fromEntries(Object.entries(board.wires).filter(([, wire]) => fits(wire))) as B['wires'];
  return { ...board, nodes, wires };
}

function upgradedNode(node: GraphNode, registry: Registry): GraphNode {
  // One that a newer release saved is a placeholder under a type of its own, until its version is known.
  const type = writtenType(node);
  const definition = registry.get(type);
  const isOfToday = type === node.type && node.version === definition?.version;
  if (!definition || isOfToday || node.version > definition.version) return node;
  const { params } = fitted(definition, { params: node.params }, node.version);
  return { ...node, type, version: definition.version, params };
}

/** Params as the definition has them now, and what had to be left out. */
export function fitted(
  definition: NodeFace,
  stored: StoredNode,
  from: number,
): Pick<StoredNode, 'params'> & Pick<ReturnType<typeof parseParams>, 'problems'> {
  const moved = migrateNode(definition, stored, from);
  const { problems } = parseParams(definition.params, moved.params);
  const bad = new Set(problems.map(({ param }) => param));
  const params = Object.fromEntries(
    Object.entries(moved.params).filter(([name]) => Object.hasOwn(definition.params, name) && !bad.has(name)),
  );
  return { params, problems };
}

/** Whether a node of an older version lies anywhere in there. */
function holdsOldNode(steps: unknown, registry: Registry): boolean {
  const open: unknown[] = [steps];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) continue;
    const { type, version, params } = isRecord(value) ? value : {};
    const definition = typeof type === 'string' && isRecord(params) ? registry.get(type) : undefined;
    if (definition && typeof version === 'number' && version < definition.version) return true;
    for (const part of Object.values(value) as unknown[]) if (typeof part === 'object') open.push(part);
  }
  return false;
}

/** The same record where nothing in it changes. */
function mapValues<R extends Readonly<Record<string, Component | GraphNode>>>(
  record: R,
  change: (value: R[keyof R]) => R[keyof R],
): R {
  const entries = Object.entries(record) as [string, R[keyof R]][];
  const changed = entries.map(([key, value]) => [key, change(value)] as const);
  return changed.some(([, value], at) => value !== entries[at]![1])
    ? (Object.fromEntries(changed) as unknown as R)
    : record;
}
