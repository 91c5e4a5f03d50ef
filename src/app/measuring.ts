/** Measures pictures and clips in a thread of its own, which is there while somebody asks. */
import { toFailure, type Result } from '../core/errors.ts';
import type { MeasureCommands } from '../ui/commands.ts';
import { connectThread, type Thread } from '../worker/bridge.ts';
import type { MeasureThread } from '../worker/protocol.ts';

/** Whoever has not asked for so long has seen what there is. */
const REST_MS = 30_000;

export function createMeasuring(): MeasureCommands {
  const known = new Map<string, Promise<Result<unknown>>>();
  let thread: Thread<MeasureThread> | undefined;
  let asking = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;

  function atWork(): Thread<MeasureThread> {
    if (!thread || thread.isDead)
      thread = connectThread<MeasureThread>(
        (name) => new Worker(new URL('../worker/measure.worker.ts', import.meta.url), { type: 'module', name }),
      );
    return thread;
  }
  async function ask<T>(work: (calls: Thread<MeasureThread>['call']) => Promise<Result<T>>): Promise<Result<T>> {
    clearTimeout(rest);
    asking++;
    try {
      return await work(atWork().call);
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) };
    } finally {
      if (--asking === 0) rest = setTimeout(() => thread?.stop(), REST_MS);
    }
  }
  /** Asks once; what failed is asked again another time. */
  function once<T>(
    of: readonly (string | boolean)[],
    work: (calls: Thread<MeasureThread>['call']) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const key = JSON.stringify(of);
    const found = known.get(key) ?? ask(work);
    known.set(key, found);
    void found.then(({ ok }) => ok || known.delete(key));
    return found as Promise<Result<T>>;
  }

  return {
    seamOf: (pair) =>
      once(['seam', pair.before.hash, pair.after.hash, pair.isKeyframeShared], (calls) => calls.seam(pair)),
    motionOf: (clip) => once(['motion', clip.hash], (calls) => calls.motion(clip)),
    lookOf: (value) => once(['artifact look', value.hash], (calls) => calls.look(value)),
    keptLooks: (hashes) => ask((calls) => calls.keptLooks(hashes)),
    driftOf: (clips) => once(['drift', ...clips.map(({ hash }) => hash)], (calls) => calls.drift(clips)),
  };
}
