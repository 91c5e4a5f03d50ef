/** What came from a service: a picture, a clip, or something else, told from its bytes and never from its name. */
import { open } from 'node:fs/promises';
import { imageSize, types } from 'image-size';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import { LONGEST_CLIP, LONGEST_PICTURE, MOST_PIXELS } from '../../core/limits.ts';
import { say } from '../../core/say.ts';
import { ServiceTrouble } from '../../providers/service-trouble.ts';
import { HEAD_BYTES, kindOf } from '../../file/kind.ts';
import type { MediaFacts } from '../../routing/job.ts';

/** How much of a picture is read to learn its size: what comes before it may hold a colour profile and a preview. */
const HEADER_BYTES = 4 * 2 ** 20;
/** Packets looked at to learn how many frames a second has. */
const SOME_PACKETS = 60;

/**
 * Throws `ServiceTrouble` of the kind `unreadable` where the file is neither, with its first bytes, or claims to be
 * larger than what can be opened. `clean`: takes the key out of what is told.
 */
export async function probe(file: string, clean: (text: string) => string): Promise<MediaFacts> {
  const { head, size } = await beginningOf(file);
  const kind = kindOf(head.subarray(0, HEAD_BYTES), '');
  const media = kind === 'picture' ? pictureIn(head, size) : kind === 'clip' ? await clipIn(file, size) : undefined;
  if (!media)
    throw new ServiceTrouble(
      'unreadable',
      say('What came is not a picture or a clip. It begins with “{0}”.', say(clean(shown(head)))),
      { mayCost: true },
    );
  checkSize(media);
  return media;
}

function checkSize({ width, height, seconds = 0 }: MediaFacts): void {
  const isTooLarge = Math.max(width, height) > LONGEST_PICTURE || width * height > MOST_PIXELS;
  const what = isTooLarge
    ? say('What came is {0} × {1} pixels large, more than can be opened.', width, height)
    : say('What came is a clip of {0} {0|second|seconds}, more than can be opened.', Math.round(seconds));
  if (isTooLarge || !(seconds <= LONGEST_CLIP)) throw new ServiceTrouble('unreadable', what, { mayCost: true });
}

async function beginningOf(file: string): Promise<{ readonly head: Uint8Array; readonly size: number }> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const head = new Uint8Array(Math.min(size, HEADER_BYTES));
    await handle.read(head, 0, head.length, 0);
    return { head, size };
  } finally {
    await handle.close();
  }
}

const MIME_OF: Readonly<Record<string, string>> = { jpg: 'image/jpeg', svg: 'image/svg+xml' };
function pictureIn(head: Uint8Array, bytes: number): MediaFacts | undefined {
  try {
    const { width, height, type = '', orientation = 1 } = imageSize(head);
    if (!types.includes(type as (typeof types)[number]) || !(width > 0) || !(height > 0)) return undefined;
    // EXIF: from 5 on the picture lies on its side.
    const [across, down] = orientation >= 5 ? [height, width] : [width, height];
    return { kind: 'image', mime: MIME_OF[type] ?? `image/${type}`, bytes, width: across, height: down };
  } catch {
    return undefined;
  }
}

async function clipIn(file: string, bytes: number): Promise<MediaFacts | undefined> {
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(file) });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) return undefined;
    const [seconds, { averagePacketRate }, audio] = await Promise.all([
      track.computeDuration(),
      track.computePacketStats(SOME_PACKETS),
      input.getPrimaryAudioTrack(),
    ]);
    const fps = Math.round(averagePacketRate * 1000) / 1000;
    return {
      kind: 'video',
      mime: (await input.getFormat()).mimeType,
      bytes,
      width: track.displayWidth,
      height: track.displayHeight,
      seconds,
      fps,
      frames: Math.max(1, Math.round(seconds * averagePacketRate)),
      // A track in a codec that nobody knows can be decoded nowhere.
      ...(audio?.codec ? { hasSound: true as const } : {}),
    };
  } catch {
    return undefined;
  } finally {
    input.dispose();
  }
}

/** The first bytes as a person can read them. */
function shown(head: Uint8Array): string {
  const text = new TextDecoder().decode(head.subarray(0, 60));
  const isText = !/[^\P{C}\s]|\ufffd/u.test(text);
  if (isText) return text.replace(/\s+/g, ' ').trim();
  return [...head.subarray(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
