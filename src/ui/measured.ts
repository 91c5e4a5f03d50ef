/** Figures of pictures and clips as parts of the page show them: asked for when they are first shown and nothing runs. */
import { useEffect, useEffectEvent, useState } from 'react';
import { ok, type Result } from '../core/errors.ts';
import type { ArtifactHash } from '../core/ids.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import type { ArtifactLook } from '../measure/artifact-look.ts';
import type { ClipHold } from '../measure/clip-hold.ts';
import type { ClipMotion } from '../measure/clip-motion.ts';
import type { MeetingPair } from '../measure/join.ts';
import type { Seam } from '../measure/seam.ts';
import type { ChainDrift } from '../measure/shot-drift.ts';
import type { StillLikeness } from '../measure/still-likeness.ts';
import { useApp, useFact } from './app-context.ts';

/** The seam of a pair of clips; `undefined` until it is known, and without a pair. */
export function useSeam(pair: MeetingPair | undefined): Result<Seam> | undefined {
  const { commands } = useApp();
  const key = pair && `${pair.before.hash} ${pair.after.hash} ${pair.join} ${pair.seconds}`;
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

/** Of two stills; nothing while one is missing. */
export function useLikeness(a: ImageValue | undefined, b: ImageValue | undefined): Result<StillLikeness> | undefined {
  const { commands } = useApp();
  return useFigures(a && b && `likeness ${a.hash} ${b.hash}`, () => commands.likenessOf(a!, b!));
}

export function useLookOf(value: ImageValue | VideoValue | undefined): Result<ArtifactLook> | undefined {
  const { commands } = useApp();
  return useFigures(value?.hash, () => commands.lookOf(value!));
}

/** More than so often nobody sees it change; of many, each change takes longer to work out. */
const SHOWN_EVERY_MS = 250;
const MORE_FOR_EACH_MS = 2;
const NONE: ReadonlyMap<ArtifactHash, Result<ArtifactLook>> = new Map();

/**
 * The looks of many pictures and clips, as far as they are known: those kept from before at once, the others one after
 * the other while nothing runs. What cannot be measured is in it with why.
 */
export function useLooks(
  values: readonly (ImageValue | VideoValue)[],
): ReadonlyMap<ArtifactHash, Result<ArtifactLook>> {
  const { commands, runs } = useApp();
  const isRunning = useFact(runs, (state) => state.running);
  const [looks, setLooks] = useState(NONE);
  const key = values.map(({ hash }) => hash).join(' ');
  const wanted = useEffectEvent(() => values);
  useEffect(() => {
    let isWanted = true;
    async function measure(all: typeof values): Promise<void> {
      const found = new Map<ArtifactHash, Result<ArtifactLook>>();
      const kept = await commands.keptLooks(all.map(({ hash }) => hash));
      for (const [at, { hash }] of all.entries()) {
        const look = kept?.ok ? kept.value[at] : undefined;
        if (look) found.set(hash, ok(look));
      }
      const show = () => isWanted && setLooks(new Map(found));
      show();
      let shownAt = performance.now();
      for (const value of isRunning ? [] : all) {
        if (!isWanted) return;
        if (found.has(value.hash)) continue;
        const look = await commands.lookOf(value);
        if (look) found.set(value.hash, look);
        if (performance.now() - shownAt < SHOWN_EVERY_MS + all.length * MORE_FOR_EACH_MS) continue;
        show();
        shownAt = performance.now();
      }
      show();
    }
    void measure(wanted());
    return () => {
      isWanted = false;
    };
  }, [key, isRunning, commands]);
  return looks;
}

function useFigures<T>(key: string | undefined, ask: () => Promise<Result<T> | undefined>): Result<T> | undefined {
  const { runs } = useApp();
  // A run has the machine for itself; what is known already comes at once.
  const isRunning = useFact(runs, (state) => state.running);
  const [found, setFound] = useState<{ readonly key: string; readonly figures: Result<T> | undefined }>();
  const isKnown = found !== undefined && found.key === key;
  const askNow = useEffectEvent(ask);
  useEffect(() => {
    if (key === undefined || isKnown || isRunning) return undefined;
    let isWanted = true;
    void askNow().then((figures) => isWanted && setFound({ key, figures }));
    return () => {
      isWanted = false;
    };
  }, [key, isKnown, isRunning]);
  return isKnown ? found.figures : undefined;
}
