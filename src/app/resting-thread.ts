/** A thread that is there while somebody asks it, and for a while after. */
import { toFailure, type Result } from '../core/errors.ts';
import { connectThread, type Thread } from '../worker/bridge.ts';

/** Whoever has not asked for so long has seen what there is. */
const REST_MS = 30_000;

/** Returns how to ask it; an answer that does not come is a failure. */
export function restingThread<T>(
  spawn: (name: string) => Worker,
): <A>(work: (calls: Thread<T>['call']) => Promise<Result<A>>) => Promise<Result<A>> {
  let thread: Thread<T> | undefined;
  let asking = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;

  function atWork(): Thread<T> {
    if (!thread || thread.isDead) thread = connectThread<T>(spawn);
    return thread;
  }
  return async (work) => {
    clearTimeout(rest);
    asking++;
    try {
      return await work(atWork().call);
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) };
    } finally {
      if (--asking === 0) rest = setTimeout(() => thread?.stop(), REST_MS);
    }
  };
}
