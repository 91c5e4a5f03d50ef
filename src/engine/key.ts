/** The cache key: everything a node's result depends on, and nothing else. */
import { createXXHash128 } from 'hash-wasm';
import type { CacheKey } from '../core/ids.ts';
import type { Params, ParamSpec } from '../core/params.ts';
import type { Outputs, Value } from '../core/values.ts';
import { KeyHash } from './canonical.ts';

/** Raise it to forget every stored result, e.g. when a shared kernel changes its pixels. */
const EPOCH = 1;

/** What a key is made of, kept beside results so that a stale node can say what changed. */
export interface KeyParts {
  /** Another type, another function. */
  readonly type: string;
  /** A new version may compute something else from the same params. */
  readonly version: number;
  /** Parsed params, defaults filled but for params that came later: an explicit default equals an absent one. */
  readonly params: Readonly<Record<string, unknown>>;
  /**
   * Input values by socket; artifacts by content hash, so an upstream change that yields the same pixels stops here.
   */
  readonly inputs: Readonly<Record<string, Value | readonly Value[]>>;
  /** For generation only: who makes it and in which mode, since another maker gives another picture. */
  readonly route?: string;
  /** For generation only: the nth take of the same request is another picture. */
  readonly take?: number;
}

// WebAssembly starts asynchronously; afterwards hashing is synchronous, so planning needs no await.
const hasher = await createXXHash128();
const keyHash = new KeyHash();
const DIGIT = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const digits = Array<number>(32).fill(0);

/** XXH3, 128 bits as 32 hex digits. */
const hashOfBytes = (bytes: Uint8Array): string => hexOf(hasher.init().update(bytes).digest('binary'));

/** All digits in one call: text put together piece by piece is kept in pieces, four hundred bytes for a key. */
function hexOf(bytes: Uint8Array): string {
  for (let at = 0; at < 16; at++) {
    digits[2 * at] = DIGIT[bytes[at]! >> 4]!;
    digits[2 * at + 1] = DIGIT[bytes[at]! & 15]!;
  }
  return String.fromCharCode(...digits);
}

const later = new WeakMap<Params, readonly (readonly [string, ParamSpec])[]>();
/** Params as they enter keys: without those that came later and say nothing yet. */
export function keyedParams<V extends Readonly<Record<string, unknown>>>(specs: Params, values: V): Partial<V> {
  let added = later.get(specs);
  if (!added) later.set(specs, (added = Object.entries(specs).filter(([, spec]) => spec.addedLater)));
  const silent = added.filter(([name, spec]) => values[name] === spec.default).map(([name]) => name);
  if (silent.length === 0) return values;
  return Object.fromEntries(Object.entries(values).filter(([name]) => !silent.includes(name))) as Partial<V>;
}

/** An input as it enters the key: whether a seed may be changed says nothing about the picture that is asked for. */
export function asked(value: Value | readonly Value[] | undefined, { route }: Pick<KeyParts, 'route'>): typeof value {
  const isOpenSeed = route && value && 'kind' in value && value.kind === 'seed' && !value.locked;
  return isOpenSeed ? { ...value, locked: true } : value;
}

/** `text`: the params as canonical text, where the caller has it. */
export function cacheKeyOf(parts: KeyParts, text?: string): CacheKey {
  const { type, version, params, inputs, route = '', take } = parts;
  keyHash.clear().text(String(EPOCH)).text('\n').text(type).text('@').text(String(version)).text('\n').text(route);
  if (take) keyHash.text(' take ').text(String(take));
  keyHash.text('\n');
  if (text === undefined) keyHash.value(params);
  else keyHash.text(text);
  for (const socket of Object.keys(inputs).sort())
    keyHash.text('\n').text(socket).text('=').value(asked(inputs[socket], parts));
  return hashOfBytes(keyHash.bytes()) as CacheKey;
}

/** Hash of any plain data, 32 hex digits. */
export const hashOf = (data: unknown): string => hashOfBytes(keyHash.clear().value(data).bytes());

/** Looks a key up among finished results; `undefined` is a miss. */
export type Lookup = (key: CacheKey) => Outputs | undefined;
