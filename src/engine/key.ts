/** The cache key: everything a node's result depends on, and nothing else. */
import { createXXHash128 } from 'hash-wasm';
import type { CacheKey } from '../core/ids.ts';
import type { Outputs, Value } from '../core/values.ts';
import { canonical } from './canonical.ts';

/** Raise it to forget every stored result, e.g. when a shared kernel changes its pixels. */
const EPOCH = 1;

/** What a key is made of, kept beside results so that a stale node can say what changed. */
export interface KeyParts {
  /** Another type, another function. */
  readonly type: string;
  /** A new version may compute something else from the same params. */
  readonly version: number;
  /** Parsed params, defaults filled: an explicit default equals an absent one. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Input values by socket; artifacts by content hash, so an upstream change that yields the same pixels stops here. */
  readonly inputs: Readonly<Record<string, Value | readonly Value[]>>;
  /** For generation only: who makes it and in which mode, since another maker gives another picture. */
  readonly route?: string;
  /** For generation only: the nth take of the same request is another picture. */
  readonly take?: number;
}

// WebAssembly starts asynchronously; afterwards hashing is synchronous, so planning needs no await.
const hasher = await createXXHash128();

export function keyOf(parts: KeyParts): CacheKey {
  let text = `${EPOCH}\n${parts.type}@${parts.version}\n${parts.route ?? ''}${parts.take ? ` take ${parts.take}` : ''}\n${canonical(parts.params)}`;
  const sockets = Object.keys(parts.inputs);
  if (sockets.length > 1) sockets.sort();
  for (const socket of sockets) text += `\n${socket}=${canonical(parts.inputs[socket])}`;
  return hasher.init().update(text).digest('hex') as CacheKey;
}

/** Hash of any plain data, 32 hex digits. */
export const hashOf = (data: unknown): string => hasher.init().update(canonical(data)).digest('hex');

/** Looks a key up among finished results; `undefined` is a miss. */
export type Lookup = (key: CacheKey) => Outputs | undefined;
