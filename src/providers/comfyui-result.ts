/** Which of the files that a job saved is the result. */
import { isRecord } from '../core/loose.ts';
import { say, type Said } from '../core/say.ts';
import { isVideoWork, type WorkKind } from '../core/take.ts';
import type { Ended } from './comfyui-server.ts';

interface SavedFile {
  readonly node: string;
  readonly name: string;
  readonly folder: string;
  /** `output` is kept, `temp` is a preview of the editor. */
  readonly type: string;
}

const CLIP = /\.(mp4|m4v|webm|mov|mkv|avi|gif)$/i;
const PICTURE = /\.(png|jpe?g|webp|avif|bmp|tiff?|gif)$/i;

/**
 * @param output the node that should make it: then nothing of any other is taken
 * @returns the path it is fetched at, and what is left unsaid by taking one file
 */
export function resultIn(
  { outputs }: Ended,
  work: WorkKind,
  output: string | undefined,
): { readonly path: string; readonly notes: readonly Said[] } | undefined {
  const files = Object.entries(outputs).flatMap(([node, saved]) => filesOf(node, saved));
  const fitting = files.filter(({ name }) => (isVideoWork(work) ? CLIP : PICTURE).test(name));
  const chosen = output === undefined ? fitting : fitting.filter(({ node }) => node === output);
  const kept = chosen.filter(({ type }) => type === 'output');
  const best = [kept, chosen].find((some) => some.length > 0);
  const [first] = best ?? [];
  if (!best || !first) return undefined;
  // Of several nodes the last: what comes before it is usually on the way to it.
  const last = best.filter(({ node }) => node === best.at(-1)!.node);
  const { name, folder, type } = last[0]!;
  const query = new URLSearchParams({ filename: name, subfolder: folder, type });
  const notes = last.length > 1 ? [say('ComfyUI made several of these; the first was taken.')] : [];
  return { path: `/view?${query.toString()}`, notes };
}

/** Lists of files under whatever name: `images`, `gifs` (clips too), `video`. */
function filesOf(node: string, saved: unknown): SavedFile[] {
  const lists = isRecord(saved) ? Object.values(saved).filter(Array.isArray) : [];
  return lists.flat().flatMap((file: unknown) => {
    if (!isRecord(file) || typeof file['filename'] !== 'string') return [];
    const text = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);
    return [{ node, name: file['filename'], folder: text(file['subfolder'], ''), type: text(file['type'], 'output') }];
  });
}
