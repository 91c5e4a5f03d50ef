/** A routing table: for each kind of work and tier, the candidates in order and the switching criteria. */
import { isMicros, type Micros } from '../core/money.ts';
import { inWords, listed, say, type Sentence } from '../core/say.ts';
import { TIERS, type ModelRef, type Tier, type WorkKind } from '../core/take.ts';
import type { Catalog } from './catalog.ts';
import { usualServiceName } from './service-names.ts';

export const CAPABILITIES = [
  'seed',
  'guidance',
  'negative',
  'references',
  'firstFrame',
  'lastFrame',
  'extend',
  'loop',
  'audio',
] as const;
export type Capability = (typeof CAPABILITIES)[number];
export const CAPABILITY_WORDS: Readonly<Record<Capability, string>> = {
  seed: 'seeds',
  guidance: 'guidance',
  negative: 'a negative prompt',
  references: 'reference images',
  firstFrame: 'a first frame',
  lastFrame: 'a last frame',
  extend: 'a clip to go on from',
  loop: 'loops',
  audio: 'sound',
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

const nameOf = (row: Pick<Row, 'work' | 'tier'>): Sentence => say('{0}, {1}', say(row.work), say(row.tier));

/** Numbers by which nothing could be made, or more be spent than anybody meant. */
export function wrongLimitsOf(row: Row): Sentence[] {
  const name = nameOf(row);
  const problems: Sentence[] = [];
  if (!Number.isInteger(row.cap) || row.cap < 1)
    problems.push(say('{0}: a cap of {1} allows no take at all; use 1 or more.', name, row.cap));
  if (!Number.isInteger(row.switchAfter) || row.switchAfter < 1)
    problems.push(say('{0}: switching candidates needs 1 take or more.', name));
  if (!Number.isInteger(row.fallbacks) || row.fallbacks < 0)
    problems.push(say('{0}: the number of fallbacks cannot be negative.', name));
  if (row.maxPrice !== undefined && !isMicros(row.maxPrice))
    problems.push(say('{0}: the price ceiling is not an amount of money.', name));
  return problems;
}

/** Everything that keeps a table from being published, in sentences. */
export function problemsOf(table: RoutingTable, catalog: Catalog): Sentence[] {
  const problems: Sentence[] = [];
  if (!table.name.trim()) problems.push(say('The table has no name.'));
  if (table.rows.length === 0) problems.push(say('The table has no rows, so nothing could be routed.'));
  const seen = new Set<string>();
  for (const row of table.rows) {
    const [key, name] = [rowName(row), nameOf(row)];
    if (seen.has(key)) problems.push(say('There are two rows for {0}.', name));
    seen.add(key);
    if (row.candidates.length === 0) problems.push(say('{0}: the row has no candidates.', name));
    problems.push(...wrongLimitsOf(row));
    for (const ref of row.candidates) {
      const found = catalog.find(ref);
      if (!found)
        problems.push(say('{0}: the catalog has no {1} at {2}.', name, ref.model, say(usualServiceName(ref.provider))));
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
