/** Measures pictures and clips and reads single frames of them, each in a thread of its own. */
import type { Result } from '../core/errors.ts';
import type { FrameCommands, MeasureCommands } from '../ui/commands.ts';
import type { Thread } from '../worker/bridge.ts';
import type { FramesThread, MeasureThread } from '../worker/protocol.ts';
import { restingThread } from './resting-thread.ts';

export function createMeasuring(): MeasureCommands & FrameCommands {
  const known = new Map<string, Promise<Result<unknown>>>();
  const ask = restingThread<MeasureThread>(
    (name) => new Worker(new URL('../worker/measure.worker.ts', import.meta.url), { type: 'module', name }),
  );
  const askForFrames = restingThread<FramesThread>(
    (name) => new Worker(new URL('../worker/frames.worker.ts', import.meta.url), { type: 'module', name }),
  );
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
      once(['seam', pair.before.hash, pair.after.hash, pair.join, String(pair.seconds)], (calls) => calls.seam(pair)),
    motionOf: (clip) => once(['motion', clip.hash], (calls) => calls.motion(clip)),
    lookOf: (value) => once(['artifact look', value.hash], (calls) => calls.look(value)),
    keptLooks: (hashes) => ask((calls) => calls.keptLooks(hashes)),
    holdOf: (clip) => once(['hold', clip.hash], (calls) => calls.hold(clip)),
    driftOf: (clips) => once(['drift', ...clips.map(({ hash }) => hash)], (calls) => calls.drift(clips)),
    likenessOf: (a, b) => once(['likeness', a.hash, b.hash], (calls) => calls.likeness(a, b)),
    frameOf: (clip, at) => askForFrames((calls) => calls.frame(clip, at)),
  };
}
