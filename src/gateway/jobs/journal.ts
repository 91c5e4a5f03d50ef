/**
 * Where a job is written down before it is sent, and every step after. Money is in the same rows, so that one
 * transaction holds both. SQLite here; the same schema and queries serve a fleet's database.
 */
import { Kysely, type Dialect, type ExpressionBuilder, type Selectable, type Transaction } from 'kysely';
import type { Micros } from '../../core/money.ts';
import { monthStart } from '../../ledger/month.ts';
import type { BookedJob, JobOrder, JobState, JobTrouble, MediaFacts } from '../../routing/job.ts';
import type { JobRef } from '../../providers/adapter.ts';
import type { Said } from '../../core/say.ts';
import { damagedEntry, damagedJournal } from './damaged-journal.ts';
import { migrate, missingIn, type JobTable, type Schema } from './journal-schema.ts';

/** What became of a job that was made. */
export interface JobResult {
  readonly media: MediaFacts;
  readonly seed?: number;
  readonly notes?: readonly Said[];
}
export interface Job {
  readonly id: string;
  readonly version: number;
  readonly state: JobState;
  readonly request: JobOrder['request'];
  readonly estimate: Micros | null;
  readonly charged: Micros | null;
  readonly createdAt: number;
  readonly intendedAt?: number;
  readonly submittedAt?: number;
  readonly endedAt?: number;
  readonly ref?: JobRef;
  readonly result?: JobResult;
  readonly trouble?: JobTrouble;
  readonly isCancelled: boolean;
}
/** How a job ends. `charged`: `null` where nobody knows. */
export type Ending =
  | { readonly state: 'made'; readonly charged: Micros | null; readonly result: JobResult }
  | { readonly state: 'failed' | 'cancelled'; readonly charged: Micros | null; readonly trouble: JobTrouble };

/** Trouble at a service, and when that was. */
export interface ToldTrouble {
  readonly at: number;
  readonly trouble: JobTrouble;
}
export interface Spending {
  readonly provider: string;
  readonly charged: Micros;
  readonly reserved: Micros;
}

export interface Journal {
  /**
   * Writes a job down with its money set aside, or finds the one that is there. Over the month's budget nothing is
   * written, and what is left is told.
   */
  put(id: string, order: JobOrder, version: number): Promise<Job | { readonly left: Micros }>;
  get(id: string): Promise<Job | undefined>;
  /** Takes a job that has not ended and that no living process works on, as it stands then; nothing where another has it. */
  hold(id: string): Promise<Job | undefined>;
  /** Says that this process is still at work on what it holds. */
  renew(): Promise<void>;
  /** Gives up what this process holds. */
  release(): Promise<void>;
  /** Jobs that have not ended and that nobody works on, oldest first; `unknown` ones wait for a person. */
  orphans(): Promise<readonly Job[]>;
  /**
   * Other jobs that the same model of its service was sent within so many milliseconds of this one, or may have been.
   * What ended for nothing was never taken.
   */
  sentBeside(job: Pick<Job, 'id' | 'request'>, at: number, withinMs: number): Promise<readonly Job[]>;
  /** The call that pays goes out now. `false`: another process has the job by now, and it must not. */
  intend(id: string): Promise<boolean>;
  /** It was not sent after all. */
  wait(id: string): Promise<void>;
  submitted(id: string, ref: JobRef): Promise<void>;
  unknown(id: string, trouble: JobTrouble): Promise<void>;
  /** Settles the money in the same breath. A job that has ended stays as it ended, unless what it made is lost. */
  end(id: string, ending: Ending): Promise<void>;
  /** What was made is nowhere any more. What it cost stays. */
  lose(id: string, trouble: JobTrouble): Promise<void>;
  /** A person takes it back: whoever works on it sees so. `false` when it has ended. */
  cancel(id: string): Promise<boolean>;
  /** Since the first of this month, each provider. */
  spending(): Promise<readonly Spending[]>;
  /** Every job that was ordered since then or has not ended, oldest first. */
  booked(since: number): Promise<readonly BookedJob[]>;
  /** Writes down what went wrong last at a service, or that nothing does any more. */
  noteTrouble(provider: string, told: ToldTrouble | undefined): Promise<void>;
  /** The same as it stands, by service, whoever found out. */
  troubles(): Promise<ReadonlyMap<string, ToldTrouble>>;
  close(): Promise<void>;
}

/** Milliseconds for which a process that says nothing more is believed to be at work. */
export const HOLD_MS = 15_000;
const ENDED: readonly JobState[] = ['made', 'failed', 'cancelled'];

export interface JournalHost {
  readonly dialect: Dialect;
  /** Where it lies, for a person. */
  readonly place: string;
  readonly now: () => number;
  /** This process. */
  readonly holder: string;
  /** Whether a process that holds jobs is known to be gone, before its time is over. */
  readonly isGone: (holder: string) => boolean;
}

/** Throws when the journal cannot be opened; a `NodeError` where it is damaged. */
export async function openJournal({ dialect, place, now, holder, isGone }: JournalHost): Promise<Journal> {
  const db = await openWhole(dialect, place);
  /** Throws a `NodeError` where it is damaged. */
  const entry = (row: Selectable<JobTable>): Job => {
    try {
      return jobOf(row);
    } catch (cause) {
      throw damagedEntry(place, cause);
    }
  };

  const job = (id: string, on: Kysely<Schema> | Transaction<Schema> = db) =>
    on.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst();
  const change = (id: string, values: Partial<Selectable<JobTable>>) =>
    db.updateTable('jobs').set(values).where('id', '=', id).where('state', 'not in', ENDED).execute();
  const isHeld = ({ holder: other, held_until }: Pick<JobTable, 'holder' | 'held_until'>) =>
    other !== null && other !== holder && Number(held_until) > now() && !isGone(other);

  /** As takes are counted: by when they were begun. What has not ended counts whenever that was. */
  const isSince = (since: number) => (the: ExpressionBuilder<Schema, 'jobs'>) =>
    the.or([the('ended_at', 'is', null), the('created_at', '>=', since)]);
  const isOfThisMonth = (the: ExpressionBuilder<Schema, 'jobs'>) => isSince(monthStart(now()))(the);

  async function takenThisMonth(on: Transaction<Schema>): Promise<number> {
    const { sum } = await on
      .selectFrom('jobs')
      .select((the) => the.fn.sum<number | null>(the.fn.coalesce('charged', 'reserved')).as('sum'))
      .where(isOfThisMonth)
      .executeTakeFirstOrThrow();
    return Number(sum ?? 0);
  }

  return {
    put: (id, { request, estimate, monthlyBudget }, version) =>
      db.transaction().execute(async (on) => {
        await on
          .updateTable('turns')
          .set((the) => ({ number: the('number', '+', 1) }))
          .execute();
        const there = await job(id, on);
        if (there) return entry(there);
        if (monthlyBudget !== undefined) {
          const left = Math.max(0, monthlyBudget - (await takenThisMonth(on))) as Micros;
          if ((estimate ?? 0) > left) return { left };
        }
        const row: JobTable = {
          id,
          provider: request.provider,
          model: request.model,
          version,
          state: 'waiting',
          request: JSON.stringify(request),
          estimate,
          reserved: estimate ?? 0,
          charged: null,
          created_at: now(),
          intended_at: null,
          submitted_at: null,
          ended_at: null,
          ref: null,
          result: null,
          trouble: null,
          is_cancelled: 0,
          holder: null,
          held_until: 0,
        };
        await on.insertInto('jobs').values(row).execute();
        return entry(row);
      }),

    async get(id) {
      const row = await job(id);
      return row && entry(row);
    },

    async hold(id) {
      const row = await job(id);
      if (!row || ENDED.includes(row.state) || isHeld(row)) return undefined;
      const stands = entry(row);
      // Only if it is still held by whom it was: another process may have been quicker.
      const [taken] = await db
        .updateTable('jobs')
        .set({ holder, held_until: now() + HOLD_MS })
        .where('id', '=', id)
        .where('held_until', '=', row.held_until)
        .where('state', '=', row.state)
        .where('is_cancelled', '=', row.is_cancelled)
        .execute();
      return Number(taken?.numUpdatedRows ?? 0) > 0 ? stands : undefined;
    },
    async renew() {
      await db
        .updateTable('jobs')
        .set({ held_until: now() + HOLD_MS })
        .where('holder', '=', holder)
        .execute();
    },
    async release() {
      await db.updateTable('jobs').set({ holder: null, held_until: 0 }).where('holder', '=', holder).execute();
    },
    async orphans() {
      const rows = await db
        .selectFrom('jobs')
        .selectAll()
        .where('state', 'in', ['waiting', 'intended', 'submitted'])
        .orderBy('created_at')
        .execute();
      return rows.filter((row) => !isHeld(row)).flatMap((row) => readable(row.id, () => entry(row)));
    },
    async sentBeside({ id, request }, at, withinMs) {
      const rows = await db
        .selectFrom('jobs')
        .selectAll()
        .where('id', '!=', id)
        .where('provider', '=', request.provider)
        .where('model', '=', request.model)
        .where('intended_at', '>=', at - withinMs)
        .where('intended_at', '<=', at + withinMs)
        .where((the) => the.or([the('ref', 'is not', null), the('charged', 'is', null), the('charged', '!=', 0)]))
        .execute();
      return rows.map(entry);
    },

    async intend(id) {
      const [done] = await db
        .updateTable('jobs')
        .set({ state: 'intended', intended_at: now() })
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .where('holder', '=', holder)
        .execute();
      return Number(done?.numUpdatedRows ?? 0) > 0;
    },
    async wait(id) {
      await change(id, { state: 'waiting', intended_at: null });
    },
    async submitted(id, ref) {
      await change(id, { state: 'submitted', submitted_at: now(), ref: JSON.stringify(ref), trouble: null });
    },
    async unknown(id, trouble) {
      await change(id, { state: 'unknown', trouble: JSON.stringify(trouble), holder: null, held_until: 0 });
    },
    async end(id, ending) {
      await change(id, {
        state: ending.state,
        ended_at: now(),
        charged: ending.charged,
        holder: null,
        held_until: 0,
        // What nobody knows the price of goes on counting at what was set aside for it.
        ...(ending.charged === null ? {} : { reserved: 0 }),
        result: ending.state === 'made' ? JSON.stringify(ending.result) : null,
        trouble: ending.state === 'made' ? null : JSON.stringify(ending.trouble),
      });
    },
    async lose(id, trouble) {
      const values = { state: 'failed', result: null, trouble: JSON.stringify(trouble) } as const;
      await db.updateTable('jobs').set(values).where('id', '=', id).where('state', '=', 'made').execute();
    },
    async cancel(id) {
      const [done] = await change(id, { is_cancelled: 1 });
      return Number(done?.numUpdatedRows ?? 0) > 0;
    },

    async spending() {
      const rows = await db
        .selectFrom('jobs')
        .select(['provider', 'reserved', 'charged', 'ended_at'])
        .where(isOfThisMonth)
        .execute();
      const all = new Map<string, { charged: number; reserved: number }>();
      for (const { provider, charged, reserved } of rows) {
        const sum = all.get(provider) ?? { charged: 0, reserved: 0 };
        all.set(provider, { charged: sum.charged + Number(charged ?? 0), reserved: sum.reserved + Number(reserved) });
      }
      return [...all].map(([provider, sum]) => ({
        provider,
        charged: sum.charged as Micros,
        reserved: sum.reserved as Micros,
      }));
    },
    async booked(since) {
      const rows = await db
        .selectFrom('jobs')
        .select(['id', 'provider', 'created_at', 'state', 'charged', 'reserved'])
        .where(isSince(since))
        .orderBy('created_at')
        .execute();
      return rows.map(({ id, provider, created_at, state, charged, reserved }) => ({
        id,
        provider,
        at: Number(created_at),
        state,
        charged: charged === null ? null : (Number(charged) as Micros),
        reserved: Number(reserved) as Micros,
      }));
    },
    async noteTrouble(provider, told) {
      if (!told) return void (await db.deleteFrom('troubles').where('provider', '=', provider).execute());
      const values = { at: told.at, trouble: JSON.stringify(told.trouble) };
      await db
        .insertInto('troubles')
        .values({ provider, ...values })
        .onConflict((at) => at.column('provider').doUpdateSet(values))
        .execute();
    },
    async troubles() {
      const rows = await db.selectFrom('troubles').selectAll().execute();
      return new Map(
        rows.flatMap(({ provider, at, trouble }) =>
          readable(provider, () => [provider, { at: Number(at), trouble: JSON.parse(trouble) as JobTrouble }] as const),
        ),
      );
    },
    close: () => db.destroy(),
  };
}

async function openWhole(dialect: Dialect, place: string): Promise<Kysely<Schema>> {
  const db = new Kysely<Schema>({ dialect });
  try {
    await migrate(db);
    const missing = await missingIn(db);
    if (missing.length > 0) throw damagedJournal(place, `missing: ${missing.join(', ')}`);
    return db;
  } catch (thrown) {
    await db.destroy();
    throw thrown;
  }
}

/** A row that cannot be read must not keep the others from going on. */
function readable<T>(name: string, read: () => T): T[] {
  try {
    return [read()];
  } catch (error) {
    console.error(`What the journal says of ${name} cannot be read:`, error);
    return [];
  }
}

function jobOf(row: Selectable<JobTable>): Job {
  const { id, version, state, estimate, charged, created_at, intended_at, submitted_at, ended_at } = row;
  return {
    id,
    state,
    version: Number(version),
    createdAt: Number(created_at),
    request: JSON.parse(row.request) as Job['request'],
    estimate: estimate === null ? null : (Number(estimate) as Micros),
    charged: charged === null ? null : (Number(charged) as Micros),
    ...(intended_at === null ? {} : { intendedAt: Number(intended_at) }),
    ...(submitted_at === null ? {} : { submittedAt: Number(submitted_at) }),
    ...(ended_at === null ? {} : { endedAt: Number(ended_at) }),
    ...(row.ref === null ? {} : { ref: JSON.parse(row.ref) as JobRef }),
    ...(row.result === null ? {} : { result: JSON.parse(row.result) as JobResult }),
    ...(row.trouble === null ? {} : { trouble: JSON.parse(row.trouble) as JobTrouble }),
    isCancelled: Number(row.is_cancelled) === 1,
  };
}
