/** Branded ids, so that a node's id is never passed where a wire's is expected. */
declare const brand: unique symbol;
type Branded<T, B> = T & { readonly [brand]: B };

export type NodeId = Branded<string, 'node'>;
export type WireId = Branded<string, 'wire'>;
export type FrameId = Branded<string, 'frame'>;
export type NoteId = Branded<string, 'note'>;
/** A column and a row of a batch. */
export type ColumnId = Branded<string, 'column'>;
export type RowId = Branded<string, 'row'>;
export type ComponentId = Branded<string, 'component'>;
export type GraphId = Branded<string, 'graph'>;
export type VersionId = Branded<string, 'version'>;
export type RunId = Branded<string, 'run'>;
export type TakeId = Branded<string, 'take'>;
/** Hash of an artifact's content: pixels and shape, or frames and timing. 64 hex digits. */
export type ArtifactHash = Branded<string, 'artifact'>;
/** Everything a node's result depends on, in 32 hex digits. */
export type CacheKey = Branded<string, 'key'>;

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A short random id, unique enough for one person's documents (60 bits). Chance never reaches a cache key. */
export function newId<T extends string>(prefix = ''): T {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  let id = prefix;
  for (const byte of bytes) id += alphabet[byte % 36];
  return id as T;
}
