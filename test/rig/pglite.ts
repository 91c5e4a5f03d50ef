/**
 * PostgreSQL itself, in this process, for as many journals as a test opens on it. It has one connection: whoever begins a
 * transaction has it until the end.
 */
import { PGlite, types } from '@electric-sql/pglite';
import { PostgresDialect, type Dialect, type PostgresPoolClient } from 'kysely';

export interface OpenPostgres {
  dialect(): Dialect;
  /** Drops all that is in it: to begin anew takes seconds. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

export async function openPostgres(): Promise<OpenPostgres> {
  // A driver over a network gives them as text, so as to lose no digit.
  const database = await PGlite.create({ parsers: { [types.INT8]: String } });
  let turn = Promise.resolve();

  async function connect(): Promise<PostgresPoolClient> {
    const before = turn;
    let release = () => {};
    turn = new Promise((resolve) => (release = resolve));
    await before;
    return { query: query as PostgresPoolClient['query'], release };
  }
  async function query(sql: string, parameters: readonly unknown[]): Promise<object> {
    const { rows, affectedRows = 0 } = await database.query(sql, [...parameters]);
    const [command = ''] = /\w+/.exec(sql) ?? [];
    return { command: command.toUpperCase(), rowCount: affectedRows, rows };
  }
  return {
    dialect: () => new PostgresDialect({ pool: { connect, end: async () => {} } }),
    empty: async () => void (await database.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public')),
    close: () => database.close(),
  };
}
