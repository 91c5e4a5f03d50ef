/** Where two clips of a film meet. */
import type { VideoValue } from '../core/values.ts';

/** Two clips, the second right after the first. */
export interface Meeting {
  readonly before: VideoValue;
  readonly after: VideoValue;
}
export const nameOfMeeting = ({ before, after }: Meeting): string => `${before.hash} ${after.hash}`;
