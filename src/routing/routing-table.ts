/** A routing table: for each kind of work and tier, the candidates in order and the switching criteria. */
import { isRecord, type Loose } from '../core/loose.ts';
import { fail, ok, type Result } from '../core/errors.ts';
import { readJson } from '../core/json.ts';
import { LARGEST_JSON_FILE } from '../core/limits.ts';
import { isMicros, type Micros } from '../core/money.ts';
import { inWords, listed, say, type Sentence } from '../core/say.ts';
import { TIERS, WORK_KINDS, type ModelRef, type Tier, type WorkKind } from '../core/take.ts';
import type { Catalog } from './catalog.ts';

export const CAPABILITIES = ['seed', 'guidance', 'negative', 'references', 'firstFrame'] as const;
export type Capability = (typeof CAPABILITIES)[number];
export const CAPABILITY_WORDS: Readonly<Record<Capability, string>> = {
  seed: 'seeds',
  guidance: 'guidance',
  negative: 'a negative prompt',
  references: 'reference images',
  firstFrame: 'a first frame',
};

export const ROW_TIERS = ['draft', ...TIERS] as const;
export type RowTier = (typeof ROW_TIERS)[number];

export interface Row {
  readonly work: WorkKind;
  readonly tier: RowTier;
  /** In order of preference. */
  readonly candidates: readonly ModelRef[];
  /** Dearer takes are passed over; so are takes of unknown price then. */
  readonly maxPrice?: Micros;
  /** Slower models are passed over, where the catalog knows their speed. */
  readonly maxSeconds?: number;
  readonly needs: readonly Capability[];
  /** How many candidates further a failed call may go; 0 forbids it. */
  readonly fallbacks: number;
  /** After so many rejected takes the next candidate is asked. */
  readonly switchAfter: number;
  /** Most takes for one deliverable. */
  readonly cap: number;
  /** Where to go when the cap is reached without an accepted take. */
  readonly escalateTo?: Tier;
  /** Why these, in this order: the documented switching criteria. */
  readonly why: string;
}
export interface RoutingTable {
  readonly id: string;
  readonly name: string;
  /** 1, 2, … once published and never changed again; 0 is a draft. */
  readonly version: number;
  /** What changed and why. */
  readonly note: string;
  /** ISO date and time. */
  readonly publishedAt: string;
  readonly rows: readonly Row[];
}

export const rowOf = (table: RoutingTable, work: WorkKind, tier: RowTier): Row | undefined =>
  table.rows.find((row) => row.work === work && row.tier === tier);
const rowName = (row: Pick<Row, 'work' | 'tier'>): string => `${row.work}, ${row.tier}`;

/** Everything that keeps a table from being published, in sentences. */
export function problemsOf(table: RoutingTable, catalog: Catalog): Sentence[] {
  const problems: Sentence[] = [];
  if (!table.name.trim()) problems.push(say('The table has no name.'));
  if (table.rows.length === 0) problems.push(say('The table has no rows, so nothing could be routed.'));
  const seen = new Set<string>();
  for (const row of table.rows) {
    const [key, name] = [rowName(row), say('{0}, {1}', say(row.work), say(row.tier))];
    if (seen.has(key)) problems.push(say('There are two rows for {0}.', name));
    seen.add(key);
    if (row.candidates.length === 0) problems.push(say('{0}: the row has no candidates.', name));
    if (!Number.isInteger(row.cap) || row.cap < 1)
      problems.push(say('{0}: a cap of {1} allows no take at all; use 1 or more.', name, row.cap));
    if (!Number.isInteger(row.switchAfter) || row.switchAfter < 1)
      problems.push(say('{0}: switching candidates needs 1 take or more.', name));
    if (!Number.isInteger(row.fallbacks) || row.fallbacks < 0)
      problems.push(say('{0}: the number of fallbacks cannot be negative.', name));
    if (row.maxPrice !== undefined && !isMicros(row.maxPrice))
      problems.push(say('{0}: the price ceiling is not an amount of money.', name));
    for (const ref of row.candidates) {
      const found = catalog.find(ref);
      if (!found) problems.push(say('{0}: the catalog has no {1} at {2}.', name, ref.model, ref.provider));
      else if (!found.model.work.includes(row.work))
        problems.push(say('{0}: {1} cannot do {2}.', name, say(found.model.name), say(row.work)));
      else if (found.model.status === 'retired')
        problems.push(say('{0}: {1} is retired.', name, say(found.model.name)));
    }
    const circle = escalationCircle(table, row);
    if (circle)
      problems.push(
        say(
          '{0}: the tiers escalate in a circle ({1}).',
          say(row.work),
          listed(
            circle.map((tier) => say(tier)),
            ' → ',
          ),
        ),
      );
  }
  return [...new Map(problems.map((problem) => [inWords(problem), problem])).values()];
}

function escalationCircle(table: RoutingTable, row: Row): readonly RowTier[] | undefined {
  const path: RowTier[] = [row.tier];
  for (let next = row.escalateTo; next; next = rowOf(table, row.work, next)?.escalateTo) {
    // Named once, from its first tier on, however many rows lead into it.
    if (path.includes(next)) return path[0] === next ? [...path, next] : undefined;
    path.push(next);
  }
  return undefined;
}

/** More than there are kinds of work and tiers, and models for one of them. */
const MOST_TABLE_ROWS = 500;
const MOST_CANDIDATES = 200;
/** Characters of a name, a note or a reason. */
const LONGEST_NOTE = 2000;

/** Text of a table file. */
export const writeTableFile = (table: RoutingTable): string =>
  `${JSON.stringify({ format: 'triptych-routing', formatVersion: 1, ...table }, undefined, 2)}\n`;

/** Reads a table file as a draft; what it names wrongly is for `problemsOf` to say. */
export function parseTableFile(text: string): Result<RoutingTable> {
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
  const text_ = (key: string) => (typeof raw[key] === 'string' ? (raw[key] as string).slice(0, LONGEST_NOTE) : '');
  return ok({
    id: text_('id') || 'imported',
    name: text_('name') || 'Imported table',
    version: 0,
    note: text_('note'),
    publishedAt: '',
    rows,
  });
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
