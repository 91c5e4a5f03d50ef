/** The pictures a clip begins and ends with, to go on from. */
import type { Artifacts } from './node.ts';
import type { ClipEnds, ImageValue, VideoValue } from './values.ts';

/** What stays known of the ends of a clip that lost one, or both. */
export const endsKept = (
  { first, last, camera }: ClipEnds = {},
  keepsFirst: boolean,
  keepsLast: boolean,
): ClipEnds => ({
  ...(keepsFirst && first ? { first } : {}),
  ...(keepsLast && last ? { last } : {}),
  ...(keepsLast && camera ? { camera } : {}),
});

/** The picture as it was made; nothing where only a decoder could tell. */
export function knownEnd({ ends, width, height }: VideoValue, which: 'first' | 'last'): ImageValue | undefined {
  const hash = ends?.[which];
  return hash && { kind: 'image', hash, width, height };
}

/** The picture as it was made where that is known, else as it is decoded here. */
export async function endOf(video: VideoValue, which: 'first' | 'last', artifacts: Artifacts): Promise<ImageValue> {
  return knownEnd(video, which) ?? stillAt(video, which === 'first' ? 0 : video.frames - 1, artifacts);
}

/** A frame as it is decoded, kept as a picture. */
export async function stillAt(video: VideoValue, index: number, artifacts: Artifacts): Promise<ImageValue> {
  const clip = await artifacts.clip(video);
  for await (const raster of clip.readFrom(index)) return artifacts.writeImage({ raster });
  throw new TypeError('The clip has no such frame.');
}
