/** Stars and tags of takes, and which pictures and clips are still stored: what the page of results reads beside takes. */
import type { ArtifactHash, TakeId } from '../core/ids.ts';
import type { TakeLabel } from '../core/take-label.ts';
import type { Database } from './db.ts';

export interface TakeLabelStore {
  all(): Promise<ReadonlyMap<TakeId, TakeLabel>>;
  /** `change` is made to what is stored by then; a label with neither star nor tag is taken away. */
  change(take: TakeId, change: (label: TakeLabel) => TakeLabel): Promise<TakeLabel>;
  storedArtifacts(): Promise<ReadonlySet<ArtifactHash>>;
}

export function takeLabelStore(db: Database): TakeLabelStore {
  return {
    all: async () => new Map((await db.takeLabels.toArray()).map((label) => [label.take, label])),
    change: (take, change) =>
      db.transaction('rw', db.takeLabels, async () => {
        const label = change((await db.takeLabels.get(take)) ?? { take });
        const isEmpty = label.starredAt === undefined && !label.tags?.length;
        await (isEmpty ? db.takeLabels.delete(take) : db.takeLabels.put(label));
        return label;
      }),
    storedArtifacts: async () => new Set(await db.artifacts.toCollection().primaryKeys()),
  };
}
