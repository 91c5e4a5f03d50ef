/**
 * From any text to a graph and a report. Damage in one place never costs what is whole elsewhere; nothing is run or
 * fetched.
 */
import { registryWith } from '../graph/component.ts';
import { fail, ok, type Result } from '../core/errors.ts';
import { isTooLarge } from '../graph/extent.ts';
import { parted } from '../core/figures.ts';
import { UNTITLED, type Graph } from '../graph/graph.ts';
import { tagsFrom } from '../graph/tags.ts';
import type { NodeId } from '../core/ids.ts';
import { readJson } from '../core/json.ts';
import {
  DEEPEST_INSTANCE,
  LARGEST_GRAPH_FILE,
  LONGEST_TABLE_ID,
  LONGEST_TEXT,
  LONGEST_TITLE,
  MOST_COMPONENTS,
  MOST_FLAT_NODES,
  MOST_FLAT_WIRES,
  MOST_MARKS,
  MOST_NODES,
  MOST_WIRES,
} from '../core/limits.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import type { Registry } from '../core/node.ts';
import { say, type Sentence } from '../core/say.ts';
import { isCount, isText, loose } from './entries.ts';
import { FORMAT_VERSION, type EmbeddedMedia, type SeenResults } from './format.ts';
import { migrateFormat } from './migrations.ts';
import { readBatch, readForm } from './read-batch.ts';
import { readSweep } from './read-sweep.ts';
import { readBoard } from './read-board.ts';
import { readComponents } from './read-components.ts';
import { Report, type ImportReport } from './report.ts';

export interface Opened {
  readonly graph: Graph;
  readonly report: ImportReport;
  readonly media: Readonly<Record<string, EmbeddedMedia>>;
  readonly results: SeenResults;
}

export function parseGraphFile(text: string, registry: Registry): Result<Opened> {
  const read = readJson(text, LARGEST_GRAPH_FILE);
  if (read.ok) return readGraphFile(read.value, registry);
  switch (read.why) {
    case 'too long':
      return fail(
        'bad-input',
        say('This file is larger than {0} MB, so it was not opened.', LARGEST_GRAPH_FILE / 1024 / 1024),
        'Split the graph, or use smaller pictures in it.',
      );
    case 'too deep':
      return fail(
        'bad-input',
        'This file is nested deeper than any Triptych graph, so it was not opened.',
        'It is damaged, or made to do harm.',
      );
    case 'not JSON':
      return fail(
        'bad-input',
        'This file is not JSON, so it is not a Triptych graph.',
        'Choose a file that ends in .triptych.json.',
      );
    default:
      return read.why satisfies never;
  }
}

/** The same for a file that was read already, as it was written. */
export function readGraphFile(raw: unknown, registry: Registry): Result<Opened> {
  if (!isRecord(raw) || raw['format'] !== 'triptych')
    return fail(
      'bad-input',
      'This JSON file is not a Triptych graph.',
      'Choose a file that was exported from Triptych.',
    );
  const version = raw['formatVersion'];
  if (!isCount(version) || version < 1)
    return fail(
      'bad-input',
      'This graph file does not say which format version it has.',
      'Export it again from Triptych.',
    );
  if (version > FORMAT_VERSION) {
    return fail(
      'bad-input',
      say('This graph was made by a newer Triptych (format {0}; this one reads up to {1}).', version, FORMAT_VERSION),
      'Update Triptych, then open it again.',
    );
  }
  const file = migrateFormat(raw, version);
  const excess = whatIsTooMuch(file);
  return excess ? fail('bad-input', excess, 'Split it into smaller graphs.') : ok(assemble(file, registry));
}

/** Counted before anything is read one by one. */
function whatIsTooMuch(file: Loose): Sentence | undefined {
  const components = loose(file['components']);
  const boards = [file, ...Object.values(components).filter(isRecord)];
  const count = (part: string) => boards.reduce((total, board) => total + Object.keys(loose(board[part])).length, 0);
  const [nodes, wires, frames, notes, parts] = [
    count('nodes'),
    count('wires'),
    count('frames'),
    count('notes'),
    Object.keys(components).length,
  ];
  if (nodes > MOST_NODES)
    return say('This graph has {0} {0|node|nodes}; up to {1} can be opened.', parted(nodes), parted(MOST_NODES));
  if (wires > MOST_WIRES)
    return say('This graph has {0} {0|wire|wires}; up to {1} can be opened.', parted(wires), parted(MOST_WIRES));
  if (Math.max(frames, notes) > MOST_MARKS)
    return say(
      'This graph has {0} {0|frame or note|frames or notes}; up to {1} can be opened.',
      parted(Math.max(frames, notes)),
      parted(MOST_MARKS),
    );
  if (parts > MOST_COMPONENTS)
    return say(
      'This graph has {0} {0|component|components}; up to {1} can be opened.',
      parted(parts),
      parted(MOST_COMPONENTS),
    );
  return undefined;
}

function assemble(file: Loose, registry: Registry): Opened {
  const report = new Report();
  const text = (key: string, otherwise = ''): string =>
    isText(file[key]) ? file[key].slice(0, LONGEST_TEXT) : otherwise;
  const components = readComponents(file['components'], registry, report);
  const known = registryWith(registry, () => components);
  const board = readBoard(file, known, report);
  const graph: Graph = {
    title: text('title', UNTITLED).slice(0, LONGEST_TITLE) || UNTITLED,
    description: text('description'),
    author: text('author'),
    licence: text('licence'),
    ...readTags(file['tags']),
    ...readPin(file['routing']),
    ...board,
    components,
    form: readForm(file['form'], board, report),
    ...readBatch(file['batch'], board, report),
    ...readSweep(file['sweep'], board, report),
  };
  if (isTooLarge(graph)) {
    const limits = [MOST_FLAT_NODES, MOST_FLAT_WIRES].map(parted);
    report.add(
      'missing',
      say(
        'With its components written out this graph would have more than {0} {0|node|nodes} or {1} {1|wire|wires}, or components in components deeper than {2}. They are kept, and what needs none of them runs.',
        limits[0]!,
        limits[1]!,
        DEEPEST_INSTANCE,
      ),
    );
  }
  const media = readMedia(file['media']);
  return { graph, report: report.done(), media, results: readResults(file['results'], media) };
}

function readTags(raw: unknown): Pick<Graph, 'tags'> {
  const tags = tagsFrom(Array.isArray(raw) ? raw.filter(isText) : []);
  return tags.length > 0 ? { tags } : {};
}

function readPin(raw: unknown): Pick<Graph, 'routing'> {
  if (!isRecord(raw) || !isText(raw['table']) || !isCount(raw['version']) || raw['version'] === 0) return {};
  const content = raw['content'];
  return {
    routing: {
      table: raw['table'].slice(0, LONGEST_TABLE_ID),
      version: raw['version'],
      ...(isText(content) && /^[0-9a-f]{12}$/.test(content) ? { content } : {}),
    },
  };
}

function readMedia(raw: unknown): Opened['media'] {
  const isMedia = (item: unknown): item is EmbeddedMedia =>
    isRecord(item) && isText(item['mime']) && isText(item['name']) && isText(item['data']);
  const found = Object.entries(loose(raw)).flatMap(([hash, item]) =>
    /^[0-9a-f]{64}$/.test(hash) && isMedia(item) ? [[hash, item] as const] : [],
  );
  return Object.fromEntries(found.map(([hash, { mime, name, data }]) => [hash, { mime, name, data }]));
}

function readResults(raw: unknown, media: Opened['media']): SeenResults {
  const isResult = (item: unknown): item is SeenResults[NodeId] =>
    isRecord(item) &&
    isText(item['hash']) &&
    Object.hasOwn(media, item['hash']) &&
    isCount(item['width']) &&
    isCount(item['height']);
  const found = Object.entries(loose(raw)).flatMap(([id, item]) =>
    isResult(item) ? [[id as NodeId, item] as const] : [],
  );
  return Object.fromEntries(found.map(([id, { hash, width, height }]) => [id, { hash, width, height }]));
}
