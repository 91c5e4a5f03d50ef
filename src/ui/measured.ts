/** Figures of clips as parts of the page show them: asked for when they are first shown and nothing runs. */
import { useEffect, useState } from 'react';
import type { Result } from '../core/errors.ts';
import type { VideoValue } from '../core/values.ts';
import type { ClipHold } from '../measure/clip-hold.ts';
import type { ClipMotion } from '../measure/clip-motion.ts';
import type { Seam } from '../measure/seam.ts';
import type { ChainDrift } from '../measure/shot-drift.ts';
import { useApp, useFact } from './app-context.ts';
import type { MeetingPair } from './commands.ts';

/** The seam of a pair of clips; `undefined` until it is known, and without a pair. */
export function useSeam(pair: MeetingPair | undefined): Result<Seam> | undefined {
  const { commands } = useApp();
  const key = pair && `${pair.before.hash} ${pair.after.hash} ${pair.isKeyframeShared}`;
  return useFigures(key, () => commands.seamOf(pair!));
}
export function useClipMotion(clip: VideoValue | undefined): Result<ClipMotion> | undefined {
  const { commands } = useApp();
  return useFigures(clip?.hash, () => commands.motionOf(clip!));
}
export function useClipHold(clip: VideoValue | undefined): Result<ClipHold> | undefined {
  const { commands } = useApp();
  return useFigures(clip && `hold ${clip.hash}`, () => commands.holdOf(clip!));
}
/** Of shots in their order; of fewer than two there is none. */
export function useDrift(clips: readonly VideoValue[]): Result<ChainDrift> | undefined {
  const { commands } = useApp();
  const key = clips.length < 2 ? undefined : clips.map(({ hash }) => hash).join(' ');
  return useFigures(key, () => commands.driftOf(clips));
}

function useFigures<T>(key: string | undefined, ask: () => Promise<Result<T> | undefined>): Result<T> | undefined {
  const { runs } = useApp();
  // A run has the machine for itself; what is known already comes at once.
  const isRunning = useFact(runs, (state) => state.running);
  const [found, setFound] = useState<{ readonly key: string; readonly figures: Result<T> | undefined }>();
  const isKnown = found !== undefined && found.key === key;
  useEffect(() => {
    if (key === undefined || isKnown || isRunning) return undefined;
    let isWanted = true;
    void ask().then((figures) => isWanted && setFound({ key, figures }));
    return () => {
      isWanted = false;
    };
    // The key says all that is asked.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, isKnown, isRunning]);
  return isKnown ? found.figures : undefined;
}
