/** Stores a file that a person brings, as what it is. */
import { NodeError } from '../core/errors.ts';
import type { FileSetting } from '../core/params.ts';
import { say, type Sentence } from '../core/say.ts';
import { HEAD_BYTES, kindOf } from '../file/kind.ts';
import { loadPart } from '../load-part.ts';
import { remarkOn } from '../media/header.ts';
import { blobHash, bytesHash, imageHash } from '../media/identity.ts';
import { decodeImage } from '../media/image.ts';
import type { ArtifactStore } from '../storage/artifact-store.ts';

export interface ImportedFile {
  readonly setting: FileSetting;
  /** What a person should know about it; mostly nothing. */
  readonly remark?: Sentence;
}

/** Throws a `NodeError` for a file that cannot be read here. */
export async function importFile(store: ArtifactStore, file: File): Promise<ImportedFile> {
  const kind = kindOf(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()), file.name);
  if (kind === 'clip') return importClip(store, file);
  if (kind === 'lut') return importLut(store, file);
  if (kind !== 'picture' && file.type.startsWith('video/'))
    throw new NodeError('bad-input', 'This file is called a clip, but there is none in it.', {
      hint: 'Choose an MP4, WebM or MOV clip.',
    });
  const { width, height, hash } = await importPicture(store, file);
  const remark = await remarkOn(file);
  return {
    setting: { hash, name: file.name, mime: file.type || 'image/png', width, height },
    ...(remark ? { remark } : {}),
  };
}

async function importPicture(store: ArtifactStore, file: File) {
  const raster = await decodeImage(file);
  const hash = await imageHash(raster);
  await store.put(hash, 'image', file);
  return { hash, width: raster.width, height: raster.height };
}

async function importLut(store: ArtifactStore, file: File): Promise<ImportedFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const hash = await bytesHash(bytes);
  await store.put(hash, 'file', new Blob([bytes], { type: 'text/plain' }));
  return { setting: { hash, name: file.name, mime: 'text/plain' } };
}

/** The file stays as it came; it may be larger than the memory there is. */
async function importClip(store: ArtifactStore, file: File): Promise<ImportedFile> {
  const { factsOfClip } = await loadPart(() => import('../media/clip-facts.ts'));
  const { mime, width, height, fps, frames, hasSound, unheard } = await factsOfClip(file);
  const hash = await blobHash(file);
  await store.put(hash, 'video', new Blob([file], { type: mime }));
  return {
    setting: { hash, name: file.name, mime, width, height, clip: { fps, frames, hasSound } },
    ...(unheard === undefined
      ? {}
      : { remark: say('Its sound ({0}) cannot be read by this browser: the clip is silent here.', unheard) }),
  };
}
