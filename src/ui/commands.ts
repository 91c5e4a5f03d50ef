/** What the screens may ask for. `src/app` implements it; nothing here knows how. */
import type { Graph, Point } from '../core/graph.ts';
import type { ArtifactHash, GraphId, NodeId, RunId, VersionId } from '../core/ids.ts';
import type { FileSetting } from '../core/params.ts';
import type { RunMode } from '../core/take.ts';
import type { FileValue } from '../core/values.ts';
import type { RunEvent, RunSummary } from '../engine/events.ts';

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
export interface Commands {
  /** False when there is no such graph. */
  openGraph(id: GraphId): Promise<boolean>;
  createGraph(graph?: Graph): Promise<GraphId>;
  openTemplate(id: string): Promise<GraphId | undefined>;
  importText(text: string): Promise<GraphId | undefined>;
  startRun(targets?: readonly NodeId[]): Promise<void>;
  cancelRun(): void;
  download(file: FileValue): Promise<void>;
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
