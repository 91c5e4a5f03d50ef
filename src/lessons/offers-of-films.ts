/** What can be said of the film of the last run that made one. */
import { decimal } from '../core/figures.ts';
import { say } from '../core/say.ts';
import type { Evidence } from './evidence.ts';
import { seenFilms, SLOPES } from './facts-of-films.ts';
import { seenShots, slopeOf } from './film-shots.ts';
import { roomAbove } from './offered-bounds.ts';
import type { PossibleCheck } from './possible-check.ts';

export function* offersOfFilms(evidence: Evidence): Generator<PossibleCheck> {
  const [film] = seenFilms(evidence);
  const shots = film ? seenShots(film, evidence) : [];
  if (shots.length === 0) return;
  const see = 'film';
  const several = { shots: { least: shots.length } };
  yield { see, expect: several, says: say('{0} {0|shot|shots}, each a take of its own', shots.length) };
  yield { see, expect: { moves: true }, says: say('Motion in every shot') };
  yield { see, expect: { stillsFirst: true }, says: say('No clip older than the acceptance of its still') };
  for (const start of ['accepted still', 'words'] as const)
    yield {
      see,
      expect: { ...several, starts: { with: start } },
      says: say('Every shot begins with: {0}', say(start)),
    };
  if (shots.length < 2) return;
  yield {
    see,
    expect: { ...several, starts: { with: 'last frame', afterFirst: true } },
    says: say('Every shot after the first begins with: {0}', say('last frame')),
  };
  yield { see, expect: { ...several, keyframes: true }, says: say('A shared keyframe at every join') };
  yield { see, expect: { ...several, clean: true }, says: say('Nothing to be seen at any join') };
  for (const of of SLOPES) {
    const slope = slopeOf(shots, of, evidence);
    if (!Number.isFinite(slope)) continue;
    const most = Math.min(1, Math.max(0.001, roomAbove(slope)));
    yield {
      see,
      expect: { ...several, slope: { of, most } },
      says: say('From hop to hop: {0} {1} %', say(of), decimal(slope * 100, 1)),
    };
  }
}
