/** What can be said of the results of the last run, one by one and together. */
import { decimal } from '../core/figures.ts';
import { LAYERS } from '../core/node.ts';
import { say } from '../core/say.ts';
import type { Evidence } from './evidence.ts';
import { roomAbove, roomBelow } from './offered-bounds.ts';
import type { PossibleCheck } from './possible-check.ts';
import { LOOK_MEASURES, measureOf } from './picture-look.ts';
import { subjectOfResult, type SeenSubject } from './seen-subjects.ts';

export function* offersOfResults(evidence: Evidence): Generator<PossibleCheck> {
  const run = evidence.runs.findLast(({ results }) => results.length > 0);
  const subjects = (run?.results ?? []).map((result) => subjectOfResult(result, evidence));
  const first = subjects.find(({ isDelivered }) => isDelivered) ?? subjects[0];
  if (!first) return;
  yield* offersOfOne(first, evidence);
  if (subjects.length > 1) yield* offersOfMany(subjects);
}

function* offersOfOne(subject: SeenSubject, { looks }: Evidence): Generator<PossibleCheck> {
  const see = 'results';
  const { value, isDelivered } = subject;
  const kind = value.kind === 'image' ? 'picture' : 'clip';
  if (isDelivered)
    yield {
      see,
      expect: { kind, delivered: true },
      says: kind === 'picture' ? say('A picture is delivered') : say('A clip is delivered'),
    };
  for (const layers of [LAYERS, LAYERS.slice(1)])
    yield { see, expect: { kind, passes: layers }, says: say('It came through {0}', layers.join(', ')) };
  const size = [value.width, value.height];
  yield { see, expect: { kind, size }, says: say('Its size is {0}', size.join(' × ')) };
  yield { see, expect: { kind, stretched: { most: 0.02 } }, says: say('It is not stretched') };
  yield {
    see,
    expect: { kind, wholeStep: true, enlarged: { least: 1.5 } },
    says: say('It is enlarged by a whole factor'),
  };
  yield { see, expect: { kind, accepted: 1 }, says: say('It came from accepted takes') };
  const look = looks.get(value.hash);
  for (const of of LOOK_MEASURES) {
    const measured = look && measureOf(look, of);
    if (measured === undefined) continue;
    const is = decimal(measured, Math.abs(measured) < 2 ? 2 : 1);
    const [least, most] = [roomBelow(measured), roomAbove(measured)];
    yield {
      see,
      expect: { kind, measure: [{ of, least }] },
      says: say('{0} {1}: at least {2}', say(of), is, least),
    };
    yield { see, expect: { kind, measure: [{ of, most }] }, says: say('{0} {1}: at most {2}', say(of), is, most) };
  }
}

/** More than that in one run are not counted. */
const MOST_TOGETHER = 12;
function* offersOfMany(subjects: readonly SeenSubject[]): Generator<PossibleCheck> {
  const see = 'results';
  const count = Math.min(MOST_TOGETHER, subjects.length);
  yield { see, expect: { count }, says: say('{0} {0|result|results} in one run', count) };
  const sizes = new Map(subjects.map(({ value: { width, height } }) => [`${width} × ${height}`, [width, height]]));
  if (sizes.size > 1)
    yield {
      see,
      expect: { count, sizes: [...sizes.values()].slice(0, MOST_TOGETHER) },
      says: say('In these sizes: {0}', [...sizes.keys()].join(', ')),
    };
  const takes = new Set(subjects.flatMap((subject) => subject.takes.map(({ id }) => id))).size;
  if (takes > 0) yield { see, expect: { count, takes }, says: say('They came from {0} {0|take|takes}', takes) };
}
