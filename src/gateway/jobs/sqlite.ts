/** The journal's database of one machine: a file, opened with the binary that came for this platform. */
import { SqliteDialect, type Dialect } from 'kysely';

/** Throws where the binary does not load. */
export async function sqlite(file: string): Promise<Dialect> {
  const { default: Database } = await import('libsql');
  const database = new Database(file);
  // Another process may be writing: wait for it. What is written is on disk before anything is sent.
  database.exec('PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  return new SqliteDialect({ database: database as never });
}
