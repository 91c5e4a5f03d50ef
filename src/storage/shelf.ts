/** What a person keeps for later graphs: components with all their versions, and templates of their own. */
import type { LibraryComponent } from '../core/adopt.ts';
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
export function shelfStore(db: Database): ShelfStore {
  return {
    components: () => db.components.orderBy('[id+version]').toArray(),
    addComponent: async (component) => void (await db.components.add(component)),
    removeComponent: async (id) => void (await db.components.where('id').equals(id).delete()),
    templates: () => db.templates.orderBy('at').reverse().toArray(),
    putTemplate: async (template) => void (await db.templates.put(template)),
    removeTemplate: (id) => db.templates.delete(id),
  };
}
