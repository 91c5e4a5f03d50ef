/** Cells of a batch: which columns there can be, what each takes, and cells from text and back. */
import { nodeIds, type BatchColumn, type CellValue, type Graph, type GraphNode } from './graph.ts';
import type { NodeId } from '../core/ids.ts';
import { isRecord } from '../core/loose.ts';
import type { Registry } from '../core/node.ts';
import { numberIn, numberText, type DecimalMark } from '../core/number-text.ts';
import { own } from '../core/own.ts';
import { LARGEST_SEED, p, parseParams, type Params, type ParamSpec, type SeedSetting } from '../core/params.ts';
import { say, type Sentence } from '../core/say.ts';
import { variablesIn } from '../core/variables.ts';
import { batchOf } from './batch.ts';

export const isCell = (value: unknown): value is CellValue =>
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
export type ColumnPlace = Omit<BatchColumn, 'id' | 'above'>;
export const placeIn = ({ node, param, variable }: BatchColumn): ColumnPlace => ({
  node,
  param,
  ...(variable === undefined ? {} : { variable }),
});
export const valuesOf = (specs: Params, node: GraphNode) =>
  parseParams(specs, node.params).values as Readonly<Record<string, unknown>>;

/** `undefined` when its node, param or variable is gone, or a wire feeds the param. */
export function factsOf(
  graph: Pick<Graph, 'nodes' | 'wires'>,
  registry: Registry,
  { node, param, variable }: ColumnPlace,
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
  Boolean(graph.nodes[node]?.promoted?.includes(param)) && fedSockets(graph.wires).has(`${node} ${param}`);

const fed = new WeakMap<Graph['wires'], ReadonlySet<string>>();
/** Sockets that wires lead to: looked for once, since every param of a large graph asks. */
function fedSockets(wires: Graph['wires']): ReadonlySet<string> {
  const known = fed.get(wires);
  if (known) return known;
  const found = new Set(Object.values(wires).map(({ to }) => `${to.node} ${to.socket}`));
  fed.set(wires, found);
  return found;
}

/**
 * Every param that could be a column and is none yet: a prompt's variables first, then what the form asks for, then the
 * rest.
 */
export function columnsOffered(graph: Graph, registry: Registry): ColumnPlace[] {
  const places = nodeIds(graph).flatMap((node) => {
    const placed = graph.nodes[node]!;
    const definition = registry.get(placed.type);
    if (!definition || placed.muted) return [];
    const values = valuesOf(definition.params, placed);
    return Object.entries(definition.params).flatMap(([param, spec]): ColumnPlace[] => {
      if (spec.kind === 'variables') return variablesIn(values[spec.of]).map((variable) => ({ node, param, variable }));
      return spec.kind === 'curve' || spec.kind === 'list' || isFed(graph, node, param) ? [] : [{ node, param }];
    });
  });
  const asked = new Set(graph.form.map(({ node, param }) => `${node} ${param}`));
  const rank = ({ node, param, variable }: ColumnPlace) =>
    variable !== undefined ? 0 : asked.has(`${node} ${param}`) ? 1 : 2;
  return places
    .filter((place) => !batchOf(graph).columns.some((column) => isSame(column, place)))
    .sort((a, b) => rank(a) - rank(b));
}
export const isSame = (a: ColumnPlace, b: ColumnPlace): boolean =>
  a.node === b.node && a.param === b.param && a.variable === b.variable;

/**
 * A cell from what a person typed or a file says, with the decimal mark of who wrote it. `undefined` for an empty one.
 */
export function cellFrom(
  spec: ParamSpec,
  typed: string,
  mark: DecimalMark = '.',
): { readonly cell: CellValue | undefined } | { readonly problem: Sentence } {
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
export const isSeed = (cell: CellValue): boolean =>
  Number.isInteger(cell) && Number(cell) >= 0 && Number(cell) <= LARGEST_SEED;

function readCell(spec: ParamSpec, text: string, mark: DecimalMark): CellValue | undefined {
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
    case 'list':
      return undefined;
    default:
      return spec satisfies never;
  }
}
export function cellText(cell: CellValue | undefined, mark: DecimalMark = '.'): string {
  if (cell === undefined) return '';
  if (typeof cell === 'object') return cell.name;
  return typeof cell === 'number' ? numberText(cell, mark) : String(cell);
}

/** What a seed says when a cell gives its number. */
export const seedSaying = (value: CellValue): SeedSetting => ({
  mode: 'fixed',
  value: typeof value === 'object' ? NaN : Number(value),
});
