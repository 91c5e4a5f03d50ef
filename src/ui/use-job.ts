/** How far the job of a take is, and a picture of what there is so far: asked again and again while it is shown. */
import { useEffect, useState } from 'react';
import type { TakeRecord } from '../core/take.ts';
import type { JobView } from '../routing/job.ts';
import { useApp } from './app-context.ts';

const ASK_MS = 1500;

export interface KnownJob {
  /** Missing where the local server does not know it, or does not answer. */
  readonly job: JobView | undefined;
  /** When that was known, in milliseconds since 1970. */
  readonly at: number;
}

/** `undefined` until there is an answer. */
export function useJob(take: TakeRecord): KnownJob | undefined {
  const { commands } = useApp();
  const [known, setKnown] = useState<KnownJob>();
  useEffect(() => {
    let isShown = true;
    const ask = () =>
      void commands.jobOf(take).then((job) => {
        if (isShown) setKnown({ job, at: Date.now() });
      });
    ask();
    const timer = setInterval(ask, ASK_MS);
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, [commands, take]);
  return known;
}

/** The address of the newest picture of a job. */
export function usePreview(take: TakeRecord, job: JobView | undefined): string | undefined {
  const { commands } = useApp();
  const count = job?.previews ?? 0;
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (count === 0) return undefined;
    let url: string | undefined;
    let isShown = true;
    void commands.previewOf(take).then((picture) => {
      if (!picture || !isShown) return;
      url = URL.createObjectURL(picture);
      setAddress(url);
    });
    return () => {
      isShown = false;
      if (url) URL.revokeObjectURL(url);
    };
  }, [commands, take, count]);
  return address;
}
