/** What the screens may ask for. `src/app` implements it; nothing here knows how. */
import type { Graph, Point } from '../core/graph.ts';
import type { ArtifactHash, GraphId, NodeId, RunId, VersionId } from '../core/ids.ts';
import type { FileSetting } from '../core/params.ts';
import type { Result } from '../core/errors.ts';
import type { ModelRef, RunMode, TakeRecord, Tier } from '../core/take.ts';
import type { FileValue } from '../core/values.ts';
import type { RunEvent, RunSummary } from '../engine/events.ts';
import type { Refinement } from '../ledger/audit.ts';
import type { ReplayReport } from '../ledger/replay.ts';
import type { MoneySettings } from '../ledger/settings.ts';
import type { PriceOverride } from '../routing/prices.ts';
import type { RoutingTable } from '../routing/table.ts';

export interface GraphListing {
  readonly id: GraphId;
  readonly title: string;
  readonly updatedAt: number;
  readonly thumbnail?: ArtifactHash;
}
export interface PastRun {
  readonly id: RunId;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly mode: RunMode;
  readonly graph: Graph;
  readonly summary?: RunSummary;
}
export interface SavedVersion {
  readonly id: VersionId;
  readonly at: number;
  readonly name?: string;
  readonly graph: Graph;
}
/** What becomes of takes. */
export interface TakeCommands {
  accept(take: TakeRecord): Promise<void>;
  /** Rejects it with a reason, and takes another one if the cap allows. */
  reject(take: TakeRecord, reason: string): Promise<void>;
  another(take: TakeRecord): Promise<void>;
  undoVerdict(): Promise<void>;
  /** The node at another tier, and a first take there. */
  escalate(node: NodeId, tier: Tier): Promise<void>;
  /** Of all graphs, oldest first. */
  allTakes(): Promise<readonly TakeRecord[]>;
  refinements(): Promise<readonly Refinement[]>;
}
/** Tables, settings, files of them. */
export interface DeskCommands {
  saveSettings(settings: MoneySettings): Promise<void>;
  /** The user's own price for a model, or back to the list's. */
  ownPrice(ref: ModelRef, price: Pick<PriceOverride, 'amount' | 'unit'> | undefined): Promise<void>;
  saveDraft(table: RoutingTable): Promise<void>;
  dropDraft(id: string): Promise<void>;
  /** Freezes a draft as the next version; `undefined` when it has problems, which are said. */
  publish(draft: RoutingTable, note: string): Promise<RoutingTable | undefined>;
  exportTable(table: RoutingTable): void;
  importTable(text: string): Promise<void>;
  exportCsv(csv: string, name: string): void;
}
export interface Commands extends TakeCommands, DeskCommands {
  /** False when there is no such graph. */
  openGraph(id: GraphId): Promise<boolean>;
  createGraph(graph?: Graph): Promise<GraphId>;
  openTemplate(id: string): Promise<GraphId | undefined>;
  importText(text: string): Promise<GraphId | undefined>;
  startRun(targets?: readonly NodeId[]): Promise<void>;
  cancelRun(): void;
  replay(id: RunId): Promise<Result<ReplayReport>>;
  /** `bare`: without the graph and its provenance inside, for a client. */
  download(file: FileValue, bare?: boolean): Promise<void>;
  /** Puts a link that carries the graph on the clipboard. */
  shareLink(): Promise<void>;
  openLink(code: string): Promise<GraphId | undefined>;
  exportGraph(): Promise<void>;
  importFile(file: File): Promise<FileSetting | undefined>;
  takeFiles(files: readonly File[], at: Point): Promise<GraphId | undefined>;
  copy(cut?: boolean): Promise<void>;
  pasteText(text: string): void;
  duplicate(): void;
  listGraphs(): Promise<readonly GraphListing[]>;
  removeGraph(id: GraphId): Promise<void>;
  listRuns(id: GraphId): Promise<readonly PastRun[]>;
  runEvents(id: RunId): Promise<readonly (RunEvent & { readonly at: number })[]>;
  versions(id: GraphId): Promise<readonly SavedVersion[]>;
  replaceGraph(graph: Graph, label: string): void;
  saveNamed(name: string): Promise<void>;
  clearResults(): Promise<void>;
}
export interface MediaUrls {
  /** An object URL for a stored artifact; `undefined` when it is no longer stored. */
  get(hash: ArtifactHash): Promise<string | undefined>;
}
