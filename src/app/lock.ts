/** One tab edits a graph at a time; others see it live. */
import type { GraphId } from '../core/ids.ts';

/** A page that is just being reloaded lets go a moment later. */
const TRIES = 4;
const BETWEEN_TRIES_MS = 120;

/** What this tab may do with a graph, until it lets go. */
export interface Hold {
  /** False where another tab edits it. */
  readonly mayEdit: boolean;
  release(): void;
}
export interface GraphLock {
  /** Asks for a graph. Gives up early when it is not wanted any more. */
  take(id: GraphId, isWanted: () => boolean): Promise<Hold>;
  /** Tells other tabs that the stored graph has changed. */
  announce(id: GraphId): void;
}

export function graphLock(onChange: (id: GraphId) => void): GraphLock {
  // Without it other tabs see a graph as it was when they opened it.
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('triptych-graphs');
  if (channel) channel.onmessage = ({ data }: MessageEvent<{ readonly id: GraphId }>) => onChange(data.id);
  return {
    async take(id, isWanted) {
      for (let attempt = 1; ; attempt++) {
        const hold = await request(id);
        if (hold.mayEdit || attempt === TRIES || !isWanted()) return hold;
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
      }
    },
    announce: (id) => channel?.postMessage({ id }),
  };
}

const nothing = (): void => {};

function request(id: GraphId): Promise<Hold> {
  // Where there are no locks, storage still refuses what was not made on top of its newest edit.
  if (!navigator.locks) return Promise.resolve({ mayEdit: true, release: nothing });
  return new Promise((decide) => {
    navigator.locks
      .request(`triptych-graph-${id}`, { ifAvailable: true }, (lock) => {
        if (!lock) return decide({ mayEdit: false, release: nothing });
        return new Promise<void>((release) => decide({ mayEdit: true, release }));
      })
      .catch(() => decide({ mayEdit: true, release: nothing }));
  });
}
