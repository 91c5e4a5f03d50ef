/** A batch: one run of a graph for each row of a table. A column is a param, or one of a prompt's variables. */
import type { GraphDraft } from './edits.ts';
import {
  nodeIds,
  type Batch,
  type BatchColumn,
  type BatchRow,
  type Cell,
  type Component,
  type Graph,
  type GraphNode,
} from './graph.ts';
import { newId, type ColumnId, type ComponentId, type NodeId, type RowId } from '../core/ids.ts';
import { isRecord } from '../core/loose.ts';
import type { Registry } from '../core/node.ts';
import { numberIn, numberText, type DecimalMark } from '../core/number-text.ts';
import { own } from '../core/own.ts';
import {
  LARGEST_SEED,
  p,
  parseParams,
  type FileSetting,
  type Params,
  type ParamSpec,
  type SeedSetting,
} from '../core/params.ts';
import { say, type Sentence } from '../core/say.ts';
import type { Outputs } from '../core/values.ts';
import { variablesIn } from '../core/variables.ts';

export const MOST_ROWS = 1000;
export const MOST_COLUMNS = 50;
const NONE: Batch = { columns: [], rows: [] };
export const batchOf = (graph: Pick<Graph, 'batch'>): Batch => graph.batch ?? NONE;

export const isCell = (value: unknown): value is Cell =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (isRecord(value) &&
    typeof value['hash'] === 'string' &&
    typeof value['name'] === 'string' &&
    typeof value['mime'] === 'string');

/** What a column is about, for whoever reads or fills it. */
export interface ColumnFacts {
  readonly spec: ParamSpec;
  readonly label: string;
  /** The node's own name. */
  readonly of: string;
  /** What an empty cell means. */
  readonly otherwise: unknown;
}
type Place = Omit<BatchColumn, 'id' | 'above'>;
const placeIn = ({ node, param, variable }: BatchColumn): Place => ({
  node,
  param,
  ...(variable === undefined ? {} : { variable }),
});
const valuesOf = (specs: Params, node: GraphNode) =>
  parseParams(specs, node.params).values as Readonly<Record<string, unknown>>;

/** `undefined` when its node, param or variable is gone, or a wire feeds the param. */
export function factsOf(
  graph: Pick<Graph, 'nodes' | 'wires'>,
  registry: Registry,
  { node, param, variable }: Place,
): ColumnFacts | undefined {
  const placed = own(graph.nodes, node);
  const definition = placed && registry.get(placed.type);
  const spec = definition && own(definition.params, param);
  if (!placed || !spec || isFed(graph, node, param)) return undefined;
  const of = placed.title ?? definition.title;
  const values = valuesOf(definition.params, placed);
  if (spec.kind !== 'variables')
    return variable === undefined ? { spec, label: spec.label, of, otherwise: values[param] } : undefined;
  if (variable === undefined || !variablesIn(values[spec.of]).includes(variable)) return undefined;
  return {
    spec: p.text({ label: variable, default: '' }),
    label: variable,
    of,
    otherwise: own(values[param] as Readonly<Record<string, string>>, variable) ?? '',
  };
}
const isFed = (graph: Pick<Graph, 'nodes' | 'wires'>, node: NodeId, param: string): boolean =>
  Boolean(graph.nodes[node]?.promoted?.includes(param)) &&
  Object.values(graph.wires).some(({ to }) => to.node === node && to.socket === param);

/** Every param that could be a column and is none yet: a prompt's variables first, then what the form asks for, then the rest. */
export function columnsOffered(graph: Graph, registry: Registry): Place[] {
  const places = nodeIds(graph).flatMap((node) => {
    const placed = graph.nodes[node]!;
    const definition = registry.get(placed.type);
    if (!definition || placed.muted) return [];
    const values = valuesOf(definition.params, placed);
    return Object.entries(definition.params).flatMap(([param, spec]): Place[] => {
      if (spec.kind === 'variables') return variablesIn(values[spec.of]).map((variable) => ({ node, param, variable }));
      return spec.kind === 'curve' || isFed(graph, node, param) ? [] : [{ node, param }];
    });
  });
  const asked = new Set(graph.form.map(({ node, param }) => `${node} ${param}`));
  const rank = ({ node, param, variable }: Place) =>
    variable !== undefined ? 0 : asked.has(`${node} ${param}`) ? 1 : 2;
  return places
    .filter((place) => !batchOf(graph).columns.some((column) => isSame(column, place)))
    .sort((a, b) => rank(a) - rank(b));
}
const isSame = (a: Place, b: Place): boolean => a.node === b.node && a.param === b.param && a.variable === b.variable;

/** A cell from what a person typed or a file says, with the decimal mark of who wrote it. `undefined` for an empty one. */
export function cellFrom(
  spec: ParamSpec,
  typed: string,
  mark: DecimalMark = '.',
): { readonly cell: Cell | undefined } | { readonly problem: Sentence } {
  const text = typed.trim();
  if (text === '') return { cell: undefined };
  if (isUnclear(spec, text, mark)) {
    return { problem: say('“{0}” is a thousand to some and one to others; write it without the sign between.', text) };
  }
  const read = readCell(spec, text, mark);
  if (read === undefined) return { problem: say('“{0}” is not a value for {1}.', text.slice(0, 40), say(spec.label)) };
  if (spec.kind === 'seed' && !isSeed(read)) {
    return { problem: say('A seed is a whole number from 0 to {0}, not “{1}”.', LARGEST_SEED, text.slice(0, 40)) };
  }
  const [wrong] = parseParams({ cell: spec }, { cell: spec.kind === 'seed' ? seedSaying(read) : read }).problems;
  return wrong ? { problem: wrong.message } : { cell: read };
}
/** `1,000` is a thousand to some readers and one to others; so is `1.000` where only whole numbers make sense. */
function isUnclear({ kind }: ParamSpec, text: string, mark: DecimalMark): boolean {
  const isWhole = kind === 'int' || kind === 'seed';
  const couldPartThousands = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(text);
  return (isWhole || kind === 'float') && couldPartThousands && (isWhole || numberIn(text, mark) === undefined);
}
const isSeed = (cell: Cell): boolean => Number.isInteger(cell) && Number(cell) >= 0 && Number(cell) <= LARGEST_SEED;

function readCell(spec: ParamSpec, text: string, mark: DecimalMark): Cell | undefined {
  switch (spec.kind) {
    case 'int':
    case 'float':
    case 'seed':
      return numberIn(text, mark);
    case 'toggle':
      return /^(yes|true|on|1|ja|an)$/i.test(text) || (/^(no|false|off|0|nein|aus)$/i.test(text) ? false : undefined);
    case 'choice':
    case 'aspect':
      return spec.options.find((option) => option.toLowerCase() === text.toLowerCase());
    case 'text':
      return text;
    case 'file':
    case 'curve':
    case 'variables':
      return undefined;
    default:
      return spec satisfies never;
  }
}
export function textOf(cell: Cell | undefined, mark: DecimalMark = '.'): string {
  if (cell === undefined) return '';
  if (typeof cell === 'object') return cell.name;
  return typeof cell === 'number' ? numberText(cell, mark) : String(cell);
}

const seedSaying = (value: Cell): SeedSetting => ({
  mode: 'fixed',
  value: typeof value === 'object' ? NaN : Number(value),
});
/** The seed of a row where no cell says one, the same each time it runs: one that counts has counted the rows before, a random one hangs on the row wherever it stands. */
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

/** What a node made, as a picture that was chosen; one name for all, since it enters the key. */
export function asCell(outputs: Outputs | undefined): FileSetting | undefined {
  const picture = Object.values(outputs ?? {}).find((value) => value?.kind === 'image');
  return picture?.kind === 'image'
    ? { hash: picture.hash, name: 'row above', mime: 'image/png', width: picture.width, height: picture.height }
    : undefined;
}
/** The nodes whose picture from the row above this row needs: the first row needs none, nor does one whose cell says something. */
export function neededFromAbove({ columns, rows }: Batch, id: RowId): NodeId[] {
  const at = rows.findIndex((row) => row.id === id);
  return at < 1
    ? []
    : columns.flatMap((column) =>
        column.above !== undefined && rows[at]!.cells[column.id] === undefined ? [column.above] : [],
      );
}

/** The graph as one row runs it, without the table. Cells that fit no param any more are passed over. `above`: what nodes made in the row above. */
export function graphOfRow(
  graph: Graph,
  registry: Registry,
  id: RowId,
  above: (node: NodeId) => FileSetting | undefined = () => undefined,
): Graph {
  const { batch, ...rest } = graph;
  const { columns, rows } = batch ?? NONE;
  const at = rows.findIndex((row) => row.id === id);
  const nodes: Record<NodeId, GraphNode> = { ...graph.nodes, ...seedsInRow(graph, registry, at, id) };
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
        ? { ...(isRecord(own) ? own : {}), [column.variable]: textOf(cell) }
        : facts.spec.kind === 'seed'
          ? seedSaying(cell)
          : cell,
    );
  }
  return { ...rest, nodes, components: componentsInRow(graph.components, registry, at, id) };
}

/** What a row is called: its number and what its first cells say. */
export function nameOfRow(batch: Batch, id: RowId): Sentence {
  const at = batch.rows.findIndex((row) => row.id === id);
  const said = batch.columns
    .map((column) => textOf(batch.rows[at]?.cells[column.id]))
    .filter(Boolean)
    .slice(0, 2)
    .join(', ');
  return said ? say('Row {0}: {1}', at + 1, said.length > 60 ? `${said.slice(0, 58)}…` : said) : say('Row {0}', at + 1);
}

const newRow = (cells: BatchRow['cells'] = {}): BatchRow => ({ id: newId<RowId>('r'), cells });
const put = (graph: GraphDraft, change: Partial<Batch>): void => void (graph.batch = { ...batchOf(graph), ...change });

/** The first column brings a first row. */
export function addColumn(graph: GraphDraft, place: Place): void {
  const { columns, rows } = batchOf(graph);
  if (columns.length >= MOST_COLUMNS || columns.some((column) => isSame(column, place))) return;
  put(graph, { columns: [...columns, { ...place, id: newId<ColumnId>('c') }], rows: rows.length ? rows : [newRow()] });
}
export function removeColumn(graph: GraphDraft, id: ColumnId): void {
  const { columns, rows } = batchOf(graph);
  put(graph, {
    columns: columns.filter((column) => column.id !== id),
    rows: rows.map((row) => ({
      ...row,
      cells: Object.fromEntries(Object.entries(row.cells).filter(([column]) => column !== id)),
    })),
  });
}
/** What an empty cell of a picture's column takes: what a node made in the row above, or, without one, what the graph says. */
export function goOnFrom(graph: GraphDraft, id: ColumnId, above: NodeId | undefined): void {
  const { columns } = batchOf(graph);
  put(graph, {
    columns: columns.map((column) =>
      column.id === id ? { ...placeIn(column), id, ...(above === undefined ? {} : { above }) } : column,
    ),
  });
}
/** As many as fit. */
export function addRows(graph: GraphDraft, cells: readonly BatchRow['cells'][]): void {
  const { rows } = batchOf(graph);
  // A row nobody filled in makes way.
  const filled = rows.filter(
    (row) => Object.keys(row.cells).length > 0 || cells.every((item) => Object.keys(item).length === 0),
  );
  put(graph, { rows: [...filled, ...cells.map(newRow)].slice(0, MOST_ROWS) });
}
export function removeRows(graph: GraphDraft, ids: readonly RowId[]): void {
  put(graph, { rows: batchOf(graph).rows.filter((row) => !ids.includes(row.id)) });
}
export function moveRow(graph: GraphDraft, from: number, to: number): void {
  const { rows } = batchOf(graph);
  const row = rows[from];
  if (row && to >= 0 && to < rows.length) put(graph, { rows: rows.toSpliced(from, 1).toSpliced(to, 0, row) });
}
/** In place: what undo keeps of it is one row, not the table. */
export function setCell(graph: GraphDraft, id: RowId, column: ColumnId, cell: Cell | undefined): void {
  const row = batchOf(graph).rows.find((one) => one.id === id) as { cells: BatchRow['cells'] } | undefined;
  if (row) row.cells = withCell(row.cells, column, cell);
}
const withCell = (cells: BatchRow['cells'], column: ColumnId, cell: Cell | undefined): BatchRow['cells'] => {
  const { [column]: _, ...rest } = cells;
  return cell === undefined ? rest : { ...rest, [column]: cell };
};

/** The values of each column, each once. */
function valuesIn({ columns, rows }: Batch): readonly (readonly Cell[])[] {
  return columns.map(({ id }) => {
    const cells = rows.flatMap((row) => row.cells[id] ?? []);
    return [...new Map(cells.map((cell) => [textOf(cell), cell])).values()];
  });
}
/** How many rows every combination would make: counted, not made, since columns multiply. */
export const countCombinations = (batch: Batch): number =>
  valuesIn(batch).reduce((count, values) => count * Math.max(1, values.length), 1);
/** Every value of a column with every value of the others, each written once; as many as a batch can hold. */
export function combinations(batch: Batch): BatchRow['cells'][] {
  const values = valuesIn(batch);
  return batch.columns.reduce<BatchRow['cells'][]>(
    (made, { id }, at) => {
      if (values[at]!.length === 0) return made;
      const more: BatchRow['cells'][] = [];
      for (const cells of made)
        for (const cell of values[at]!) if (more.length < MOST_ROWS) more.push({ ...cells, [id]: cell });
      return more;
    },
    [{}],
  );
}
export const setRows = (graph: GraphDraft, cells: readonly BatchRow['cells'][]): void =>
  put(graph, { rows: cells.slice(0, MOST_ROWS).map(newRow) });

/** Each row `times` times, with seeds that count up from its own: a loop. Adds the column where no seed is one. */
export function repeatWithSeeds(graph: GraphDraft, registry: Registry, times: number): void {
  const isSeed = (place: Place) => factsOf(graph, registry, place)?.spec.kind === 'seed';
  if (!batchOf(graph).columns.some(isSeed)) {
    const seed = columnsOffered(graph, registry).find(isSeed);
    if (!seed) return;
    addColumn(graph, seed);
  }
  const { columns, rows } = batchOf(graph);
  const column = columns.find(isSeed)!;
  const own = (factsOf(graph, registry, column)!.otherwise as SeedSetting).value;
  const repeated = (rows.length ? rows : [newRow()]).flatMap(({ cells }) =>
    Array.from({ length: times }, (_, step) => ({
      ...cells,
      [column.id]: (Number(cells[column.id] ?? own) + step) % 2 ** 32,
    })),
  );
  setRows(graph, repeated);
}
