/** Where two clips of a film meet. */
import type { VideoValue } from '../core/values.ts';

/** Two clips, the second right after the first. */
export interface ShotPair {
  readonly before: VideoValue;
  readonly after: VideoValue;
}
export const nameOfPair = ({ before, after }: ShotPair): string => `${before.hash} ${after.hash}`;
