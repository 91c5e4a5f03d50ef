/** The whole contract between threads. Plain data in and out, results as values, progress by messages. */
import type { ImportedFile } from './import-file.ts';
import type { Failure, Result } from '../core/errors.ts';
import type { ArtifactHash, CacheKey, RunId } from '../core/ids.ts';
import type { Loose } from '../core/loose.ts';
import type { Stretch } from '../core/node.ts';
import type { Said } from '../core/say.ts';
import type { Space, Swept } from '../session/space.ts';
import type { TakeRecord } from '../core/take.ts';
import type { ImageValue, Outputs, VideoValue } from '../core/values.ts';
import type { PictureLook } from '../lessons/picture-look.ts';
import type { Plan } from '../engine/plan.ts';
import type { Executed, Task } from '../engine/run.ts';
import type { ForeignGraph } from '../file/comfyui-workflow.ts';
import type { FilmClips } from '../file/hand-off.ts';
import type { ReadFragment } from '../file/fragment-text.ts';
import type { Opened } from '../file/parse.ts';
import type { RowPlan } from '../ledger/row-plan.ts';
import type { ArtifactLook } from '../measure/artifact-look.ts';
import type { ClipHold } from '../measure/clip-hold.ts';
import type { ClipMotion } from '../measure/clip-motion.ts';
import type { MeetingPair } from '../measure/join.ts';
import type { Seam } from '../measure/seam.ts';
import type { ChainDrift } from '../measure/shot-drift.ts';
import type { StillLikeness } from '../measure/still-likeness.ts';
import type { ReplayReport } from '../ledger/replay-report.ts';
import type { Model } from '../routing/catalog.ts';
import type { BookedJob } from '../routing/job.ts';
import type { Quote } from '../routing/quotes.ts';
import type { ReadWorkflow } from '../routing/own-workflow.ts';
import type { Readiness } from '../routing/readiness.ts';
import type { TakePlan } from '../routing/take-plan.ts';
import type { SessionRequest } from '../session/planning.ts';
import type { Ran } from '../session/session.ts';
import type { GraphTransfer } from './graph-transfer.ts';

/** A thread that runs one node at a time. */
export interface TaskThread {
  /** `account` answers as `RunAccount`; generation nodes use it. */
  run(task: Task, queuedMs: number, progress: MessagePort, account: MessagePort): Promise<Result<Executed>>;
  cancel(key: CacheKey): void;
}
/** `begun` comes first: what was said before it did not arrive. */
export type TaskProgress = 'begun' | { readonly fraction: number; readonly note?: Said };

/** A question to the session, with the graph as it travels. */
export interface RunRequest extends Omit<SessionRequest, 'graph'> {
  readonly graph: GraphTransfer;
}
/** The thread that owns the engine, the task threads and the writing of results. */
export interface RunThread {
  /** Hands over the catalog, which services can be asked, and what they say of prices, once and whenever they change. */
  equip(models: readonly Model[], asOf: string, ready: readonly Readiness[], quotes: readonly Quote[]): void;
  /** What the job service has booked this month, once and whenever more is known: the next plan and run count it. */
  noteBooked(jobs: readonly BookedJob[]): void;
  plan(request: RunRequest): Promise<Plan<TakePlan>>;
  /** Each row of the graph's batch. */
  planRows(request: RunRequest): Promise<readonly RowPlan[]>;
  start(request: RunRequest, events: MessagePort): Promise<Result<Ran>>;
  cancel(): void;
  /** A person judged takes: all are on disk when this says so, or none is. The next plan counts them. */
  judge(takes: readonly TakeRecord[]): Promise<Result<void>>;
  /** Takes of all graphs that services were asked for lately, and that are not over as far as is written down. */
  leftInWork(): Promise<Result<readonly TakeRecord[]>>;
  /** Books takes that no run goes on with as they ended; those that are over are returned. */
  settle(left: readonly TakeRecord[]): Promise<Result<readonly TakeRecord[]>>;
  /** Makes every node of a past run again from its recorded inputs and compares. */
  replay(runId: RunId): Promise<Result<ReplayReport>>;
  /** Stores an imported file and says what it is. */
  importFile(file: File): Promise<Result<ImportedFile>>;
  /** Which frames a film shows of its clips; nothing is made. */
  stretches(film: Pick<FilmClips, 'type' | 'params' | 'inputs'>): Promise<Result<readonly Stretch[]>>;
  /** A stored picture as PNG of the pixels it is decoded to here; `undefined` when it is no longer stored. */
  pixelsOf(hash: ArtifactHash): Promise<Result<Blob | undefined>>;
  /** What a stored picture or clip looks like, in figures. */
  lookAt(value: ImageValue | VideoValue): Promise<Result<PictureLook>>;
  /** Keeps outputs for a node that is frozen; its key goes into the node. */
  freeze(outputs: Outputs): Promise<Result<CacheKey>>;
  /** Deletes stored results and pictures that can be made again; what `storage/kept.ts` keeps for ever stays. */
  clearResults(): Promise<Result<Swept>>;
  /** Sweeps what is over the budget. `isFull`: something could not be written just now. */
  tidy(isFull: boolean): Promise<Result<Swept>>;
  /** Deletes all but the newest runs of each graph and those with an accepted take; says how many went. */
  dropOldRuns(): Promise<Result<number>>;
  /** Most bytes all artifacts may take; what is over it is swept at once. */
  setBudget(bytes: number): Promise<Result<Swept>>;
  space(): Promise<Result<Space>>;
}

/** A thread that reads what somebody else wrote, one text and then no more. */
export interface ParseThread {
  graph(text: string): Result<Opened>;
  workflow(text: string): Result<ForeignGraph>;
  fragment(text: string): Result<ReadFragment>;
  nodesToAskFor(text: string): Result<readonly string[]>;
  /** `facts`: what ComfyUI says of its nodes. */
  ownWorkflow(text: string, facts: Loose | undefined): Result<ReadWorkflow>;
}

/** A thread that measures stored pictures and clips, one at a time. What it found before it does not measure again. */
export interface MeasureThread {
  seam(pair: MeetingPair): Promise<Result<Seam>>;
  motion(clip: VideoValue): Promise<Result<ClipMotion>>;
  hold(clip: VideoValue): Promise<Result<ClipHold>>;
  /** Of shots in their order, from the first. */
  drift(clips: readonly VideoValue[]): Promise<Result<ChainDrift>>;
  /** How much of the one picture is in the other. */
  likeness(a: ImageValue, b: ImageValue): Promise<Result<StillLikeness>>;
  /** Of a picture or a clip. */
  look(value: ImageValue | VideoValue): Promise<Result<ArtifactLook>>;
  /** Those of these that were measured before and are kept. */
  keptLooks(hashes: readonly ArtifactHash[]): Promise<Result<readonly (ArtifactLook | undefined)[]>>;
}

/** A thread that reads single frames of stored clips; quickest one after the other. */
export interface FramesThread {
  /** Frame `at`, counted from 0. */
  frame(clip: VideoValue, at: number): Promise<Result<ImageBitmap>>;
}

export const died: Failure = {
  code: 'worker-died',
  message: 'The thread that ran this step stopped unexpectedly.',
  hint: 'Run again. If it happens again, try a smaller size: it may have run out of memory.',
};
export const neverStarted: Failure = {
  code: 'worker-died',
  message: 'A part of Triptych that works in the background could not be started.',
  hint: 'Reload the page: a newer version may have been published. If it stays so, use a current browser.',
};
