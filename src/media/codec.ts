/** Which video encoder this browser really has, and how it wants its frames. */
import type { VideoCodec } from 'mediabunny';
import { NodeError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import type { Route } from './frame.ts';
import { routeFor } from './route.ts';

export type Container = 'mp4' | 'webm';

/** An encoder that was found to work. */
export interface Choice {
  readonly codec: VideoCodec;
  readonly name: string;
  readonly config: VideoEncoderConfig;
  readonly route: Route;
}

/**
 * Codecs of each container in the order of preference: mediabunny's name, the name for people, what to ask the browser
 * for.
 */
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
export const CODEC_NAMES: Readonly<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'HEVC',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
};

/** Whether a container takes packets of this codec. */
export const isHeldBy = (container: Container, codec: VideoCodec): boolean =>
  CODECS[container].some(([fits]) => fits === codec);

/** Above this no encoder works, and asking Chromium about it ends the page. */
const LONGEST = 8192;

/** Bits per second; generous, since clips are kept to be refined further. */
function bitrateFor(width: number, height: number, fps: number, quality: number): number {
  const bitsPerPixel = 0.03 + 0.27 * quality * quality;
  return Math.max(600_000, Math.round(width * height * fps * bitsPerPixel));
}

/**
 * The first codec of the container that this browser can really encode at this size, or a sentence about what to do.
 */
export async function chooseCodec(
  container: Container,
  width: number,
  height: number,
  fps: number,
  quality: number,
): Promise<Choice> {
  if (typeof VideoEncoder === 'undefined') {
    throw new NodeError('unsupported', 'This browser cannot encode video (it has no WebCodecs).', {
      hint: 'Open Triptych in a current Chromium, Firefox or Safari. Pictures work here.',
    });
  }
  if (width > LONGEST || height > LONGEST)
    throw new NodeError('unsupported', say('A video of {0} × {1} is larger than any encoder takes.', width, height), {
      hint: say('Choose a smaller size: at most {0} {0|pixel|pixels} on a side.', LONGEST),
    });
  await wakeMedia();
  for (const [codec, name, strings] of CODECS[container]) {
    for (const string of strings) {
      const config: VideoEncoderConfig = {
        codec: string,
        width,
        height,
        framerate: fps,
        bitrate: bitrateFor(width, height, fps, quality),
        latencyMode: 'quality',
        ...(codec === 'avc' ? { avc: { format: 'avc' as const } } : {}),
      };
      const { supported } = await VideoEncoder.isConfigSupported(config).catch(() => ({ supported: false }));
      const route = supported ? await routeFor(config) : undefined;
      if (route) return { codec, name, config, route };
    }
  }
  throw new NodeError(
    'unsupported',
    say('This browser has no encoder for {0} at {1} × {2}.', container.toUpperCase(), width, height),
    { hint: say('Choose {0}, or a smaller size.', container === 'mp4' ? 'WebM' : 'MP4') },
  );
}

/**
 * WebKit ends the page when an encoder is the first thing of all media that is asked for; a decoder before it sets
 * things up.
 */
async function wakeMedia(): Promise<void> {
  if (typeof VideoDecoder === 'undefined') return;
  await VideoDecoder.isConfigSupported({ codec: 'avc1.640028', codedWidth: 320, codedHeight: 192 }).catch(() => {});
}
