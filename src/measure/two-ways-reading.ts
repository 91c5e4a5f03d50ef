/** What the measures of a clip from words and of one from a still say about each other, in sentences. */
import { decimal } from '../core/figures.ts';
import { say, type Sentence } from '../core/say.ts';
import type { ClipHold } from './clip-hold.ts';
import type { ClipMotion } from './clip-motion.ts';

export interface WayFigures {
  readonly motion: Pick<ClipMotion, 'largestMotion' | 'motionAwareError'>;
  readonly hold: ClipHold;
}

/** Figures closer than this are called alike: two seeds of one way differ as much. */
const CLEARLY = 1.25;
/** In ΔE00: less is not seen. */
const SEEN = 1;

/** How much moves, what drifts, what holds together; then what a single pair cannot say. */
export function readTwoWays(text: WayFigures, still: WayFigures): readonly Sentence[] {
  return [
    aboutMotion(text.motion.largestMotion, still.motion.largestMotion),
    aboutDrift(text.hold.drift, still.hold.drift),
    ...aboutHolding(text.motion.motionAwareError, still.motion.motionAwareError),
    say('One pair is one example: another seed may say otherwise.'),
  ];
}

function aboutMotion(text: number, still: number): Sentence {
  const figures = [decimal(text, 1), decimal(still, 1)] as const;
  if (text > still * CLEARLY) return say('From text more moves: {0} px against {1} px.', ...figures);
  if (still > text * CLEARLY) return say('From the still more moves: {1} px against {0} px.', ...figures);
  return say('Both move about as much: {0} px from text, {1} px from the still.', ...figures);
}
function aboutDrift(text: number, still: number): Sentence {
  const figures = [decimal(text, 1), decimal(still, 1)] as const;
  if (text > still + SEEN)
    return say(
      'The clip from the still keeps its look better: it drifts by {1} ΔE, that from text by {0} ΔE.',
      ...figures,
    );
  if (still > text + SEEN)
    return say(
      'The clip from text keeps its look better: it drifts by {0} ΔE, that from the still by {1} ΔE.',
      ...figures,
    );
  return say('Both keep the look they begin with: {0} ΔE from text, {1} ΔE from the still.', ...figures);
}
/** Of a clip that stands still nothing can be said. */
function aboutHolding(text: number | undefined, still: number | undefined): readonly Sentence[] {
  if (text === undefined || still === undefined) return [];
  if (text > still * CLEARLY) return [say('For what moves, the clip from the still holds together better.')];
  if (still > text * CLEARLY) return [say('For what moves, the clip from text holds together better.')];
  return [];
}
