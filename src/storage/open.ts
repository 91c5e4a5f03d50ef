/** Opens what the app keeps; where the browser keeps nothing for this page, the same tables in memory. */
import { loadPart } from '../load-part.ts';
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

/** What opening waits for: another tab that holds tables of an older release open, or an answer. */
export type Awaited = 'another tab' | 'an answer';
/** A browser that has not answered by then is spoken of. */
const SILENCE_MS = 5000;
const LONGEST_SILENCE_MS = 30_000;

/**
 * Never rejects for what the browser refuses. `onWaiting` is told what it waits for; `goOn` has it wait no longer, and
 * keep nothing.
 */
export async function openStorage(
  onWaiting: (what: Awaited, goOn: () => void) => void = () => {},
  silenceMs = SILENCE_MS,
): Promise<OpenStorage> {
  const db = new Database();
  let goOn = (): void => {};
  const left = new Promise<undefined>((resolve) => (goOn = () => resolve(undefined)));
  db.on('blocked', () => onWaiting('another tab', goOn));
  const timer = setTimeout(() => onWaiting('an answer', goOn), silenceMs);
  try {
    const found = await Promise.race([opened(db), left]);
    if (found === 'opened') return { db, artifacts: artifactStore(db) };
    db.close();
    return { ...(await inMemory()), notKept: found ?? 'broken' };
  } catch (thrown) {
    db.close();
    return { ...(await inMemory()), notKept: whyNot(thrown) };
  } finally {
    clearTimeout(timer);
  }
}
/** Where nobody can be asked: without an answer it goes on, long after whoever could be asked has chosen. */
export const openStorageUnseen = (): Promise<OpenStorage> =>
  openStorage((what, goOn) => what === 'an answer' && goOn(), LONGEST_SILENCE_MS);

async function opened(db: Database): Promise<'opened' | 'newer'> {
  if (await isNewer(db)) return 'newer';
  await db.open();
  return 'opened';
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
