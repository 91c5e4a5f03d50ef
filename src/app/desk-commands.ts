/** Loads and keeps what routing and money need: the catalog file, tables with their versions, settings. */
import { toFailure } from '../core/errors.ts';
import { fileName } from '../core/file-name.ts';
import { say } from '../core/say.ts';
import { sameModel } from '../core/take.ts';
import { SHIPPED_TABLES } from '../routing/house.ts';
import { withShipped } from '../routing/table-for.ts';
import { EMPTY_CATALOG } from '../routing/catalog.ts';
import { broughtIn, ownModelsOf } from '../routing/own-model.ts';
import { parseCatalog } from '../routing/read-catalog.ts';
import { problemsOf, type RoutingTable } from '../routing/routing-table.ts';
import { parseTableFile, writeTableFile } from '../routing/table-file.ts';
import type { MoneySettings } from '../ledger/money-settings.ts';
import { readSettings } from '../ledger/read-money-settings.ts';
import { newestOf } from '../routing/table-for.ts';
import type { DeskStore } from '../state/desk.ts';
import type { WorkspaceStore } from '../state/workspace.ts';
import type { Published, RoutingStore } from '../storage/routing-store.ts';
import type { DeskCommands } from '../ui/commands.ts';
import { writeInOrder, type Writer } from './in-order.ts';
import { noteCatalog, noteOwnModels } from './note-models.ts';
import { saveBlob } from './save-blob.ts';
import { t, tellAll } from '../words/t.ts';

/** What settings about money are called where they are stored. */
export const MONEY_SETTING = 'money';
const asDraft = (table: RoutingTable): RoutingTable => ({ ...table, version: 0, publishedAt: '' });

export function createDeskCommands(
  desk: DeskStore,
  storage: RoutingStore,
  workspace: WorkspaceStore,
): DeskCommands & { load(): Promise<void> } {
  // What is there without asking anybody.
  desk.setState({ catalog: EMPTY_CATALOG, tables: SHIPPED_TABLES });
  const isDraftOf = (id: string) => (table: RoutingTable) => table.id === id && table.version === 0;
  const draftOf = (id: string) => desk.getState().tables.find(isDraftOf(id));
  const without = (id: string) => desk.getState().tables.filter((table) => !isDraftOf(id)(table));
  const show = (draft: RoutingTable) => {
    const { tables } = desk.getState();
    desk.setState({
      tables: draftOf(draft.id)
        ? tables.map((table) => (isDraftOf(draft.id)(table) ? draft : table))
        : [...tables, draft],
    });
  };
  const failed = (thrown: unknown) => {
    const { message, hint } = toFailure(thrown);
    workspace.notify(
      'bad',
      say('What was changed here is not stored yet: {0}', typeof message === 'string' ? say(message) : message),
      hint ?? t('It is stored with the next change.'),
    );
  };

  const drafts = new Map<string, Writer<RoutingTable>>();
  function writerOf(id: string): Writer<RoutingTable> {
    const known = drafts.get(id);
    if (known) return known;
    // A draft that another tab published or threw away is begun anew with what is on screen here.
    const write = (change: (draft: RoutingTable) => RoutingTable) =>
      storage.changeDraft(id, (stored) =>
        stored ? change(stored) : (draftOf(id) ?? change(asDraft(newestOf(desk.getState().tables, id)))),
      );
    const writer = writeInOrder(write, (draft) => draftOf(id) && show(draft), failed);
    drafts.set(id, writer);
    return writer;
  }
  const settings = writeInOrder<MoneySettings>(
    (change) => storage.changeSetting(MONEY_SETTING, (stored) => change(readSettings(stored))),
    (stored) => desk.setState({ settings: stored }),
    failed,
  );

  function editDraft({ id }: RoutingTable, change: (draft: RoutingTable) => RoutingTable): void {
    const draft = draftOf(id);
    if (!draft) return;
    // On screen first: what is typed next is typed into what is shown.
    show(change(draft));
    writerOf(id).push(change);
  }
  function putDraft(table: RoutingTable): void {
    const draft = asDraft(table);
    show(draft);
    writerOf(table.id).push(() => draft);
  }
  async function changeSettings(change: (settings: MoneySettings) => MoneySettings): Promise<void> {
    desk.setState({ settings: change(desk.getState().settings) });
    settings.push(change);
    await settings.settled();
  }

  /** Which is published, or was meanwhile by somebody else; `undefined` when it has problems, which are said. */
  async function publishNext(next: RoutingTable, draft: 'dropped' | 'kept'): Promise<Published | undefined> {
    const { id } = next;
    const problems = problemsOf(next, desk.getState().catalog);
    if (problems.length) {
      workspace.notify(
        'bad',
        problems[0]!,
        problems.length > 1
          ? t('And {0} more; the page lists them.', problems.length - 1)
          : t('Mend it, then publish again.'),
      );
      return undefined;
    }
    const versions = desk.getState().tables.filter((table) => table.id === id);
    const known = Math.max(0, ...versions.map(({ version }) => version));
    const outcome = await storage.publish({ ...next, publishedAt: new Date().toISOString() }, known, draft);
    const isDropped = draft === 'dropped' && 'published' in outcome;
    const table = 'published' in outcome ? outcome.published : outcome.newer;
    desk.setState({ tables: [...(isDropped ? without(id) : desk.getState().tables), table] });
    return outcome;
  }

  /** One after the other: what is pressed twice is published once. */
  let publishing: Promise<unknown> = Promise.resolve();
  function inTurn<T>(publish: () => Promise<T>): Promise<T> {
    const mine = publishing.then(publish);
    publishing = mine.catch(() => {});
    return mine;
  }

  async function publishDraft(id: string, note: string): Promise<RoutingTable | undefined> {
    // With what another tab wrote in it meanwhile.
    await drafts.get(id)?.settled();
    const draft = draftOf(id);
    const outcome = draft && (await publishNext({ ...draft, note }, 'dropped'));
    if (!outcome || 'published' in outcome) return outcome?.published;
    // Who published it there may have dropped the draft that both wrote in.
    putDraft(draft);
    workspace.notify(
      'bad',
      t('{0} {1} was published in another tab meanwhile, so nothing was published.', draft.name, outcome.newer.version),
      t('The draft is as it was. Look at that version, then publish again.'),
    );
    return undefined;
  }

  async function publishChanged(
    id: string,
    change: (newest: RoutingTable) => RoutingTable,
    note: string,
  ): Promise<RoutingTable | undefined> {
    // What another tab published meanwhile stays in it.
    await read();
    for (;;) {
      const outcome = await publishNext({ ...change(newestOf(desk.getState().tables, id)), note }, 'kept');
      if (!outcome || 'published' in outcome) return outcome?.published;
    }
  }

  /** What is stored; another tab may have changed it. */
  async function read(): Promise<void> {
    await Promise.all([...drafts.values(), settings].map((writer) => writer.settled()));
    const before = desk.getState();
    const [tables, stored, ownModels] = await Promise.all([
      storage.tables(),
      storage.setting(MONEY_SETTING),
      storage.ownModels(),
    ]);
    // What was typed meanwhile is newer than what was read.
    if (desk.getState().tables !== before.tables || desk.getState().settings !== before.settings) return;
    desk.setState({
      tables: withShipped(tables),
      settings: readSettings(stored),
    });
    // The same again would plan every graph anew.
    if (JSON.stringify(ownModels) !== JSON.stringify(before.ownModels)) noteOwnModels(desk, ownModels);
  }

  return {
    async load() {
      const [response] = await Promise.all([fetch('catalog.json').catch(() => undefined), read()]);
      document.addEventListener(
        'visibilitychange',
        () => document.visibilityState === 'visible' && void read().catch(failed),
      );
      const parsed = response?.ok ? parseCatalog(await response.text()) : undefined;
      if (parsed?.ok) noteCatalog(desk, parsed.value.catalog);
      else
        workspace.notify(
          'bad',
          parsed ? parsed.error.message : t('The catalog of models could not be read.'),
          t(
            'Only the built-in engine is known until the page is loaded again with a sound one. Nothing else is affected.',
          ),
        );
    },
    changeSettings,
    ownPrice: (ref, price) =>
      changeSettings((now) => {
        const others = now.book.overrides.filter((override) => !sameModel(override, ref));
        // Earlier own prices are kept beside the newest: takes were priced by them.
        const overrides = price ? [...now.book.overrides, { ...ref, ...price, at: Date.now() }] : others;
        return { ...now, book: { ...now.book, overrides } };
      }),
    startDraft(table) {
      if (draftOf(table.id))
        return workspace.notify(
          'info',
          t('“{0}” has a draft already; it is open now.', table.name),
          t('To begin another, throw it away first.'),
        );
      const draft = asDraft({ ...table, note: '' });
      show(draft);
      // Another tab may have begun one that is not known here.
      void storage.changeDraft(table.id, (stored) => stored ?? draft).then(show, failed);
    },
    editDraft,
    async dropDraft(id) {
      desk.setState({ tables: without(id) });
      await drafts.get(id)?.settled();
      await storage.dropDraft(id);
    },
    publish: ({ id }, note) => inTurn(() => publishDraft(id, note)),
    publishChange: (id, change, note) => inTurn(() => publishChanged(id, change, note)),
    exportTable(table) {
      const name = fileName(`${table.id}-${table.version || 'draft'}`, '.routing.json');
      saveBlob(
        new Blob([writeTableFile({ table, workflows: ownModelsOf(table, desk.getState().ownModels) })], {
          type: 'application/json',
        }),
        name,
      );
    },
    async importTable(text) {
      const read = parseTableFile(text);
      if (!read.ok) return workspace.notify('bad', read.error.message, read.error.hint);
      const { table, fresh } = broughtIn(read.value.table, read.value.workflows, desk.getState().ownModels);
      if (fresh.length > 0) {
        await storage.putOwnModels(fresh);
        noteOwnModels(desk, await storage.ownModels());
      }
      const before = draftOf(table.id);
      putDraft(table);
      const problems = problemsOf(table, desk.getState().catalog);
      const hint = problems.length
        ? t('Before it can be published: {0}', tellAll(problems.slice(0, 3), ' '))
        : t('Publish it to use it.');
      const back = before ? [{ label: t('Back to the draft before'), act: () => putDraft(before) }] : [];
      workspace.notify('info', t('“{0}” was imported as a draft.', table.name), hint, ...back);
      if (fresh.length > 0)
        workspace.notify(
          'info',
          t(
            '{0|A workflow|{0} workflows} came with it, to be run by your ComfyUI: {1}.',
            fresh.length,
            fresh.map(({ name }) => name).join(', '),
          ),
          t('Run only what comes from somebody you trust: nodes in it may do more than make pictures.'),
        );
    },
    exportCsv: (csv, name) => saveBlob(new Blob([csv], { type: 'text/csv' }), name),
  };
}
