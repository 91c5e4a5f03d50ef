/** Numbers that ComfyUI leaves free and Triptych offers a few of: the nearest ones. */

/** In what Aspect offers. */
const FRAMES = ['1:1', '4:5', '3:2', '16:9', '21:9', '9:16'] as const;
const SHORT_SIDES = [720, 1080, 1440, 2160] as const;

/** By the smallest ratio, as sizes are compared. */
export const nearestOf = (options: readonly number[], wanted: number): number =>
  options.toSorted((a, b) => away(a, wanted) - away(b, wanted))[0]!;
const away = (option: number, wanted: number): number => Math.abs(Math.log(option / Math.max(1e-6, wanted)));

/** The shape of a picture, and how many pixels its short side has at least. */
export function nearestFrame(width: number, height: number): { readonly frame: string; readonly short: number } {
  const shapes = FRAMES.map((frame) => {
    const [across, down] = frame.split(':').map(Number) as [number, number];
    return { frame, apart: away(across / down, width / height) };
  });
  const { frame } = shapes.toSorted((a, b) => a.apart - b.apart)[0]!;
  return { frame, short: nearestOf(SHORT_SIDES, Math.min(width, height)) };
}
