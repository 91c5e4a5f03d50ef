/** What a param that holds a file takes, and what was chosen for it, as a picture or clip that can be shown. */
import type { FileParam, FileSetting } from '../core/params.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';

/** For the file chooser of the system. */
export const CHOOSABLE: Readonly<Record<FileParam['accept'], string>> = {
  image: 'image/*',
  media: 'image/*,video/*',
  lut: '.cube',
};

/** Nothing for a file that is no picture and no clip. */
export function mediaOf({ hash, mime, width = 1, height = 1, clip }: FileSetting): ImageValue | VideoValue | undefined {
  if (clip) return { kind: 'video', hash, width, height, fps: clip.fps, frames: clip.frames };
  return mime.startsWith('image/') ? { kind: 'image', hash, width, height } : undefined;
}
