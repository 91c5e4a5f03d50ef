/** Undoing the last verdict after a reload. */
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { judgedBefore, rememberJudged } from '../../src/app/last-judged.ts';
import type { GraphId } from '../../src/core/ids.ts';
import type { TakeRecord, Verdict } from '../../src/core/take.ts';
import { takeOf } from '../rig/takes.ts';

const graph = 'g1' as GraphId;
const by = (state: Verdict['state'], at: number): Verdict => ({ state, by: 'person', at, reviewMs: 5 });
const [first, second] = [takeOf('first', { verdict: by('accepted', 1) }), takeOf('second', { number: 1 })];
const judged: readonly TakeRecord[] = [
  { ...second, verdict: by('accepted', 2) },
  { ...first, verdict: { ...first.verdict, state: 'open' } },
];
let kept: Map<string, string>;
beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  onTestFinished(() => void vi.unstubAllGlobals());
});

test('the takes come back as they were before the verdict, with all else they have by now', () => {
  rememberJudged(graph, [second, first], judged);
  const now = judged.map((take) => ({ ...take, why: 'Said since.' }));
  expect(judgedBefore(graph, now)).toEqual([
    { ...second, why: 'Said since.' },
    { ...first, why: 'Said since.' },
  ]);
});
test.each([
  ['in another graph', 'g2' as GraphId, judged],
  [
    'once a take was judged again, here or in another tab',
    graph,
    [{ ...judged[0]!, verdict: by('rejected', 3) }, judged[1]!],
  ],
  ['once a take is gone', graph, [judged[0]!]],
])('nothing is taken back %s', (_, where, now) => {
  rememberJudged(graph, [second, first], judged);
  expect(judgedBefore(where, now)).toBeUndefined();
});
test('a verdict that was taken back is not taken back again', () => {
  rememberJudged(graph, [second, first], judged);
  rememberJudged(graph, undefined, [second, first]);
  expect(judgedBefore(graph, [first, second])).toBeUndefined();
});
test.each([
  '',
  'null',
  '[]',
  '{"graph":"g1"}',
  '{"graph":"g1","steps":[]}',
  '{"graph":"g1","steps":[["second",{"before":1}]]}',
])('what somebody else stored is passed over: %s', (text) => {
  kept.set('triptych-last-judged', text);
  expect(judgedBefore(graph, judged)).toBeUndefined();
});
