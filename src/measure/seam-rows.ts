/** A seam as a table: each measure with its value, its limit and what it means. */
import { decimal } from '../core/figures.ts';
import { say, type Sentence } from '../core/say.ts';
import type { Seam } from './seam.ts';
import { limitsOf, seamFindings, type SeamFault } from './seam-findings.ts';

export interface SeamRow {
  readonly fault: SeamFault;
  readonly name: Sentence;
  /** What it is and how it is measured, in plain words. */
  readonly meaning: Sentence;
  readonly value: Sentence;
  readonly limit: Sentence;
  /** How far it is on the way to its limit; 1 is the limit. */
  readonly share: number;
  /** It is among what is said of the seam. */
  readonly isFound: boolean;
}

/** Of a seam that is no cut. */
export function seamRows(seam: Seam): readonly SeamRow[] {
  const found = new Set(seamFindings(seam).map(({ fault }) => fault));
  const { luma, colour, contrast, chroma, crispness, velocity, double } = limitsOf(seam);
  const stalled = seam.stall?.frames ?? 0;
  const row = (
    fault: SeamFault,
    name: Sentence,
    meaning: Sentence,
    value: Sentence,
    limit: Sentence,
    share: number,
  ) => ({
    fault,
    name,
    meaning,
    value,
    limit,
    share,
    isFound: found.has(fault),
  });
  const step = (fault: SeamFault, name: Sentence, meaning: Sentence, value: number, limit: number) =>
    row(fault, name, meaning, signed(value), say('± {0} %', decimal(limit * 100, 1)), Math.abs(value) / limit);
  const { fade } = seam;
  const doubled = fade && [
    row(
      'double',
      say('Seen double'),
      say('By how much fine detail falls in the middle of the fade: where two pictures do not line up, it does.'),
      signed(fade.detailStep),
      say('−{0} %', decimal(double * 100, 1)),
      Math.max(0, -fade.detailStep) / double,
    ),
  ];
  return [
    ...(doubled ?? []),
    row(
      'repeat',
      say('Repeated frames'),
      say('How often the last frame is shown again while the picture should move.'),
      count(seam.repeatedFrames),
      count(0),
      seam.repeatedFrames,
    ),
    row(
      'echo',
      say('Replayed frames'),
      say('Frames of the next clip that play the end of the one before again.'),
      count(seam.echoFrames),
      count(0),
      seam.echoFrames,
    ),
    row(
      'stall',
      say('Stalled frames'),
      say('Frames near the join that hardly move, between others that do.'),
      count(stalled),
      count(1),
      stalled / 2,
    ),
    row(
      'velocity',
      say('Change of motion'),
      say(
        'How far the camera moves otherwise after the join than before it: 0 for the same motion, 2 for the opposite.',
      ),
      say('{0}', decimal(seam.velocityMismatch, 2)),
      say('{0}', decimal(velocity, 2)),
      seam.velocityMismatch / velocity,
    ),
    step(
      'luma',
      say('Brightness'),
      say('By how much the mean luma steps at the join; what changes steadily is no step.'),
      seam.lumaStep,
      luma,
    ),
    row(
      'colour',
      say('Colour'),
      say('The difference of the mean colours on both sides, without their brightness (ΔE 2000).'),
      say('{0} ΔE', decimal(seam.colourStep, 1)),
      say('{0} ΔE', decimal(colour, 1)),
      seam.colourStep / colour,
    ),
    step(
      'contrast',
      say('Contrast'),
      say('By how much dark and light part at the join. Models add some with each hop.'),
      seam.contrastStep,
      contrast,
    ),
    step(
      'chroma',
      say('Saturation'),
      say('By how much the colours grow stronger or weaker at the join.'),
      seam.chromaStep,
      chroma,
    ),
    step(
      'crispness',
      say('Fine detail'),
      say('By how much fine detail grows or fades at the join: below zero it turns soft.'),
      seam.crispnessStep,
      crispness,
    ),
  ];
}

const count = (frames: number): Sentence => say('{0}', frames);
const signed = (share: number): Sentence =>
  share < 0 ? say('−{0} %', decimal(-share * 100, 1)) : say('+{0} %', decimal(share * 100, 1));
