import type { ArtifactHash } from '../../src/core/ids.ts';
import { memoryStores } from '../../src/headless/memory-stores.ts';
import { storeContract } from './store-contract.ts';

storeContract('memory', async (now) => {
  const stored = new Set<ArtifactHash>();
  return { ...memoryStores(now, (hash) => stored.has(hash)), putArtifact: async (hash) => void stored.add(hash) };
});
