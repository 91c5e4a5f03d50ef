/** From any text to a graph and a report. Damage in one place never costs what is whole elsewhere; nothing is run or fetched. */
import { isRecord, type Loose } from '../core/loose.ts';
import { wouldCycle, inputsOf } from '../core/connect.ts';
import { fail, ok, type Result } from '../core/errors.ts';
import { emptyGraph, type Graph, type GraphNode, type Wire } from '../core/graph.ts';
import type { NodeId, WireId } from '../core/ids.ts';
import type { NodeDefinition, Registry, StoredNode } from '../core/node.ts';
import { parseParams } from '../core/params.ts';
import { FORMAT_VERSION, MOST_NODES, type EmbeddedMedia } from './format.ts';
import { migrateFormat } from './migrations.ts';

/** What opening a file changed or left out, in sentences. */
export interface ImportReport {
  readonly migrated: readonly string[];
  readonly missing: readonly string[];
  readonly dropped: readonly string[];
}
export interface Opened {
  readonly graph: Graph;
  readonly report: ImportReport;
  readonly media: Readonly<Record<string, EmbeddedMedia>>;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
const HARMFUL = new Set(['__proto__', 'constructor', 'prototype']);

export function parseGraphFile(text: string, registry: Registry): Result<Opened> {
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
    return fail('bad-input', `This graph was made by a newer Triptych (format ${version}; this one reads up to ${FORMAT_VERSION}).`, 'Update Triptych, then open it again.');
  }
  const file = migrateFormat(raw, version as number);
  const nodes = isRecord(file['nodes']) ? file['nodes'] : {};
  const count = Object.keys(nodes).length;
  if (count > MOST_NODES) return fail('bad-input', `This graph has ${count.toLocaleString('en')} nodes; up to ${MOST_NODES.toLocaleString('en')} can be opened.`, 'Split it into smaller graphs.');
  return ok(assemble(file, nodes, registry));
}

function assemble(file: Loose, rawNodes: Loose, registry: Registry): Opened {
  const report = { migrated: [] as string[], missing: [] as string[], dropped: [] as string[] };
  const nodes: Record<NodeId, GraphNode> = {};
  for (const [id, raw] of Object.entries(rawNodes)) {
    const node = HARMFUL.has(id) ? undefined : readNode(id, raw, registry, report);
    if (node) nodes[id as NodeId] = node;
  }
  const text = (key: string, otherwise = ''): string => (isText(file[key]) ? file[key].slice(0, 20_000) : otherwise);
  let graph: Graph = { ...emptyGraph(text('title', 'Untitled').slice(0, 200) || 'Untitled'), description: text('description'), author: text('author'), licence: text('licence'), notes: text('notes'), ...readPin(file['routing']), nodes };
  graph = { ...graph, wires: readWires(graph, isRecord(file['wires']) ? file['wires'] : {}, registry, report.dropped) };
  const media = Object.fromEntries(
    Object.entries(isRecord(file['media']) ? file['media'] : {}).filter((entry): entry is [string, EmbeddedMedia & Loose] => {
      const [hash, item] = entry;
      return /^[0-9a-f]{64}$/.test(hash) && isRecord(item) && isText(item['mime']) && isText(item['name']) && isText(item['data']);
    }),
  );
  return { graph, report, media };
}

function readPin(raw: unknown): Pick<Graph, 'routing'> {
  if (!isRecord(raw) || !isText(raw['table']) || !isCount(raw['version']) || raw['version'] === 0) return {};
  return { routing: { table: raw['table'].slice(0, 100), version: raw['version'] } };
}

function readTake(raw: unknown): Pick<GraphNode, 'take'> {
  if (!isRecord(raw) || !isText(raw['slot']) || !isCount(raw['number'])) return {};
  return { take: { slot: raw['slot'], number: raw['number'] } };
}

function readNode(id: string, raw: unknown, registry: Registry, report: { migrated: string[]; missing: string[]; dropped: string[] }): GraphNode | undefined {
  if (!isRecord(raw) || !isText(raw['type'])) {
    report.dropped.push(`Node ${id} has no type and was left out.`);
    return undefined;
  }
  const position = isRecord(raw['position']) ? raw['position'] : {};
  const coordinate = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
  const definition = registry.get(raw['type']);
  const stored = Number.isInteger(raw['version']) ? (raw['version'] as number) : 1;
  const base = {
    type: raw['type'],
    position: { x: coordinate(position['x']), y: coordinate(position['y']) },
    ...(isText(raw['title']) ? { title: raw['title'].slice(0, 200) } : {}),
    ...(raw['muted'] === true ? { muted: true } : {}),
    ...(Array.isArray(raw['promoted']) ? { promoted: raw['promoted'].filter(isText) } : {}),
    ...readTake(raw['take']),
  };
  const params = isRecord(raw['params']) ? raw['params'] : {};
  if (!definition) {
    report.missing.push(`“${raw['type']}” is not known here; it is kept as a placeholder and the branches without it run.`);
    return { ...base, version: stored, params };
  }
  if (stored > definition.version) report.missing.push(`${definition.title} was saved by a newer version; params it does not know are ignored.`);
  const moved = migrateNode(definition, { params }, stored);
  if (stored < definition.version) report.migrated.push(`${definition.title}: version ${stored} → ${definition.version}.`);
  const parsed = parseParams(definition.params, moved.params);
  for (const problem of parsed.problems) report.dropped.push(`${definition.title}: ${problem.message} The default is used.`);
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

function readWires(graph: Graph, raw: Loose, registry: Registry, dropped: string[]): Graph['wires'] {
  const wires: Record<WireId, Wire> = {};
  const end = (value: unknown): Wire['from'] | undefined => (isRecord(value) && isText(value['node']) && isText(value['socket']) ? { node: value['node'] as NodeId, socket: value['socket'] } : undefined);
  for (const [id, item] of Object.entries(raw)) {
    const [from, to] = isRecord(item) ? [end(item['from']), end(item['to'])] : [];
    if (!from || !to || HARMFUL.has(id)) {
      dropped.push(`Wire ${id} has no ends and was left out.`);
      continue;
    }
    const wire: Wire = { from, to, order: isRecord(item) && typeof item['order'] === 'number' ? item['order'] : 0 };
    const complaint = whatIsWrong({ ...graph, wires }, wire, registry);
    if (complaint) dropped.push(complaint);
    else wires[id as WireId] = wire;
  }
  return wires;
}

function whatIsWrong(graph: Graph, wire: Wire, registry: Registry): string | undefined {
  const [source, target] = [graph.nodes[wire.from.node], graph.nodes[wire.to.node]];
  if (!source || !target) return 'A wire ended at a node that is not in the file and was left out.';
  const [a, b] = [registry.get(source.type), registry.get(target.type)];
  // Wires at placeholders are kept as they are: the node may come back.
  if (!a || !b) return undefined;
  const output = a.outputs[wire.from.socket];
  const input = inputsOf(b, target)[wire.to.socket];
  if (!output || !input) return `A wire from ${a.title} to ${b.title} used a socket that no longer exists and was left out.`;
  if (output.kind !== input.kind) return `A wire from ${a.title} to ${b.title} joined ${output.kind} to ${input.kind} and was left out.`;
  // Very large files are checked for circles when they are planned, where it costs one pass.
  if (Object.keys(graph.wires).length < 2000 && wouldCycle(graph, wire.from.node, wire.to.node)) return `A wire from ${a.title} to ${b.title} closed a circle and was left out.`;
  return undefined;
}
