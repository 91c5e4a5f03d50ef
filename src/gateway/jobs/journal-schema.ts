/** The tables of the journal, the same on every database, and how they came to be what they are. */
import { Migrator, type Kysely } from 'kysely';
import type { JobState } from '../../routing/job.ts';

/** One job, and its money. */
export interface JobTable {
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  readonly version: number;
  readonly state: JobState;
  /** `JobRequest` as JSON. */
  readonly request: string;
  readonly estimate: number | null;
  /** Counts against the budget until the job has ended. */
  readonly reserved: number;
  readonly charged: number | null;
  readonly created_at: number;
  readonly intended_at: number | null;
  readonly submitted_at: number | null;
  readonly ended_at: number | null;
  /** `JobRef` as JSON. */
  readonly ref: string | null;
  /** `JobResult` as JSON. */
  readonly result: string | null;
  /** `JobTrouble` as JSON. */
  readonly trouble: string | null;
  /** A person took it back: 1. */
  readonly is_cancelled: number;
  /** The process at work on it, and until when its word holds. */
  readonly holder: string | null;
  readonly held_until: number;
}
/** One row that every reservation writes first: two processes that reserve at once do so one after the other. */
interface TurnTable {
  readonly name: 'reserve';
  readonly number: number;
}
/** What went wrong last at a service that is its own fault or that of the account, until it takes a job again. */
interface TroubleTable {
  readonly provider: string;
  readonly at: number;
  /** `JobTrouble` as JSON. */
  readonly trouble: string;
}
export interface Schema {
  readonly jobs: JobTable;
  readonly turns: TurnTable;
  readonly troubles: TroubleTable;
}

/** What each of them has by now. */
const TABLES: { readonly [name in keyof Schema]: readonly (keyof Schema[name])[] } = {
  jobs: [
    'id',
    'provider',
    'model',
    'version',
    'state',
    'request',
    'estimate',
    'reserved',
    'charged',
    'created_at',
    'intended_at',
    'submitted_at',
    'ended_at',
    'ref',
    'result',
    'trouble',
    'is_cancelled',
    'holder',
    'held_until',
  ],
  turns: ['name', 'number'],
  troubles: ['provider', 'at', 'trouble'],
};

/** Tables and columns that are not there, though every change of the schema was made: somebody else took them out. */
export async function missingIn(db: Kysely<Schema>): Promise<readonly string[]> {
  const there = new Map((await db.introspection.getTables()).map(({ name, columns }) => [name, columns]));
  return Object.entries(TABLES).flatMap(([name, wanted]) => {
    const columns = there.get(name)?.map((column) => column.name);
    if (!columns) return [name];
    return (wanted as readonly string[])
      .filter((column) => !columns.includes(column))
      .map((column) => `${name}.${column}`);
  });
}

/** Every change of the schema, in order. What was released is never altered. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: {
      getMigrations: async () => ({
        '1': {
          async up(to) {
            await to.schema
              .createTable('jobs')
              .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
              .addColumn('provider', 'varchar(64)', (column) => column.notNull())
              .addColumn('model', 'text', (column) => column.notNull())
              .addColumn('version', 'integer', (column) => column.notNull())
              .addColumn('state', 'varchar(16)', (column) => column.notNull())
              .addColumn('request', 'text', (column) => column.notNull())
              .addColumn('estimate', 'bigint')
              .addColumn('reserved', 'bigint', (column) => column.notNull())
              .addColumn('charged', 'bigint')
              .addColumn('created_at', 'bigint', (column) => column.notNull())
              .addColumn('intended_at', 'bigint')
              .addColumn('submitted_at', 'bigint')
              .addColumn('ended_at', 'bigint')
              .addColumn('ref', 'text')
              .addColumn('result', 'text')
              .addColumn('trouble', 'text')
              .addColumn('is_cancelled', 'integer', (column) => column.notNull())
              .addColumn('holder', 'text')
              .addColumn('held_until', 'bigint', (column) => column.notNull())
              .execute();
            await to.schema
              .createTable('turns')
              .addColumn('name', 'varchar(16)', (column) => column.primaryKey())
              .addColumn('number', 'bigint', (column) => column.notNull())
              .execute();
            await (to as Kysely<Schema>).insertInto('turns').values({ name: 'reserve', number: 0 }).execute();
            await to.schema.createIndex('jobs_of_the_month').on('jobs').columns(['created_at']).execute();
          },
        },
        '2': {
          async up(to) {
            await to.schema
              .createTable('troubles')
              .addColumn('provider', 'varchar(64)', (column) => column.primaryKey())
              .addColumn('at', 'bigint', (column) => column.notNull())
              .addColumn('trouble', 'text', (column) => column.notNull())
              .execute();
          },
        },
      }),
    },
  });
  for (let tries = 1; ; tries++) {
    const { error } = await migrator.migrateToLatest();
    if (!error) return;
    if (tries === MOST_TRIES) throw error;
    // Another process that opens it at the same moment may have been quicker: then it is done.
    await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
  }
}
const MOST_TRIES = 5;
const TRY_AGAIN_MS = 100;
