/**
 * Tries an encoder on a few small frames before it gets real ones. Some are broken in silence: WebKitGTK's H.264 loses
 * the first frame made of bytes and turns the rest grey, and VP8 has no place to say which colours it was given.
 */
import type { Raster } from '../core/values.ts';
import { frameOf, rasterOf, toldConfig, type Route } from './frame.ts';
import { distance, gridOf } from './grid.ts';

const WIDTH = 320;
const HEIGHT = 192;
/** WebKitGTK's fault begins at the sixth frame. */
const FRAMES = 8;
const ROUTES: readonly Route[] = ['planes', 'canvas'];
/** How far the mean of a patch may be off, in levels: rounding is 4, a wrong colour matrix 20. */
const TOLERANCE = 10;

const tried = new Map<string, Promise<Route | undefined>>();

/**
 * The way in which this codec gives back what it was given; `undefined` when there is none. Found once for each thread.
 */
export function routeFor(config: VideoEncoderConfig): Promise<Route | undefined> {
  let found = tried.get(config.codec);
  if (!found) tried.set(config.codec, (found = firstSound(config)));
  return found;
}

async function firstSound(config: VideoEncoderConfig): Promise<Route | undefined> {
  const small = { ...config, width: WIDTH, height: HEIGHT, bitrate: 2_000_000 };
  const { supported } = await VideoEncoder.isConfigSupported(small).catch(() => ({ supported: false }));
  for (const route of ROUTES) if (await isSound(supported ? small : config, route)) return route;
  return undefined;
}

async function isSound(config: VideoEncoderConfig, route: Route): Promise<boolean> {
  const pictures = Array.from({ length: FRAMES }, (_, index) => patches(config.width, config.height, index));
  try {
    const back = await decoded(await encoded(config, route, pictures));
    return (
      back.length === FRAMES &&
      back.every((frame, index) => distance(gridOf(frame), gridOf(pictures[index]!)).worst < TOLERANCE)
    );
  } catch {
    // Whatever it is that fails here would fail for the clip.
    return false;
  }
}

interface Packets {
  readonly config: VideoDecoderConfig;
  readonly chunks: readonly EncodedVideoChunk[];
}

async function encoded(config: VideoEncoderConfig, route: Route, pictures: readonly Raster[]): Promise<Packets> {
  const chunks: EncodedVideoChunk[] = [];
  let decoderConfig: VideoDecoderConfig | undefined;
  let trouble: unknown;
  const encoder = new VideoEncoder({
    output(chunk, meta) {
      chunks.push(chunk);
      decoderConfig ??= toldConfig(meta?.decoderConfig, route);
    },
    error: (error) => (trouble ??= error),
  });
  try {
    encoder.configure(config);
    for (const [index, picture] of pictures.entries()) {
      const frame = await frameOf(picture, route, { timestamp: index * 40_000, duration: 40_000 });
      encoder.encode(frame, { keyFrame: index === 0 });
      frame.close();
    }
    await encoder.flush();
  } finally {
    if (encoder.state !== 'closed') encoder.close();
  }
  if (trouble || !decoderConfig) throw trouble ?? new TypeError('The encoder gave nothing.');
  return { config: decoderConfig, chunks };
}

async function decoded({ config, chunks }: Packets): Promise<Raster[]> {
  const rasters: Promise<Raster>[] = [];
  let trouble: unknown;
  const decoder = new VideoDecoder({
    output: (frame) => void rasters.push(rasterOf(frame).finally(() => frame.close())),
    error: (error) => (trouble ??= error),
  });
  try {
    decoder.configure(config);
    for (const chunk of chunks) decoder.decode(chunk);
    await decoder.flush();
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
  if (trouble) throw trouble;
  return Promise.all(rasters);
}

/** Four patches, of red, green, blue and a grey that grows lighter from frame to frame. */
function patches(width: number, height: number, index: number): Raster {
  const grey = 30 + index * 24;
  const colours = [
    [200, 30, 30],
    [30, 200, 30],
    [30, 30, 200],
    [grey, grey, grey],
  ];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    const right = at % width >= width / 2 ? 1 : 0;
    const below = at >= (width * height) / 2 ? 2 : 0;
    data.set([...colours[right + below]!, 255], at * 4);
  }
  return { width, height, data };
}
