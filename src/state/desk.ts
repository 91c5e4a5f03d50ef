/**
 * What routing and money need on every screen: catalog, tables, settings, and the takes of the open graph. Shared by
 * all graphs but the takes.
 */
import { createStore } from 'zustand/vanilla';
import type { LibraryComponent } from '../graph/adopt.ts';
import type { TakeRecord } from '../core/take.ts';
import type { CampaignStanding } from '../measure/campaign.ts';
import { DEFAULT_SETTINGS, type MoneySettings } from '../ledger/money-settings.ts';
import type { Catalog } from '../routing/catalog.ts';
import type { BookedJob, ProviderView, WhyNot } from '../routing/job.ts';
import type { OwnModel } from '../routing/own-model.ts';
import type { Quote } from '../routing/quotes.ts';
import type { RoutingTable } from '../routing/routing-table.ts';

export interface DeskState {
  /** Those of one's own included. */
  readonly catalog: Catalog;
  /** Workflows that were made models, by name. */
  readonly ownModels: readonly OwnModel[];
  /** Services behind the gateway; missing where there is none, or it was not asked yet. */
  readonly providers: readonly ProviderView[] | undefined;
  /** Why none of them can be asked, where there is a gateway that says so. */
  readonly whyNoProviders: WhyNot | undefined;
  /** What the job service has booked this month, whoever ordered it; nothing where there is none. */
  readonly booked: readonly BookedJob[];
  /** What services said of prices that the catalog does not know. */
  readonly quotes: readonly Quote[];
  /** Every version of every table, drafts (version 0) included; none until they have been read. */
  readonly tables: readonly RoutingTable[];
  readonly settings: MoneySettings;
  /** Takes of the open graph, oldest first. */
  readonly takes: readonly TakeRecord[];
  /** How those of them that are deliverables stand in the campaigns of its tags. */
  readonly campaigns: readonly CampaignStanding[];
  /** Components kept for all graphs, every version, oldest first. */
  readonly library: readonly LibraryComponent[];
  /** The takes the last verdict here changed, as they were before it: for `U`. */
  readonly lastJudged: readonly TakeRecord[] | undefined;
}
export type DeskStore = ReturnType<typeof createDesk>;

/** Until it is known what can make pictures here. */
const NOT_READ: Catalog = { asOf: '', models: [], find: () => undefined };

export function createDesk() {
  const store = createStore<DeskState>(() => ({
    catalog: NOT_READ,
    ownModels: [],
    providers: undefined,
    whyNoProviders: undefined,
    booked: [],
    quotes: [],
    tables: [],
    settings: DEFAULT_SETTINGS,
    takes: [],
    campaigns: [],
    library: [],
    lastJudged: undefined,
  }));
  return {
    ...store,
    /** Adds takes, or puts new states of the same ones in their place. */
    noteTakes(fresh: readonly TakeRecord[]): void {
      if (fresh.length === 0) return;
      const takes = [...store.getState().takes];
      for (const take of fresh) {
        const at = takes.findIndex((other) => other.id === take.id);
        if (at < 0) takes.push(take);
        else takes[at] = take;
      }
      store.setState({ takes });
    },
  };
}
