/** What the screens are handed: stores to read, commands to give, definitions to draw from. */
import { createContext, use, useSyncExternalStore } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { Registry } from '../core/node.ts';
import type { DeskStore } from '../state/desk.ts';
import type { DocumentStore } from '../state/document.ts';
import type { QueueStore } from '../state/queue.ts';
import type { ReviewClock } from '../state/review-clock.ts';
import type { RunsStore } from '../state/runs.ts';
import type { TeachingStore } from '../state/teaching.ts';
import type { WorkspaceStore } from '../state/workspace.ts';
import type { Commands, MediaUrls, Settled } from './commands.ts';
import type { Lack } from '../state/lack.ts';

export interface App {
  readonly registry: Registry;
  readonly document: DocumentStore;
  readonly runs: RunsStore;
  readonly queue: QueueStore;
  readonly workspace: WorkspaceStore;
  readonly desk: DeskStore;
  readonly teaching: TeachingStore;
  readonly commands: Settled<Commands>;
  readonly urls: MediaUrls;
  readonly reviewClock: ReviewClock;
  /** What this browser does not give; empty almost everywhere. */
  lacks(): Promise<readonly Lack[]>;
  /** What each node says of itself at length, by its id, in English. */
  docs(): Promise<ReadonlyMap<string, string>>;
  /** Whether what is saved outlives this tab. */
  readonly lasts: boolean;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = use(AppContext);
  if (!app) throw new Error('The app context is missing.');
  return app;
}

/** One fact of a store; draws again only when it changes. */
export function useFact<S, T>(store: Pick<StoreApi<S>, 'getState' | 'subscribe'>, select: (state: S) => T): T {
  const get = () => select(store.getState());
  return useSyncExternalStore(store.subscribe, get);
}
