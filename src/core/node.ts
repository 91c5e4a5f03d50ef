/** A node: a plain declaration plus one function. */
import type { InputValues, KnownInputs, OutputValues, Sockets } from './sockets.ts';
import type { Params, ParamValues } from './params.ts';
import type { Said } from './say.ts';
import type { Clip, Picture, StoredClip, Take, TakeRequest } from './take.ts';
import type { FileValue, ImageValue, PicturePart, VideoValue } from './values.ts';
import type { ArtifactHash } from './ids.ts';

export const LAYERS = ['control', 'generation', 'refinement'] as const;
export type Layer = (typeof LAYERS)[number];

/** Where the work happens; the scheduler keeps one queue and one limit for each. */
export type Lane = 'cpu' | 'network';

/**
 * - `pure`: same inputs and params, same content. Cached for ever.
 * - `seeded`: pure once its seed is fixed; may use `ctx.rng`.
 * - `external`: a remote model decides. Cached until the user asks for another take.
 */
export type Determinism = 'pure' | 'seeded' | 'external';

/** What one run of the node is expected to need. */
export interface NodeCost {
  readonly seconds?: number;
  readonly megabytes?: number;
}

export type FileFormat = 'png' | 'jpeg' | 'webp' | 'mp4' | 'webm';

/** How to turn an artifact into a file. */
export interface EncodeOptions {
  readonly format: FileFormat;
  /** File name without its ending. */
  readonly name: string;
  /** 0 (small) to 1 (best); ignored by PNG, which is lossless. */
  readonly quality: number;
}

/** Reads and writes content. Nodes see pixels and frames, never encodings, storage or URLs. */
export interface Artifacts {
  image(value: ImageValue): Promise<Picture>;
  clip(value: VideoValue): Promise<StoredClip>;
  /** The text of an imported file, e.g. a `.cube` LUT, or of a picture's recipe. */
  text(hash: ArtifactHash): Promise<string>;
  writeImage(picture: Picture): Promise<ImageValue>;
  /**
   * Keeps the depth and the recipe of `source` although the pixels changed: for nodes that alter colour or size, not
   * composition. Where it shows only a part of `source`, the depth is that of `picture`.
   */
  writeImageLike(source: ImageValue, picture: Picture, part?: PicturePart): Promise<ImageValue>;
  /**
   * Keeps a picture or a clip as it came, byte for byte: it is encoded again only where a step changes its pixels.
   * A clip is what its file says: no two decoders owe each other a pixel. One that can be heard is heard whole.
   */
  keep(
    came: { readonly bytes: Uint8Array<ArrayBuffer>; readonly mime: string },
    clip?: Pick<VideoValue, 'width' | 'height' | 'fps' | 'frames'> & { readonly hasSound: boolean },
  ): Promise<ImageValue | VideoValue>;
  writeClip(clip: Clip, onFrame: (done: number) => Promise<void>): Promise<VideoValue>;
  encode(
    value: ImageValue | VideoValue,
    options: EncodeOptions,
    onFrame: (done: number) => Promise<void>,
  ): Promise<FileValue>;
}

export interface RunContext {
  readonly signal: AbortSignal;
  /**
   * Reports progress in 0…1, lets the thread breathe and throws when the run was cancelled.
   * `await` it between chunks of work of at most some 50 ms and the node is cancellable.
   */
  progress(fraction: number, note?: Said): Promise<void>;
  readonly artifacts: Artifacts;
  /** Uniform in [0, 1), derived from the node's cache key: independent of order and thread. */
  rng(): number;
  /**
   * Generation nodes only: an acceptable take for this node's `request`. Models, money, retries and the cap live behind
   * it.
   */
  produce(): Promise<Take>;
}

/**
 * What a node that joins clips shows of one of them, counted in frames of the whole. `end` is the first that is not shown;
 * so many of the first ones, `overlap`, come out of as many last ones of the clip before.
 */
export interface Stretch {
  /** All its frames at the rate of the whole. */
  readonly length: number;
  readonly from: number;
  readonly end: number;
  readonly overlap: number;
}

/** A node as a file keeps it. */
export interface StoredNode {
  readonly params: Readonly<Record<string, unknown>>;
}

/** What is known of a node without running it: how it is called, what it takes and gives, and what it would ask for. */
export interface NodeFace<I extends Sockets = Sockets, O extends Sockets = Sockets, P extends Params = Params> {
  /** Stable for ever; never encodes the layer, so a node can move without breaking files. */
  readonly id: string;
  readonly layer: Layer;
  readonly version: number;
  readonly title: string;
  /** One sentence for the library and the search. */
  readonly summary: string;
  readonly inputs: I;
  readonly outputs: O;
  readonly params: P;
  readonly determinism: Determinism;
  readonly lane: Lane;
  /** Keyed by the version each one produces: 2…version, no gaps. */
  readonly migrations?: Readonly<Record<number, (old: StoredNode) => StoredNode>>;
  /**
   * Generation nodes: what a run would ask for, from the inputs known so far. Plans, forecasts and the dry run use it,
   * so it is pure, instant, and makes do with missing inputs.
   */
  request?(args: { readonly inputs: KnownInputs<I>; readonly params: ParamValues<P> }): TakeRequest;
  /**
   * A gate: what arrives goes on once the takes it comes from are accepted. Until then the run goes up to here and no
   * further. What is behind depends on what went through, never on the verdict.
   */
  readonly waitsForVerdict?: true;
  /** Asked by whoever runs it: a page does not have it. */
  cost?(args: { readonly params: ParamValues<P> }): NodeCost;
}

/** A node whole, as its file declares it. Pages have only its face: the rest is not in the first load. */
export interface NodeDefinition<
  I extends Sockets = Sockets,
  O extends Sockets = Sockets,
  P extends Params = Params,
> extends NodeFace<I, O, P> {
  /** Documentation shown beside the params: when to use it, what each choice does. */
  readonly docs: string;
  /** Params for the example in the documentation and the conformance test. */
  readonly example: Readonly<Partial<ParamValues<P>>>;
  run(
    args: { readonly inputs: InputValues<I>; readonly params: ParamValues<P> },
    ctx: RunContext,
  ): Promise<OutputValues<O>>;
  /**
   * Throws a `NodeError` as `run` does, for reasons that are known before any input is made: of the params, and of which
   * inputs are wired. A plan asks it, so that nothing is paid for that leads here only.
   */
  check?(args: { readonly params: ParamValues<P>; readonly wired: ReadonlySet<string> }): void;
  /**
   * Nodes that join clips: what is shown of each, in order, as `run` shows it. Nothing is made, so that the cut can be
   * handed on. Throws a `NodeError` as `run` does.
   */
  stretches?(
    args: { readonly inputs: InputValues<I>; readonly params: ParamValues<P> },
    ctx: Pick<RunContext, 'artifacts' | 'progress'>,
  ): Promise<readonly Stretch[]>;
}

/** Types flow from the declaration into `run`; at run time it is the identity. */
export const defineNode = <const I extends Sockets, const O extends Sockets, const P extends Params>(
  definition: NodeDefinition<I, O, P>,
): NodeDefinition<I, O, P> => definition;

/** Faces by id. The generic form loses its param types on purpose: callers hold parsed data. */
export type Registry = ReadonlyMap<string, NodeFace>;
/** Whole nodes by id, for whoever runs them. */
export type WholeRegistry = ReadonlyMap<string, NodeDefinition>;
