/**
 * Looks at a clip after it was written: encoders, muxers and disks fail in silence, and a broken file is not a result.
 */
import { ALL_FORMATS, BlobSource, EncodedPacketSink, Input, VideoSampleSink, type InputVideoTrack } from 'mediabunny';
import { NodeError } from '../core/errors.ts';
import { say, type Sentence } from '../core/say.ts';
import type { Raster } from '../core/values.ts';
import { rasterOfSample } from './clip-frames.ts';
import { distance, gridOf, type Grid } from './grid.ts';
import { frameAt, keyFrameEvery, secondsAt, type FrameRate } from '../core/rate.ts';

/**
 * How far the means of a picture may lie from what was encoded, in levels. The least quality stays below 3, grey is
 * some 40 away.
 */
const MOST_APART = 12;
/** A frame this far behind a key frame is enough; those further on cost more to reach. */
const BEHIND_KEY = 6;

/** What a clip should hold. */
export interface Expected {
  readonly rate: FrameRate;
  readonly frames: number;
  /** What some of its frames look like. */
  readonly looks: ReadonlyMap<number, Grid>;
}

/** Collects what a clip of so many frames should look like, from frames on their way to an encoder. */
export function lookout(
  rate: FrameRate,
  frames: number,
): { see(index: number, frame: Raster): void; expected(frames: number): Expected } {
  const middle = middleOf(rate, frames);
  const looks = new Map<number, Grid>();
  return {
    see(index, frame) {
      if (index === 0 || index === middle) looks.set(index, gridOf(frame));
    },
    expected: (seen) => ({ rate, frames: seen, looks }),
  };
}

/** A frame in the middle that is reached quickly: not far behind the key frame before it. */
function middleOf(rate: FrameRate, frames: number): number {
  const middle = frames >> 1;
  const every = keyFrameEvery(rate);
  const key = Math.floor(middle / every) * every;
  return Math.min(middle, key + BEHIND_KEY);
}

/** Throws a `NodeError` when the file does not hold the clip. Decodes a handful of frames. */
export async function checkClip(blob: Blob, expected: Expected): Promise<void> {
  const input = new Input({ source: new BlobSource(blob), formats: ALL_FORMATS });
  let fault: Sentence | undefined;
  try {
    const track = await input.getPrimaryVideoTrack();
    fault = track ? await faultIn(track, expected) : say('there is no picture in it');
  } catch (cause) {
    throw broken(say('it cannot be read again'), cause);
  } finally {
    input.dispose();
  }
  if (fault) throw broken(fault);
}

async function faultIn(track: InputVideoTrack, { rate, frames, looks }: Expected): Promise<Sentence | undefined> {
  let packets = 0;
  for await (const _ of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true })) packets++;
  if (packets !== frames) return say('{0} of {1} {1|frame|frames} {0|is|are} in it', packets, frames);
  const lasting = frameAt(rate, (await track.computeDuration()) - (await track.getFirstTimestamp()));
  if (lasting !== frames) return say('it lasts {0} {0|frame|frames} and not {1}', lasting, frames);
  const found = await looksAt(track, rate, [...looks.keys()]);
  for (const [index, look] of looks) {
    const shown = found.get(index);
    if (!shown) return say('frame {0} cannot be read', index + 1);
    if (distance(shown, look).mean > MOST_APART) return say('frame {0} looks different', index + 1);
  }
  return undefined;
}

/** What the frames of a clip look like that can be decoded. One decoder goes through all of them, in order. */
async function looksAt(
  track: InputVideoTrack,
  rate: FrameRate,
  frames: readonly number[],
): Promise<ReadonlyMap<number, Grid>> {
  const looks = new Map<number, Grid>();
  const times = frames.map((index) => secondsAt(rate, index) + secondsAt(rate, 1) / 2);
  let next = 0;
  for await (const sample of new VideoSampleSink(track).samplesAtTimestamps(times)) {
    const index = frames[next++]!;
    if (sample) looks.set(index, gridOf(await rasterOfSample(sample)));
  }
  return looks;
}

/** What a kept clip should hold, by its own frames: a copy of it is compared with them. */
export async function expectedOf(track: InputVideoTrack, rate: FrameRate, frames: number): Promise<Expected> {
  return { rate, frames, looks: await looksAt(track, rate, [...new Set([0, middleOf(rate, frames)])]) };
}

const broken = (fault: Sentence, cause?: unknown): NodeError =>
  new NodeError('unsupported', say('This browser wrote a broken video: {0}.', fault), {
    hint: 'Clear cached results and run again, choose another video format, or open the graph in another browser.',
    cause,
  });
