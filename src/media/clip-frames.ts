/** Frames of clips out of their files: upright, in their own shape, one for each step of their rate. */
import { ALL_FORMATS, BlobSource, Input, VideoSampleSink, type VideoSample } from 'mediabunny';
import { NodeError } from '../core/errors.ts';
import type { Raster, VideoValue } from '../core/values.ts';
import { resize } from '../raster/filters.ts';
import { quarterTurned } from '../raster/quarter-turn.ts';
import { rasterOf } from './frame.ts';
import { frameRateOf, secondsAt } from '../core/rate.ts';

/** The pixels of a decoded frame as it is meant to be seen. Closes it. */
export async function rasterOfSample(sample: VideoSample): Promise<Raster> {
  const { rotation, flip } = sample;
  const frame = sample.toVideoFrame();
  sample.close();
  return quarterTurned(await rasterOf(frame).finally(() => frame.close()), rotation, flip);
}

/**
 * All frames of a clip from one of them on. A file whose frames do not follow its rate gives for each the picture that
 * is shown in the middle of its time. The decoder begins at the key frame before the first one that is asked for.
 */
export async function* decodeFrames(
  blob: Blob,
  { width, height, fps, frames }: Pick<VideoValue, 'width' | 'height' | 'fps' | 'frames'>,
  first = 0,
): AsyncGenerator<Raster> {
  const rate = frameRateOf(fps);
  const middleOf = (index: number) => secondsAt(rate, index) + secondsAt(rate, 1) / 2;
  const input = new Input({ source: new BlobSource(blob), formats: ALL_FORMATS });
  /** The picture that is shown now, and the one that follows it. */
  let held: VideoSample | undefined;
  let coming: VideoSample | undefined;
  let shown: Raster | undefined;
  const picture = async () => {
    if (held) shown = await inSize(await rasterOfSample(held), width, height);
    held = undefined;
    return shown;
  };
  let index = first;
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw undecodable();
    const begin = await track.getFirstTimestamp();
    for await (coming of new VideoSampleSink(track).samples(begin + middleOf(first))) {
      while (index < frames && begin + middleOf(index) < coming.timestamp) {
        const before = await picture();
        if (!before) break;
        yield before;
        index++;
      }
      held?.close();
      held = coming;
      coming = undefined;
      if (index >= frames) return;
    }
    const last = await picture();
    if (!last) throw undecodable();
    for (; index < frames; index++) yield last;
  } finally {
    held?.close();
    coming?.close();
    // Also when the reader has seen enough.
    input.dispose();
  }
}

/** A file may change its size on the way. */
const inSize = async (frame: Raster, width: number, height: number): Promise<Raster> =>
  frame.width === width && frame.height === height ? frame : resize(frame, width, height, async () => {});

const undecodable = () =>
  new NodeError('bad-input', 'This video cannot be read.', {
    hint: 'Run the node that made it again, or import the file again.',
  });
