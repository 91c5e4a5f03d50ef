/** One long piece of work at a time, with how far it is and a way to stop it. It goes on when the page is left. */
import { useEffect, useRef, useState } from 'react';
import { useApp } from '../app-context.ts';
import type { TellProgress } from '../backup-listing.ts';

interface BackupWork {
  readonly name: string;
  readonly done: number;
  /** Not known yet where it is 0. */
  readonly of: number;
  cancel(): void;
}
/** Ends with what is to be said where the page was left meanwhile. */
type Work = (onProgress: TellProgress, cancelled: AbortSignal) => Promise<string | undefined>;

/** Progress is drawn no more often. */
const BETWEEN_MS = 100;

export function useBackupWork(): {
  readonly work: BackupWork | undefined;
  start(name: string, work: Work): Promise<void>;
} {
  const { workspace } = useApp();
  const [work, setWork] = useState<BackupWork>();
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  async function start(name: string, run: Work): Promise<void> {
    const stop = new AbortController();
    const cancel = () => stop.abort();
    setWork({ name, done: 0, of: 0, cancel });
    let drawnAt = 0;
    const onProgress: TellProgress = (done, of) => {
      const now = performance.now();
      if (now - drawnAt < BETWEEN_MS) return;
      drawnAt = now;
      setWork({ name, done, of, cancel });
    };
    const said = await run(onProgress, stop.signal);
    setWork(undefined);
    if (said !== undefined && !isShown.current) workspace.notify('info', said);
  }
  return { work, start };
}
