/** How far two drawn pictures are apart, in one number. */

/** Pixels on the long side that are compared: enough for a mean. */
const LONG_SIDE = 256;
/** Shapes that differ more than this cannot be laid over each other. */
const SAME_SHAPE = 0.01;

/** The mean absolute difference of RGB in levels of 255; nothing where their shapes differ. */
export function meanDifference(a: HTMLCanvasElement, b: HTMLCanvasElement): number | undefined {
  if (Math.abs(a.width / a.height - b.width / b.height) > SAME_SHAPE) return undefined;
  const scale = LONG_SIDE / Math.max(a.width, a.height);
  const [width, height] = [a.width, a.height].map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
  const pixels = [a, b].map((canvas) => {
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
    context.drawImage(canvas, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  }) as [Uint8ClampedArray, Uint8ClampedArray];
  let sum = 0;
  for (let at = 0; at < pixels[0].length; at++) if (at % 4 !== 3) sum += Math.abs(pixels[0][at]! - pixels[1][at]!);
  return sum / (width * height * 3);
}
