/** What is heard with a clip: decoded from the files it is pieces of, mixed, and written as one track. */
import {
  ALL_FORMATS,
  AudioSample,
  AudioSampleSource,
  BlobSource,
  Conversion,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  getFirstEncodableAudioCodec,
  Input,
  NullTarget,
  Output,
  QUALITY_HIGH,
  WavOutputFormat,
  type AudioCodec,
} from 'mediabunny';
import { NodeError } from '../core/errors.ts';
import type { ArtifactHash } from '../core/ids.ts';
import type { Sound, SoundPiece } from '../core/values.ts';
import type { Container } from './codec.ts';

/** Samples a second and channels of every track that is written. */
const RATE = 48_000;
const CHANNELS = 2;
/** Samples mixed at a time: one second. */
const WINDOW = RATE;

const CODECS: Readonly<Record<Container, AudioCodec[]>> = { mp4: ['aac', 'opus'], webm: ['opus', 'vorbis'] };
const SOUND_NAMES: Readonly<Record<string, string>> = { aac: 'AAC', opus: 'Opus', vorbis: 'Vorbis', mp3: 'MP3' };

/** Whether a container takes packets of this codec. */
const holdsSound = (container: Container, codec: AudioCodec): boolean => CODECS[container].includes(codec);

export type FileOf = (hash: ArtifactHash) => Promise<Blob>;

export interface SoundTrack {
  /** For people, e.g. `Opus`. */
  readonly codec: string;
  /** Call once the output was started. */
  write(): Promise<void>;
}

/**
 * Adds a track with what is heard in `seconds` of a clip to an output that was not started yet; `undefined` where this
 * browser has no encoder for it.
 */
export async function addSoundTrack(
  output: Output,
  container: Container,
  sound: Sound,
  seconds: number,
  fileOf: FileOf,
): Promise<SoundTrack | undefined> {
  const options = { numberOfChannels: CHANNELS, sampleRate: RATE, quality: QUALITY_HIGH };
  const codec = await getFirstEncodableAudioCodec(CODECS[container], options);
  if (!codec) return undefined;
  const source = new AudioSampleSource({ codec, quality: QUALITY_HIGH });
  output.addAudioTrack(source);
  return {
    codec: SOUND_NAMES[codec] ?? codec,
    async write() {
      for await (const { data, at } of mixed(sound, seconds, fileOf)) {
        const sample = new AudioSample({
          data,
          format: 'f32',
          numberOfChannels: CHANNELS,
          sampleRate: RATE,
          timestamp: at / RATE,
        });
        await source.add(sample);
        sample.close();
      }
      source.close();
    },
  };
}

/** Adds a copy of the track a file has; `undefined` where it has none that fits into the container. */
export async function copySoundTrack(
  output: Output,
  container: Container,
  input: Input,
): Promise<SoundTrack | undefined> {
  const track = await input.getPrimaryAudioTrack();
  const codec = track?.codec;
  const decoderConfig = await track?.getDecoderConfig();
  if (!track || !codec || !decoderConfig || !holdsSound(container, codec)) return undefined;
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  return {
    codec: SOUND_NAMES[codec] ?? codec,
    async write() {
      const begin = await beginningOf(input);
      for await (const packet of new EncodedPacketSink(track).packets()) {
        const timestamp = packet.timestamp - begin;
        // What an encoder needed to get going lies before the beginning.
        if (timestamp + packet.duration > 0)
          await source.add(packet.clone({ timestamp: Math.max(0, timestamp) }), { decoderConfig });
      }
      source.close();
    },
  };
}

/** The second of a file at which its first picture is shown: where its clip begins. */
const beginningOf = async (input: Input): Promise<number> =>
  (await (await input.getPrimaryVideoTrack())?.getFirstTimestamp()) ?? 0;

/** Interleaved samples in −1…1, a window at a time; `at`: the first one's place in the clip. */
export async function* mixed(
  sound: Sound,
  seconds: number,
  fileOf: FileOf,
): AsyncGenerator<{ readonly data: Float32Array<ArrayBuffer>; readonly at: number }> {
  const length = Math.round(seconds * RATE);
  const waiting = [...sound].sort((a, b) => a.at - b.at);
  const heard = new Set<Reader>();
  try {
    for (let at = 0; at < length; at += WINDOW) {
      const end = Math.min(length, at + WINDOW);
      while (waiting[0] && waiting[0].at * RATE < end) heard.add(await readerOf(waiting.shift()!, fileOf));
      const data = new Float32Array((end - at) * CHANNELS);
      for (const reader of heard) {
        await reader.addTo(data, at, end);
        if (reader.end > end) continue;
        await reader.close();
        heard.delete(reader);
      }
      yield { data, at };
    }
  } finally {
    for (const reader of heard) await reader.close();
  }
}

interface Reader {
  /** The sample of the clip at which it is over. */
  readonly end: number;
  /** Adds what is heard of the piece between two samples of the clip. */
  addTo(data: Float32Array, from: number, to: number): Promise<void>;
  close(): Promise<void>;
}

/** Reads a piece of a file forward, at the rate of the mix. */
async function readerOf(piece: SoundPiece, fileOf: FileOf): Promise<Reader> {
  const input = new Input({ source: new BlobSource(await fileOf(piece.file)), formats: ALL_FORMATS });
  const read: { readonly at: number; readonly samples: Float32Array }[] = [];
  // Nothing is written: the conversion brings every file to one rate and to two channels, and its samples are taken.
  const output = new Output({ format: new WavOutputFormat(), target: new NullTarget() });
  const begin = Math.round(piece.at * RATE);
  const end = Math.round((piece.at + piece.seconds) * RATE);
  const gainAt = gainOf(piece);
  const from = piece.from + (await beginningOf(input));
  const conversion = await Conversion.init({
    input,
    output,
    tracks: 'primary',
    video: { discard: true },
    audio: {
      numberOfChannels: CHANNELS,
      sampleRate: RATE,
      forceTranscode: true,
      process: (sample) => {
        const samples = new Float32Array(sample.numberOfFrames * CHANNELS);
        sample.copyTo(samples, { planeIndex: 0, format: 'f32' });
        read.push({ at: begin + Math.round(sample.timestamp * RATE), samples });
        sample.close();
        return null;
      },
    },
    trim: { start: from, end: from + piece.seconds },
    showWarnings: false,
    composable: true,
  });
  if (!conversion.isValid) {
    input.dispose();
    throw new NodeError('unsupported', 'The sound of a clip cannot be read by this browser.', {
      hint: 'Convert the clip to MP4 with AAC sound, or remove its sound, and import it again.',
    });
  }
  await output.start();
  return {
    end,
    async addTo(data, from, to) {
      await conversion.execute({ until: (to - begin) / RATE });
      while (read[0]) {
        const { at, samples } = read[0];
        const after = at + samples.length / CHANNELS;
        for (let k = Math.max(at, from, begin); k < Math.min(after, to, end); k++) {
          const gain = gainAt(k / RATE);
          for (let channel = 0; channel < CHANNELS; channel++)
            data[(k - from) * CHANNELS + channel]! += samples[(k - at) * CHANNELS + channel]! * gain;
        }
        // What lasts into the next window is asked for again.
        if (after > to) return;
        read.shift();
      }
    },
    async close() {
      await conversion.cancel();
      await output.cancel();
      input.dispose();
    },
  };
}

/** How loud a piece is at a second of the clip, 0…1. */
function gainOf({ at, seconds, fadeIn = 0, fadeOut = 0 }: SoundPiece): (second: number) => number {
  const share = (passed: number, whole: number) => (whole > 0 ? Math.min(1, Math.max(0, passed / whole)) : 1);
  return (second) => share(second - at, fadeIn) * share(at + seconds - second, fadeOut);
}
