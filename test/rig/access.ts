/** What an adapter works with, as the job service hands it over, for tests of one adapter by itself. */
import type {
  Adapter,
  JobWatch,
  Looking,
  OtherJob,
  PictureFile,
  JobStep,
  Submitting,
} from '../../src/providers/adapter.ts';
import { accessFor, type WideAccess } from '../../src/gateway/jobs/access.ts';

export interface AccessRig {
  readonly access: Submitting & JobWatch & Looking & WideAccess;
  readonly steps: readonly JobStep[];
  readonly previews: readonly PictureFile[];
  /** How many calls that pay went out. */
  readonly paying: number;
}

/** Waits are not waited for: they only count on the clock. `isClockStopped`: and not there, where nothing takes long. */
export function accessRig(
  adapter: Adapter,
  base: string,
  {
    key = 'test-key',
    pictures = {},
    signal = new AbortController().signal,
    isClockStopped = false,
    sentAt = Date.now(),
    others = [],
  }: {
    readonly key?: string;
    readonly pictures?: Readonly<Record<string, PictureFile>>;
    readonly signal?: AbortSignal;
    readonly isClockStopped?: boolean;
    /** What a job that is looked for has beside it in the journal. */
    readonly sentAt?: number;
    readonly others?: readonly OtherJob[];
  } = {},
): AccessRig {
  let clock = Date.parse('2026-11-27T12:00:00Z');
  let paying = 0;
  const steps: JobStep[] = [];
  const previews: PictureFile[] = [];
  const access = accessFor({
    adapter,
    key,
    base,
    signal,
    now: () => clock,
    async pause(ms) {
      signal.throwIfAborted();
      if (!isClockStopped) clock += ms;
      // A turn of the loop, so that servers and timers of the test get theirs.
      await new Promise((resolve) => setImmediate(resolve));
    },
    beforePaying: async () => void paying++,
  });
  return {
    access: Object.assign(access, {
      id: 'take-1',
      picture: async (name: string) => pictures[name]!,
      report: (step: JobStep) => void steps.push(step),
      preview: (picture: PictureFile) => void previews.push(picture),
      sentAt,
      others: async () => others,
    }),
    steps,
    previews,
    get paying() {
      return paying;
    },
  };
}
