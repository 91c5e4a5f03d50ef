/** Artifacts for tests that encode nothing: a file is named and described, but never written. */
import type { Artifacts } from '../../src/core/node.ts';
import { memoryArtifacts, type MemoryArtifacts } from '../../src/headless/memory-artifacts.ts';
import { fileHash } from '../../src/media/identity.ts';

export const testArtifacts = (): MemoryArtifacts & Artifacts => ({
  ...memoryArtifacts(),
  async encode(value, options) {
    return {
      kind: 'file',
      hash: await fileHash(JSON.stringify([value.hash, options])),
      name: options.name,
      mime: 'application/octet-stream',
      bytes: 0,
      encoding: 'none',
    };
  },
});
