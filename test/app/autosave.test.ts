/** What is said while storage refuses. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { autosave } from '../../src/app/autosave.ts';
import { STORAGE_FULL } from '../../src/core/errors.ts';
import { emptyGraph } from '../../src/graph/graph.ts';
import type { GraphId } from '../../src/core/ids.ts';
import { NodeError } from '../../src/core/node-api.ts';
import { createDocument } from '../../src/state/document.ts';
import { createWorkspace } from '../../src/state/workspace.ts';

test('why edits are not saved is said once, and again when it is another reason', async () => {
  vi.useFakeTimers();
  const nowhere = { addEventListener: () => {} };
  vi.stubGlobal('window', { ...nowhere, document: nowhere });
  onTestFinished(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const [document, workspace] = [createDocument(), createWorkspace()];
  let why: Error | undefined = new NodeError('rejected', 'The disk is gone.');
  const save = async () => {
    if (why) throw why;
  };
  autosave(document, { save } as unknown as Parameters<typeof autosave>[1], workspace, () => {});
  document.load('g1' as GraphId, emptyGraph('Kept'), undefined);
  document.edit('Rename', (_, whole) => void (whole.title = 'Changed'));
  const reasons = () => workspace.getState().notices.map(({ text }) => JSON.stringify(text));
  await vi.advanceTimersByTimeAsync(25_000);
  expect(reasons()).toEqual([expect.stringContaining('The disk is gone.')]);
  why = new NodeError(STORAGE_FULL.code, 'The disk is full.');
  await vi.advanceTimersByTimeAsync(25_000);
  expect(reasons()).toEqual([
    expect.stringContaining('The disk is gone.'),
    expect.stringContaining('The disk is full.'),
  ]);
  expect(document.getState().refused?.message).toBe('The disk is full.');
  why = undefined;
  await vi.advanceTimersByTimeAsync(10_000);
  expect([document.getState().unsaved, document.getState().refused]).toEqual([[], undefined]);
  expect(reasons()).toEqual([]);
});
