/** What the campaign's screen keeps, and what it reads beside takes and graphs. */
import type { RunId } from '../core/ids.ts';
import type { Sentence } from '../core/say.ts';
import { readReferences, type LookReference } from '../measure/look-reference.ts';
import type { Database } from './db.ts';
import { routingStore } from './routing-store.ts';

export interface CampaignStore {
  references(): Promise<Readonly<Record<string, LookReference>>>;
  /** Puts one in, or takes it away, in one step; answers with all of them. */
  changeReference(key: string, reference: LookReference | undefined): ReturnType<CampaignStore['references']>;
  /** What the rows are called that these runs ran; those that ran none, or are gone, are left out. */
  rowsOf(runs: Iterable<RunId>): Promise<ReadonlyMap<RunId, Sentence>>;
}

/** What they are called among the settings. */
export const REFERENCES_SETTING = 'look references';

export function campaignStore(db: Database): CampaignStore {
  const settings = routingStore(db);
  return {
    references: async () => readReferences(await settings.setting(REFERENCES_SETTING)),
    changeReference: (key, reference) =>
      settings.changeSetting(REFERENCES_SETTING, (stored) => {
        const { [key]: _, ...others } = readReferences(stored);
        return reference ? { ...others, [key]: reference } : others;
      }),
    async rowsOf(runs) {
      const rows = new Map<RunId, Sentence>();
      // One after the other: each holds the whole graph it ran.
      await db.runs
        .where('id')
        .anyOf([...new Set(runs)])
        .each(({ id, row }) => void (row && rows.set(id, row)));
      return rows;
    },
  };
}
