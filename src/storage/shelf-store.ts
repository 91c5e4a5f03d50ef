/** What a person keeps for later graphs: components with all their versions, and templates of their own. */
import type { LibraryComponent } from '../graph/adopt.ts';
import { AS_STORED, type Upgrade } from '../file/upgrade.ts';
import type { Database, TemplateRow } from './db.ts';

export interface ShelfStore {
  /** Every version, oldest first. */
  components(): Promise<readonly LibraryComponent[]>;
  /** A version is written once. */
  addComponent(component: LibraryComponent): Promise<void>;
  removeComponent(id: LibraryComponent['id']): Promise<void>;
  /** Newest first. */
  templates(): Promise<readonly TemplateRow[]>;
  putTemplate(template: TemplateRow): Promise<void>;
  removeTemplate(id: string): Promise<void>;
}
/** `upgrade`: what is stored may be older than what is installed. */
export function shelfStore(db: Database, upgrade: Upgrade = AS_STORED): ShelfStore {
  return {
    components: async () => (await db.components.orderBy('[id+version]').toArray()).map(upgrade.component),
    addComponent: async (component) => void (await db.components.add(component)),
    removeComponent: async (id) => void (await db.components.where('id').equals(id).delete()),
    async templates() {
      const rows = await db.templates.orderBy('at').reverse().toArray();
      return rows.map((row) => ({ ...row, graph: upgrade.graph(row.graph) }));
    },
    putTemplate: async (template) => void (await db.templates.put(template)),
    removeTemplate: (id) => db.templates.delete(id),
  };
}
