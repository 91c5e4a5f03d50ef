/** How far the shots of a chain have moved away from the first one. The measures are ours. */
import type { Clip } from '../core/take.ts';
import { exp2, log2 } from '../raster/math.ts';
import { ciede2000 } from './ciede2000.ts';
import { lookOfFrame, type FrameLook } from './frame-look.ts';

export interface ShotDrift {
  /** ΔE00 of the mean colours. */
  readonly colour: number;
  /** As shares of the first shot's: 0.1 is a tenth more. */
  readonly luma: number;
  readonly contrast: number;
  readonly chroma: number;
  readonly crispness: number;
}
export interface ChainDrift {
  /** One for each shot after the first. */
  readonly shots: readonly ShotDrift[];
  /** Growth with each hop, as a share: what each adds on the way, by least squares from the first shot. */
  readonly perHop: Omit<ShotDrift, 'colour'>;
}

/** What a shot looks like on the whole: means of its frames. */
export type MeanLook = Omit<FrameLook, 'plane'>;
/** So many frames say what a clip looks like. */
const FRAMES = 24;

/** Of frames all over a clip. */
export async function meanLookOf(clip: Clip): Promise<MeanLook> {
  const every = Math.max(1, Math.floor(clip.frames / FRAMES));
  const looks: FrameLook[] = [];
  let at = 0;
  for await (const frame of clip.read()) if (at++ % every === 0) looks.push(lookOfFrame(frame));
  return meanOfLooks(looks);
}

/**
 * Each shot by what it looks like. Compared with the *first* shot, not with the one before: small steps of one direction
 * would pass each by itself.
 */
export function chainDrift(means: readonly MeanLook[]): ChainDrift {
  const [first, ...rest] = means;
  if (!first) return { shots: [], perHop: { luma: 0, contrast: 0, chroma: 0, crispness: 0 } };
  return {
    shots: rest.map((mean) => ({
      colour: ciede2000(first.lab, mean.lab),
      ...measured((part) => ratio(mean[part], first[part]) - 1),
    })),
    perHop: measured((part) => growthPerHop(rest.map((mean) => ratio(mean[part], first[part])))),
  };
}

type Part = 'luma' | 'contrast' | 'chroma' | 'crispness';
const measured = (valueOf: (part: Part) => number): Record<Part, number> => ({
  luma: valueOf('luma'),
  contrast: valueOf('contrast'),
  chroma: valueOf('chroma'),
  crispness: valueOf('crispness'),
});

/** There is one look at least. */
export function meanOfLooks(looks: readonly FrameLook[]): MeanLook {
  const mean = (valueOf: (look: FrameLook) => number) =>
    looks.reduce((sum, look) => sum + valueOf(look), 0) / looks.length;
  return {
    ...measured((part) => mean((look) => look[part])),
    lab: [mean(({ lab }) => lab[0]), mean(({ lab }) => lab[1]), mean(({ lab }) => lab[2])],
  };
}

/** Of almost nothing a little more is no growth. */
const ratio = (value: number, first: number): number => (value + 1e-3) / (first + 1e-3);

/** The slope of the logarithms through the first shot, as a share. */
function growthPerHop(ratios: readonly number[]): number {
  let [xy, xx] = [0, 0];
  for (const [at, value] of ratios.entries()) {
    xy += (at + 1) * log2(value);
    xx += (at + 1) * (at + 1);
  }
  return xx > 0 ? exp2(xy / xx) - 1 : 0;
}
