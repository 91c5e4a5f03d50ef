/** What a param that holds a file takes, and what was chosen for it, as a picture or clip that can be shown. */
import type { NodeFace } from '../core/node.ts';
import type { FileParam, FileSetting } from '../core/params.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';

/** For the file chooser of the system. */
export const CHOOSABLE: Readonly<Record<FileParam['accept'], string>> = {
  image: 'image/*',
  media: 'image/*,video/*',
  lut: '.cube',
};

/** The param that holds the picture or clip of a node, where it holds one. */
export function mediaParam({ params }: NodeFace): { readonly name: string; readonly spec: FileParam } | undefined {
  for (const [name, spec] of Object.entries(params))
    if (spec.kind === 'file' && spec.accept !== 'lut') return { name, spec };
  return undefined;
}

/** In the shape it is cut to; nothing for a file that is no picture and no clip. */
export function mediaOf({ hash, mime, layer, clip, ...file }: FileSetting): ImageValue | VideoValue | undefined {
  const { width = 1, height = 1 } = layer?.crop ?? file;
  if (clip) return { kind: 'video', hash, width, height, fps: clip.fps, frames: clip.frames };
  return mime.startsWith('image/') ? { kind: 'image', hash, width, height } : undefined;
}
