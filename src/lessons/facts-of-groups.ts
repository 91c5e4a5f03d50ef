/** What can be expected of several takes or results among each other: how many, what is equal in them and what differs. */
import { listed, say, type Sentence } from '../core/say.ts';
import { factOf, type Fact, type FactVerdict } from './fact.ts';
import { always, boundsFrom, boundsInWords, isWithin, listReader, numberFrom, oneOf, recordOf } from './reads.ts';
import { isReadable, RESULT_TRAITS, TAKE_TRAITS, traitOf, type SeenSubject, type Trait } from './seen-subjects.ts';

const traits = listReader(oneOf([...TAKE_TRAITS, ...RESULT_TRAITS]));
/** More traits than this are told as one. */
const FEW = 4;

export const GROUP_FACTS = {
  /** So many of them, which all else is expected of. */
  count: factOf(['takes', 'results'], numberFrom(1, 12, true), (subjects, least) => ({
    holds: subjects.length >= least,
    seen: say('{0} of them', subjects.length),
    expected: say('at least {0}', least),
  })),
  /** Nothing but pictures, or nothing but clips. */
  kind: factOf(['takes', 'results', 'change'], oneOf(['picture', 'clip']), (subjects, kind) => {
    const wanted = kind === 'picture' ? 'image' : 'video';
    const other = subjects.some(({ value }) => value.kind !== wanted);
    return { holds: !other, seen: other ? say('something else') : say(kind), expected: say(kind) };
  }),
  tier: factOf(['takes', 'results'], oneOf(['cinematic', 'speed', 'budget', 'character']), (subjects, tier) => {
    const found = [...new Set(subjects.map((subject) => traitOf(subject, 'tier')))];
    return {
      holds: found.every((one) => one === tier),
      seen: say('tier {0}', found.join(', ')),
      expected: say('tier {0}', tier),
    };
  }),
  /** Equal in all of them. */
  same: factOf(['takes', 'results', 'change'], traits, (subjects, wanted) => {
    const moved = wanted.filter((trait) => valuesOf(subjects, trait).length > 1);
    return {
      holds: moved.length === 0,
      seen:
        moved.length === 0 ? say('the same') : listed(moved.slice(0, FEW).map((trait) => different(subjects, trait))),
      expected: wanted.length > FEW ? say('everything else the same') : say('the same {0}', namesOf(wanted)),
    };
  }),
  /** Different in each two of them. */
  differ: factOf(['takes', 'results', 'change'], traits, (subjects, wanted): FactVerdict => {
    const still = wanted.filter((trait) => valuesOf(subjects, trait).length < subjects.length);
    return {
      holds: still.length === 0,
      seen: still.length === 0 ? say('different') : listed(still.map((trait) => alike(subjects, trait))),
      expected: say('a different {0} in each', namesOf(wanted)),
    };
  }),
  /** Of these, exactly one differs. */
  oneChange: factOf(['takes', 'change'], traits, (subjects, wanted) => {
    const moved = wanted.filter((trait) => valuesOf(subjects, trait).length > 1);
    return {
      holds: moved.length === 1,
      seen: moved.length === 0 ? say('no change') : listed(moved.map((trait) => different(subjects, trait))),
      expected: say('one change alone'),
    };
  }),
  /** Nobody but the learner changes their seeds. */
  locked: factOf(['takes', 'results', 'change'], always, (subjects) => {
    const open = takesIn(subjects).filter(({ request }) => !request.seed.locked);
    return {
      holds: open.length === 0,
      seen: open.length === 0 ? say('fixed seeds') : say('a seed that moves by itself'),
      expected: say('fixed seeds'),
    };
  }),
  /** So many that a person, or criteria, accepted; of a result, all takes in it. */
  accepted: factOf(['takes', 'results', 'change'], numberFrom(1, 12, true), (subjects, least) => {
    const count = subjects.filter(areAccepted).length;
    return { holds: count >= least, seen: say('{0} accepted', count), expected: say('at least {0} accepted', least) };
  }),
  /** No more of them than so many were accepted: who accepts all has not chosen. */
  acceptedMost: factOf(['takes', 'results'], numberFrom(1, 12, true), (subjects, most) => {
    const count = subjects.filter(areAccepted).length;
    return { holds: count <= most, seen: say('{0} accepted', count), expected: say('at most {0} accepted', most) };
  }),
  /** How far a number that was asked for is varied: the highest over the lowest. */
  spread: factOf(
    ['takes'],
    recordOf({ of: oneOf(['guidance', 'strength', 'megapixels']), times: numberFrom(1.1, 100) }, {}),
    (subjects, { of, times }) => {
      const values = subjects.map((subject) => Number(traitOf(subject, of)));
      const [low, high] = [Math.min(...values), Math.max(...values)];
      return {
        holds: high >= times * low,
        seen: say('{0} from {1} to {2}', say(of), low, high),
        expected: say('a range of 1 : {0} or wider', times),
      };
    },
  ),
  /** Each was asked to follow several pictures, no two of them alike or equally strongly. */
  uneven: factOf(['takes'], always, (subjects) => {
    const alike = takesIn(subjects).filter(({ request: { references } }) => {
      const [pictures, strengths] = [references.map(({ image }) => image.hash), references.map((one) => one.strength)];
      return new Set(pictures).size < references.length || new Set(strengths).size < references.length;
    });
    return {
      holds: alike.length === 0,
      seen: say('{0} {0|take|takes} with references that are alike or equally strong', alike.length),
      expected: say('different references, one stronger'),
    };
  }),
  /** Each was accepted or rejected. */
  judged: factOf(['takes', 'results'], always, (subjects) => {
    const open = takesIn(subjects).filter(({ verdict }) => verdict.state === 'open').length;
    return { holds: open === 0, seen: say('{0} not judged', open), expected: say('all judged') };
  }),
  /** How many takes there are in all, whatever became of them. */
  made: factOf(['takes', 'results', 'change', 'film'], numberFrom(1, 200, true), (_, most, { takes }) => ({
    holds: takes.length <= most,
    seen: say('{0} {0|take|takes} made', takes.length),
    expected: say('at most {0}', most),
  })),
  /** So many pictures that each was asked to follow. */
  references: factOf(['takes', 'results'], boundsFrom(1, 16), (subjects, bounds) => {
    const counts = takesIn(subjects).map(({ request }) => request.references.length);
    return {
      holds: counts.length > 0 && counts.every((count) => isWithin(count, bounds)),
      seen: say('{0} {0|reference|references}', counts.length > 0 ? Math.min(...counts) : 0),
      expected: boundsInWords(bounds),
    };
  }),
  /** How many different takes are in these results. */
  takes: factOf(['results'], numberFrom(1, 40, true), (subjects, most) => {
    const count = new Set(takesIn(subjects).map(({ id }) => id)).size;
    return {
      holds: count >= 1 && count <= most,
      seen: say('{0} {0|take|takes}', count),
      expected: say('from one to {0}', most),
    };
  }),
} satisfies Record<string, Fact>;

export const takesIn = (subjects: readonly SeenSubject[]) => subjects.flatMap(({ takes }) => takes);
export const areAccepted = ({ takes }: SeenSubject): boolean =>
  takes.length > 0 && takes.every(({ verdict }) => verdict.state === 'accepted');

const valuesOf = (subjects: readonly SeenSubject[], trait: Trait): readonly string[] => [
  ...new Set(subjects.map((subject) => traitOf(subject, trait))),
];
const namesOf = (wanted: readonly Trait[]): Sentence => listed(wanted.map((trait) => say(trait)));

function different(subjects: readonly SeenSubject[], trait: Trait): Sentence {
  if (!isReadable(trait)) return say('another {0}', say(trait));
  return say('{0} {1}', say(trait), valuesOf(subjects, trait).map(short).join(', '));
}
function alike(subjects: readonly SeenSubject[], trait: Trait): Sentence {
  if (!isReadable(trait)) return say('the same {0}', say(trait));
  return say('{0} {1}', say(trait), subjects.map((subject) => short(traitOf(subject, trait))).join(', '));
}
const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text || '—');
