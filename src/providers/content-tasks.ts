/**
 * Clips as MiniMax and BytePlus make them: what is asked for is a list of contents, in which a picture has a role, and
 * a task goes through states of the same names.
 */
import type { Loose } from '../core/loose.ts';
import { say, type Said } from '../core/say.ts';
import type { JobRequest } from '../routing/job-request.ts';
import type { JobWatch, Submitting } from './adapter.ts';
import { dataUri } from './data-uri.ts';
import { ServiceTrouble } from './service-trouble.ts';

type Role = 'first_frame' | 'last_frame' | 'reference_image';
export type Content =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string }; readonly role: Role };

/** A clip begins and ends with given frames, or is made after references: there is no asking for both. */
const hasFrames = ({ still, lastFrame }: JobRequest): boolean => still !== undefined || lastFrame !== undefined;

export async function contentsOf(request: JobRequest, prompt: unknown, access: Submitting): Promise<Content[]> {
  const { still, lastFrame, references } = request;
  const image = async (picture: string, role: Role): Promise<Content> => ({
    type: 'image_url',
    image_url: { url: dataUri(await access.picture(picture)) },
    role,
  });
  return [
    ...(typeof prompt === 'string' && prompt !== '' ? [{ type: 'text', text: prompt } as const] : []),
    ...(still ? [await image(still.picture, 'first_frame')] : []),
    ...(lastFrame ? [await image(lastFrame.picture, 'last_frame')] : []),
    ...(hasFrames(request)
      ? []
      : await Promise.all(references.map(({ picture }) => image(picture, 'reference_image')))),
  ];
}

/** What a person should know of the pictures that did not go along. */
export const notesOnContents = (request: JobRequest, service: string): readonly Said[] =>
  hasFrames(request) && request.references.length > 0
    ? [say('The references were not sent: they do not go with a first or last frame at {0}.', say(service))]
    : [];

const ENDINGS: readonly unknown[] = ['succeeded', 'failed', 'expired', 'cancelled'];

/** Asks until the task has ended, however it did. */
export async function endOfTask(ask: () => Promise<Loose>, everyMs: number, access: JobWatch): Promise<Loose> {
  for (;;) {
    const task = await ask();
    if (ENDINGS.includes(task['status'])) return task;
    access.report({ state: task['status'] === 'running' ? 'running' : 'queued' });
    await access.pause(everyMs);
  }
}

/**
 * Takes a task back that waits; one at work cannot be stopped. The same call deletes what has ended, so it is asked
 * before, and again after it: the task may have begun or ended in between.
 */
export async function cancelledIfQueued(
  ask: () => Promise<Loose>,
  remove: () => Promise<unknown>,
): Promise<'cancelled' | 'late'> {
  const before = await ask();
  if (before['status'] !== 'queued') return before['status'] === 'cancelled' ? 'cancelled' : 'late';
  try {
    await remove();
    const after = await ask();
    return after['status'] === 'cancelled' ? 'cancelled' : 'late';
  } catch (thrown) {
    if (thrown instanceof ServiceTrouble) return 'late';
    throw thrown;
  }
}
