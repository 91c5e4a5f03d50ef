/** Rows of a batch as graphs: what one runs, what it needs of the row above, what it is called. */
import { nodeIds, type Batch, type Component, type Graph, type GraphNode } from './graph.ts';
import type { ComponentId, NodeId, RowId } from '../core/ids.ts';
import { isRecord } from '../core/loose.ts';
import type { Registry } from '../core/node.ts';
import type { FileSetting, SeedSetting } from '../core/params.ts';
import { say, type Sentence } from '../core/say.ts';
import type { Outputs } from '../core/values.ts';
import { factsOf, seedSaying, cellText, valuesOf } from './batch-cells.ts';
import { NO_BATCH } from './batch.ts';

/**
 * The seed of a row where no cell says one, the same each time it runs: one that counts has counted the rows before, a
 * random one hangs on the row wherever it stands.
 */
function seedInRow({ mode, value }: SeedSetting, at: number, id: RowId): number {
  const steps = {
    fixed: 0,
    increment: at,
    random: [...id].reduce((hash, sign) => Math.imul(hash ^ sign.charCodeAt(0), 0x01000193), 0x811c9dc5),
  }[mode];
  return (value + steps) >>> 0;
}

/** The nodes of a board whose seeds move, with the seeds they have in a row. */
function seedsInRow(board: Pick<Graph, 'nodes'>, registry: Registry, at: number, id: RowId): Record<NodeId, GraphNode> {
  const moved: Record<NodeId, GraphNode> = {};
  for (const node of nodeIds(board)) {
    const placed = board.nodes[node]!;
    const seeds: Record<string, SeedSetting> = {};
    for (const [param, spec] of Object.entries(registry.get(placed.type)?.params ?? {})) {
      if (spec.kind !== 'seed') continue;
      const setting = valuesOf({ [param]: spec }, placed)[param] as SeedSetting;
      if (setting.mode !== 'fixed') seeds[param] = { ...setting, value: seedInRow(setting, at, id) };
    }
    if (Object.keys(seeds).length) moved[node] = { ...placed, params: { ...placed.params, ...seeds } };
  }
  return moved;
}
/** Seeds inside components move as those on the graph do. The same object where none moves. */
function componentsInRow(
  components: Graph['components'],
  registry: Registry,
  at: number,
  id: RowId,
): Graph['components'] {
  const moved = (Object.entries(components) as [ComponentId, Component][]).flatMap(
    ([name, component]): [ComponentId, Component][] => {
      const seeds = seedsInRow(component, registry, at, id);
      return Object.keys(seeds).length ? [[name, { ...component, nodes: { ...component.nodes, ...seeds } }]] : [];
    },
  );
  return moved.length ? { ...components, ...Object.fromEntries(moved) } : components;
}

/** Whether rows have seeds of their own without a cell that says one. */
export const movesSeeds = (graph: Graph, registry: Registry): boolean =>
  !graph.batch?.holdsSeeds &&
  [graph, ...Object.values(graph.components)].some(
    (board) => Object.keys(seedsInRow(board, registry, 0, '' as RowId)).length > 0,
  );

/** What a node made, as a picture that was chosen; one name for all, since it enters the key. */
export function asCell(outputs: Outputs | undefined): FileSetting | undefined {
  const picture = Object.values(outputs ?? {}).find((value) => value?.kind === 'image');
  return picture?.kind === 'image'
    ? { hash: picture.hash, name: 'row above', mime: 'image/png', width: picture.width, height: picture.height }
    : undefined;
}
/**
 * The nodes whose picture from the row above this row needs: the first row needs none, nor does one whose cell says
 * something.
 */
export function neededFromAbove({ columns, rows }: Batch, id: RowId): NodeId[] {
  const at = rows.findIndex((row) => row.id === id);
  return at < 1
    ? []
    : columns.flatMap((column) =>
        column.above !== undefined && rows[at]!.cells[column.id] === undefined ? [column.above] : [],
      );
}

/** Whether the row above has not made all that this row goes on from. */
export const waitsForAbove = (batch: Batch, id: RowId, made: (node: NodeId) => FileSetting | undefined): boolean =>
  neededFromAbove(batch, id).some((node) => made(node) === undefined);

/**
 * The graph as one row runs it, without the table. Cells that fit no param any more are passed over. `above`: what
 * nodes made in the row above.
 */
export function graphOfRow(
  graph: Graph,
  registry: Registry,
  id: RowId,
  above: (node: NodeId) => FileSetting | undefined = () => undefined,
): Graph {
  const { batch, ...rest } = graph;
  const { columns, rows } = batch ?? NO_BATCH;
  const at = rows.findIndex((row) => row.id === id);
  const moves = !batch?.holdsSeeds;
  const nodes: Record<NodeId, GraphNode> = { ...graph.nodes, ...(moves ? seedsInRow(graph, registry, at, id) : {}) };
  const set = (node: NodeId, param: string, value: unknown) =>
    (nodes[node] = { ...nodes[node]!, params: { ...nodes[node]!.params, [param]: value } });
  for (const column of columns) {
    const cell = rows[at]?.cells[column.id] ?? (at > 0 && column.above !== undefined ? above(column.above) : undefined);
    const facts = factsOf(graph, registry, column);
    if (cell === undefined || !facts) continue;
    const own = nodes[column.node]!.params[column.param];
    set(
      column.node,
      column.param,
      column.variable !== undefined
        ? { ...(isRecord(own) ? own : {}), [column.variable]: cellText(cell) }
        : facts.spec.kind === 'seed'
          ? seedSaying(cell)
          : cell,
    );
  }
  return { ...rest, nodes, components: moves ? componentsInRow(graph.components, registry, at, id) : graph.components };
}

/** What a row is called: its number and what its first cells say; one of a sweep, its values. */
export function nameOfRow(batch: Batch, id: RowId): Sentence {
  const at = batch.rows.findIndex((row) => row.id === id);
  const said = batch.columns
    .map((column) => cellText(batch.rows[at]?.cells[column.id]))
    .filter(Boolean)
    .slice(0, 2)
    .join(', ');
  const short = said.length > 60 ? `${said.slice(0, 58)}…` : said;
  if (batch.holdsSeeds) return say('Sweep: {0}', short);
  return short ? say('Row {0}: {1}', at + 1, short) : say('Row {0}', at + 1);
}
