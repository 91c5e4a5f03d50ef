/** What can be said of the takes of a graph: what they differ in, what they were judged, what they follow. */
import { decimal } from '../core/figures.ts';
import { grouped } from '../core/grouped.ts';
import { say } from '../core/say.ts';
import type { Evidence } from './evidence.ts';
import type { PossibleCheck } from './possible-check.ts';
import { distanceBetween, LOOK_DISTANCES, type LookDistance } from './picture-look.ts';
import { EVERYTHING_ELSE } from './read-expectations.ts';
import { roomAbove } from './offered-bounds.ts';
import { subjectOfTake, TAKE_TRAITS, traitOf, type SeenSubject, type TakeTrait } from './seen-subjects.ts';

/** A check counts no further. */
const MOST_COUNTED = 12;
/** Whoever answers is chosen by the table, not by a learner. */
const CHOSEN_TRAITS = TAKE_TRAITS.filter((trait) => trait !== 'model' && trait !== 'mode');

export function* offersOfTakes(evidence: Evidence): Generator<PossibleCheck> {
  const subjects = evidence.takes.flatMap((take) => subjectOfTake(take) ?? []);
  if (subjects.length === 0) return;
  for (const kind of ['picture', 'clip'] as const) {
    const own = subjects.filter(({ value }) => (value.kind === 'image') === (kind === 'picture'));
    if (own.length > 0) yield* offersOfKind(own, kind, evidence);
  }
  const made = evidence.takes.length;
  if (made <= 200) yield { see: 'takes', expect: { made }, says: say('No more than {0} {0|take|takes} in all', made) };
  const { graph, tables, replays } = evidence;
  if (replays.length > 0)
    yield { see: 'replay', expect: { replayed: 'identical' }, says: say('A run replayed and found identical') };
  if (graph.routing && tables.length > 0)
    yield { see: 'graph', expect: { pinned: { reason: true } }, says: say('Pinned to a table that says why') };
}

function* offersOfKind(
  own: readonly SeenSubject[],
  kind: 'picture' | 'clip',
  { looks }: Evidence,
): Generator<PossibleCheck> {
  const see = 'takes';
  for (const trait of CHOSEN_TRAITS) {
    const count = Math.min(MOST_COUNTED, mostApart(own, trait));
    if (count > 1)
      yield {
        see,
        expect: { kind, count, differ: [trait], same: [EVERYTHING_ELSE] },
        says: say('{0} {0|take|takes} that differ in one thing alone: {1}', count, say(trait)),
      };
  }
  const accepted = Math.min(MOST_COUNTED, own.filter(isAccepted).length);
  if (accepted > 0)
    yield {
      see,
      expect: { kind, count: accepted, accepted },
      says: say('{0} {0|take|takes} accepted', accepted),
    };
  const judged = Math.min(MOST_COUNTED, own.filter(({ takes }) => takes[0]!.verdict.state !== 'open').length);
  if (judged > 0)
    yield { see, expect: { kind, count: judged, judged: true }, says: say('{0} {0|take|takes} judged', judged) };
  if (own.every(({ takes }) => takes[0]!.request.seed.locked))
    yield { see, expect: { kind, count: 1, locked: true }, says: say('A seed that does not move by itself') };
  const following = own.findLast(({ takes }) => takes[0]!.request.references.length > 0);
  if (!following) return;
  const references = { least: following.takes[0]!.request.references.length };
  yield { see, expect: { kind, references }, says: say('{0} {0|reference|references} followed', references.least) };
  for (const of of LOOK_DISTANCES) {
    const most = farthest(following, of, looks);
    if (most !== undefined)
      yield {
        see,
        expect: { kind, references: { least: 1 }, reference: [{ of, most: roomAbove(most) }] },
        says: say('{0} to the reference {1}', say(of), decimal(most, 2)),
      };
  }
}

const isAccepted = ({ takes }: SeenSubject): boolean => takes[0]!.verdict.state === 'accepted';

/** How many takes there are that are alike but for this, and each of another value of it. */
function mostApart(subjects: readonly SeenSubject[], trait: TakeTrait): number {
  const others = TAKE_TRAITS.filter((other) => other !== trait);
  const alike = grouped(subjects, (subject) => JSON.stringify(others.map((other) => traitOf(subject, other))));
  return Math.max(...[...alike.values()].map((group) => new Set(group.map((one) => traitOf(one, trait))).size));
}

function farthest({ value, takes }: SeenSubject, of: LookDistance, looks: Evidence['looks']): number | undefined {
  const own = looks.get(value.hash);
  const references = takes[0]!.request.references.map(({ image }) => looks.get(image.hash));
  const distances = references.flatMap((look) => (own && look ? [distanceBetween(own, look, of)] : []));
  return distances.length > 0 ? Math.max(...distances) : undefined;
}
