/**
 * Takes that services were at work on when the page went away. Once it is back they are followed by themselves: a run
 * of their nodes that takes what was sent, and asks nobody for anything new.
 */
import type { NodeId, TakeId } from '../core/ids.ts';
import type { RunMode } from '../core/take.ts';
import { goneOnWith } from './gone-on-with.ts';
import type { Services } from './services.ts';

export type FollowSent = (nodes: readonly NodeId[], mode: RunMode) => Promise<void>;

export function followLeft(
  { document, desk, runs, queue, workspace, gateway, tell }: Services,
  follow: FollowSent,
): void {
  /** What was in work when the open graph was opened. What a run of this page leaves behind was left on purpose. */
  let left: ReadonlySet<TakeId> = new Set();

  function noteLeft(): void {
    const { readOnly } = document.getState();
    const pending = desk.getState().takes.filter(({ state }) => state === 'pending');
    // A run of this page that goes on follows its takes itself; in another tab, that one does.
    left = new Set(readOnly || queue.getState().running ? [] : pending.map(({ id }) => id));
    // Takes of a mode are found by plans of that mode.
    const mode = pending.at(-1)?.mode;
    if (left.size > 0 && mode) workspace.setState({ mode });
  }

  async function followNow(): Promise<void> {
    if (left.size === 0 || queue.getState().running) return;
    const waiting = goneOnWith(runs.getState().plan).filter(({ take }) => left.has(take));
    if (waiting.length === 0) return;
    const { id } = document.getState();
    left = new Set([...left].filter((one) => !waiting.some(({ take }) => take === one)));
    const jobs = await Promise.all(waiting.map(({ take }) => gateway.get(take).catch(() => undefined)));
    const known = waiting.filter((_, at) => jobs[at] !== undefined).map(({ node }) => node);
    // Meanwhile another graph may be open, or a person may have run this one.
    if (known.length > 0 && document.getState().id === id && !queue.getState().running)
      await follow(known, workspace.getState().mode);
  }

  document.subscribe((state, before) => {
    if (state.id !== before.id) noteLeft();
  });
  runs.subscribe((state, before) => {
    if (state.plan !== before.plan) followNow().catch(tell);
  });
  noteLeft();
}
