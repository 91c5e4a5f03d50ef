/** Opens what the app keeps; where the browser keeps nothing for this page, the same tables in memory. */
import { loadPart } from '../core/load-part.ts';
import { artifactStore, type ArtifactStore } from './artifact-store.ts';
import { Database, NATIVE_STEP } from './db.ts';
import { sharedArtifacts } from './shared-artifacts.ts';

/**
 * Why nothing is kept: there is no storage or it is refused; it is there and does not work; a newer release wrote it.
 */
export type WhyNotKept = 'refused' | 'broken' | 'newer';

export interface OpenStorage {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  /** Set when all of it is in this tab's memory and goes with it. */
  readonly notKept?: WhyNotKept;
}

/**
 * Never rejects for what the browser refuses. `onBlocked` is called while another tab holds tables of an older release
 * open.
 */
export async function openStorage(onBlocked: () => void = () => {}): Promise<OpenStorage> {
  const db = new Database();
  db.on('blocked', onBlocked);
  try {
    if (await isNewer(db)) return { ...(await inMemory()), notKept: 'newer' };
    await db.open();
    return { db, artifacts: artifactStore(db) };
  } catch (thrown) {
    db.close();
    return { ...(await inMemory()), notKept: whyNot(thrown) };
  }
}

/** Every thread has tables of its own then; pictures and clips, which all of them need, go between them. */
async function inMemory(): Promise<OpenStorage> {
  const { IDBFactory, IDBKeyRange } = await loadPart(() => import('fake-indexeddb'));
  const db = new Database('triptych', { indexedDB: new IDBFactory(), IDBKeyRange });
  await db.open();
  return { db, artifacts: sharedArtifacts(artifactStore(db)) };
}

/** Asked before the tables are opened: Dexie would add its own to those of a later release. */
async function isNewer(db: Database): Promise<boolean> {
  try {
    const installed = (await indexedDB.databases()).find(({ name }) => name === db.name);
    return Math.floor((installed?.version ?? 0) / NATIVE_STEP) > db.verno;
  } catch {
    // A browser that does not list them: opening them will tell.
    return false;
  }
}

function whyNot(thrown: unknown): WhyNotKept {
  const { name, inner } = thrown as { readonly name?: string; readonly inner?: { readonly name?: string } };
  const names = [name, inner?.name];
  return names.some((one) => one !== undefined && REFUSALS.has(one)) ? 'refused' : 'broken';
}
const REFUSALS: ReadonlySet<string> = new Set([
  'MissingAPIError',
  'SecurityError',
  'InvalidStateError',
  'NotAllowedError',
]);
