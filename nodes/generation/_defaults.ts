import { p, TIERS, type TakeRequest } from '../../src/core/node-api.ts';

/** What a generation node assumes for control inputs that are not connected. */
export const DEFAULT_SEED = { kind: 'seed', seed: 1, locked: false } as const;
export const DEFAULT_GUIDANCE = { kind: 'guidance', scale: 7 } as const;

/** The guidance of a request, and whether it was said by a wire. */
export const guidanceOf = (
  given: TakeRequest['guidance'] | undefined,
): Pick<TakeRequest, 'guidance' | 'isGuidanceSet'> =>
  given ? { guidance: given, isGuidanceSet: true } : { guidance: DEFAULT_GUIDANCE };

export const DEFAULT_ASPECT = { kind: 'aspect', ratio: [3, 2], width: 1620, height: 1080 } as const;
export const DEFAULT_MOTION = {
  kind: 'motion',
  move: 'push in',
  amount: 0.6,
  easing: 'ease in-out',
  seconds: 2,
  fps: 24,
} as const;
export const NO_PROMPT = { kind: 'prompt', text: '', negative: '' } as const;

/** The category of work, which every generation node asks for. */
export const TIER = p.choice({
  label: 'Tier',
  options: TIERS,
  default: 'speed',
  help: 'The category of work. Routing turns it into a model.',
});

/** The same shape with so many pixels on its short side, in even numbers as encoders need them. */
export function withShortSide(
  shape: { readonly width: number; readonly height: number },
  short: number,
): { readonly width: number; readonly height: number } {
  const scale = short / Math.min(shape.width, shape.height);
  const even = (n: number) => Math.max(2, Math.round((n * scale) / 2) * 2);
  return { width: even(shape.width), height: even(shape.height) };
}
