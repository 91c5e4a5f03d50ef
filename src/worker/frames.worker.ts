/** Single frames of stored clips, for whoever looks at two of them at the same moment. */
import { ok, toFailure, type Result } from '../core/errors.ts';
import type { ArtifactHash } from '../core/ids.ts';
import type { Raster, VideoValue } from '../core/values.ts';
import { openStorageUnseen } from '../storage/open.ts';
import { answer, handOverIn } from './bridge.ts';
import type { FramesThread } from './protocol.ts';
import { artifactsOver } from './thread-artifacts.ts';

const { artifacts: store } = await openStorageUnseen();
const artifacts = artifactsOver(store);

/** A clip that is read on and on: the frame that comes next costs no search for a key frame. */
interface Reader {
  readonly frames: AsyncIterator<Raster>;
  next: number;
}
const readers = new Map<ArtifactHash, Reader>();
/** So many clips are looked at at once. */
const MOST_READERS = 2;
/** A frame that is not further ahead is read up to; for others the reader begins anew. */
const NEAR = 24;

async function readerAt(clip: VideoValue, at: number): Promise<Reader> {
  const known = readers.get(clip.hash);
  if (known && at >= known.next && at - known.next <= NEAR) return known;
  readers.delete(clip.hash);
  await known?.frames.return?.();
  for (const [oldest, { frames }] of readers) {
    if (readers.size < MOST_READERS) break;
    readers.delete(oldest);
    await frames.return?.();
  }
  const { readFrom } = await artifacts.clip(clip);
  const reader = { frames: readFrom(at)[Symbol.asyncIterator](), next: at };
  readers.set(clip.hash, reader);
  return reader;
}

async function frameAt(clip: VideoValue, at: number): Promise<ImageBitmap> {
  const reader = await readerAt(clip, at);
  for (;;) {
    const { value, done } = await reader.frames.next();
    if (done) throw new RangeError(`The clip has no frame ${at}.`);
    if (reader.next++ < at) continue;
    const { data, width, height } = value;
    return createImageBitmap(new ImageData(new Uint8ClampedArray(data), width, height));
  }
}

let last: Promise<unknown> = Promise.resolve();
const thread: FramesThread = {
  frame(clip, at) {
    const result = last
      .then(() => frameAt(clip, at))
      .then(
        (frame) => handOverIn(ok(frame), frame),
        (thrown: unknown): Result<ImageBitmap> => {
          readers.delete(clip.hash);
          return { ok: false, error: toFailure(thrown) };
        },
      );
    last = result;
    return result;
  },
};

answer(thread);
