/** What can be said of the last run beside the one before: what is another, what stayed, what rose and what sank. */
import { decimal } from '../core/figures.ts';
import { listed, say } from '../core/say.ts';
import type { Evidence } from './evidence.ts';
import { roomAbove, roomBelow } from './offered-bounds.ts';
import type { PossibleCheck } from './possible-check.ts';
import { distanceBetween, LOOK_MEASURES, measureOf, type LookMeasure } from './picture-look.ts';
import { RESULT_TRAITS, subjectOfResult, TAKE_TRAITS, traitOf, type SeenSubject, type Trait } from './seen-subjects.ts';

/** A smaller change than this share is chance, or nobody sees it. */
const SEEN = 0.05;
/** Of what it rose by, so much is asked for. */
const ASKED = 0.7;
/** SSIM of two compositions that pass for one, and ΔE of palettes that do. */
const [ALIKE, NEAR] = [0.7, 8];
const TRAITS: readonly Trait[] = [...RESULT_TRAITS, ...TAKE_TRAITS];
/** What follows from others says nothing of its own. */
const FOLLOWING: readonly Trait[] = ['picture', 'takes', 'model', 'mode'];

export function* offersOfChange(evidence: Evidence): Generator<PossibleCheck> {
  const [earlier, later] = evidence.runs
    .flatMap(({ results }) => results.slice(0, 1))
    .slice(-2)
    .map((result) => subjectOfResult(result, evidence));
  if (!earlier || !later) return;
  const differ = TRAITS.filter((trait) => traitOf(earlier, trait) !== traitOf(later, trait));
  const same = TRAITS.filter((trait) => !differ.includes(trait));
  yield* offersOfTraits(differ, same);
  const kept: readonly Trait[] = same.includes('takes') ? ['takes'] : [];
  yield* offersOfLooks(earlier, later, kept, evidence);
}

function* offersOfTraits(differ: readonly Trait[], same: readonly Trait[]): Generator<PossibleCheck> {
  const see = 'change';
  if (same.includes('picture')) {
    yield { see, expect: { same: ['picture', 'takes'] }, says: say('The same picture twice, of the same takes') };
    return;
  }
  if (same.includes('takes')) {
    const expect = { same: ['takes'], differ: ['refinement'] };
    yield { see, expect, says: say('Finished in another way, and no take was made anew') };
    return;
  }
  const changed = differ.filter((trait) => !FOLLOWING.includes(trait));
  const stayed = same.filter((trait) => trait === 'refinement' || trait === 'seed' || trait === 'prompt');
  if (changed.length === 0) return;
  yield {
    see,
    expect: { differ: ['takes', ...changed], ...(stayed.length > 0 ? { same: stayed } : {}) },
    says:
      stayed.length > 0
        ? say('Another take: another {0}, and the same {1}', namesOf(changed), namesOf(stayed))
        : say('Another take: another {0}', namesOf(changed)),
  };
  if (changed.length === 1)
    yield {
      see,
      expect: { oneChange: changed, differ: ['takes'] },
      says: say('One change alone: {0}', namesOf(changed)),
    };
}
const namesOf = (traits: readonly Trait[]) => listed(traits.map((trait) => say(trait)));

function* offersOfLooks(
  earlier: SeenSubject,
  later: SeenSubject,
  same: readonly Trait[],
  { looks }: Evidence,
): Generator<PossibleCheck> {
  const see = 'change';
  const [was, is] = [looks.get(earlier.value.hash), looks.get(later.value.hash)];
  if (!was || !is) return;
  const kept = same.length > 0 ? { same } : {};
  for (const of of LOOK_MEASURES) {
    const [before, after] = [measureOf(was, of), measureOf(is, of)];
    if (before === undefined || after === undefined) continue;
    const share = (after - before) / Math.max(Math.abs(before), 1e-6);
    // From nothing every rise is endless.
    if (Math.abs(share) < SEEN || Math.abs(share) > MOST_RISE) continue;
    const by = Math.min(share > 0 ? MOST_RISE : 1, Math.max(0.01, Math.round(Math.abs(share) * ASKED * 100) / 100));
    yield { see, expect: { ...kept, ...moved(of, share, by) }, says: movedInWords(of, share) };
  }
  const [likeness, palette] = [distanceBetween(was, is, 'likeness'), distanceBetween(was, is, 'palette')];
  const [alike, apart] = [decimal(likeness, 2), decimal(palette, 1)];
  const stays = likeness >= ALIKE;
  yield {
    see,
    expect: stays ? atLeast('likeness', likeness) : atMost('likeness', likeness),
    says: stays ? say('The composition stayed: likeness {0}', alike) : say('Another composition: likeness {0}', alike),
  };
  const isNear = palette <= NEAR;
  yield {
    see,
    expect: isNear ? atMost('palette', palette) : atLeast('palette', palette),
    says: isNear ? say('The colours stayed: {0} apart', apart) : say('Other colours: {0} apart', apart),
  };
}
const MOST_RISE = 10;
const moved = (of: LookMeasure, share: number, by: number) =>
  share > 0 ? { rises: { of, by } } : { falls: { of, by } };
const movedInWords = (of: LookMeasure, share: number) => {
  const percent = Math.round(Math.abs(share) * 100);
  return share > 0 ? say('{0} rose by {1} %', say(of), percent) : say('{0} fell by {1} %', say(of), percent);
};
const atLeast = (of: string, value: number) => ({ between: [{ of, least: roomBelow(value) }] });
const atMost = (of: string, value: number) => ({ between: [{ of, most: roomAbove(value) }] });
