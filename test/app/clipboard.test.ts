/** Cutting while a browser asks whether it may. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { createClipboard } from '../../src/app/clipboard.ts';
import type { FrameId, GraphId, NodeId, NoteId } from '../../src/core/ids.ts';
import { createDocument } from '../../src/state/document.ts';
import { createWorkspace } from '../../src/state/workspace.ts';
import { graphOf } from '../rig/graphs.ts';

const [a, b, c] = ['a', 'b', 'c'] as NodeId[] as [NodeId, NodeId, NodeId];
const [note, frame] = ['note' as NoteId, 'frame' as FrameId];
const place = { position: { x: 0, y: 0 }, size: { width: 100, height: 80 } };

/** Three nodes in a row, a note and a frame; and what the browser's answer is waited for. */
function cutting() {
  const [document, workspace] = [createDocument(), createWorkspace()];
  const row = graphOf({ a: 'sum', b: 'sum', c: 'sum' }, ['a.out > b.terms', 'b.out > c.terms']);
  document.load(
    'g1' as GraphId,
    {
      ...row,
      nodes: { ...row.nodes, [b]: { ...row.nodes[b]!, frame } },
      notes: { [note]: { ...place, text: 'said', colour: 'amber' } },
      frames: { [frame]: { ...place, title: 'Frame', colour: 'blue' } },
    },
    undefined,
  );
  let answer: { readonly allow: () => void; readonly refuse: () => void } | undefined;
  let copied = '';
  const writeText = (text: string) =>
    new Promise<void>((allow, reject) => {
      copied = text;
      answer = { allow, refuse: () => reject(new DOMException('No', 'NotAllowedError')) };
    });
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  onTestFinished(() => void vi.unstubAllGlobals());
  const services = { document, workspace } as unknown as Parameters<typeof createClipboard>[0];
  const { copy } = createClipboard(services, {} as Parameters<typeof createClipboard>[1], async () => {});
  const left = () => {
    const { board } = document.getState();
    return [board.nodes, board.wires, board.notes, board.frames].map((part) => Object.keys(part).length);
  };
  return { workspace, copy, left, asked: () => vi.waitUntil(() => answer), copied: () => JSON.parse(copied) };
}

test('cut takes what was copied, with its wires, notes and frames, whatever is chosen meanwhile', async () => {
  const { workspace, copy, left, asked, copied } = cutting();
  // The frame carries b.
  workspace.select([a], [note, frame]);
  const cut = copy(true);
  const { allow } = await asked();
  workspace.select([c]);
  expect(left()).toEqual([3, 2, 1, 1]);
  allow();
  await cut;
  expect(left()).toEqual([1, 0, 0, 0]);
  const { nodes, wires, notes, frames } = copied();
  expect([nodes, wires, notes, frames].map((part) => Object.keys(part).length)).toEqual([2, 1, 1, 1]);
});
test('where the browser refuses nothing is cut', async () => {
  const { workspace, copy, left, asked } = cutting();
  workspace.select([a], [note]);
  const cut = copy(true);
  (await asked()).refuse();
  await cut;
  expect(left()).toEqual([3, 2, 1, 1]);
  expect(workspace.getState().notices.map(({ tone }) => tone)).toEqual(['bad']);
});
