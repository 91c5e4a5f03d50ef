/** What the overview draws of nodes: their pictures, decoded once, and how those inside components fare. */
import { expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.ts';
import { emptyBoard } from '../../src/graph/graph.ts';
import type { ArtifactHash, NodeId } from '../../src/core/ids.ts';
import { createRuns, IDLE, type Status } from '../../src/state/runs.ts';
import { thumbnails } from '../../src/ui/canvas/thumbnails.ts';
import { statusAt } from '../../src/ui/node-facts.ts';
import { graphOf } from '../rig/graphs.ts';

const hash = (name: string) => name as ArtifactHash;
/** Copies that say when they are closed; those named `gone` cannot be made. */
function studio(mostKept?: number) {
  const [made, closed]: [string[], string[]] = [[], []];
  let [ready, told] = [() => {}, 0];
  const decode = async (name: ArtifactHash) => {
    made.push(name);
    if (name.startsWith('gone')) throw new Error('It is gone.');
    return { name, close: () => void closed.push(name) };
  };
  const pictures = thumbnails(decode, () => (told++, ready()), mostKept);
  const next = () => new Promise<void>((resolve) => (ready = resolve));
  return { pictures, made, closed, next, told: () => told };
}

test('a picture is decoded once, however often it is drawn; one that is gone is not asked for again', async () => {
  const { pictures, made, next } = studio();
  const there = next();
  expect([pictures.get(hash('gone')), pictures.get(hash('a')), pictures.get(hash('a'))]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  await there;
  for (let drawing = 0; drawing < 5; drawing++) expect(pictures.get(hash('a'))).toMatchObject({ name: 'a' });
  expect(pictures.get(hash('gone'))).toBeUndefined();
  expect(made).toEqual(['gone', 'a']);
});

test('beyond their number those drawn longest ago are closed, and all when the overview is', async () => {
  const { pictures, closed, next } = studio(2);
  for (const name of ['a', 'b']) {
    const there = next();
    pictures.get(hash(name));
    await there;
  }
  pictures.get(hash('a'));
  const there = next();
  pictures.get(hash('c'));
  await there;
  expect(closed).toEqual(['b']);
  pictures.close();
  expect(closed.toSorted()).toEqual(['a', 'b', 'c']);
});

test('an instance fares as the worst of the nodes inside it, at any depth', () => {
  const component = (nodes: Graph['nodes']) => ({
    ...emptyBoard,
    title: 'C',
    description: '',
    version: 0,
    inputs: {},
    outputs: {},
    params: {},
    nodes,
  });
  const graph = {
    ...graphOf({ x: 'component/outer', y: 'component/outer', n: 'n' }, []),
    components: {
      outer: component(graphOf({ i: 'component/inner', a: 'n' }, []).nodes),
      inner: component(graphOf({ b: 'n', c: 'n' }, []).nodes),
    },
  } as Graph;
  const runs = createRuns();
  const status = (states: Readonly<Record<string, Status>>, id: string) => {
    runs.reset(Object.fromEntries(Object.entries(states).map(([node, state]) => [node, { ...IDLE, status: state }])));
    return statusAt(graph, runs.getState(), id as NodeId);
  };
  expect(status({ 'x/i/b': 'done', 'x/i/c': 'failed', 'x/a': 'running' }, 'x')).toBe('failed');
  expect(status({ 'x/i/b': 'done', 'x/i/c': 'running', 'x/a': 'queued' }, 'x')).toBe('running');
  expect(status({ 'x/i/b': 'done', 'x/i/c': 'cached', 'x/a': 'cached' }, 'x')).toBe('done');
  expect(status({ 'x/i/c': 'failed', n: 'done' }, 'y')).toBe('idle');
  expect([
    status({ 'x/i/c': 'failed' }, 'x/i'),
    status({ 'x/i/c': 'failed' }, 'x/i/c'),
    status({ n: 'done' }, 'n'),
  ]).toEqual(['failed', 'failed', 'done']);
});
