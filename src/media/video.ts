/** Clips in and out of files: our own `VideoEncoder`, kept busy while frames are made; `mediabunny` for containers. */
import { ALL_FORMATS, BlobSource, BufferTarget, EncodedPacket, EncodedPacketSink, EncodedVideoPacketSource, Input, Mp4OutputFormat, Output, VideoSampleSink, WebMOutputFormat, type VideoCodec } from 'mediabunny';
import { NodeError } from '../core/errors.ts';
import type { Clip } from '../core/take.ts';
import type { Raster } from '../core/values.ts';
import { say } from '../core/say.ts';

export type Container = 'mp4' | 'webm';
interface Choice {
  readonly codec: VideoCodec;
  readonly name: string;
  readonly config: VideoEncoderConfig;
}
const CODECS: Readonly<Record<Container, readonly (readonly [VideoCodec, string, readonly string[]])[]>> = {
  mp4: [
    ['avc', 'H.264', ['avc1.640028', 'avc1.64002a', 'avc1.640033', 'avc1.4d0028', 'avc1.42001f']],
    ['av1', 'AV1', ['av01.0.08M.08']],
    ['vp9', 'VP9', ['vp09.00.40.08']],
  ],
  webm: [
    ['vp9', 'VP9', ['vp09.00.40.08', 'vp09.00.10.08']],
    ['vp8', 'VP8', ['vp8']],
    ['av1', 'AV1', ['av01.0.08M.08']],
  ],
};
export const CODEC_NAMES: Readonly<Record<string, string>> = { avc: 'H.264', hevc: 'HEVC', vp8: 'VP8', vp9: 'VP9', av1: 'AV1' };

/** Bits per pixel and frame; generous, since clips are kept to be refined further. */
const bitrateFor = (width: number, height: number, fps: number, quality: number): number => Math.max(600_000, Math.round(width * height * fps * (0.03 + 0.27 * quality * quality)));

/** The first codec of the container that this browser can really encode at this size, or a sentence about what to do. */
export async function chooseCodec(container: Container, width: number, height: number, fps: number, quality: number): Promise<Choice> {
  if (typeof VideoEncoder === 'undefined') {
    throw new NodeError('unsupported', 'This browser cannot encode video (it has no WebCodecs).', { hint: 'Open Triptych in a current Chromium, Firefox or Safari. Pictures work here.' });
  }
  if (width > LONGEST || height > LONGEST) throw new NodeError('unsupported', say('A video of {0} × {1} is larger than any encoder takes.', width, height), { hint: say('Choose a smaller size: at most {0} pixels on a side.', LONGEST) });
  for (const [codec, name, strings] of CODECS[container]) {
    for (const string of strings) {
      const config: VideoEncoderConfig = { codec: string, width, height, framerate: fps, bitrate: bitrateFor(width, height, fps, quality), latencyMode: 'quality', ...(codec === 'avc' ? { avc: { format: 'avc' as const } } : {}) };
      const { supported } = await VideoEncoder.isConfigSupported(config).catch(() => ({ supported: false }));
      if (supported) return { codec, name, config };
    }
  }
  throw new NodeError('unsupported', say('This browser has no encoder for {0} at {1} × {2}.', container.toUpperCase(), width, height), { hint: say('Choose {0}, or a smaller size.', container === 'mp4' ? 'WebM' : 'MP4') });
}

/** Above this no encoder works, and asking Chromium about it ends the page. */
const LONGEST = 8192;

export interface EncodedClip {
  readonly blob: Blob;
  readonly codec: string;
}

/** Encodes frames as they come. The encoder runs beside us, so making and encoding overlap. */
export async function encodeClip(clip: Clip, container: Container, quality: number, onFrame: (done: number, frame: Raster) => Promise<void>): Promise<EncodedClip> {
  const choice = await chooseCodec(container, clip.width, clip.height, clip.fps, quality);
  const source = new EncodedVideoPacketSource(choice.codec);
  const target = new BufferTarget();
  const output = new Output({ format: container === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat(), target });
  output.addVideoTrack(source, { frameRate: clip.fps });
  await output.start();
  let trouble: unknown;
  let adding: Promise<unknown> = Promise.resolve();
  const encoder = new VideoEncoder({
    output: (chunk, meta) => {
      const packet = EncodedPacket.fromEncodedChunk(chunk);
      adding = adding.then(() => source.add(packet, meta)).catch((error: unknown) => (trouble ??= error));
    },
    error: (error) => (trouble ??= error),
  });
  try {
    encoder.configure(choice.config);
    let index = 0;
    for await (const raster of clip.read()) {
      if (trouble) throw trouble;
      const frame = new VideoFrame(raster.data, { format: 'RGBX', codedWidth: raster.width, codedHeight: raster.height, timestamp: Math.round((index * 1e6) / clip.fps), duration: Math.round(1e6 / clip.fps) });
      encoder.encode(frame, { keyFrame: index % (clip.fps * 2) === 0 });
      frame.close();
      index++;
      await onFrame(index, raster);
      // A short queue keeps the encoder busy without holding the whole clip in memory.
      while (encoder.encodeQueueSize > 6 && !trouble) await new Promise((resolve) => encoder.addEventListener('dequeue', resolve, { once: true }));
    }
    await encoder.flush();
    await adding;
    if (trouble) throw trouble;
    source.close();
    await output.finalize();
  } catch (error) {
    await output.cancel().catch(() => {});
    throw error;
  } finally {
    if (encoder.state !== 'closed') encoder.close();
  }
  return { blob: new Blob([target.buffer!], { type: `video/${container}` }), codec: choice.name };
}

/** Puts the packets of a clip into another container without touching them; nothing when the codec does not fit there. */
export async function remux(blob: Blob, container: Container): Promise<EncodedClip | undefined> {
  const input = new Input({ source: new BlobSource(blob), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  const codec = track?.codec;
  if (!track || !codec || !CODECS[container].some(([fits]) => fits === codec)) return undefined;
  const config = await track.getDecoderConfig();
  if (!config) return undefined;
  const source = new EncodedVideoPacketSource(codec);
  const target = new BufferTarget();
  const output = new Output({ format: container === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat(), target });
  output.addVideoTrack(source);
  await output.start();
  const packets = new EncodedPacketSink(track);
  for await (const packet of packets.packets()) await source.add(packet, { decoderConfig: config });
  source.close();
  await output.finalize();
  input.dispose();
  return { blob: new Blob([target.buffer!], { type: `video/${container}` }), codec: CODEC_NAMES[codec] ?? codec };
}

/** Frames of a file, decoded one by one. */
export async function* decodeFrames(blob: Blob): AsyncGenerator<Raster> {
  const input = new Input({ source: new BlobSource(blob), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new NodeError('bad-input', 'This video cannot be read.', { hint: 'Run the node that made it again.' });
  try {
    for await (const sample of new VideoSampleSink(track).samples()) {
      const width = sample.displayWidth;
      const height = sample.displayHeight;
      const data = new Uint8ClampedArray(width * height * 4);
      await sample.copyTo(data, { format: 'RGBA' });
      sample.close();
      yield { width, height, data };
    }
  } finally {
    // Also when the reader has seen enough.
    input.dispose();
  }
}
