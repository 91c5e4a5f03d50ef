/**
 * Small copies of pictures for the overview and long lists: each decoded once, however often it is drawn and whatever
 * is edited meanwhile.
 */
import type { ArtifactHash } from '../../core/ids.ts';
import type { MediaUrls } from '../commands.ts';

/** Decoded at a time. */
const MOST_AT_ONCE = 3;
/** More than are ever on screen; those drawn longest ago go first. */
const MOST_KEPT = 1500;

/** What a copy is: it takes memory until it is closed. */
interface Closable {
  close(): void;
}
interface Thumbnails<T> {
  /** The copy, or `undefined` until it is there; `ready` is called then. */
  get(hash: ArtifactHash): T | undefined;
  close(): void;
}

/** `decode` makes a copy, or none where the picture is gone. */
export function thumbnails<T extends Closable>(
  decode: (hash: ArtifactHash) => Promise<T | undefined>,
  ready: () => void,
  mostKept = MOST_KEPT,
): Thumbnails<T> {
  /** Those asked for last at the end. */
  const known = new Map<ArtifactHash, T | undefined>();
  const queue: ArtifactHash[] = [];
  let busy = 0;
  let open = true;

  async function next(): Promise<void> {
    if (busy >= MOST_AT_ONCE) return;
    let hash = queue.shift();
    // Scrolled past long ago, or there already.
    while (hash && (!known.has(hash) || known.get(hash))) hash = queue.shift();
    if (!hash || !open) return;
    busy++;
    // A picture that is gone leaves its place empty.
    const copy = await decode(hash).catch(() => undefined);
    busy--;
    if (open && known.has(hash)) known.set(hash, copy);
    else copy?.close();
    if (open && copy) ready();
    void next();
  }
  function makeRoom(): void {
    for (const [hash, copy] of known) {
      if (known.size <= mostKept) return;
      known.delete(hash);
      copy?.close();
    }
  }

  return {
    get(hash) {
      const isKnown = known.has(hash);
      const copy = known.get(hash);
      known.delete(hash);
      known.set(hash, copy);
      if (!isKnown) {
        makeRoom();
        queue.push(hash);
        void next();
      }
      return copy;
    },
    close() {
      open = false;
      for (const copy of known.values()) copy?.close();
    },
  };
}

/** A copy of a stored picture, so wide; none where it is gone. */
export async function smallCopyOf(
  urls: MediaUrls,
  hash: ArtifactHash,
  width: number,
): Promise<ImageBitmap | undefined> {
  const held = urls.hold(hash);
  try {
    const url = await held.url;
    const blob = url && (await (await fetch(url)).blob());
    return blob ? await createImageBitmap(blob, { resizeWidth: width, resizeQuality: 'medium' }) : undefined;
  } finally {
    held.release();
  }
}
