/** A rule of the pipeline checklist: what it looks at, what it says, and how to put it right. */
import type { GraphDraft } from '../graph/edits.ts';
import type { Graph } from '../graph/graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { SeedSetting } from '../core/params.ts';
import type { Sentence } from '../core/say.ts';
import type { RunMode, TakeRecord } from '../core/take.ts';
import type { CampaignStanding } from '../measure/campaign.ts';
import type { Market } from '../routing/resolve.ts';
import type { RoutingTable } from '../routing/routing-table.ts';

/** What a rule may look at. */
export interface Scene {
  readonly graph: Graph;
  readonly registry: Registry;
  readonly mode: RunMode;
  /** The version this graph uses, and the newest one of that table. */
  readonly table: RoutingTable;
  readonly newest: RoutingTable;
  readonly market: Market;
  /** Takes of this graph. */
  readonly takes: readonly TakeRecord[];
  readonly now: number;
  /** Months that somebody looked through, as the audit names them. */
  readonly audited?: Readonly<Record<string, unknown>>;
  /** When somebody said that the review of this graph is done. */
  readonly reviewed?: { readonly at: number } | undefined;
  /** How what was accepted stands in the campaigns of the graph's tags; missing where nobody has looked. */
  readonly campaigns?: readonly CampaignStanding[];
}
/** Where something is mended that no edit of the graph mends. */
export type Elsewhere =
  | 'routing'
  | 'catalog'
  | 'review'
  | 'audit'
  | 'delivery mode'
  | { readonly page: 'campaign'; readonly tag: string };
export interface Complaint {
  /** Left out when it is about the whole graph. */
  readonly node?: NodeId;
  readonly text: Sentence;
  /** One edit, one undo step; the graph runs afterwards as it did before. */
  readonly fix?: {
    readonly label: Sentence;
    apply(draft: GraphDraft): void;
    /** The seed it locks: who knows the takes keeps the one that is shown. */
    readonly locks?: { readonly param: string; readonly before: SeedSetting };
  };
  /** For what a fix does not mend, or not alone. */
  readonly elsewhere?: Elsewhere;
}
export interface Rule {
  readonly id: string;
  readonly severity: 'risk' | 'advice';
  readonly title: string;
  /** Why it matters, for somebody who has not met it yet. */
  readonly why: string;
  check(scene: Scene): readonly Complaint[];
}
export interface Finding extends Complaint {
  readonly rule: Rule;
}
