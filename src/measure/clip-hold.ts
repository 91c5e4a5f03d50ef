/** Whether a clip keeps the look it begins with: two of the acceptance measures, without a threshold. */
import type { Clip } from '../core/take.ts';
import { measureClip } from './measure.ts';

export interface ClipHold {
  /** Mean SSIM of neighbouring frames, 1 for the same. */
  readonly coherence: number;
  /** The largest distance of a frame's palette from that of the first, in ΔE00. */
  readonly drift: number;
}

export async function clipHold(clip: Clip): Promise<ClipHold> {
  const criteria = (['coherence', 'drift'] as const).map((measure) => ({ measure, limit: 0 }));
  const found = await measureClip(clip, { kind: 'acceptance', cap: 0, criteria }, undefined);
  const valueOf = (measure: 'coherence' | 'drift') => found.find((one) => one.measure === measure)?.value ?? 0;
  return { coherence: valueOf('coherence'), drift: valueOf('drift') };
}
