/** ServiceTrouble that a service tells of in an answer: the same sentence for all services, with the service's own words. */
import { say, type Said, type Sentence } from '../core/say.ts';
import type { Answer } from './adapter.ts';
import { refusalOf, wordsOfFields, type RefusedField } from './refused-fields.ts';
import { isTransient, retryAfterOf, ServiceTrouble, type TroubleFacts, type TroubleKind } from './service-trouble.ts';

const SENTENCE: Readonly<Record<TroubleKind, (service: Sentence) => Sentence>> = {
  key: (service) => say('{0} does not take the key.', service),
  forbidden: (service) => say('{0} does not allow this with this key.', service),
  billing: (service) => say('The account at {0} is locked or has no money left.', service),
  retired: (service) => say('{0} does not have this model, or no longer.', service),
  invalid: (service) => say('{0} does not take this request.', service),
  refused: (service) => say('{0} will not make this: it is against its rules for content.', service),
  unexplained: (service) => say('{0} did not make this, and gives no code that says why.', service),
  busy: (service) => say('{0} is too busy to take more at the moment.', service),
  broken: (service) => say('{0} failed at this.', service),
  unreachable: (service) => say('{0} cannot be reached.', service),
  lost: (service) => say('{0} did not say whether it took the job.', service),
  gone: (service) => say('{0} no longer has this job, or what it made.', service),
  deleted: (service) => say('What {0} made was deleted from its folder on this computer.', service),
  unreadable: (service) => say('{0} gave something that cannot be read.', service),
  endless: (service) => say('{0} has not finished this in the time it may take.', service),
  cancelled: (service) => say('It was taken back at {0}.', service),
};

const LONGEST_WORDS = 300;

/** @param words what the service says itself, for a person; nothing is decided by it */
export function answerTrouble(
  kind: TroubleKind,
  service: string,
  facts: TroubleFacts = {},
  words = '',
): ServiceTrouble {
  const name = say(service);
  const short = words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)}…` : words;
  const hint = facts.hint ?? (short.trim() === '' ? undefined : say('In the words of {0}: “{1}”', name, short.trim()));
  return new ServiceTrouble(kind, SENTENCE[kind](name), { ...facts, ...(hint ? { hint } : {}) });
}

/** A service that takes a job and does not say how it calls it: it cannot be asked after it. */
export const unnamedJob = (service: string): ServiceTrouble =>
  new ServiceTrouble('lost', say('{0} took the job and gave it no name.', say(service)));

/** What an answer says of itself, besides its status. */
export interface ServiceWords {
  /** As it names the failure for programs. */
  readonly code?: string | undefined;
  /** As it names it for people: shown, and never decided by. */
  readonly says?: string | undefined;
  /** What it says of single fields of the request, in place of `says` where it says anything. */
  readonly fields?: readonly RefusedField[];
  readonly hint?: Said;
}

/** The same of an answer of 400 or above, with its status and when it may be asked again. */
export function answeredTrouble(
  service: string,
  kind: TroubleKind,
  { status, headers }: Pick<Answer, 'status' | 'headers'>,
  { code, says, fields = [], hint }: ServiceWords = {},
): ServiceTrouble {
  // Counted from the service's own clock, which need not agree with ours.
  const date = Date.parse(headers.get('date') ?? '');
  const retryAfterMs = retryAfterOf(headers, Number.isNaN(date) ? Date.now() : date);
  const facts = {
    status,
    ...(code === undefined ? {} : { code }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(hint === undefined ? {} : { hint }),
  };
  const trouble = answerTrouble(kind, service, facts, wordsOfFields(fields) || says);
  const refusal = kind === 'invalid' ? refusalOf(say(service), fields) : undefined;
  return refusal ? new ServiceTrouble(kind, refusal, trouble.facts) : trouble;
}

/**
 * A question after a job that was taken. Where it goes wrong, the job goes on all the same and may cost: a key or a
 * question that is refused now says nothing of the job, and what is not there any more was there.
 * @param absent how the service answers where it does not know the job
 */
export async function askedAfter<T>(
  service: string,
  question: Promise<T>,
  absent: readonly TroubleKind[] = ['retired'],
): Promise<T> {
  try {
    return await question;
  } catch (thrown) {
    if (!(thrown instanceof ServiceTrouble) || isTransient(thrown)) throw thrown;
    const facts = { ...thrown.facts, mayCost: true };
    throw absent.includes(thrown.kind)
      ? answerTrouble('gone', service, facts)
      : new ServiceTrouble(thrown.kind, thrown.said, facts);
  }
}
