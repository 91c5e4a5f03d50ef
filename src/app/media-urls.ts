/**
 * Object URLs for stored pictures and clips, made once each. What is on screen keeps its URL; of the others the oldest
 * are let go.
 */
import type { ArtifactHash } from '../core/ids.ts';
import type { ArtifactStore } from '../storage/artifact-store.ts';
import type { MediaUrls } from '../ui/commands.ts';

/** URLs kept that nobody shows. */
const MOST_IDLE = 400;
/** A read that fails is tried again this often, after a while that doubles. */
const RETRIES = 3;
const FIRST_WAIT_MS = 250;

interface Entry {
  readonly url: Promise<string | undefined>;
  holders: number;
}

export function mediaUrls(artifacts: Pick<ArtifactStore, 'get'>): MediaUrls {
  const entries = new Map<ArtifactHash, Entry>();
  /** Those without a holder, the one let go last at the end. */
  const idle = new Map<ArtifactHash, Entry>();

  function load(hash: ArtifactHash): Entry {
    const entry: Entry = { url: read(artifacts, hash).then((blob) => blob && URL.createObjectURL(blob)), holders: 0 };
    entries.set(hash, entry);
    // One that is not there, or could not be read, is asked for again by whoever shows it next.
    void entry.url.then((url) => !url && forget(hash, entry));
    return entry;
  }
  function forget(hash: ArtifactHash, entry: Entry): void {
    if (entries.get(hash) === entry) entries.delete(hash);
    if (idle.get(hash) === entry) idle.delete(hash);
  }
  function letGo(hash: ArtifactHash, entry: Entry): void {
    if (--entry.holders > 0 || entries.get(hash) !== entry) return;
    idle.set(hash, entry);
    const [oldest] = idle;
    if (idle.size <= MOST_IDLE || !oldest) return;
    forget(...oldest);
    void oldest[1].url.then((url) => url && URL.revokeObjectURL(url));
  }

  return {
    hold(hash) {
      const entry = entries.get(hash) ?? load(hash);
      entry.holders++;
      idle.delete(hash);
      let isHeld = true;
      return {
        url: entry.url,
        release() {
          if (isHeld) letGo(hash, entry);
          isHeld = false;
        },
      };
    },
  };
}

async function read(artifacts: Pick<ArtifactStore, 'get'>, hash: ArtifactHash): Promise<Blob | undefined> {
  for (let tries = 0; ; tries++) {
    try {
      return await artifacts.get(hash);
    } catch {
      if (tries === RETRIES) return undefined;
      await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** tries));
    }
  }
}
