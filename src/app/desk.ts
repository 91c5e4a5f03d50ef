/** Loads and keeps what routing and money need: the catalog file, tables with their versions, settings. */
import { fileName } from '../core/file-name.ts';
import { sameModel } from '../core/take.ts';
import { HOUSE } from '../routing/house.ts';
import { parseCatalog } from '../routing/catalog.ts';
import { parseTableFile, problemsOf, writeTableFile, type RoutingTable } from '../routing/table.ts';
import { readSettings, type MoneySettings } from '../ledger/settings.ts';
import type { DeskStore } from '../state/desk.ts';
import type { WorkspaceStore } from '../state/workspace.ts';
import type { DeskStore as DeskStorage } from '../storage/desk.ts';
import type { DeskCommands } from '../ui/commands.ts';
import { saveBlob } from './save-blob.ts';
import { t, tellAll } from '../ui/words/t.ts';

const SETTINGS = 'money';

export function createDeskCommands(desk: DeskStore, storage: DeskStorage, workspace: WorkspaceStore): DeskCommands & { load(): Promise<void> } {
  const inPlaceOf = (table: RoutingTable) => desk.getState().tables.filter((other) => other.id !== table.id || other.version !== table.version);

  async function saveSettings(settings: MoneySettings): Promise<void> {
    await storage.putSetting(SETTINGS, settings);
    desk.setState({ settings });
  }

  async function saveDraft(table: RoutingTable): Promise<void> {
    const draft = { ...table, version: 0, publishedAt: '' };
    await storage.putTable(draft);
    desk.setState({ tables: [...inPlaceOf(draft), draft] });
  }

  return {
    async load() {
      const [tables, settings, response] = await Promise.all([storage.tables(), storage.setting(SETTINGS), fetch('catalog.json').catch(() => undefined)]);
      desk.setState({ tables: [HOUSE, ...tables.filter((table) => table.id !== HOUSE.id || table.version !== HOUSE.version)], settings: readSettings(settings) });
      const read = response?.ok ? parseCatalog(await response.text()) : undefined;
      if (read?.ok) desk.setState({ catalog: read.value.catalog });
      else workspace.notify('bad', read ? read.error.message : t('The catalog of models could not be read.'), t('Only the built-in engine is known until it can. Nothing else is affected.'));
    },
    saveSettings,
    async ownPrice(ref, price) {
      const { settings } = desk.getState();
      const others = settings.book.overrides.filter((override) => !sameModel(override, ref));
      // Earlier own prices are kept beside the newest: takes were priced by them.
      const overrides = price ? [...settings.book.overrides, { ...ref, ...price, at: Date.now() }] : others;
      await saveSettings({ ...settings, book: { ...settings.book, overrides } });
    },
    saveDraft,
    async dropDraft(id) {
      await storage.dropDraft(id);
      desk.setState({ tables: desk.getState().tables.filter((table) => table.id !== id || table.version !== 0) });
    },
    async publish(draft, note) {
      const problems = problemsOf(draft, desk.getState().catalog);
      if (problems.length) {
        workspace.notify('bad', problems[0]!, problems.length > 1 ? t('And {0} more; the page lists them.', problems.length - 1) : t('Mend it, then publish again.'));
        return undefined;
      }
      const version = Math.max(0, ...desk.getState().tables.filter((table) => table.id === draft.id).map((table) => table.version)) + 1;
      const table: RoutingTable = { ...draft, version, note, publishedAt: new Date().toISOString() };
      await storage.putTable(table);
      await storage.dropDraft(draft.id);
      desk.setState({ tables: [...desk.getState().tables.filter((other) => other.id !== draft.id || other.version !== 0), table] });
      return table;
    },
    exportTable: (table) => saveBlob(new Blob([writeTableFile(table)], { type: 'application/json' }), fileName(`${table.id}-${table.version || 'draft'}`, '.routing.json')),
    async importTable(text) {
      const read = parseTableFile(text);
      if (!read.ok) return workspace.notify('bad', read.error.message, read.error.hint);
      await saveDraft(read.value);
      const problems = problemsOf(read.value, desk.getState().catalog);
      workspace.notify('info', t('“{0}” was imported as a draft.', read.value.name), problems.length ? t('Before it can be published: {0}', tellAll(problems.slice(0, 3), ' ')) : t('Publish it to use it.'));
    },
    exportCsv: (csv, name) => saveBlob(new Blob([csv], { type: 'text/csv' }), name),
  };
}
