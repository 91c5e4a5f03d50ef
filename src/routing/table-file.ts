/** A routing table as a file, with the workflows it names: written whole, read as a draft. */
import { isRecord, type Loose } from '../core/loose.ts';
import { fail, ok, type Result } from '../core/errors.ts';
import { readJson } from '../core/json.ts';
import { LARGEST_JSON_FILE } from '../core/limits.ts';
import type { Micros } from '../core/money.ts';
import { say } from '../core/say.ts';
import { TIERS, WORK_KINDS, type ModelRef, type Tier, type WorkKind } from '../core/take.ts';
import type { OwnModel } from './own-model.ts';
import { readOwnModel } from './read-own-model.ts';
import {
  CAPABILITIES,
  ROW_TIERS,
  type Capability,
  type RoutingTable,
  type Row,
  type RowTier,
} from './routing-table.ts';

/** More than there are kinds of work and tiers, and models for one of them. */
const MOST_TABLE_ROWS = 500;
const MOST_CANDIDATES = 200;
/** Characters of a name, a note or a reason. */
const LONGEST_NOTE = 2000;

/** Models of one's own that a table names: they travel with it. */
export interface TableFile {
  readonly table: RoutingTable;
  readonly workflows: readonly OwnModel[];
}

/** Text of a table file. */
export function writeTableFile({ table, workflows }: TableFile): string {
  const whole = { format: 'triptych-routing', formatVersion: 1, ...table };
  return `${JSON.stringify(workflows.length > 0 ? { ...whole, workflows } : whole, undefined, 2)}\n`;
}

/** Reads a table file as a draft; what it names wrongly is for `problemsOf` to say. */
export function parseTableFile(text: string): Result<TableFile> {
  const read = readJson(text, LARGEST_JSON_FILE);
  const raw = read.ok ? read.value : undefined;
  if (!read.ok)
    return fail(
      'bad-input',
      read.why === 'not JSON'
        ? 'This file is not JSON, so it is not a routing table.'
        : 'This file is larger or nested deeper than any routing table, so it was not read.',
      'Choose a file that was exported from the Routing page.',
    );
  if (!isRecord(raw) || raw['format'] !== 'triptych-routing' || !Array.isArray(raw['rows']))
    return fail(
      'bad-input',
      'This JSON file is not a routing table.',
      'Choose a file that was exported from the Routing page.',
    );
  if (raw['formatVersion'] !== 1)
    return fail(
      'bad-input',
      'This routing table was made by a newer Triptych.',
      'Update Triptych, then import it again.',
    );
  if (raw['rows'].length > MOST_TABLE_ROWS)
    return fail(
      'bad-input',
      say('This table has {0} {0|row|rows}; up to {1} can be read.', raw['rows'].length, MOST_TABLE_ROWS),
      'There is one row for each kind of work and tier.',
    );
  const rows: Row[] = [];
  for (const [index, item] of raw['rows'].entries()) {
    const row = readRow(item);
    if (!row)
      return fail(
        'bad-input',
        say('Row {0} of this table names no kind of work or tier that Triptych knows.', index + 1),
        'Mend the file, or remove the row.',
      );
    rows.push(row);
  }
  const workflows: OwnModel[] = [];
  const brought = Array.isArray(raw['workflows']) ? raw['workflows'].slice(0, MOST_TABLE_ROWS) : [];
  for (const [index, item] of brought.entries()) {
    const own = readOwnModel(item);
    if (!own)
      return fail(
        'bad-input',
        say('Workflow {0} that comes with this table cannot be read.', index + 1),
        'Export the table again, or take the workflow out of the file.',
      );
    if (workflows.some(({ id }) => id === own.id))
      return fail(
        'bad-input',
        say('Two workflows that come with this table are both called {0}.', own.name),
        'Export the table again, or take the workflow out of the file.',
      );
    workflows.push(own);
  }
  const text_ = (key: string) => (typeof raw[key] === 'string' ? (raw[key] as string).slice(0, LONGEST_NOTE) : '');
  const table: RoutingTable = {
    id: text_('id') || 'imported',
    name: text_('name') || 'Imported table',
    version: 0,
    note: text_('note'),
    publishedAt: '',
    rows,
  };
  return ok({ table, workflows });
}

function readRow(item: unknown): Row | undefined {
  if (!isRecord(item) || !WORK_KINDS.includes(item['work'] as WorkKind) || !ROW_TIERS.includes(item['tier'] as RowTier))
    return undefined;
  const number = (key: string, otherwise: number) => (Number.isFinite(item[key]) ? (item[key] as number) : otherwise);
  const candidates = (Array.isArray(item['candidates']) ? item['candidates'] : [])
    .slice(0, MOST_CANDIDATES)
    .filter(
      (ref): ref is ModelRef & Loose =>
        isRecord(ref) && typeof ref['provider'] === 'string' && typeof ref['model'] === 'string',
    )
    .map(({ provider, model }) => ({ provider, model }));
  return {
    work: item['work'] as WorkKind,
    tier: item['tier'] as RowTier,
    candidates,
    ...(Number.isFinite(item['maxPrice']) ? { maxPrice: item['maxPrice'] as Micros } : {}),
    ...(Number.isFinite(item['maxSeconds']) ? { maxSeconds: item['maxSeconds'] as number } : {}),
    needs: (Array.isArray(item['needs']) ? item['needs'] : []).filter((need): need is Capability =>
      CAPABILITIES.includes(need as Capability),
    ),
    fallbacks: number('fallbacks', 0),
    switchAfter: number('switchAfter', 1),
    cap: number('cap', 1),
    ...(TIERS.includes(item['escalateTo'] as Tier) ? { escalateTo: item['escalateTo'] as Tier } : {}),
    why: typeof item['why'] === 'string' ? item['why'].slice(0, LONGEST_NOTE) : '',
  };
}
