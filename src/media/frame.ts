/** Pictures to `VideoFrame`s and back, in the ways that browsers differ. */
import type { Raster } from '../core/values.ts';
import { pictureOfPlanes, withPlanes } from '../raster/planes.ts';

/**
 * How an encoder gets its frames. `planes`: BT.709 in limited range, converted here, the same in every browser.
 * `canvas`: the browser converts; for encoders that spoil frames made of bytes.
 */
export type Route = 'planes' | 'canvas';

/** What clips are written in: what televisions, players and editors expect of a file that says nothing else. */
export const BT709: VideoColorSpaceInit = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false };

export interface FrameTime {
  /** Microseconds. */
  readonly timestamp: number;
  readonly duration: number;
}

/** A frame of an opaque picture for an encoder; close it. */
export async function frameOf(image: Raster, route: Route, time: FrameTime): Promise<VideoFrame> {
  if (route === 'planes') {
    return withPlanes(
      image,
      ({ width, height, data }) =>
        new VideoFrame(data, { format: 'I420', codedWidth: width, codedHeight: height, colorSpace: BT709, ...time }),
    );
  }
  const context = canvasOf(image.width, image.height);
  context.putImageData(new ImageData(image.data as Uint8ClampedArray<ArrayBuffer>, image.width, image.height), 0, 0);
  return new VideoFrame(context.canvas, { ...time });
}

/** What an encoder says about its packets. Whoever hands it planes knows their colours better than it does. */
export function toldConfig(config: VideoDecoderConfig | undefined, route: Route): VideoDecoderConfig | undefined {
  return config && route === 'planes' ? { ...config, colorSpace: BT709 } : config;
}

/** The pixels of a frame, as sRGB. Does not close it. */
export async function rasterOf(frame: VideoFrame): Promise<Raster> {
  const [width, height] = [frame.displayWidth, frame.displayHeight];
  const isWhole = frame.visibleRect?.width === width && frame.visibleRect.height === height;
  if (!isWhole) return drawn(frame, width, height);
  return (await converted(frame, width, height)) ?? (await copied(frame, width, height)) ?? drawn(frame, width, height);
}

/**
 * Planes as we write them are converted here: browsers round their way (blue loses 12 levels in Chromium each time it
 * is decoded), and WebKit knows no other way than drawing.
 */
async function converted(frame: VideoFrame, width: number, height: number): Promise<Raster | undefined> {
  const { matrix, fullRange } = frame.colorSpace;
  const isKnown = (frame.format === 'I420' || frame.format === 'NV12') && matrix === 'bt709' && fullRange === false;
  if (!isKnown) return undefined;
  const data = new Uint8Array(frame.allocationSize());
  const layout = await frame.copyTo(data);
  return pictureOfPlanes({ width, height, data }, layout);
}

async function copied(frame: VideoFrame, width: number, height: number): Promise<Raster | undefined> {
  const data = new Uint8ClampedArray(width * height * 4);
  const planes = await frame.copyTo(data, { format: 'RGBA' }).catch(() => []);
  // WebKit ignores the format and copies the planes of the video as they are.
  const isPixels = planes.length === 1 && planes[0]!.offset === 0 && planes[0]!.stride === width * 4;
  return isPixels ? { width, height, data } : undefined;
}

function drawn(frame: VideoFrame, width: number, height: number): Raster {
  const context = canvasOf(width, height);
  context.drawImage(frame, 0, 0, width, height);
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

const canvasOf = (width: number, height: number): OffscreenCanvasRenderingContext2D =>
  new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
