/** What a person puts on a take to find it again. The take itself is a record of what happened and stays as it is. */
import type { TakeId } from './ids.ts';

export interface TakeLabel {
  readonly take: TakeId;
  /** Its picture is kept for as long as it has a star. */
  readonly starredAt?: number;
  readonly tags?: readonly string[];
}
