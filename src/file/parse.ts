/** From any text to a graph and a report. Damage in one place never costs what is whole elsewhere; nothing is run or fetched. */
import { isRecord, type Loose } from '../core/loose.ts';
import { A_KIND, inputsOf } from '../core/connect.ts';
import { fail, ok, type Result } from '../core/errors.ts';
import { componentIdOf, componentsUsed } from '../core/component-type.ts';
import { registryWith } from '../core/component.ts';
import { MARK_COLOURS, type BatchColumn, type BatchRow, type Board, type Component, type FormField, type Frame, type Graph, type GraphNode, type InnerEnd, type Note, type Point, type Size, type Wire, type WireEnd } from '../core/graph.ts';
import { DEEPEST_FRAME, framesAround } from '../core/marks.ts';
import { isCell, MOST_COLUMNS, MOST_ROWS } from '../core/batch.ts';
import type { ColumnId, ComponentId, FrameId, NodeId, NoteId, RowId, WireId } from '../core/ids.ts';
import type { NodeDefinition, Registry, StoredNode } from '../core/node.ts';
import { parseParams } from '../core/params.ts';
import { Reach } from '../core/reach.ts';
import { say, type Sentence } from '../core/say.ts';
import { readChoice, readInner } from './choices.ts';
import { FORMAT_VERSION, MOST_NODES, type EmbeddedMedia, type SeenResults } from './format.ts';
import { migrateFormat } from './migrations.ts';

/** What opening a file changed or left out, in sentences. */
export interface ImportReport {
  readonly migrated: readonly Sentence[];
  readonly missing: readonly Sentence[];
  readonly dropped: readonly Sentence[];
}
export interface Opened {
  readonly graph: Graph;
  readonly report: ImportReport;
  readonly media: Readonly<Record<string, EmbeddedMedia>>;
  readonly results: SeenResults;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
/** Of reroute points on one wire, and of components in one file. */
const MOST_POINTS = 200;
const MOST_COMPONENTS = 1000;
/** Brackets within brackets; our own files need eight. */
const DEEPEST = 64;
const HARMFUL = new Set(['__proto__', 'constructor', 'prototype']);

/** How deep brackets nest in a JSON text. */
function depthOf(text: string): number {
  let [depth, deepest, quoted] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (quoted) {
      if (sign === 92) at++;
      else if (sign === 34) quoted = false;
    } else if (sign === 34) quoted = true;
    else if (sign === 91 || sign === 123) deepest = Math.max(deepest, ++depth);
    else if (sign === 93 || sign === 125) depth--;
  }
  return deepest;
}

export function parseGraphFile(text: string, registry: Registry): Result<Opened> {
  if (depthOf(text) > DEEPEST) return fail('bad-input', 'This file is nested deeper than any Triptych graph, so it was not opened.', 'It is damaged, or made to do harm.');
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return fail('bad-input', 'This file is not JSON, so it is not a Triptych graph.', 'Choose a file that ends in .triptych.json.');
  }
  if (!isRecord(raw) || raw['format'] !== 'triptych') return fail('bad-input', 'This JSON file is not a Triptych graph.', 'Choose a file that was exported from Triptych.');
  const version = raw['formatVersion'];
  if (!Number.isInteger(version) || (version as number) < 1) return fail('bad-input', 'This graph file does not say which format version it has.', 'Export it again from Triptych.');
  if ((version as number) > FORMAT_VERSION) {
    return fail('bad-input', say('This graph was made by a newer Triptych (format {0}; this one reads up to {1}).', version as number, FORMAT_VERSION), 'Update Triptych, then open it again.');
  }
  const file = migrateFormat(raw, version as number);
  const count = [file, ...entriesOf(file['components']).map(([, component]) => component)].reduce<number>((total, board) => total + (isRecord(board) && isRecord(board['nodes']) ? Object.keys(board['nodes']).length : 0), 0);
  if (count > MOST_NODES) return fail('bad-input', say('This graph has {0} nodes; up to {1} can be opened.', count.toLocaleString('en'), MOST_NODES.toLocaleString('en')), 'Split it into smaller graphs.');
  return ok(assemble(file, registry));
}

type Draft = { -readonly [K in keyof ImportReport]: Sentence[] };

function assemble(file: Loose, registry: Registry): Opened {
  const report: Draft = { migrated: [], missing: [], dropped: [] };
  const text = (key: string, otherwise = ''): string => (isText(file[key]) ? file[key].slice(0, 20_000) : otherwise);
  const components = readComponents(file['components'], registry, report);
  const known = registryWith(registry, () => components);
  const board = readBoard(file, known, report);
  const graph: Graph = { title: text('title', 'Untitled').slice(0, 200) || 'Untitled', description: text('description'), author: text('author'), licence: text('licence'), ...readPin(file['routing']), ...board, components, form: readForm(file['form'], board), ...readBatch(file['batch'], board) };
  const media = Object.fromEntries(
    entriesOf(file['media']).filter((entry): entry is [string, EmbeddedMedia & Loose] => {
      const [hash, item] = entry;
      return /^[0-9a-f]{64}$/.test(hash) && isRecord(item) && isText(item['mime']) && isText(item['name']) && isText(item['data']);
    }),
  );
  const results = Object.fromEntries(
    entriesOf(file['results']).filter((entry): entry is [string, SeenResults[NodeId] & Loose] => isRecord(entry[1]) && isText(entry[1]['hash']) && Object.hasOwn(media, entry[1]['hash']) && isCount(entry[1]['width']) && isCount(entry[1]['height'])).map(([id, { hash, width, height }]) => [id, { hash, width, height }]),
  );
  return { graph, report, media, results };
}

const entriesOf = (raw: unknown): [string, unknown][] => Object.entries(isRecord(raw) ? raw : {}).filter(([key]) => !HARMFUL.has(key));

function readBoard(file: Loose, registry: Registry, report: Draft): Board {
  const taken = new Set<string>();
  const frames: Record<FrameId, Frame> = {};
  const nodes: Record<NodeId, GraphNode> = {};
  const notes: Record<NoteId, Note> = {};
  for (const [id, raw] of entriesOf(file['nodes'])) {
    const node = id.includes('/') ? undefined : readNode(id, raw, registry, report);
    if (node) nodes[id as NodeId] = node;
    if (node) taken.add(id);
  }
  for (const [id, raw] of entriesOf(file['frames'])) {
    if (!isRecord(raw) || taken.has(id)) continue;
    frames[id as FrameId] = { title: isText(raw['title']) ? raw['title'].slice(0, 200) : 'Frame', ...readMark(raw, { width: 480, height: 320 }), ...(raw['collapsed'] === true ? { collapsed: true } : {}) };
    taken.add(id);
  }
  for (const [id, raw] of entriesOf(file['frames'])) {
    const frame = frames[id as FrameId];
    if (!frame || !isRecord(raw)) continue;
    frames[id as FrameId] = { ...frame, ...readFrameOf(raw, frames) };
    // Frames that carry each other in a circle, or too deep: the one that closes it lies free.
    const around = framesAround({ nodes, notes, frames }, id as FrameId);
    if (around.length === DEEPEST_FRAME || around.includes(id as FrameId)) frames[id as FrameId] = frame;
  }
  for (const [id, raw] of entriesOf(file['notes'])) {
    if (!isRecord(raw) || taken.has(id)) continue;
    notes[id as NoteId] = { text: isText(raw['text']) ? raw['text'].slice(0, 20_000) : '', ...readMark(raw, { width: 240, height: 140 }), ...readFrameOf(raw, frames) };
  }
  for (const [id, node] of Object.entries(nodes) as [NodeId, GraphNode][]) if (node.frame && !frames[node.frame]) nodes[id] = without(node, 'frame');
  const board: Board = { nodes, wires: {}, frames, notes };
  return { ...board, wires: readWires(board, entriesOf(file['wires']), registry, report.dropped) };
}

const without = <T extends object, K extends keyof T>(item: T, key: K): Omit<T, K> => {
  const { [key]: _, ...rest } = item;
  return rest;
};
const finite = (value: unknown, otherwise: number): number => (typeof value === 'number' && Number.isFinite(value) ? value : otherwise);
function readPoint(raw: unknown): Point {
  const point = isRecord(raw) ? raw : {};
  return { x: finite(point['x'], 0), y: finite(point['y'], 0) };
}
function readMark(raw: Loose, usual: Size): Pick<Note, 'colour' | 'position' | 'size'> {
  const size = isRecord(raw['size']) ? raw['size'] : {};
  const side = (value: unknown, otherwise: number) => Math.min(20_000, Math.max(60, finite(value, otherwise)));
  return { colour: MARK_COLOURS.find((colour) => colour === raw['colour']) ?? 'grey', position: readPoint(raw['position']), size: { width: side(size['width'], usual.width), height: side(size['height'], usual.height) } };
}
const readFrameOf = (raw: Loose, frames: Readonly<Record<FrameId, Frame>>): { readonly frame?: FrameId } => (isText(raw['frame']) && Object.hasOwn(frames, raw['frame']) ? { frame: raw['frame'] as FrameId } : {});

/** Components first look at each other's bare ids, so that wires inside them can be checked whatever their order. One that holds itself is left out. */
function readComponents(raw: unknown, registry: Registry, report: Draft): Record<ComponentId, Component> {
  const components: Record<ComponentId, Component> = {};
  const known = registryWith(registry, () => components);
  const waiting = new Map(entriesOf(raw).slice(0, MOST_COMPONENTS).filter((entry): entry is [string, Loose] => isRecord(entry[1])));
  const begun = new Set<string>();
  const read = (id: string) => {
    const item = waiting.get(id);
    if (!item || begun.has(id)) return;
    begun.add(id);
    const title = isText(item['title']) ? item['title'].slice(0, 200) : 'Component';
    for (const [, node] of entriesOf(item['nodes'])) {
      const inner = isRecord(node) && isText(node['type']) ? componentIdOf(node['type']) : undefined;
      if (inner) read(inner);
    }
    const board = readBoard(item, known, report);
    const own = componentsUsed(board.nodes, { ...components, [id]: { nodes: {} } as Component });
    if (own.has(id as ComponentId)) {
      report.dropped.push(say('The component “{0}” holds itself and was left out.', title));
      return;
    }
    const end = (value: unknown): WireEnd | undefined => (isRecord(value) && isText(value['node']) && isText(value['socket']) && board.nodes[value['node'] as NodeId] ? { node: value['node'] as NodeId, socket: value['socket'] } : undefined);
    const innerEnd = (value: unknown): InnerEnd | undefined => {
      const read = end(value);
      const order = isRecord(value) ? value['order'] : undefined;
      return read && { ...read, ...(Number.isFinite(order) ? { order: order as number } : {}) };
    };
    const label = (value: Loose, name: string) => (isText(value['label']) ? value['label'].slice(0, 100) : name);
    const parts = <T>(from: unknown, make: (value: Loose, name: string) => T | undefined): Record<string, T> =>
      Object.fromEntries(entriesOf(from).flatMap(([name, value]): [string, T][] => {
        const made = isRecord(value) ? make(value, name) : undefined;
        return made ? [[name, made]] : [];
      }));
    components[id as ComponentId] = {
      title,
      description: isText(item['description']) ? item['description'].slice(0, 20_000) : '',
      version: isCount(item['version']) ? item['version'] : 0,
      inputs: parts(item['inputs'], (value, name) => ({ label: label(value, name), to: (Array.isArray(value['to']) ? value['to'] : []).flatMap((one: unknown) => innerEnd(one) ?? []) })),
      outputs: parts(item['outputs'], (value, name) => {
        const from = end(value['from']);
        return from && { label: label(value, name), from };
      }),
      params: parts(item['params'], (value, name) => (isText(value['node']) && isText(value['param']) && board.nodes[value['node'] as NodeId] ? { label: label(value, name), node: value['node'] as NodeId, param: value['param'] } : undefined)),
      ...board,
    };
  };
  for (const id of waiting.keys()) read(id);
  return components;
}

function readForm(raw: unknown, board: Board): FormField[] {
  return (Array.isArray(raw) ? raw : []).flatMap((item: unknown): FormField[] => {
    if (!isRecord(item) || !isText(item['node']) || !isText(item['param']) || !board.nodes[item['node'] as NodeId]) return [];
    return [{ node: item['node'] as NodeId, param: item['param'], ...(isText(item['label']) && item['label'].trim() ? { label: item['label'].slice(0, 100) } : {}) }];
  });
}

/** Cells are checked when a row is run, against the params as they are then. */
function readBatch(raw: unknown, board: Board): Pick<Graph, 'batch'> {
  if (!isRecord(raw) || !Array.isArray(raw['columns']) || !Array.isArray(raw['rows'])) return {};
  const columns = (raw['columns'] as unknown[]).slice(0, MOST_COLUMNS).flatMap((item): BatchColumn[] => {
    if (!isRecord(item) || !isText(item['id']) || HARMFUL.has(item['id']) || !isText(item['param']) || !isText(item['node']) || !board.nodes[item['node'] as NodeId]) return [];
    return [{ id: item['id'] as ColumnId, node: item['node'] as NodeId, param: item['param'], ...(isText(item['variable']) && !HARMFUL.has(item['variable']) ? { variable: item['variable'] } : {}), ...(isText(item['above']) && board.nodes[item['above'] as NodeId] ? { above: item['above'] as NodeId } : {}) }];
  });
  const known = new Set<string>(columns.map(({ id }) => id));
  const taken = new Set<string>();
  const rows = (raw['rows'] as unknown[]).slice(0, MOST_ROWS).flatMap((item): BatchRow[] => {
    if (!isRecord(item) || !isText(item['id']) || taken.has(item['id'])) return [];
    taken.add(item['id']);
    return [{ id: item['id'] as RowId, cells: Object.fromEntries(entriesOf(item['cells']).filter(([id, cell]) => known.has(id) && isCell(cell))) as BatchRow['cells'] }];
  });
  return { batch: { columns, rows } };
}

function readPin(raw: unknown): Pick<Graph, 'routing'> {
  if (!isRecord(raw) || !isText(raw['table']) || !isCount(raw['version']) || raw['version'] === 0) return {};
  return { routing: { table: raw['table'].slice(0, 100), version: raw['version'] } };
}

function readNode(id: string, raw: unknown, registry: Registry, report: Draft): GraphNode | undefined {
  if (!isRecord(raw) || !isText(raw['type'])) {
    report.dropped.push(say('Node {0} has no type and was left out.', id));
    return undefined;
  }
  const definition = registry.get(raw['type']);
  const stored = Number.isInteger(raw['version']) ? (raw['version'] as number) : 1;
  const base = {
    type: raw['type'],
    position: readPoint(raw['position']),
    ...(isText(raw['title']) ? { title: raw['title'].slice(0, 200) } : {}),
    ...(raw['muted'] === true ? { muted: true } : {}),
    ...(raw['off'] === true ? { off: true } : {}),
    ...(isText(raw['frame']) ? { frame: raw['frame'] as FrameId } : {}),
    ...(Array.isArray(raw['promoted']) ? { promoted: raw['promoted'].filter(isText) } : {}),
    ...readChoice(raw),
    ...readInner(raw['inner']),
  };
  const params = isRecord(raw['params']) ? raw['params'] : {};
  if (!definition) {
    report.missing.push(say('“{0}” is not known here; it is kept as a placeholder and the branches without it run.', String(raw['type'])));
    return { ...base, version: stored, params };
  }
  if (stored > definition.version) report.missing.push(say('{0} was saved by a newer version; params it does not know are ignored.', say(definition.title)));
  const moved = migrateNode(definition, { params }, stored);
  if (stored < definition.version) report.migrated.push(say('{0}: version {1} → {2}.', say(definition.title), stored, definition.version));
  const parsed = parseParams(definition.params, moved.params);
  for (const problem of parsed.problems) report.dropped.push(say('{0}: {1} The default is used.', say(definition.title), problem.message));
  const bad = new Set(parsed.problems.map((problem) => problem.param));
  const known = Object.fromEntries(Object.entries(moved.params).filter(([name]) => name in definition.params && !bad.has(name)));
  return { ...base, version: definition.version, params: known };
}

/** The steps from a stored version to the definition's. */
export function migrateNode(definition: NodeDefinition, stored: StoredNode, from: number): StoredNode {
  let node = stored;
  for (let version = from + 1; version <= definition.version; version++) node = definition.migrations?.[version]?.(node) ?? node;
  return node;
}

function readWires(board: Board, raw: readonly [string, unknown][], registry: Registry, dropped: Sentence[]): Board['wires'] {
  const wires: Record<WireId, Wire> = {};
  const reach = new Reach();
  const end = (value: unknown): Wire['from'] | undefined => (isRecord(value) && isText(value['node']) && isText(value['socket']) ? { node: value['node'] as NodeId, socket: value['socket'] } : undefined);
  for (const [id, item] of raw) {
    const [from, to] = isRecord(item) ? [end(item['from']), end(item['to'])] : [];
    if (!isRecord(item) || !from || !to) {
      dropped.push(say('Wire {0} has no ends and was left out.', id));
      continue;
    }
    const via = Array.isArray(item['via']) ? item['via'].slice(0, MOST_POINTS).map(readPoint) : [];
    const wire: Wire = { from, to, order: finite(item['order'], 0), ...(via.length ? { via } : {}) };
    const complaint = whatIsWrong(board, reach, wire, registry);
    if (complaint) {
      dropped.push(complaint);
      continue;
    }
    wires[id as WireId] = wire;
    reach.add(from.node, to.node);
  }
  return wires;
}

function whatIsWrong(graph: Board, reach: Reach, wire: Wire, registry: Registry): Sentence | undefined {
  const [source, target] = [graph.nodes[wire.from.node], graph.nodes[wire.to.node]];
  if (!source || !target) return say('A wire ended at a node that is not in the file and was left out.');
  const [a, b] = [registry.get(source.type), registry.get(target.type)];
  // Wires at placeholders are kept as they are: the node may come back.
  if (!a || !b) return undefined;
  const output = a.outputs[wire.from.socket];
  const input = inputsOf(b, target)[wire.to.socket];
  if (!output || !input) return say('A wire from {0} to {1} used a socket that no longer exists and was left out.', say(a.title), say(b.title));
  if (output.kind !== input.kind) return say('A wire from {0} to {1} joined {2} to {3} and was left out.', say(a.title), say(b.title), A_KIND[output.kind], A_KIND[input.kind]);
  if (reach.leads(wire.to.node, wire.from.node)) return say('A wire from {0} to {1} closed a circle and was left out.', say(a.title), say(b.title));
  return undefined;
}
