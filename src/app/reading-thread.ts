/** Large texts are read in a thread of their own, so that the page goes on meanwhile and the reading can be stopped. */
import { fail, toFailure, type Result } from '../core/errors.ts';
import { say } from '../core/say.ts';
import type { WorkspaceStore } from '../state/workspace.ts';
import { t } from '../words/t.ts';
import { connectThread } from '../worker/bridge.ts';
import type { ParseThread } from '../worker/protocol.ts';

/** A file that is not read by then never will be. */
const LONGEST_SECONDS = 60;
/** How long nobody has to be told. */
const QUIET_MS = 800;

/** What is asked of the thread: its calls, answered later. */
type Asked = {
  readonly [K in keyof ParseThread]: (...given: Parameters<ParseThread[K]>) => Promise<ReturnType<ParseThread[K]>>;
};
export type AskThread<T> = (thread: Asked) => Promise<Result<T>>;

/**
 * Ends with what the thread says, or when it died, took too long or was stopped by the person; the thread never
 * outlives it.
 */
export async function readInThread<T>(workspace: WorkspaceStore, ask: AskThread<T>): Promise<Result<T>> {
  const thread = connectThread<ParseThread>(
    (name) => new Worker(new URL('../worker/parse.worker.ts', import.meta.url), { type: 'module', name }),
  );
  let stop: (why: Result<never>) => void = () => {};
  const stopped = new Promise<Result<T>>((resolve) => (stop = resolve));
  const tooLong = fail(
    'bad-input',
    say('Reading this took longer than {0} {0|second|seconds}, so it was stopped.', LONGEST_SECONDS),
    'It is damaged, or larger than this computer can read.',
  );
  let takeOff = (): void => {};
  const offer = () => {
    takeOff = workspace.notifyUntil('info', t('A large file is being read.'), undefined, {
      label: t('Cancel'),
      act: () => stop(fail('cancelled', 'Cancelled.')),
    });
  };
  const timers = [setTimeout(offer, QUIET_MS), setTimeout(() => stop(tooLong), LONGEST_SECONDS * 1000)];
  try {
    const answer = ask(thread.call as unknown as Asked).catch((thrown: unknown) => ({
      ok: false as const,
      error: toFailure(thrown),
    }));
    return await Promise.race([answer, stopped]);
  } finally {
    for (const timer of timers) clearTimeout(timer);
    takeOff();
    thread.stop();
  }
}
