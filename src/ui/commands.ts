/** What the screens may ask for. `src/app` implements it; nothing here knows how. */
import type { LibraryComponent } from '../graph/adopt.ts';
import type { ColumnPlace } from '../graph/batch-cells.ts';
import type { Graph, Point } from '../graph/graph.ts';
import type { Rect } from '../graph/rect.ts';
import type {
  ArtifactHash,
  CacheKey,
  ComponentId,
  GraphId,
  NodeId,
  RowId,
  RunId,
  VersionId,
  WireId,
} from '../core/ids.ts';
import type { FileParam, FileSetting, SeedSetting } from '../core/params.ts';
import type { Failure, Result } from '../core/errors.ts';
import type { ToldReading } from '../core/word-kinds.ts';
import type { Space } from '../session/space.ts';
import type { BookedJob, JobView, LocalServer } from '../routing/job.ts';
import type { OwnModel } from '../routing/own-model.ts';
import type { ReadWorkflow } from '../routing/own-workflow.ts';
import type { ModelRef, RunMode, TakeRecord, Tier } from '../core/take.ts';
import type { FileValue, ImageValue, Outputs, VideoValue } from '../core/values.ts';
import type { ArtifactLook } from '../measure/artifact-look.ts';
import type { ClipHold } from '../measure/clip-hold.ts';
import type { ClipMotion } from '../measure/clip-motion.ts';
import type { MeetingPair } from '../measure/join.ts';
import type { Seam } from '../measure/seam.ts';
import type { ChainDrift } from '../measure/shot-drift.ts';
import type { StillLikeness } from '../measure/still-likeness.ts';
import type { RunEvent, RunSummary } from '../engine/events.ts';
import type { Refinement } from '../ledger/costs.ts';
import type { RowPlan } from '../ledger/row-plan.ts';
import type { ReplayReport } from '../ledger/replay-report.ts';
import type { MoneySettings } from '../ledger/money-settings.ts';
import type { PriceOverride } from '../routing/price-book.ts';
import type { RoutingTable } from '../routing/routing-table.ts';
import type { Said, Sentence } from '../core/say.ts';
import type { BackupCommands } from './backup-listing.ts';
import type { CampaignCommands } from './campaign-listing.ts';
import type { ClassCommands, LessonCommands } from './lesson-listing.ts';
import type { ResultsCommands } from './results-listing.ts';

export interface GraphListing {
  readonly id: GraphId;
  readonly title: string;
  readonly updatedAt: number;
  readonly thumbnail?: ArtifactHash;
  readonly tags?: readonly string[];
  /** When it was thrown away. */
  readonly deletedAt?: number;
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
  /** Counts the versions of a graph from 1. */
  readonly number: number;
  readonly at: number;
  readonly name?: string;
  readonly nodes: number;
  /** How many edits lie between it and the version before, and what the first few different ones are called. */
  readonly edits: number;
  readonly labels: readonly Said[];
}
/**
 * What became of the wish to open a graph. `superseded`: something else was asked for meanwhile. `stayed`: what is open
 * could not be saved, so it stays until a person decides; that is asked in words. `failed`: storage did not answer,
 * which is said.
 */
export type Opening = 'opened' | 'missing' | 'superseded' | 'stayed' | 'failed';
/** What becomes of takes. */
export interface TakeCommands {
  /** `apart`: the graph asks for something else than this is of, as in a sweep; nothing is shown or run then. */
  accept(take: TakeRecord, apart?: 'apart'): Promise<void>;
  /** Rejects it with a reason, and takes another one if the cap allows and it is not `apart`. */
  reject(take: TakeRecord, reason: string, apart?: 'apart'): Promise<void>;
  another(take: TakeRecord): Promise<void>;
  /** A take of what a node shows, where it has none of its own yet. */
  claim(node: NodeId): Promise<TakeRecord | undefined>;
  /** Fixes a seed, at the one of the take that is shown. */
  lockSeed(node: NodeId, param: string, before: SeedSetting): void;
  undoVerdict(): Promise<void>;
  /** The node at another tier, and a first take there. */
  escalate(node: NodeId, tier: Tier): Promise<void>;
  /** What the built-in engine makes of a prompt. */
  readPrompt(prompt: string, negative: string): Promise<ToldReading>;
  /** Of all graphs, oldest first. */
  allTakes(): Promise<readonly TakeRecord[]>;
  refinements(): Promise<readonly Refinement[]>;
}
/** Takes that services were asked for, and have not given. */
export interface UnsettledCommands {
  /** How far the job of a take is; nothing where the local server does not know it. */
  jobOf(take: TakeRecord): Promise<JobView | undefined>;
  /** A picture of what is not finished. */
  previewOf(take: TakeRecord): Promise<Blob | undefined>;
  /** Takes back what a service is at work on; a run that waits for it goes on without. */
  cancelTake(take: TakeRecord): Promise<void>;
  /** Asks the service once more, and goes on with what it says. */
  lookAgain(take: TakeRecord): Promise<void>;
  /** It was not made; what it may have cost stays booked. */
  countLost(take: TakeRecord): Promise<void>;
  /** Counts it as lost, and takes another. */
  replaceLost(take: TakeRecord): Promise<void>;
}
/** Tables, settings, files of them. */
export interface DeskCommands {
  /** `change` is made to the settings as they are stored by then; on screen it shows at once. */
  changeSettings(change: (settings: MoneySettings) => MoneySettings): Promise<void>;
  /** The user's own price for a model, or back to the list's. */
  ownPrice(ref: ModelRef, price: Pick<PriceOverride, 'amount' | 'unit'> | undefined): Promise<void>;
  /** The next version of a table begins as this one; a draft of it that is there is replaced. */
  startDraft(table: RoutingTable): void;
  /**
   * Shows on screen at once. What is stored is changed, never replaced: another tab may be writing in the same draft.
   */
  editDraft(draft: RoutingTable, change: (draft: RoutingTable) => RoutingTable): void;
  dropDraft(id: string): Promise<void>;
  /**
   * Freezes a draft as the next version; `undefined` when it has problems, or another version was published meanwhile,
   * which is said.
   */
  publish(draft: RoutingTable, note: string): Promise<RoutingTable | undefined>;
  /**
   * Publishes the newest version of a table, changed, as the next one. A draft of it stays as it is. `undefined` when it
   * has problems, which are said.
   */
  publishChange(
    id: string,
    change: (newest: RoutingTable) => RoutingTable,
    note: string,
  ): Promise<RoutingTable | undefined>;
  exportTable(table: RoutingTable): void;
  importTable(text: string): Promise<void>;
  exportCsv(csv: string, name: string): void;
}
/** Services behind the gateway. False where the gateway did not do it, which is said. */
export interface ProviderCommands {
  refreshProviders(): Promise<void>;
  /** Every job that the job service ever booked, whoever ordered it; none where it cannot be asked. */
  allBooked(): Promise<readonly BookedJob[]>;
  /** Settles when services told what these models cost, where the list does not know. */
  priceModels(models: readonly ModelRef[]): Promise<void>;
  /** Asks a service, by its cheapest call, whether it works as it is set up. */
  testProvider(id: string): Promise<boolean>;
  /** Hands a key to the gateway, where it stays, and tests it; an empty one is forgotten. True when it is kept. */
  enterKey(id: string, key: string): Promise<boolean>;
  /** Looks for servers on this computer; `undefined` where the gateway does not answer. */
  findServers(): Promise<readonly LocalServer[] | undefined>;
  /** Asks a server there from now on. */
  useServer(id: string, address: string): Promise<boolean>;
}
/** Workflows of one's own, as models of the catalog. */
export interface OwnModelCommands {
  /** A workflow file, a picture that carries one, or its text, with what the ComfyUI that answers says of its nodes. */
  readWorkflow(given: File | string): Promise<Result<ReadWorkflow>>;
  /** False when it was not stored, which is said. */
  keepOwnModel(model: OwnModel): Promise<boolean>;
  /** Says which tables name it, and offers it back. */
  removeOwnModel(model: OwnModel): Promise<void>;
}
/** Nodes and marks that travel. */
/** Where pasted nodes go. */
export interface PastePlace {
  /** The part of the canvas on screen, where they have to be. */
  readonly seen: Rect;
  /** What a single node goes into, if it fits. */
  readonly wire?: WireId;
  /** From the left of a card to the left of the next. */
  readonly step: number;
}
export interface ClipboardCommands {
  /**
   * `into`: what the browser hands out when a person presses its keys for copying, for which no permission is needed.
   */
  copy(cut?: boolean, into?: DataTransfer | null): Promise<void>;
  pasteText(text: string, place: PastePlace): Promise<void>;
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
  saveTemplate(about: {
    readonly title: string;
    readonly description: string;
    readonly tags: readonly string[];
  }): Promise<void>;
  /** Returns what brings it back. */
  removeTemplate(id: string): Promise<() => Promise<void>>;
}
/** What is stored, and freeing it. */
export interface SpaceCommands {
  /** `undefined` when it cannot be read, which is said. */
  space(): Promise<Space | undefined>;
  /** Most bytes that pictures, clips and files may take; what is over it goes at once. */
  setBudget(bytes: number): Promise<void>;
  /** Deletes results and pictures that can be made again, and says how much that freed. */
  clearResults(): Promise<void>;
  /** Deletes all but the newest runs of each graph and those with an accepted take. */
  dropOldRuns(): Promise<void>;
}
/** Rows that are not those of the open graph's table, such as the cells of its sweep. */
export interface RowsOf {
  /** The open graph with them as its batch. */
  readonly graph: Graph;
  readonly targets: readonly NodeId[];
}
/** Runs, one at a time. */
export interface QueueCommands {
  /** At once when nothing goes on, else behind what waits. Ends with the run. Seeds that move do so before it. */
  startRun(targets?: readonly NodeId[], seeds?: 'moving' | 'as they are'): Promise<void>;
  /** Rows of the open graph's batch, or of something else, in this order. */
  runRows(rows: readonly RowId[], of?: RowsOf): void;
  /** What running each row would do, and what it made. */
  planRows(of?: RowsOf): Promise<readonly RowPlan[]>;
  /** Stops the run that goes on; of a batch, the rest too. */
  cancelRun(): void;
  moveInQueue(id: string, to: number): void;
  dropFromQueue(ids: readonly string[]): void;
  /** What waits stays until it is let go on. */
  holdQueue(held: boolean): void;
}
/** A place on the canvas for what is dropped or pasted there. */
export interface Spot {
  readonly at: Point;
  /** The node it was dropped on. */
  readonly onto?: NodeId;
}
/** What comes from outside. */
export interface IncomingCommands {
  /**
   * Files of any kind and number: graphs are stored, workflows shown, pictures and LUTs become nodes at the spot, or a
   * graph of their own where there is none. One graph alone is gone to.
   */
  takeFiles(files: readonly File[], spot?: Spot): Promise<void>;
  /** A text that is no nodes: a link, a workflow, a web address. `otherwise`: what is said of any other. */
  takeText(text: string, otherwise?: Failure): Promise<void>;
  openTemplate(id: string): Promise<GraphId | undefined>;
  /** What a link carries, not stored yet; `undefined` when it is damaged, which is said. */
  readLink(code: string): Promise<Incoming | undefined>;
  /** Stores a picture or a LUT; `undefined` when it cannot be read, which is said. */
  importFile(file: File, accept: FileParam['accept']): Promise<FileSetting | undefined>;
  /** A row of the batch for each file that the param takes, in the natural order of names; what is left out is said. */
  addPictureRows(files: readonly File[], place: ColumnPlace): Promise<void>;
}
/** What leaves the app. */
export interface OutgoingCommands {
  /** `bare`: without the graph and its provenance inside, for a client. */
  download(file: Pick<FileValue, 'hash' | 'name'>, bare?: boolean): Promise<void>;
  /** What a node shows. `stem`: what the file is called, without its ending. */
  downloadShown(value: ImageValue | VideoValue, stem: string): Promise<void>;
  /** Files in one archive, each under its name in it. */
  downloadTogether(files: readonly ArchiveEntry[], name: string): Promise<void>;
  /** Pictures and clips as they are stored, several in an archive of this name, one alone by itself. */
  downloadPictures(pictures: readonly StoredPicture[], archive: string): Promise<void>;
  /**
   * The cut of a film for an editing program: its clips as they are and its timelines, in one archive. `film`: its flat
   * id. Where a clip is missing, that is said.
   */
  handOff(film: NodeId): Promise<void>;
  exportGraph(options?: ExportOptions): Promise<void>;
  /** Puts a link that carries the graph on the clipboard. */
  shareLink(): Promise<void>;
}
/** Figures of stored pictures and clips, found in the background, each once. What cannot be measured answers with why. */
export interface MeasureCommands {
  seamOf(pair: MeetingPair): Promise<Result<Seam>>;
  motionOf(clip: VideoValue): Promise<Result<ClipMotion>>;
  /** Whether it keeps the look it begins with. */
  holdOf(clip: VideoValue): Promise<Result<ClipHold>>;
  /** Of shots in their order, from the first. */
  driftOf(clips: readonly VideoValue[]): Promise<Result<ChainDrift>>;
  /** How much of the one picture is in the other. */
  likenessOf(a: ImageValue, b: ImageValue): Promise<Result<StillLikeness>>;
  /** Of a picture or a clip. */
  lookOf(value: ImageValue | VideoValue): Promise<Result<ArtifactLook>>;
  /** Those of these that were measured before. */
  keptLooks(hashes: readonly ArtifactHash[]): Promise<Result<readonly (ArtifactLook | undefined)[]>>;
}
/** Single frames of stored clips. */
export interface FrameCommands {
  /** Frame `at`, counted from 0. Whoever asked closes it. Frames that follow each other come quickest. */
  frameOf(clip: VideoValue, at: number): Promise<Result<ImageBitmap>>;
}
/** Of a graph in a list, open or not. */
export interface ListedGraphCommands {
  /** False where another tab edits it, which is said. */
  renameGraph(id: GraphId, to: { readonly title: string; readonly tags: readonly string[] }): Promise<boolean>;
  /** The same graph once more, with what its nodes show; nothing where it is gone. */
  duplicateGraph(id: GraphId): Promise<GraphId | undefined>;
  /** For ever. Its takes stay in the books. */
  removeGraph(id: GraphId): Promise<true>;
}
export interface Commands
  extends
    ListedGraphCommands,
    MeasureCommands,
    FrameCommands,
    IncomingCommands,
    OutgoingCommands,
    QueueCommands,
    TakeCommands,
    DeskCommands,
    ProviderCommands,
    OwnModelCommands,
    UnsettledCommands,
    ClipboardCommands,
    ShelfCommands,
    SpaceCommands,
    LessonCommands,
    ClassCommands,
    CampaignCommands,
    BackupCommands,
    ResultsCommands {
  /** One at a time; the last wish wins. */
  openGraph(id: GraphId): Promise<Opening>;
  createGraph(graph?: Graph): Promise<GraphId>;
  replay(id: RunId): Promise<Result<ReplayReport>>;
  listGraphs(): Promise<readonly GraphListing[]>;
  /** Throws a graph away; it can be brought back for thirty days. True when it is done. */
  discardGraph(id: GraphId): Promise<true>;
  restoreGraph(id: GraphId): Promise<void>;
  discardedGraphs(): Promise<readonly GraphListing[]>;
  listRuns(id: GraphId): Promise<readonly PastRun[]>;
  runEvents(id: RunId): Promise<readonly (RunEvent & { readonly at: number })[]>;
  /** Of the open graph, newest first; the first one is the graph as it is now. */
  versions(): Promise<readonly SavedVersion[]>;
  versionGraph(id: VersionId): Promise<Graph | undefined>;
  replaceGraph(graph: Graph, label: string): void;
  /** False when it could not be saved, which is said. */
  saveNamed(name: string): Promise<boolean>;
  nameVersion(id: VersionId, name: string): Promise<void>;
  /**
   * Keeps outputs under a key of their own, for a node that is frozen; `undefined` when they could not be stored, which
   * is said.
   */
  freeze(outputs: Outputs): Promise<CacheKey | undefined>;
}
/** Commands as the screens have them: one that breaks off has said why and answers `undefined`. It never rejects. */
export type Settled<T> = {
  readonly [Name in keyof T]: T[Name] extends (...given: infer Given) => Promise<infer Answer>
    ? (...given: Given) => Promise<Answer | undefined>
    : T[Name];
};
/** A stored file, or a text. */
export type ArchiveEntry = { readonly name: string } & ({ readonly hash: ArtifactHash } | { readonly text: string });
/** What it is to be called, without the ending its kind of file has. */
export interface StoredPicture {
  readonly stem: string;
  readonly hash: ArtifactHash;
}
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
  /** Undefined when it could not be stored, which is said. */
  open(): Promise<GraphId | undefined>;
}
export interface MediaUrls {
  /** The object URL of a stored artifact, good until it is released; `undefined` when it is no longer stored. */
  hold(hash: ArtifactHash): HeldUrl;
}
export interface HeldUrl {
  readonly url: Promise<string | undefined>;
  /** Whoever asked shows it no longer. */
  release(): void;
}
