/** The journal's database of one machine: a file, opened with the binary that came for this platform. */
import { open } from 'node:fs/promises';
import { SqliteDialect, type Dialect, type SqliteDatabase } from 'kysely';
import { damagedJournal } from './damaged-journal.ts';
import { keepToOwner } from './write-whole.ts';

/**
 * Throws where the binary does not load, and a `NodeError` where the file is damaged: what could not be found in it might
 * be sent again. So it is read through once, some 35 ms for ten thousand jobs.
 */
export async function sqlite(file: string): Promise<Dialect> {
  const { default: Database } = await import('libsql');
  // Prompts stand in it: only its owner reads it, whoever may look into the folder. Its companions become like it.
  await (await open(file, 'a', 0o600)).close();
  for (const part of ['', '-wal', '-shm']) await keepToOwner(file + part);
  const database = new Database(file);
  try {
    // Another process may be writing: wait for it. What is written is on disk before anything is sent.
    database.exec('PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    const told = tellingDamage(database as never, file);
    const [found] = told.prepare('PRAGMA integrity_check(1)').all([]) as { readonly integrity_check: string }[];
    // Where it names the database, it does so in a line before.
    const finding = found?.integrity_check.split('\n').at(-1) ?? '?';
    if (finding !== 'ok') throw damagedJournal(file, finding);
    return new SqliteDialect({ database: told });
  } catch (thrown) {
    database.close();
    throw isDamage(thrown) ? damagedJournal(file, thrown.message, thrown) : thrown;
  }
}

/** The same database; damage that it comes upon later is told with the file's name. */
function tellingDamage(database: SqliteDatabase, file: string): SqliteDatabase {
  const told = <T>(work: () => T): T => {
    try {
      return work();
    } catch (thrown) {
      throw isDamage(thrown) ? damagedJournal(file, thrown.message, thrown) : thrown;
    }
  };
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = told(() => database.prepare(sql));
      return {
        reader: statement.reader,
        all: (parameters) => told(() => statement.all(parameters)),
        run: (parameters) => told(() => statement.run(parameters)),
        iterate: (parameters) => told(() => statement.iterate(parameters)),
      };
    },
  };
}

/** A file that is no database at all is another's, or empty: it is told as one that cannot be opened. */
const isDamage = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('SQLITE_CORRUPT');
