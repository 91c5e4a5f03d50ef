/** Routing tables with all their versions, and settings. */
import type { RoutingTable } from '../routing/table.ts';
import type { Database } from './db.ts';

export interface DeskStore {
  tables(): Promise<readonly RoutingTable[]>;
  /** Version 0 is the draft and may be replaced; a published version is written once. */
  putTable(table: RoutingTable): Promise<void>;
  dropDraft(id: string): Promise<void>;
  setting(key: string): Promise<unknown>;
  putSetting(key: string, value: unknown): Promise<void>;
}
export function deskStore(db: Database): DeskStore {
  return {
    tables: () => db.routing.toArray(),
    async putTable(table) {
      await (table.version === 0 ? db.routing.put(table) : db.routing.add(table));
    },
    dropDraft: (id) => db.routing.delete([id, 0]),
    setting: async (key) => (await db.settings.get(key))?.value,
    putSetting: async (key, value) => void (await db.settings.put({ key, value })),
  };
}
