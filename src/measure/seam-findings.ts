/** From the measures of a seam to what is wrong with it, in words. */
import { decimal } from '../core/figures.ts';
import { listed, say, type Sentence } from '../core/say.ts';
import type { Seam } from './seam.ts';

export type SeamFault =
  | 'repeat'
  | 'echo'
  | 'stall'
  | 'velocity'
  | 'luma'
  | 'colour'
  | 'contrast'
  | 'chroma'
  | 'crispness'
  | 'double';
export interface SeamFinding {
  readonly fault: SeamFault;
  /** "luma +6 %" */
  readonly said: Sentence;
}

/**
 * The most that still passes. Set between good joins and faults put in on purpose (pans over stills and films of the
 * sketch, `test/rig/joined-clips.ts`): good ones stay below half of each, faults are above. Fine detail has more room,
 * since encoders begin a clip up to a quarter softer than they end the one before. Shares, and ΔE00.
 */
export const SEAM_LIMITS = {
  luma: 0.025,
  colour: 1.2,
  contrast: 0.04,
  chroma: 0.05,
  crispness: 0.3,
  velocity: 0.35,
  /** Of detail that is lost where two pictures are seen at once. */
  double: 0.2,
} as const;
/** Those of one seam. A step that a fade spreads may be larger: with each frame comes a third of what a cut may have. */
export function limitsOf({ fade }: Pick<Seam, 'fade'>): Readonly<Record<keyof typeof SEAM_LIMITS, number>> {
  const { luma, colour, contrast, chroma, crispness, velocity, double } = SEAM_LIMITS;
  const steps = Math.max(1, ((fade?.frames ?? 0) + 1) / 3);
  return {
    luma: luma * steps,
    colour: colour * steps,
    contrast: contrast * steps,
    chroma: chroma * steps,
    crispness: crispness * steps,
    velocity,
    double,
  };
}
/** What goes along with another step this closely is told by that one: contrast by luma, chroma by either. */
const ALONG = 0.02;

/** What can be seen at a seam, the worst kind first; nothing where it holds, and at a cut. */
export function seamFindings(seam: Seam): readonly SeamFinding[] {
  const { repeatedFrames, echoFrames, stall, lumaStep, colourStep, contrastStep, chromaStep, crispnessStep } = seam;
  const { fade } = seam;
  const limits = limitsOf(seam);
  const isBeyond = (step: number, limit: number) => Math.abs(step) > limit && Math.abs(step - lumaStep) > ALONG;
  const findings: (SeamFinding | false)[] = [
    fade !== undefined &&
      fade.detailStep < -limits.double && {
        fault: 'double',
        said: say('two pictures seen at once for {0} {0|frame|frames}', fade.frames),
      },
    echoFrames > 0 && {
      fault: 'echo',
      said: say('{0} {0|frame|frames} of the clip before played again', echoFrames),
    },
    // Where one fades into the other no frame is shown twice.
    repeatedFrames > 0 &&
      !fade && { fault: 'repeat', said: say('a frame shown {0} {0|time|times} more', repeatedFrames) },
    stall !== undefined && stall.frames > Math.max(1, repeatedFrames) && { fault: 'stall', said: stallInWords(stall) },
    seam.velocityMismatch > limits.velocity && { fault: 'velocity', said: velocityInWords(seam) },
    Math.abs(lumaStep) > limits.luma && { fault: 'luma', said: say('luma {0} %', percent(lumaStep)) },
    colourStep > limits.colour && {
      fault: 'colour',
      said: say('colour off by {0} ΔE', decimal(colourStep, 1)),
    },
    isBeyond(contrastStep, limits.contrast) && {
      fault: 'contrast',
      said: say('contrast {0} %', percent(contrastStep)),
    },
    isBeyond(chromaStep, limits.chroma) &&
      Math.abs(chromaStep - contrastStep) > ALONG &&
      colourStep <= limits.colour && { fault: 'chroma', said: say('saturation {0} %', percent(chromaStep)) },
    Math.abs(crispnessStep) > limits.crispness && {
      fault: 'crispness',
      said: say('fine detail {0} %', percent(crispnessStep)),
    },
  ];
  return findings.filter((finding) => finding !== false);
}

/** "luma +6 %, motion stalls for 5 frames, 2 frames after the join" */
export function seamInWords(seam: Seam): Sentence {
  if (seam.isCut)
    return seam.fade ? say('A dissolve: two different pictures meet.') : say('A cut: two different pictures meet.');
  const findings = seamFindings(seam);
  return findings.length > 0 ? listed(findings.map(({ said }) => said)) : say('No seam to be seen.');
}

function stallInWords({ frames, at }: NonNullable<Seam['stall']>): Sentence {
  const length = say('motion stalls for {0} {0|frame|frames}', frames);
  if (at > 0) return say('{0}, {1} {1|frame|frames} after the join', length, at);
  return at < 0 ? say('{0}, {1} {1|frame|frames} before the join', length, -at) : say('{0} at the join', length);
}

function velocityInWords({ direction, pace }: Seam): Sentence {
  if (direction < 0) return say('the motion turns back');
  if (direction < 0.8) return say('the motion changes its direction');
  return pace > 1
    ? say('the motion is {0} % faster', whole(pace - 1))
    : say('the motion is {0} % slower', whole(1 - pace));
}

const whole = (share: number): string => String(Math.floor(Math.abs(share) * 100 + 0.5));
const percent = (share: number): string => `${share < 0 ? '−' : '+'}${whole(share)}`;
