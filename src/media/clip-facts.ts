/** What a clip that comes from outside is: read from its packets, and from one picture that is decoded for proof. */
import { ALL_FORMATS, BlobSource, EncodedPacketSink, Input, VideoSampleSink, type InputVideoTrack } from 'mediabunny';
import { NodeError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { CODEC_NAMES } from './codec.ts';
import { isEven } from '../core/rate.ts';

export interface ClipFacts {
  /** Of the format, without its codecs: `video/mp4`. */
  readonly mime: string;
  /** As it is seen: upright, its pixels square. */
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly frames: number;
  /** It can be heard too: it has a track that this browser decodes. */
  readonly hasSound: boolean;
  /** The codec of its sound, where it has one that this browser cannot decode. */
  readonly unheard?: string;
}

/** Rates that files are made for; what a phone records lies beside them. */
const USUAL_RATES = [12, 15, 24, 25, 30, 48, 50, 60, 90, 100, 120, 240];
/** What counts as beside. */
const NEAR = 0.03;
/** Of a file with one picture and no length. */
const ASSUMED_RATE = 24;

/** Throws a `NodeError` that says why the file is no use as a clip here. */
export async function factsOfClip(blob: Blob): Promise<ClipFacts> {
  const input = new Input({ source: new BlobSource(blob), formats: ALL_FORMATS });
  try {
    if (!(await input.canRead()))
      throw new NodeError('unsupported', 'This kind of video file cannot be read.', {
        hint: 'Convert it to MP4, MOV, WebM or MKV.',
      });
    const track = await input.getPrimaryVideoTrack();
    if (!track && (await input.getTracks()).length === 0) throw new TypeError('The file has lost its index.');
    if (!track)
      throw new NodeError('bad-input', 'There are no pictures in this clip.', {
        hint: 'Files that only hold sound cannot be used. Choose a video.',
      });
    await proveDecodable(track);
    const audio = await input.getPrimaryAudioTrack();
    const hasSound = (await audio?.canDecode()) ?? false;
    const unheard = audio && !hasSound ? (audio.codec ?? 'unknown') : undefined;
    return {
      mime: (await input.getFormat()).mimeType,
      width: await track.getDisplayWidth(),
      height: await track.getDisplayHeight(),
      ...(await timingOf(track)),
      hasSound,
      ...(unheard === undefined ? {} : { unheard }),
    };
  } catch (cause) {
    if (cause instanceof NodeError) throw cause;
    throw new NodeError('bad-input', 'This clip cannot be read: it seems damaged or cut short.', {
      hint: 'Download or export it again.',
      cause,
    });
  } finally {
    input.dispose();
  }
}

/** Decodes the first picture, and looks for the last packet: a file that was cut short has lost it. */
async function proveDecodable(track: InputVideoTrack): Promise<void> {
  const name = track.codec ? (CODEC_NAMES[track.codec] ?? track.codec) : undefined;
  if (!(await track.canDecode()))
    throw new NodeError(
      'unsupported',
      name
        ? say('The pictures of this clip are {0}, which this browser cannot decode here.', name)
        : say('The pictures of this clip are in a format that this browser does not know.'),
      { hint: 'Convert it to MP4 with H.264, or open Triptych in another browser.' },
    );
  const packets = new EncodedPacketSink(track);
  const last = await packets.getPacket(Infinity);
  const picture = await new VideoSampleSink(track).getSample(await track.getFirstTimestamp());
  picture?.close();
  if (!last || last.data.byteLength === 0 || !picture) throw new TypeError('The clip ends before its last picture.');
}

/** A rate for every file: its own where its pictures come evenly, else the usual one next to it. */
async function timingOf(track: InputVideoTrack): Promise<{ readonly fps: number; readonly frames: number }> {
  const times = await timesOf(track);
  const begin = times[0] ?? 0;
  const length = (await track.computeDuration()) - begin;
  if (times.length < 2)
    return { fps: length > 0 ? (usualNear(1 / length) ?? inThousandths(1 / length)) : ASSUMED_RATE, frames: 1 };
  const average = (times.length - 1) / (times.at(-1)! - begin);
  const fps = inThousandths(average);
  if (isEven(times, fps)) return { fps, frames: times.length };
  const usual = nearestUsual(typicalRate(times));
  return { fps: usual, frames: Math.max(1, Math.round(length * usual)) };
}

/** When each picture is shown, in seconds, in that order. */
export async function timesOf(track: InputVideoTrack): Promise<number[]> {
  const times: number[] = [];
  for await (const { timestamp } of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true }))
    times.push(timestamp);
  return times.sort((a, b) => a - b);
}

/** By the step that half of all steps do not exceed: pauses do not make a recording slower. */
function typicalRate(times: readonly number[]): number {
  const steps = times.slice(1).map((time, index) => time - times[index]!);
  steps.sort((a, b) => a - b);
  const middle = steps[steps.length >> 1]!;
  return middle > 0 ? 1 / middle : ASSUMED_RATE;
}

const usualNear = (rate: number): number | undefined =>
  USUAL_RATES.find((usual) => Math.abs(usual - rate) <= usual * NEAR);
const nearestUsual = (rate: number): number => usualNear(rate) ?? Math.max(1, Math.round(rate));
const inThousandths = (rate: number): number => Math.round(rate * 1000) / 1000;
