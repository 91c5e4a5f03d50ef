/** What can be expected of a film: its shots, what each began with, how they meet, how they drift. */
import { decimal } from '../core/figures.ts';
import { listed, say } from '../core/say.ts';
import { seamFindings, seamInWords } from '../measure/seam-findings.ts';
import type { Evidence } from './evidence.ts';
import { factOf, type Fact, type FactVerdict } from './fact.ts';
import { areAccepted } from './facts-of-groups.ts';
import { seamsOf, slopeOf, seenShots, type SeenShot } from './film-shots.ts';
import { always, boundsFrom, boundsInWords, isWithin, numberFrom, oneOf, recordOf } from './reads.ts';
import { subjectOfResult, subjectOfTake, type SeenSubject } from './seen-subjects.ts';

/** How a shot begins, as it is said. */
export const SHOT_STARTS = ['accepted still', 'still', 'last frame', 'words', 'file'] as const;
export const SLOPES = ['luma', 'contrast', 'chroma', 'crispness'] as const;

/** All in one of them: what one film is judged by. */
const ofFilm =
  (judge: (shots: readonly SeenShot[], film: SeenSubject, evidence: Evidence) => FactVerdict) =>
  (subjects: readonly SeenSubject[], evidence: Evidence): FactVerdict => {
    const [film] = subjects;
    if (!film) return { holds: false, seen: say('no clip'), expected: say('a clip') };
    return judge(seenShots(film, evidence), film, evidence);
  };

export const FILM_FACTS = {
  /** So many shots, each a take of its own. */
  shots: factOf(['film'], boundsFrom(1, 24), (subjects, bounds, evidence) =>
    ofFilm((shots) => {
      const count = new Set(shots.map(({ take }) => take?.id)).size;
      return {
        holds: isWithin(count, bounds) && shots.length === count,
        seen: say('{0} {0|shot|shots} of {1} {1|take|takes}', shots.length, count),
        expected: boundsInWords(bounds),
      };
    })(subjects, evidence),
  ),
  /** How every shot begins, or every one after the first. */
  starts: factOf(
    ['film'],
    recordOf({ with: oneOf(['accepted still', 'last frame', 'words']) }, { afterFirst: always }),
    (subjects, asked, evidence) =>
      ofFilm((shots) => {
        const judged = asked.afterFirst ? shots.slice(1) : shots;
        return {
          holds: judged.length > 0 && judged.every((shot) => begins(shot) === asked.with),
          seen: listed(judged.map((shot) => say(begins(shot)))),
          expected: say(asked.with),
        };
      })(subjects, evidence),
  ),
  /** Each shot ends with the still that the next begins with. */
  keyframes: factOf(['film'], always, (subjects, _, evidence) =>
    ofFilm((shots) => {
      const shared = shots.slice(0, -1).filter(({ leadsOn }) => leadsOn).length;
      return {
        holds: shots.length > 1 && shared === shots.length - 1,
        seen: say('{0} shared {0|keyframe|keyframes}', shared),
        expected: say('one at every join'),
      };
    })(subjects, evidence),
  ),
  /** Nothing is wrong at any join; a cut between two pictures is none. */
  clean: factOf(['film'], always, (subjects, _, evidence) =>
    ofFilm((shots) => {
      const seams = seamsOf(shots, evidence);
      return {
        holds: seams.length > 0 && seams.every((seam) => seam && seamFindings(seam).length === 0),
        seen: listed(
          seams.map((seam, at) => say('join {0}: {1}', at + 1, seam ? seamInWords(seam) : say('not measured'))),
          '; ',
        ),
        expected: say('no seam to be seen'),
      };
    })(subjects, evidence),
  ),
  /** So many joins at most are cuts between different pictures, where nothing is measured. */
  cuts: factOf(['film'], boundsFrom(0, 24), (subjects, bounds, evidence) =>
    ofFilm((shots) => {
      const cuts = seamsOf(shots, evidence).filter((seam) => seam?.isCut).length;
      return { holds: isWithin(cuts, bounds), seen: say('{0} {0|cut|cuts}', cuts), expected: boundsInWords(bounds) };
    })(subjects, evidence),
  ),
  /** How much it grows, or sinks, with each hop, as a share. */
  slope: factOf(
    ['film'],
    recordOf({ of: oneOf(SLOPES), most: numberFrom(0.001, 1) }, {}),
    (subjects, { of, most }, evidence) =>
      ofFilm((shots) => {
        const slope = slopeOf(shots, of, evidence);
        return {
          holds: slope <= most,
          seen: say('{0} {1} % a hop', say(of), decimal(slope * 100, 1)),
          expected: say('at most {0} %', decimal(most * 100, 1)),
        };
      })(subjects, evidence),
  ),
  /** Its slope beside that of a film of the same graph whose shots go on from last frames, as a share of it. */
  flatterBy: factOf(
    ['film'],
    recordOf({ of: oneOf(SLOPES), most: numberFrom(0.01, 1) }, {}),
    (subjects, { of, most }, evidence) =>
      ofFilm((shots) => {
        const chains = seenFilms(evidence)
          .map((film) => seenShots(film, evidence))
          .filter((own) => own.length >= shots.length && own.slice(1).every(({ start }) => start === 'last frame'));
        const [own, chained] = [
          slopeOf(shots, of, evidence),
          Math.max(0, ...chains.map((chain) => slopeOf(chain, of, evidence))),
        ];
        return {
          holds: chains.length > 0 && own <= most * chained,
          seen: say('{0} {1} % a hop against {2} %', say(of), decimal(own * 100, 1), decimal(chained * 100, 1)),
          expected: say('at most {0} % of it', Math.round(most * 100)),
        };
      })(subjects, evidence),
  ),
  /** Every shot moves. */
  moves: factOf(['film'], always, (subjects, _, evidence) =>
    ofFilm((shots) => {
      const still = shots.filter(({ value }) => !isMoving(value.hash, evidence)).length;
      return {
        holds: shots.length > 0 && still === 0,
        seen: say('{0} standing still', still),
        expected: say('motion in each'),
      };
    })(subjects, evidence),
  ),
  /** No clip was made before its still was accepted. */
  stillsFirst: factOf(['film'], always, (subjects, _, evidence) =>
    ofFilm((shots) => {
      const early = shots.filter(
        ({ take, stills }) => !take || stills.some(({ verdict }) => verdict.at > take.at),
      ).length;
      return { holds: early === 0, seen: say('{0} made before that', early), expected: say('stills accepted first') };
    })(subjects, evidence),
  ),
  /** Clips that were rejected on the way. */
  rejected: factOf(['film'], boundsFrom(0, 40), (_, bounds, { takes }) => {
    const count = takes.filter(
      ({ artifact, verdict }) => artifact?.kind === 'video' && verdict.state === 'rejected',
    ).length;
    return { holds: isWithin(count, bounds), seen: say('{0} rejected', count), expected: boundsInWords(bounds) };
  }),
  /** One clip of words alone and one of an accepted still: the same words and seed, the same length. */
  bothWays: factOf(['takes'], always, (subjects, _, evidence) => {
    const filmed = subjects.find(({ value, takes }) => value.kind === 'video' && !takes[0]?.request.still);
    const chained = subjects.find(({ value, takes }) => value.kind === 'video' && takes[0]?.request.still);
    const still = chained && stillTake(chained, evidence);
    const isEqual =
      filmed !== undefined &&
      still !== undefined &&
      filmed.takes[0]!.request.prompt.text === still.takes[0]!.request.prompt.text &&
      filmed.takes[0]!.seed === still.takes[0]!.seed &&
      secondsOf(filmed) === secondsOf(chained!);
    return {
      holds: isEqual && areAccepted(still),
      seen:
        !filmed || !chained
          ? say('one way only')
          : isEqual
            ? say('a still that was not accepted')
            : say('other words, seed or length'),
      expected: say('both ways, with the same words, seed and length'),
    };
  }),
} satisfies Record<string, Fact>;

const begins = ({ start, stills }: SeenShot): (typeof SHOT_STARTS)[number] =>
  start === 'still' && stills.every(({ verdict }) => verdict.state === 'accepted') ? 'accepted still' : start;

function isMoving(hash: SeenShot['value']['hash'], { looks }: Evidence): boolean {
  const look = looks.get(hash);
  return look?.kind === 'video' && look.isMoving;
}

export const seenFilms = (evidence: Evidence): readonly SeenSubject[] =>
  evidence.runs
    .flatMap(({ results }) => results)
    .filter(({ value }) => value.kind === 'video')
    .map((result) => subjectOfResult(result, evidence))
    .toReversed();

const secondsOf = ({ value }: SeenSubject): number => (value.kind === 'video' ? value.frames / value.fps : 0);

function stillTake({ takes }: SeenSubject, evidence: Evidence): SeenSubject | undefined {
  const hash = takes[0]?.request.still?.hash;
  const take = evidence.takes.find(({ artifact }) => artifact?.hash === hash);
  return take && subjectOfTake(take);
}
