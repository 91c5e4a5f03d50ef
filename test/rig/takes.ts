/** Takes in few words. */
import type { ArtifactHash, CacheKey, GraphId, NodeId, RunId, TakeId } from '../../src/core/ids.ts';
import type { Micros } from '../../src/core/money.ts';
import { OPEN, type TakeRecord } from '../../src/core/take.ts';

/** An open take of graph `g1`, node `n`, that made a picture. */
export const takeOf = (id: string, over: Partial<TakeRecord> = {}): TakeRecord => ({
  id: id as TakeId,
  at: 1,
  graphId: 'g1' as GraphId,
  node: 'n' as NodeId,
  runId: 'r' as RunId,
  slot: 's',
  number: 0,
  output: 'image',
  key: `key of ${id}` as CacheKey,
  work: 'text to image',
  tier: 'speed',
  mode: 'delivery',
  table: { id: 'house', version: 1 },
  asked: { provider: 'p', model: 'm' },
  answered: { provider: 'p', model: 'm' },
  why: '',
  seed: 1,
  baseSeed: 1,
  request: {} as TakeRecord['request'],
  queuedMs: 0,
  workedMs: 0,
  estimated: 0 as Micros,
  charged: 0 as Micros,
  measures: [],
  verdict: OPEN,
  artifact: { kind: 'image', hash: hashOf(id), width: 1, height: 1 },
  ...over,
});

/** A hash that says whose it is. */
export const hashOf = (name: string): ArtifactHash => name.padEnd(64, '0') as ArtifactHash;
