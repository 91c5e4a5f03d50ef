/** Clips in and out of files: our own `VideoEncoder`, kept busy while frames are made; `mediabunny` for containers. */
import {
  ALL_FORMATS,
  BlobSource,
  BufferTarget,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
  type InputVideoTrack,
} from 'mediabunny';
import type { Clip } from '../core/take.ts';
import type { Raster } from '../core/values.ts';
import { overWhite } from '../raster/opaque.ts';
import { checkClip, expectedOf, lookout } from './check.ts';
import { chooseCodec, CODEC_NAMES, isHeldBy, type Container } from './codec.ts';
import { frameOf, toldConfig } from './frame.ts';
import { addSoundTrack, copySoundTrack, type FileOf } from './sound-track.ts';
import { timesOf } from './clip-facts.ts';
import {
  frameAt,
  frameRateOf,
  isEven,
  keyFrameEvery,
  microsecondsAt,
  secondsAt,
  type FrameRate,
} from '../core/rate.ts';

export interface EncodedClip {
  readonly blob: Blob;
  readonly codec: string;
  /** Of its sound, where it has one. */
  readonly soundCodec?: string;
}

/**
 * Encodes frames as they come, and reads a few back from what was written. The encoder runs beside us, so making and
 * encoding overlap. `onFrame` sees each frame as it was made. `fileOf`: the files its sound is pieces of; without it
 * the clip is written silent, as it is where this browser has no encoder for sound.
 */
export async function encodeClip(
  clip: Clip,
  container: Container,
  quality: number,
  onFrame: (done: number, frame: Raster) => Promise<void>,
  fileOf?: FileOf,
): Promise<EncodedClip> {
  let trouble: unknown;
  const rate = frameRateOf(clip.fps);
  const choice = await chooseCodec(container, clip.width, clip.height, clip.fps, quality);
  const source = new EncodedVideoPacketSource(choice.codec);
  const { output, target } = openOutput(container, source, rate);
  const track =
    fileOf && clip.sound?.length
      ? await addSoundTrack(output, container, clip.sound, secondsAt(rate, clip.frames), fileOf)
      : undefined;
  await output.start();
  const sounding = track?.write().catch((error: unknown) => (trouble ??= error));
  const seen = lookout(rate, clip.frames);
  let adding: Promise<unknown> = Promise.resolve();
  const encoder = new VideoEncoder({
    output: (chunk, meta) => {
      const packet = onTime(EncodedPacket.fromEncodedChunk(chunk), rate);
      const decoderConfig = toldConfig(meta?.decoderConfig, choice.route);
      adding = adding
        .then(() => source.add(packet, decoderConfig && { decoderConfig }))
        .catch((error: unknown) => (trouble ??= error));
    },
    error: (error) => (trouble ??= error),
  });
  let index = 0;
  try {
    encoder.configure(choice.config);
    const duration = microsecondsAt(rate, 1);
    for await (const raster of clip.read()) {
      if (trouble) throw trouble;
      const picture = overWhite(raster);
      const frame = await frameOf(picture, choice.route, { timestamp: microsecondsAt(rate, index), duration });
      encoder.encode(frame, { keyFrame: index % keyFrameEvery(rate) === 0 });
      frame.close();
      seen.see(index, picture);
      index++;
      await onFrame(index, raster);
      // A short queue keeps the encoder busy without holding the whole clip in memory.
      while (encoder.encodeQueueSize > 6 && !trouble)
        await new Promise((resolve) => encoder.addEventListener('dequeue', resolve, { once: true }));
    }
    await encoder.flush();
    await adding;
    await sounding;
    if (trouble) throw trouble;
    source.close();
    await output.finalize();
  } catch (error) {
    await output.cancel().catch(() => {});
    throw error;
  } finally {
    if (encoder.state !== 'closed') encoder.close();
  }
  const blob = new Blob([target.buffer!], { type: `video/${container}` });
  await checkClip(blob, seen.expected(index));
  return { blob, codec: choice.name, ...(track ? { soundCodec: track.codec } : {}) };
}

function openOutput(
  container: Container,
  source: EncodedVideoPacketSource,
  rate: FrameRate,
): { readonly output: Output; readonly target: BufferTarget } {
  const target = new BufferTarget();
  const format = container === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat();
  const output = new Output({ format, target });
  output.addVideoTrack(source, { frameRate: rate.numerator / rate.denominator });
  return { output, target };
}

/** Encoders count in whole microseconds; the file says exactly when its frame is shown, and for how long. */
function onTime(packet: EncodedPacket, rate: FrameRate): EncodedPacket {
  const index = frameAt(rate, packet.timestamp);
  return packet.clone({ timestamp: secondsAt(rate, index), duration: secondsAt(rate, 1) });
}

/** Upright, its pixels square, its pictures where the rate has them: a copy of its packets shows the same. */
async function isPlain(track: InputVideoTrack, fps: number): Promise<boolean> {
  const { num, den } = await track.getPixelAspectRatio();
  const isUpright = (await track.getRotation()) === 0 && !(await track.getFlip());
  return isUpright && num === den && isEven(await timesOf(track), fps);
}

/**
 * A clip that was kept, in the container asked for, without encoding it anew; nothing when that does not work: its
 * codec does not fit there, it lies on its side, or its pictures do not follow its rate. Throws a
 * `NodeError` when the kept file does not hold its frames.
 */
export async function remux(
  blob: Blob,
  container: Container,
  { fps, frames, sound }: Pick<Clip, 'fps' | 'frames' | 'sound'>,
  fileOf: FileOf,
): Promise<EncodedClip | undefined> {
  const rate = frameRateOf(fps);
  const input = new Input({ source: new BlobSource(blob), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryVideoTrack();
    const codec = track?.codec;
    if (!track || !codec || !isHeldBy(container, codec) || !(await isPlain(track, fps))) return undefined;
    const decoderConfig = await track.getDecoderConfig();
    if (!decoderConfig) return undefined;
    const source = new EncodedVideoPacketSource(codec);
    const { output, target } = openOutput(container, source, rate);
    const heard = sound?.length
      ? ((await copySoundTrack(output, container, input)) ??
        (await addSoundTrack(output, container, sound, secondsAt(rate, frames), fileOf)))
      : undefined;
    await output.start();
    await heard?.write();
    const first = await track.getFirstTimestamp();
    for await (const packet of new EncodedPacketSink(track).packets()) {
      await source.add(onTime(packet.clone({ timestamp: packet.timestamp - first }), rate), { decoderConfig });
    }
    source.close();
    await output.finalize();
    const copy = new Blob([target.buffer!], { type: `video/${container}` });
    await checkClip(copy, await expectedOf(track, rate, frames));
    return { blob: copy, codec: CODEC_NAMES[codec] ?? codec, ...(heard ? { soundCodec: heard.codec } : {}) };
  } finally {
    input.dispose();
  }
}
