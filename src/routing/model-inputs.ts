/** What a model makes of a node's inputs whatever they say: limits as values, and what it has no place for. */
import { listed, say, type Sentence } from '../core/say.ts';
import { isVideoWork, type WorkKind } from '../core/take.ts';
import type { Model } from './catalog.ts';
import type { FitNote } from './model-fit.ts';

export interface InputLimit {
  readonly input: FitNote['input'] | 'lastFrame';
  readonly says: Sentence;
  /** Nothing of it is sent. */
  readonly isUnused?: true;
}

export function inputLimits({ supports, name }: Model, work: WorkKind): readonly InputLimit[] {
  const { durations = [], mostReferences: most } = supports;
  const model = say(name);
  const limits: InputLimit[] = [];
  const unused = (input: InputLimit['input'], says = say('Not taken by {0}.', model)) =>
    limits.push({ input, says, isUnused: true });

  if (supports.seed !== true) unused('seed');
  if (supports.guidance !== true) unused('guidance');
  if (supports.references !== true) unused('references');
  else if (most !== undefined)
    limits.push({ input: 'references', says: say('{0} takes {1|one picture|up to {1} pictures}.', model, most) });
  if (!isVideoWork(work)) return limits;

  if (durations.length > 0)
    limits.push({ input: 'motion', says: say('Clips by {0}: {1} s.', model, choiceOf(durations)) });
  if (supports.lastFrame !== true) unused('lastFrame');
  if (supports.audio === false) unused('sound', say('Clips of {0} are silent.', model));
  return limits;
}

/** "5", "5 or 10", "4, 6 or 8"; "2 to 10" where every whole number between is one of them. */
function choiceOf(values: readonly number[]): Sentence {
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  if (values.length === 1) return say('{0}', first);
  const isWhole = values.every((value, at) => value === first + at);
  if (isWhole && values.length > 2) return say('{0} to {1}', first, last);
  return say('{0} or {1}', listed(values.slice(0, -1).map((value) => say('{0}', value))), last);
}
