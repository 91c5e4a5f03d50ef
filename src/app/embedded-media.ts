/** Pictures and LUTs that a graph needs, as they go into its file. */
import { toBase64 } from '../core/base64.ts';
import type { ArtifactHash } from '../core/ids.ts';
import type { FileSetting } from '../core/params.ts';
import type { EmbeddedMedia } from '../file/format.ts';
import type { Services } from './services.ts';

export interface MediaEmbedder {
  /** Grows with what is embedded. */
  readonly media: Readonly<Record<string, EmbeddedMedia>>;
  /** False where it is no longer stored. */
  embed(file: FileSetting): Promise<boolean>;
}

export function mediaEmbedder({ artifacts, thread }: Pick<Services, 'artifacts' | 'thread'>): MediaEmbedder {
  const media: Record<string, EmbeddedMedia> = {};
  /**
   * Browsers do not decode a JPEG to the same pixels: a graph travels with the pixels it was made with. LUTs travel as
   * they are.
   */
  async function pixelsOrFile(hash: ArtifactHash, mime: string): Promise<Blob | undefined> {
    const blob = await artifacts.get(hash);
    if (!blob || !mime.startsWith('image/')) return blob;
    const pixels = await thread().call.pixelsOf(hash);
    return pixels.ok ? pixels.value : blob;
  }
  return {
    media,
    async embed({ hash, name, mime }) {
      const blob = media[hash] ? undefined : await pixelsOrFile(hash, mime);
      if (blob)
        media[hash] = { mime: blob.type || mime, name, data: toBase64(new Uint8Array(await blob.arrayBuffer())) };
      return media[hash] !== undefined;
    },
  };
}
