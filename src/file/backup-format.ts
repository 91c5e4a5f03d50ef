/**
 * A backup: one ZIP file with a JSON that says what it is, a file of lines for each graph and each table, and pictures,
 * clips and LUTs under their hashes. Each line is the JSON of one row.
 */
import { fail, ok, type Result } from '../core/errors.ts';
import { endingOf } from '../core/file-name.ts';
import type { ArtifactHash, GraphId } from '../core/ids.ts';
import { readJson } from '../core/json.ts';
import { isRecord } from '../core/loose.ts';
import { say } from '../core/say.ts';
import { isCount, loose } from './entries.ts';

export const BACKUP_FORMAT = 1;
/** The first entry of the file, by which it is recognised. */
export const BACKUP_MANIFEST = 'triptych-backup.json';

/** Tables whose rows are kept for themselves; those of graphs stand with their graph. */
export const BACKUP_TABLES = [
  'takes',
  'takeLabels',
  'refinements',
  'results',
  'routing',
  'ownModels',
  'components',
  'templates',
  'settings',
  'lessons',
  'handedIn',
] as const;
export type BackupTable = (typeof BACKUP_TABLES)[number];
/** Tables whose rows belong to one graph. */
export const GRAPH_TABLES = [
  'graphs',
  'timeline',
  'versions',
  'edits',
  'histories',
  'nodeStates',
  'runs',
  'runEvents',
] as const;
export type GraphTable = (typeof GRAPH_TABLES)[number];

export interface BackupManifest {
  readonly formatVersion: number;
  /** The format of the graphs inside. */
  readonly graphFormat: number;
  /** Of the app that wrote it. */
  readonly app: string;
  /** ISO date and time. */
  readonly savedAt: string;
  /** Whether pictures and clips that can be made again are in it too. */
  readonly isWhole: boolean;
  readonly counts: Readonly<Record<'graphs' | 'takes' | 'files', number>>;
}

export const entryOfGraph = (id: GraphId): string => `graphs/${id}.ndjson`;
export const entryOfTable = (table: BackupTable | 'artifacts'): string => `tables/${table}.ndjson`;
/** With the usual ending, so that whoever unpacks the file can open what is in it. */
export const entryOfFile = (hash: ArtifactHash, mime: string): string =>
  `files/${hash}${/^(?:image|video)\/[a-z0-9-]+$/.test(mime) ? `.${endingOf(mime)}` : ''}`;

/** What an entry is, by its name; `undefined` where no backup has such a one. */
export type BackupEntry =
  | { readonly of: 'graph'; readonly id: GraphId }
  | { readonly of: 'table'; readonly table: BackupTable | 'artifacts' }
  | { readonly of: 'file'; readonly hash: ArtifactHash };

export function entryCalled(name: string): BackupEntry | undefined {
  const [, room, stem] = /^(graphs|tables|files)\/([\w-]{1,200})(?:\.[a-z0-9-]{1,20})?$/.exec(name) ?? [];
  if (room === 'graphs') return { of: 'graph', id: stem as GraphId };
  if (room === 'files') return /^[0-9a-f]{64}$/.test(stem!) ? { of: 'file', hash: stem as ArtifactHash } : undefined;
  const table = ([...BACKUP_TABLES, 'artifacts'] as const).find((one) => one === stem);
  return room === 'tables' && table ? { of: 'table', table } : undefined;
}

/** Characters of the JSON that says what a backup is. */
const LONGEST_MANIFEST = 64 * 1024;

export const writeManifest = (manifest: BackupManifest): string =>
  `${JSON.stringify({ format: 'triptych-backup', ...manifest }, undefined, 2)}\n`;

/** `readsGraphs`: the newest format of graphs that is read here. */
export function readManifest(text: string, readsGraphs: number): Result<BackupManifest> {
  const read = readJson(text, LONGEST_MANIFEST);
  const raw = read.ok && isRecord(read.value) ? read.value : {};
  const { format, formatVersion, graphFormat, app, savedAt, isWhole } = raw;
  const isMeant = format === 'triptych-backup' && isCount(formatVersion) && isCount(graphFormat);
  if (!isMeant) return fail('bad-input', NO_BACKUP.message, NO_BACKUP.hint);
  if (formatVersion > BACKUP_FORMAT || graphFormat > readsGraphs)
    return fail(
      'bad-input',
      say(
        'This backup was made by a newer Triptych (format {0}; this one reads up to {1}).',
        formatVersion,
        BACKUP_FORMAT,
      ),
      say('Update Triptych, then restore it again.'),
    );
  const counts = loose(raw['counts']);
  const count = (name: string) => (isCount(counts[name]) ? counts[name] : 0);
  return ok({
    formatVersion,
    graphFormat,
    app: typeof app === 'string' ? app.slice(0, 40) : '',
    savedAt: typeof savedAt === 'string' && !Number.isNaN(Date.parse(savedAt)) ? savedAt : '',
    isWhole: isWhole === true,
    counts: { graphs: count('graphs'), takes: count('takes'), files: count('files') },
  });
}
export const NO_BACKUP = {
  message: say('This file is not a backup of Triptych.'),
  hint: say('Choose a file that was saved in Settings, under Backup.'),
};
