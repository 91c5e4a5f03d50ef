/** Routing tables with all their versions, the models of one's own that they name, and settings. */
import type { OwnModel } from '../routing/own-model.ts';
import type { RoutingTable } from '../routing/routing-table.ts';
import type { Database } from './db.ts';

/** Version 0 of a table is its draft and may be changed; a published version is written once. */
export interface RoutingStore {
  tables(): Promise<readonly RoutingTable[]>;
  /** Changes the stored draft of a table in one step and returns it; `change` is given nothing when there is none. */
  changeDraft(id: string, change: (stored: RoutingTable | undefined) => RoutingTable): Promise<RoutingTable>;
  dropDraft(id: string): Promise<void>;
  /**
   * Writes a table as the version after `known`, or says which version somebody else has published after that: then
   * nothing is written. Its draft, which became that version, is dropped, unless it is another's to go on with.
   */
  publish(next: RoutingTable, known: number, draft?: 'dropped' | 'kept'): Promise<Published>;
  /** By name. */
  ownModels(): Promise<readonly OwnModel[]>;
  /** Adds models, or puts them in the place of those with their ids. */
  putOwnModels(models: readonly OwnModel[]): Promise<void>;
  removeOwnModel(id: string): Promise<void>;
  setting(key: string): Promise<unknown>;
  /** Changes a stored setting in one step and returns it. */
  changeSetting<T>(key: string, change: (stored: unknown) => T): Promise<T>;
}
export type Published = { readonly published: RoutingTable } | { readonly newer: RoutingTable };

export function routingStore(db: Database): RoutingStore {
  return {
    tables: () => db.routing.toArray(),
    changeDraft: (id, change) =>
      db.transaction('rw', db.routing, async () => {
        const draft = change(await db.routing.get([id, 0]));
        await db.routing.put(draft);
        return draft;
      }),
    dropDraft: (id) => db.routing.delete([id, 0]),
    publish: (next, known, draft = 'dropped') =>
      db.transaction('rw', db.routing, async () => {
        const stored = await db.routing.where('id').equals(next.id).sortBy('version');
        const newer = stored.findLast(({ version }) => version > known);
        if (newer) return { newer };
        const published = { ...next, version: known + 1 };
        await db.routing.add(published);
        if (draft === 'dropped') await db.routing.delete([next.id, 0]);
        return { published };
      }),
    ownModels: async () => (await db.ownModels.toArray()).toSorted((a, b) => a.name.localeCompare(b.name)),
    putOwnModels: async (models) => void (await db.ownModels.bulkPut([...models])),
    removeOwnModel: (id) => db.ownModels.delete(id),
    setting: async (key) => (await db.settings.get(key))?.value,
    changeSetting: (key, change) =>
      db.transaction('rw', db.settings, async () => {
        const value = change((await db.settings.get(key))?.value);
        await db.settings.put({ key, value });
        return value;
      }),
  };
}
