import { beforeEach, expect, test } from 'vitest';
import { createTakeCommands } from '../../src/app/take-commands.ts';
import { fail, STORAGE_FULL, ok, type Result } from '../../src/core/errors.ts';
import { emptyGraph } from '../../src/graph/graph.ts';
import type { GraphId, NodeId } from '../../src/core/ids.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import { createDesk } from '../../src/state/desk.ts';
import { createDocument } from '../../src/state/document.ts';
import { reviewClock } from '../../src/state/review-clock.ts';
import { createRuns } from '../../src/state/runs.ts';
import { createWorkspace } from '../../src/state/workspace.ts';
import { takeOf } from '../rig/takes.ts';

const graph = {
  ...emptyGraph('Judged'),
  nodes: { ['n' as NodeId]: { type: 'image', version: 1, params: {}, position: { x: 0, y: 0 } } },
};
const [first, second] = [takeOf('first', { number: 0 }), takeOf('second', { number: 1 })];

/** What a thread wrote down, in order, and whether it may. */
let disk: (readonly TakeRecord[])[];
let write: () => Promise<Result<void>>;
function judging(clock = reviewClock(() => 0)) {
  const [document, runs, desk, workspace] = [createDocument(), createRuns(), createDesk(), createWorkspace()];
  document.load('g1' as GraphId, graph, undefined);
  desk.setState({ takes: [first, second] });
  const thread = () => ({
    call: {
      async judge(takes: readonly TakeRecord[]) {
        const written = await write();
        if (written.ok) disk.push(takes);
        return written;
      },
    },
  });
  const commands = createTakeCommands(
    { document, runs, desk, workspace, thread, reviewClock: clock } as unknown as Parameters<
      typeof createTakeCommands
    >[0],
    async () => {},
  );
  const states = () => desk.getState().takes.map(({ verdict }) => verdict.state);
  return { commands, desk, document, workspace, states };
}
beforeEach(() => {
  disk = [];
  write = async () => ok(undefined);
});

test('accepting one take and opening the one accepted before it are one write', async () => {
  const { commands, states } = judging();
  await commands.accept(first);
  await commands.accept(second);
  expect(disk.map((takes) => takes.map(({ id, verdict }) => [id, verdict.state]))).toEqual([
    [['first', 'accepted']],
    [
      ['second', 'accepted'],
      ['first', 'open'],
    ],
  ]);
  expect(states()).toEqual(['open', 'accepted']);
});

test('undoing an accept accepts the one before it again, and the graph shows that one', async () => {
  const { commands, document, states } = judging();
  await commands.accept(first);
  await commands.accept(second);
  await commands.undoVerdict();
  expect(disk.at(-1)!.map(({ id, verdict }) => [id, verdict.state])).toEqual([
    ['second', 'open'],
    ['first', 'accepted'],
  ]);
  expect(states()).toEqual(['accepted', 'open']);
  expect(document.getState().graph.nodes['n' as NodeId]!.take).toEqual({ slot: first.slot, number: 0, id: first.id });
});

test('a verdict is shown only when it is written, and verdicts given in quick succession keep their order', async () => {
  const { commands, states } = judging();
  const waiting: (() => void)[] = [];
  write = () => new Promise((resolve) => waiting.push(() => resolve(ok(undefined))));
  const all = [commands.accept(first), commands.accept(second), commands.undoVerdict()];
  await expect.poll(() => waiting.length).toBe(1);
  expect([states(), disk]).toEqual([['open', 'open'], []]);
  for (let written = 1; written <= 3; written++) {
    await expect.poll(() => waiting.length).toBe(1);
    waiting.shift()!();
    await expect.poll(() => disk.length).toBe(written);
  }
  await Promise.all(all);
  expect(states()).toEqual(['accepted', 'open']);
});

test('a verdict that cannot be written changes nothing, is said with a way to free space, and the next one goes through', async () => {
  const { commands, desk, document, workspace, states } = judging();
  write = async () => ({ ok: false, error: STORAGE_FULL });
  await commands.accept(first);
  await commands.reject(second, 'Composition');
  expect([states(), desk.getState().lastJudged, document.getState().graph]).toEqual([
    ['open', 'open'],
    undefined,
    graph,
  ]);
  const said = workspace
    .getState()
    .notices.map(({ tone, text, actions, times }) => [tone, text, actions[0]?.label, times]);
  expect(said).toEqual([['bad', 'The verdict was not kept, so nothing changed.', 'Free space', 2]]);
  write = async () => ok(undefined);
  await commands.accept(first);
  expect(states()).toEqual(['accepted', 'open']);
});

test('a verdict that is written after another graph was opened is not shown there', async () => {
  const { commands, desk, document } = judging();
  const waiting: (() => void)[] = [];
  write = () => new Promise((resolve) => waiting.push(() => resolve(ok(undefined))));
  const accepting = commands.accept(first);
  await expect.poll(() => waiting.length).toBe(1);
  document.load('g2' as GraphId, emptyGraph('Other'), undefined);
  desk.setState({ takes: [] });
  waiting[0]!();
  await accepting;
  expect([desk.getState().takes, Object.keys(document.getState().graph.nodes)]).toEqual([[], []]);
});

test('the time it took to decide is not forgotten when the verdict cannot be written, nor when it is taken back', async () => {
  let now = 0;
  const clock = reviewClock(() => now);
  const { commands, desk } = judging(clock);
  const reviewed = () => desk.getState().takes[0]!.verdict.reviewMs;
  clock.show([first.id]);
  now = 2000;
  write = async () => fail('storage-full', 'The disk is full.');
  await commands.accept(first);
  expect(reviewed()).toBe(0);
  write = async () => ok(undefined);
  now = 3000;
  await commands.accept(first);
  expect(reviewed()).toBe(3000);
  await commands.undoVerdict();
  expect(reviewed()).toBe(3000);
});
