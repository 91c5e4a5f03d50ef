/** The seam to routing: for generation nodes the engine asks who would make the result and whether it is settled already. */
import type { NodeId } from '../core/ids.ts';
import type { NodeDefinition } from '../core/node.ts';
import type { Outputs } from '../core/values.ts';
import type { KeyParts } from './key.ts';

export interface Dispatched<E = unknown> {
  /** Enters the key: another maker gives another result. */
  readonly route: string;
  /** Enters the key: the nth take of the same thing is another one. */
  readonly take: number;
  /** An accepted result that counts whatever the key is. */
  readonly found?: Outputs;
  /** Handed to the thread that makes it; the engine does not look inside. */
  readonly errand: E;
}
/** `undefined` for nodes that need no maker. With inputs that are not known yet the answer is a forecast. */
export type Dispatch<E = unknown> = (
  node: NodeId,
  definition: NodeDefinition,
  given: {
    readonly params: Parameters<NonNullable<NodeDefinition['request']>>[0]['params'];
    readonly inputs: KeyParts['inputs'];
  },
) => Dispatched<E> | undefined;
