/** What was accepted in all graphs, and what it is compared with, as the campaign's screen has it. */
import type { GraphId } from '../core/ids.ts';
import type { Sentence } from '../core/say.ts';
import type { MadeTake } from '../ledger/audit.ts';
import type { LookReference } from '../measure/look-reference.ts';

export interface CampaignGraph {
  readonly id: GraphId;
  readonly title: string;
  readonly tags: readonly string[];
}
export interface Deliverable {
  readonly take: MadeTake;
  /** Missing when the graph is gone: what was accepted stays. */
  readonly graph?: CampaignGraph;
  /** What the row of the batch is called that it was made for. */
  readonly row?: Sentence;
}
export interface CampaignList {
  /** Newest first. */
  readonly deliverables: readonly Deliverable[];
  /** By the key of what was looked at: what a person chose there. */
  readonly references: Readonly<Record<string, LookReference>>;
}

export interface CampaignCommands {
  campaign(): Promise<CampaignList>;
  /** What deliverables are compared with from now on; without one, with the middle of them. Answers with all of them. */
  compareWith(key: string, reference: LookReference | undefined): Promise<CampaignList['references']>;
}
