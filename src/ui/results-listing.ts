/** What all graphs have made, as the page of results has it. */
import type { GraphId, TakeId } from '../core/ids.ts';
import type { TakeLabel } from '../core/take-label.ts';
import type { MadeTake } from '../ledger/audit.ts';
import type { Became } from '../ledger/receipt.ts';

/** A take that has a picture or a clip. */
export interface MadeResult extends Became {
  readonly take: MadeTake;
  /** Its own, or that of the still it goes on from; empty where there is none. */
  readonly prompt: string;
  /** Missing when it is gone: what it made stays. */
  readonly graph?: { readonly id: GraphId; readonly title: string };
  /** The picture or clip was freed to make room; the take is in the books all the same. */
  readonly isFreed: boolean;
  readonly label: TakeLabel;
}

export interface ResultsCommands {
  /** Of all graphs, newest first. */
  results(): Promise<readonly MadeResult[]>;
  /** Stars and tags as they are stored then, in the order of the takes. */
  labelTakes(
    takes: readonly TakeId[],
    change: (label: TakeLabel) => TakeLabel,
  ): Promise<readonly TakeLabel[] | undefined>;
  /** A new graph: the one this take was made by, as it was. `undefined` where that is not kept any more, which is said. */
  graphAsItWas(take: MadeTake): Promise<GraphId | undefined>;
  /**
   * A Reference or Import node with it, in the open graph or in a new one; answers with that graph, or `undefined` where it
   * could not be added, which is said.
   */
  useTake(take: MadeTake, where: 'here' | 'new'): Promise<GraphId | undefined>;
  /** With the graph that made it inside, where that is still known. */
  downloadTake(take: MadeTake): Promise<void>;
}
