/** Routing tables published by two tabs at the same moment: none is lost, and who came second is told. */
import { beforeEach, expect, test } from 'vitest';
import { createDeskCommands } from '../../src/app/desk-commands.ts';
import { WORK_KINDS } from '../../src/core/take.ts';
import type { Catalog } from '../../src/routing/catalog.ts';
import { HOUSE } from '../../src/routing/house.ts';
import type { RoutingTable } from '../../src/routing/routing-table.ts';
import { createDesk } from '../../src/state/desk.ts';
import { createWorkspace } from '../../src/state/workspace.ts';
import { Database } from '../../src/storage/db.ts';
import { routingStore } from '../../src/storage/routing-store.ts';

/** The first version that is published here. */
const NEXT = HOUSE.version + 1;

let db: Database;
beforeEach(() => void (db = new Database(`publishing-${Math.random()}`)));

/** Every model a table names is there, and does everything. */
const KNOWS_ALL = {
  asOf: '',
  models: [],
  find: () => ({ model: { name: 'M', work: WORK_KINDS, status: 'active' } }),
} as unknown as Catalog;

function tab() {
  const [desk, workspace] = [createDesk(), createWorkspace()];
  const commands = createDeskCommands(desk, routingStore(db), workspace);
  desk.setState({ catalog: KNOWS_ALL });
  const told = () => workspace.getState().notices.map(({ text }) => text);
  return { desk, commands, told };
}
const publishedVersions = async () =>
  (await routingStore(db).tables()).flatMap(({ version, name, note }) => (version ? [[version, name, note]] : []));
const called = (name: string) => (table: RoutingTable) => ({ ...table, name: `${table.name}, ${name}` });

test('of two drafts published at once one is the next version, and the other is told and stays a draft', async () => {
  const tabs = [tab(), tab()];
  for (const { commands } of tabs) commands.startDraft(HOUSE);
  const published = await Promise.all(tabs.map(({ commands }, at) => commands.publish(HOUSE, `by ${at}`)));
  expect(published.map((table) => table?.version)).toEqual([NEXT, undefined]);
  expect(await publishedVersions()).toEqual([[NEXT, HOUSE.name, 'by 0']]);
  expect(tabs.map(({ told }) => told())).toEqual([
    [],
    [`${HOUSE.name} ${NEXT} was published in another tab meanwhile, so nothing was published.`],
  ]);
  const again = await tabs[1]!.commands.publish(HOUSE, 'again');
  expect(again?.version).toBe(NEXT + 1);
});

test('changes published at once are both in the version that comes second', async () => {
  const tabs = [tab(), tab()];
  await Promise.all(tabs.map(({ commands }, at) => commands.publishChange(HOUSE.id, called(`tab ${at}`), '')));
  expect(await publishedVersions()).toEqual([
    [NEXT, `${HOUSE.name}, tab 0`, ''],
    [NEXT + 1, `${HOUSE.name}, tab 0, tab 1`, ''],
  ]);
});

test('what is pressed twice is published once', async () => {
  const { commands, told } = tab();
  commands.startDraft(HOUSE);
  const published = await Promise.all([commands.publish(HOUSE, 'once'), commands.publish(HOUSE, 'twice')]);
  expect(published.map((table) => table?.version)).toEqual([NEXT, undefined]);
  expect(await publishedVersions()).toEqual([[NEXT, HOUSE.name, 'once']]);
  expect(told()).toEqual([]);
});
