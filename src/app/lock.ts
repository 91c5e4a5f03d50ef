/** One tab edits a graph at a time; others see it live. */
import type { Graph } from '../core/graph.ts';
import type { GraphId } from '../core/ids.ts';

export interface GraphLock {
  /** True when this tab may edit; gives up the graph held before. */
  take(id: GraphId): Promise<boolean>;
  /** Tells other tabs what the graph is now. */
  announce(id: GraphId, graph: Graph): void;
}

export function graphLock(onChange: (id: GraphId, graph: Graph) => void): GraphLock {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('triptych-graphs');
  channel?.addEventListener('message', ({ data }: MessageEvent<{ id: GraphId; graph: Graph }>) => onChange(data.id, data.graph));
  let held: GraphId | undefined;
  let release = () => {};
  return {
    async take(id) {
      if (held === id) return true;
      release();
      held = undefined;
      const request = () => new Promise<boolean>((decide) => {
        // Where no tab can lock anything, each may edit; the first screen says so.
        if (!navigator.locks) return decide(true);
        navigator.locks.request(`triptych-graph-${id}`, { ifAvailable: true }, (lock) => {
          decide(lock !== null);
          return lock ? new Promise<void>((resolve) => (release = resolve)) : undefined;
        }).catch(() => decide(true));
      });
      let got = await request();
      // A page that is just being reloaded lets go a moment later.
      for (let attempt = 0; !got && attempt < 3; attempt++) {
        await new Promise((resolve) => setTimeout(resolve, 120));
        got = await request();
      }
      if (got) held = id;
      return got;
    },
    announce: (id, graph) => channel?.postMessage({ id, graph }),
  };
}
