/** What the screens may ask for. `src/app` implements it; nothing here knows how. */
import type { LibraryComponent } from '../core/adopt.ts';
import type { Graph, Point } from '../core/graph.ts';
import type { Rect } from '../core/rect.ts';
import type { ArtifactHash, CacheKey, ComponentId, GraphId, NodeId, RowId, RunId, VersionId } from '../core/ids.ts';
import type { FileSetting } from '../core/params.ts';
import type { Result } from '../core/errors.ts';
import type { ModelRef, RunMode, TakeRecord, Tier } from '../core/take.ts';
import type { FileValue, Outputs } from '../core/values.ts';
import type { RunEvent, RunSummary } from '../engine/events.ts';
import type { Refinement } from '../ledger/audit.ts';
import type { RowPlan } from '../ledger/row-plan.ts';
import type { ReplayReport } from '../ledger/replay.ts';
import type { MoneySettings } from '../ledger/settings.ts';
import type { PriceOverride } from '../routing/prices.ts';
import type { RoutingTable } from '../routing/table.ts';
import type { Sentence } from '../core/say.ts';

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
  /** The row of a batch that ran. */
  readonly row?: Sentence;
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
/** Nodes and marks that travel. */
export interface ClipboardCommands {
  copy(cut?: boolean): Promise<void>;
  /** `seen`: the part of the canvas on screen, where pasted nodes have to be. */
  pasteText(text: string, seen: Rect): void;
  duplicate(): void;
}
/** A graph the user made a template of. */
export interface OwnTemplate {
  readonly id: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly graph: Graph;
  readonly thumbnail?: ArtifactHash;
}
/** Components and templates kept for other graphs. */
export interface ShelfCommands {
  /** Writes the next version of a component of the open graph into the library. */
  keepComponent(id: ComponentId): Promise<void>;
  /** Puts the library's version in place of the one the open graph has. */
  takeComponent(component: LibraryComponent): void;
  forgetComponent(id: ComponentId): Promise<void>;
  ownTemplates(): Promise<readonly OwnTemplate[]>;
  saveTemplate(about: { readonly title: string; readonly description: string; readonly tags: readonly string[] }): Promise<void>;
  /** Returns what brings it back. */
  removeTemplate(id: string): Promise<() => Promise<void>>;
}
/** Runs, one at a time. */
export interface QueueCommands {
  /** At once when nothing goes on, else behind what waits. Ends with the run. */
  startRun(targets?: readonly NodeId[]): Promise<void>;
  /** Rows of the open graph's batch, in this order. */
  runRows(rows: readonly RowId[]): void;
  /** What running each row would do, and what it made. */
  planRows(): Promise<readonly RowPlan[]>;
  /** Stops the run that goes on; of a batch, the rest too. */
  cancelRun(): void;
  moveInQueue(id: string, to: number): void;
  dropFromQueue(ids: readonly string[]): void;
  /** What waits stays until it is let go on. */
  holdQueue(held: boolean): void;
}
export interface Commands extends QueueCommands, TakeCommands, DeskCommands, ClipboardCommands, ShelfCommands {
  /** False when there is no such graph. */
  openGraph(id: GraphId): Promise<boolean>;
  createGraph(graph?: Graph): Promise<GraphId>;
  openTemplate(id: string): Promise<GraphId | undefined>;
  /** A graph file becomes a graph; a ComfyUI workflow is shown. */
  importText(text: string, name?: string): Promise<GraphId | undefined>;
  replay(id: RunId): Promise<Result<ReplayReport>>;
  /** `bare`: without the graph and its provenance inside, for a client. */
  download(file: FileValue, bare?: boolean): Promise<void>;
  /** Puts a link that carries the graph on the clipboard. */
  shareLink(): Promise<void>;
  /** Files in one archive, each under its name in it. */
  downloadTogether(files: readonly ArchiveEntry[], name: string): Promise<void>;
  /** What a link carries, not stored yet; `undefined` when it is damaged, which is said. */
  readLink(code: string): Promise<Incoming | undefined>;
  exportGraph(options?: ExportOptions): Promise<void>;
  importFile(file: File): Promise<FileSetting | undefined>;
  takeFiles(files: readonly File[], at: Point): Promise<GraphId | undefined>;
  listGraphs(): Promise<readonly GraphListing[]>;
  /** Throws a graph away; it can be brought back for thirty days. */
  discardGraph(id: GraphId): Promise<void>;
  restoreGraph(id: GraphId): Promise<void>;
  discardedGraphs(): Promise<readonly GraphListing[]>;
  listRuns(id: GraphId): Promise<readonly PastRun[]>;
  runEvents(id: RunId): Promise<readonly (RunEvent & { readonly at: number })[]>;
  versions(id: GraphId): Promise<readonly SavedVersion[]>;
  replaceGraph(graph: Graph, label: string): void;
  saveNamed(name: string): Promise<void>;
  nameVersion(id: VersionId, name: string): Promise<void>;
  clearResults(): Promise<void>;
  /** Keeps outputs under a key of their own, for a node that is frozen. */
  freeze(outputs: Outputs): Promise<CacheKey>;
}
/** A stored file, or a text. */
export type ArchiveEntry = { readonly name: string } & ({ readonly hash: ArtifactHash } | { readonly text: string });
/** What goes into an exported file beside the graph and the pictures it needs. */
export interface ExportOptions {
  readonly notes: boolean;
  /** The pictures its nodes show. */
  readonly results: boolean;
}
/** A graph on its way in. */
export interface Incoming {
  readonly graph: Graph;
  /** What opening it changes or leaves out, in sentences. */
  readonly report: readonly Sentence[];
  open(): Promise<GraphId>;
}
export interface MediaUrls {
  /** An object URL for a stored artifact; `undefined` when it is no longer stored. */
  get(hash: ArtifactHash): Promise<string | undefined>;
}
