/** What is said where the journal's file is damaged: which one it is, and what a person can do. */
import { NodeError } from '../../core/errors.ts';
import { say, type Said } from '../../core/say.ts';

const HINT = say(
  'Nothing in it is changed and nothing is sent; the built-in engine goes on. Close Triptych and put a copy of earlier in its place; or move it away and start again: a new one knows nothing of what was sent before, so look at the services first.',
);

/** @param why in the words of the database, or what is missing in it */
export const damagedJournal = (file: string, why: string, cause?: unknown): NodeError =>
  damage(say('Services cannot be asked: their journal {0} is damaged ({1}).', file, why), cause);

/** Of one job alone: the others go on. */
export const damagedEntry = (file: string, cause: unknown): NodeError =>
  damage(say('What the journal says of this job is damaged and cannot be read: {0}', file), cause);

const damage = (said: Said, cause: unknown): NodeError => new NodeError('service', said, { hint: HINT, cause });
