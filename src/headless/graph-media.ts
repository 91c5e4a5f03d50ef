/** Pictures and texts that came inside a graph's file. */
import type { ArtifactHash } from '../core/ids.ts';
import { inWords, say } from '../core/say.ts';
import type { EmbeddedMedia } from '../file/format.ts';
import { bytesHash, imageHash } from '../media/identity.ts';
import { decodePng } from './decode-png.ts';
import type { MemoryArtifacts } from './memory-artifacts.ts';

/** Puts them among the artifacts. Returns what could not be read, a sentence each. */
export async function storeMedia(
  media: Readonly<Record<string, EmbeddedMedia>>,
  artifacts: MemoryArtifacts,
): Promise<string[]> {
  const trouble: string[] = [];
  for (const [hash, { mime, name, data }] of Object.entries(media)) {
    const bytes = new Uint8Array(Buffer.from(data, 'base64'));
    if (mime === 'text/plain' && (await bytesHash(bytes)) === hash)
      artifacts.texts.set(hash as ArtifactHash, new TextDecoder().decode(bytes));
    else if (mime !== 'image/png')
      trouble.push(inWords(say('{0}: only PNG pictures can be read without a browser.', name)));
    else {
      const raster = await decodePng(bytes);
      if ((await imageHash(raster)) === hash) await artifacts.writeImage({ raster });
      else trouble.push(inWords(say('{0} is not what the file says it is, so it was left out.', name)));
    }
  }
  return trouble;
}
