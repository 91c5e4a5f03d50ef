/**
 * Pictures and clips that live in memory only, reached from every thread: they are content, so whoever has one may hand
 * it over.
 */
import type { ArtifactHash } from '../core/ids.ts';
import type { ArtifactStore } from './artifact-store.ts';

type Message = { readonly wanted: ArtifactHash } | { readonly hash: ArtifactHash; readonly blob: Blob };

/** So long another thread may take to answer. */
const PATIENCE_MS = 2000;

/** `own`: what this thread holds itself. Blobs are handles, so that handing one over copies nothing. */
export function sharedArtifacts(own: ArtifactStore, name = 'triptych-artifacts'): ArtifactStore {
  if (typeof BroadcastChannel === 'undefined') return own;
  const channel = new BroadcastChannel(name);
  const waiting = new Map<ArtifactHash, (blob: Blob) => void>();

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ('blob' in data) waiting.get(data.hash)?.(data.blob);
    else void own.get(data.wanted).then((blob) => blob && channel.postMessage({ hash: data.wanted, blob }));
  };

  function ask(hash: ArtifactHash): Promise<Blob | undefined> {
    return new Promise((resolve) => {
      const answer = (blob?: Blob) => {
        waiting.delete(hash);
        resolve(blob);
      };
      waiting.set(hash, answer);
      setTimeout(answer, PATIENCE_MS);
      channel.postMessage({ wanted: hash });
    });
  }

  return { ...own, get: async (hash) => (await own.get(hash)) ?? ask(hash) };
}
