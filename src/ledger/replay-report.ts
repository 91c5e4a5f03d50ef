/** Replaying a run: what each node gave then, and what it gives now from the same recorded inputs. */
import type { NodeId } from '../core/ids.ts';
import { listed, say, type Said, type Sentence } from '../core/say.ts';

export type ReplayOutcome =
  | { readonly state: 'identical' }
  /** Not the same pixels, but nobody would see it: structural similarity of at least `NEAR`. */
  | { readonly state: 'near'; readonly likeness: number }
  | { readonly state: 'different'; readonly likeness?: number }
  | { readonly state: 'cannot be reproduced'; readonly reason: Said };
export interface ReplayLine {
  readonly node: NodeId;
  readonly title: Said;
  readonly outcome: ReplayOutcome;
}
export type ReplayReport = readonly ReplayLine[];

/** SSIM from which on two pictures pass for the same. */
export const NEAR = 0.98;

export function compared(same: boolean, likeness: number | undefined): ReplayOutcome {
  if (same) return { state: 'identical' };
  if (likeness !== undefined && likeness >= NEAR) return { state: 'near', likeness };
  return { state: 'different', ...(likeness === undefined ? {} : { likeness }) };
}
/** "9 of 9 nodes identical", "7 identical, 1 near, 1 different" */
export function replayInWords(report: ReplayReport): Sentence {
  const counts = new Map<string, number>();
  for (const { outcome } of report) counts.set(outcome.state, (counts.get(outcome.state) ?? 0) + 1);
  if (counts.size === 1 && counts.has('identical'))
    return say('{0|The only node|All {0} nodes} identical', report.length);
  return listed([...counts].map(([state, count]) => say('{0} {1}', count, say(state))));
}
