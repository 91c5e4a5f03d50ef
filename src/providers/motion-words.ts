/** What a camera does, as a sentence for models that take it in the prompt. English: that is what models are taught. */
import type { JobRequest } from '../routing/job-request.ts';
import type { CameraMove, Easing } from '../core/values.ts';

const MOVE: Readonly<Record<Exclude<CameraMove, 'still' | 'handheld'>, string>> = {
  'push in': 'push in',
  'pull out': 'pull out',
  'pan left': 'pan to the left',
  'pan right': 'pan to the right',
  'tilt up': 'tilt up',
  'tilt down': 'tilt down',
  orbit: 'orbit around the subject',
  'dolly zoom': 'dolly zoom',
};
const EASING: Readonly<Record<Easing, string>> = {
  linear: 'at an even speed',
  'ease in': 'starting gently',
  'ease out': 'ending gently',
  'ease in-out': 'starting and ending gently',
};

/** `Camera: slow push in, starting gently.` */
export function motionWords({ move, amount, easing }: NonNullable<JobRequest['motion']>): string {
  if (move === 'still' || amount <= 0) return 'The camera does not move.';
  if (move === 'handheld') return `Camera: handheld, ${third(amount, 'slightly shaky', 'shaky', 'very shaky')}.`;
  return `Camera: ${third(amount, 'slow', 'steady', 'fast')} ${MOVE[move]}, ${EASING[easing]}.`;
}

/** The word for the third of 0…1 in which the amount lies. */
function third(amount: number, ...words: readonly [string, string, string]): string {
  if (amount <= 1 / 3) return words[0];
  return amount <= 2 / 3 ? words[1] : words[2];
}
