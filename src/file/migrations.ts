/** Steps between versions of the file format, each keyed by the version it produces. None are needed yet: 1 is the first. */
import { FORMAT_VERSION } from './format.ts';

type Loose = Readonly<Record<string, unknown>>;
export const formatMigrations: Readonly<Record<number, (old: Loose) => Loose>> = {};

export function migrateFormat(file: Loose, from: number): Loose {
  let current = file;
  for (let version = from + 1; version <= FORMAT_VERSION; version++) current = formatMigrations[version]?.(current) ?? current;
  return current;
}
