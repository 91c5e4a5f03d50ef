import { expect, test } from 'vitest';
import golden from '../fixtures/golden-pixels.json';
import { registry } from '../../src/registry.ts';
import { artifactStore } from '../../src/storage/artifact-store.ts';
import { Database } from '../../src/storage/db.ts';
import { artifactsOver } from '../../src/worker/thread-artifacts.ts';
import { conformance } from '../rig/conformance.ts';
import { goldenHashes } from '../rig/golden.ts';

const db = new Database('conformance');
test('there are nodes: a pattern that matches nothing would build silently', () =>
  expect(registry.size).toBeGreaterThan(15));

conformance(registry, () => artifactsOver(artifactStore(db)));

test('Chromium makes the same bytes as Node, twice', async () => {
  expect(await goldenHashes()).toEqual(golden);
  expect(await goldenHashes()).toEqual(golden);
});
