/** The journal on both databases it is for: a file of one computer, and PostgreSQL for a fleet. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { sqlite } from '../../src/gateway/jobs/sqlite.ts';
import { journalContract } from '../contract/journal-contract.ts';
import { openPostgres, type OpenPostgres } from '../rig/pglite.ts';

let postgres: OpenPostgres;
beforeAll(async () => {
  postgres = await openPostgres();
}, 120_000);
afterAll(() => postgres.close());

journalContract('SQLite', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'triptych-journal-')), 'journal.db');
  return () => sqlite(file);
});
journalContract('PostgreSQL', async () => {
  await postgres.empty();
  return postgres.dialect;
});
