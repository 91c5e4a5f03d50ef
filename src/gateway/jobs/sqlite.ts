/** The journal's database of one machine: a file, opened with the binary that came for this platform. */
import { open } from 'node:fs/promises';
import { SqliteDialect, type Dialect } from 'kysely';
import { keepToOwner } from './write-whole.ts';

/** Throws where the binary does not load. */
export async function sqlite(file: string): Promise<Dialect> {
  const { default: Database } = await import('libsql');
  // Prompts stand in it: only its owner reads it, whoever may look into the folder. Its companions become like it.
  await (await open(file, 'a', 0o600)).close();
  for (const part of ['', '-wal', '-shm']) await keepToOwner(file + part);
  const database = new Database(file);
  // Another process may be writing: wait for it. What is written is on disk before anything is sent.
  database.exec('PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  return new SqliteDialect({ database: database as never });
}
