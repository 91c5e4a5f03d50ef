/**
 * The seam to routing: for generation nodes the engine asks who would make the result and whether it is settled
 * already.
 */
import type { ArtifactHash, CacheKey, NodeId } from '../core/ids.ts';
import type { Lane, NodeFace } from '../core/node.ts';
import { artifactsOfOutputs, type Outputs } from '../core/values.ts';
import type { KeyParts } from './key.ts';

export interface Dispatched<E = unknown> {
  /** Enters the key: another maker gives another result. */
  readonly route: string;
  /** Enters the key: the nth take of the same thing is another one. */
  readonly take: number;
  /** A result that counts whatever the key is. */
  readonly found?: Outputs;
  /** Artifacts that are no result of this node, though its key may lead to them: another node may keep them. */
  readonly refused?: readonly ArtifactHash[];
  /** Its own criteria judge what is made: a gate behind it may open without a person. */
  readonly isJudged?: boolean;
  /** Of what would be made, once its inputs are known. */
  readonly key?: CacheKey;
  /** Where it is made, if not where its node says: waiting for a service is no work for a core. */
  readonly lane?: Lane;
  /** Handed to the thread that makes it; the engine does not look inside. */
  readonly takePlan: E;
}
/** The result under a node's key, unless the node refuses it. */
export function usable(outputs: Outputs | undefined, refused: readonly ArtifactHash[] = []): Outputs | undefined {
  const isRefused = refused.length > 0 && artifactsOfOutputs(outputs ?? {}).some((hash) => refused.includes(hash));
  return isRefused ? undefined : outputs;
}

/** `undefined` for nodes that need no maker. With inputs that are not known yet the answer is a forecast. */
export type Dispatch<E = unknown> = (
  node: NodeId,
  definition: NodeFace,
  given: {
    readonly params: Parameters<NonNullable<NodeFace['request']>>[0]['params'];
    readonly inputs: KeyParts['inputs'];
    /** Some of the inputs are not made yet, so what is asked may be more than it looks. */
    readonly isGuess?: boolean;
  },
) => Dispatched<E> | undefined;
