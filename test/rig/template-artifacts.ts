/** What the templates make, to be compared from browser to browser: content hashes, and files that are pictures. */
import recorded from '../fixtures/template-artifacts.json';

/** By node and socket: the hash, and that of the depth beside a picture. */
export type Artifacts = Readonly<Record<string, string>>;
export const RECORDED: Readonly<Record<string, Artifacts>> = recorded;

/** A graph that ran, and how many nodes it has. */
export interface Ran {
  readonly graph: string;
  readonly nodes: number;
}
interface Made {
  readonly hash?: string;
  readonly depth?: string;
  readonly mime?: string;
}

/**
 * Called in the page: what is stored of what the nodes of this graph made, once so many of them have their state.
 * Clips that are encoded differ from browser to browser, so those files are not among it.
 */
export async function artifactsOf({ graph, nodes }: Ran): Promise<Artifacts | undefined> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open('triptych');
    opening.onsuccess = () => resolve(opening.result);
  });
  const states = await new Promise<{ node: string; outputs: Record<string, Made | undefined> }[]>((resolve) => {
    const reading = db.transaction('nodeStates').objectStore('nodeStates').index('graphId').getAll(graph);
    reading.onsuccess = () => resolve(reading.result);
  });
  db.close();
  if (states.length < nodes) return undefined;
  const made = states.flatMap(({ node, outputs }) =>
    Object.entries(outputs).map(([socket, value]) => [`${node}.${socket}`, value] as const),
  );
  const hashes = made.flatMap(([at, { hash, depth, mime } = {}]) =>
    hash === undefined || mime?.startsWith('video/') ? [] : [[at, depth ? `${hash} depth ${depth}` : hash]],
  );
  return Object.fromEntries(hashes);
}
