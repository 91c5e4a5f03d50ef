/** A film read as shots, whoever wired it, and edits by shots, which are edits of the graph. */
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { produce } from 'immer';
import type { NodeId } from '../../src/core/ids.ts';
import type { BoardDraft } from '../../src/graph/edits.ts';
import { emptyGraph, type Graph } from '../../src/graph/graph.ts';
import { filmFor, shotsOf } from '../../src/graph/shots.ts';
import { addFilm, addShot, moveShot, removeShot, setJoin, setMotion } from '../../src/graph/shot-edits.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';

const FILM = 'film' as NodeId;
const change = (graph: Graph, recipe: (draft: BoardDraft) => void): Graph =>
  produce(graph, (draft) => void recipe(draft as BoardDraft));
const filmIn = (graph: Graph) => filmFor(graph, registry, undefined)!;
const shots = (graph: Graph) => shotsOf(graph, registry, filmIn(graph));
/** A film of so many shots by the strip, each still called by its prompt. */
function filmOf(...names: readonly string[]): Graph {
  return change(emptyGraph('F'), (draft) => {
    const film = addFilm(draft, registry, { x: 0, y: 0 })!;
    for (const name of names) draft.nodes[addShot(draft, registry, film)!]!.params = { text: name };
  });
}
const called = (graph: Graph) => shots(graph).map(({ still }) => graph.nodes[still!.prompt!]!.params['text']);
/** By shot: whose still its clip ends with. */
const endsWith = (graph: Graph) =>
  shots(graph).map(({ end }) => {
    const at = shots(graph).findIndex(({ still }) => still!.from.node === end?.from?.node);
    return at < 0 ? undefined : called(graph)[at];
  });

test('each clip is shown as what it is: from a still, from words, brought in, going on, from a component, joined', () => {
  const graph = {
    ...graphOf(
      {
        p: 'prompt',
        i: 'image',
        g: 'gate',
        up: 'upscale',
        m: ['motion', { seconds: 3 }],
        a: 'animate',
        grade: 'retime',
        f: 'film',
        own: 'import',
        grab: 'grab',
        again: 'animate',
        bare: 'animate',
        more: 'extend',
        c: 'component/c',
        inner: 'stitch',
        odd: 'from another time',
        film: ['stitch', { join: 'cut', joins: [{ after: 2, join: 'crossfade', seconds: 0.8 }] }],
      },
      [
        'p.prompt > i.prompt',
        'i.image > g.image',
        'g.image > up.image',
        'up.image > a.image',
        'm.motion > a.motion',
        'm.motion > again.motion',
        'a.video > grade.video',
        'grade.video > film.videos',
        'p.prompt > f.prompt',
        'f.video > film.videos',
        'own.video > film.videos',
        'f.video > grab.video',
        'grab.image > again.image',
        'again.video > film.videos',
        'bare.video > film.videos',
        'f.video > more.video',
        'more.video > film.videos',
        'c.video > film.videos',
        'inner.video > film.videos',
        'odd.video > film.videos',
      ],
    ),
  };
  const found = shotsOf(graph, registry, FILM);
  expect(found.map(({ kind }) => kind)).toEqual([
    'still',
    'text',
    'own',
    'still',
    'still',
    'continued',
    'component',
    'joined',
    'unknown',
  ]);
  expect(found[0]).toMatchObject({
    node: 'grade',
    maker: 'a',
    still: { from: { node: 'up' }, maker: 'i', isTake: true, gate: 'g', prompt: 'p' },
    end: { socket: 'lastFrame' },
    motion: { node: 'm', isShared: true },
    join: { join: 'cut' },
  });
  expect(found[1]?.join).toEqual({ join: 'crossfade', seconds: 0.8 });
  expect(found[3]?.still).toMatchObject({ maker: 'grab', isTake: false });
  expect(found[4]).not.toHaveProperty('still');
  expect(found[5]).toMatchObject({ maker: 'more', end: { socket: 'lastFrame' } });
  expect(found.at(-1)).not.toHaveProperty('join');
  expect(shotsOf(graph, registry, 'inner' as NodeId)).toEqual([]);
  expect(shotsOf(graph, registry, 'p' as NodeId)).toEqual([]);
});

test('of several films the one that is chosen, or led to, is meant; else the one that is delivered', () => {
  const graph = graphOf({ a: 'film', one: 'stitch', b: 'film', two: 'stitch', d: 'deliver' }, [
    'a.video > one.videos',
    'b.video > two.videos',
    'two.video > d.video',
  ]);
  const meant = (chosen?: string) => filmFor(graph, registry, chosen as NodeId | undefined);
  expect([meant(), meant('one'), meant('a'), meant('d')]).toEqual(['two', 'one', 'one', 'two']);
  expect(filmFor(emptyGraph('E'), registry, undefined)).toBeUndefined();
});

test('a film by shots: each ends with the gated still of the next, and goes by what the one before goes by', () => {
  const graph = filmOf('one', 'two', 'three');
  expect(called(graph)).toEqual(['one', 'two', 'three']);
  expect(endsWith(graph)).toEqual(['two', 'three', undefined]);
  for (const { kind, still, join } of shots(graph)) {
    expect([kind, graph.nodes[still!.from.node]?.type]).toEqual(['still', 'gate']);
    if (join) expect(join.join).toBe('shared keyframe');
  }
  const sized = change(graph, (draft) => {
    const [first] = shots(graph);
    draft.nodes['s' as NodeId] = { type: 'seed', version: 1, params: {}, position: { x: 0, y: 0 } };
    draft.wires['ws' as never] = {
      from: { node: 's' as NodeId, socket: 'seed' },
      to: { node: first!.still!.maker, socket: 'seed' },
      order: 0,
    };
    setMotion(draft, registry, first!, 'seconds', 3.5);
    addShot(draft, registry, filmIn(graph), 0);
  });
  const added = shots(sized)[1]!;
  expect(Object.values(sized.wires).some(({ from, to }) => from.node === 's' && to.node === added.still!.maker)).toBe(
    true,
  );
  expect(sized.nodes[added.motion!.node]?.params['seconds']).toBe(3.5);
});

test('shots that move or go take their joins along, and keyframes are shared anew', () => {
  const graph = filmOf('a', 'b', 'c', 'd');
  const film = filmIn(graph);
  const cut = change(graph, (draft) => setJoin(draft, registry, film, 1, 'cut'));
  expect(endsWith(cut)).toEqual(['b', undefined, 'd', undefined]);
  expect(cut.nodes[film]?.params['joins']).toEqual([{ after: 2, join: 'cut' }]);
  const moved = change(cut, (draft) => moveShot(draft, registry, film, 1, 2));
  expect(called(moved)).toEqual(['a', 'c', 'b', 'd']);
  expect(endsWith(moved)).toEqual(['c', 'b', undefined, undefined]);
  expect(shots(moved).map(({ join }) => join?.join)).toEqual(['shared keyframe', 'shared keyframe', 'cut', undefined]);
  const less = change(moved, (draft) => removeShot(draft, registry, film, shots(moved)[1]!.wire));
  expect(called(less)).toEqual(['a', 'b', 'd']);
  expect(endsWith(less)).toEqual(['b', undefined, undefined]);
  // Its prompt, still, gate, motion and clip went with it.
  expect(Object.keys(less.nodes)).toHaveLength(Object.keys(moved.nodes).length - 5);
  const again = change(less, (draft) => setJoin(draft, registry, film, 1, 'shared keyframe'));
  expect(endsWith(again)).toEqual(['b', 'd', undefined]);
});

test('a shot that cannot be told what to end with is cut from the one that is added, on either side', () => {
  const graph = graphOf({ f: 'film', film: ['stitch', { join: 'shared keyframe' }] }, ['f.video > film.videos']);
  const after = change(graph, (draft) => addShot(draft, registry, FILM));
  expect(shotsOf(after, registry, FILM).map(({ join }) => join?.join)).toEqual(['cut', undefined]);
  const around = change(after, (draft) => {
    moveShot(draft, registry, FILM, 0, 1);
    addShot(draft, registry, FILM, 0);
  });
  expect(shotsOf(around, registry, FILM).map(({ join }) => join?.join)).toEqual(['shared keyframe', 'cut', undefined]);
});

test('a picture to end with that was chosen by hand stays; a shared motion is left to the others', () => {
  const graph = graphOf(
    {
      own: 'import',
      i: 'image',
      j: 'image',
      m: ['motion', { seconds: 2 }],
      a: 'animate',
      b: 'animate',
      film: 'stitch',
    },
    [
      'i.image > a.image',
      'own.image > a.lastFrame',
      'j.image > b.image',
      'm.motion > a.motion',
      'm.motion > b.motion',
      'a.video > film.videos',
      'b.video > film.videos',
    ],
  );
  const changed = change(graph, (draft) => {
    moveShot(draft, registry, FILM, 0, 1);
    setMotion(draft, registry, shotsOf(graph, registry, FILM)[0]!, 'seconds', 4);
  });
  const [b, a] = shotsOf(changed, registry, FILM);
  expect(a?.end?.from?.node).toBe('own');
  expect([a, b].map((shot) => changed.nodes[shot!.motion!.node]?.params['seconds'])).toEqual([4, 2]);
  // A clip without a motion gets one.
  const bare = graphOf({ i: 'image', a: 'animate', film: 'stitch' }, ['i.image > a.image', 'a.video > film.videos']);
  const set = change(bare, (draft) => setMotion(draft, registry, shotsOf(bare, registry, FILM)[0]!, 'move', 'orbit'));
  expect(set.nodes[shotsOf(set, registry, FILM)[0]!.motion!.node]?.params).toEqual({ move: 'orbit' });
});

test('property: whatever is done by shots, a shared keyframe is always the still of the next shot, and no other', () => {
  const step = fc.record({
    what: fc.constantFrom('add', 'remove', 'move', 'cut', 'share'),
    at: fc.nat(5),
    to: fc.nat(5),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      let graph = filmOf('x', 'y');
      const film = filmIn(graph);
      for (const { what, at, to } of steps) {
        const now = shots(graph);
        graph = change(graph, (draft) => {
          if (what === 'add') addShot(draft, registry, film, at);
          if (what === 'remove' && now[at]) removeShot(draft, registry, film, now[at].wire);
          if (what === 'move') moveShot(draft, registry, film, at, to);
          if (what === 'cut') setJoin(draft, registry, film, at, 'cut');
          if (what === 'share') setJoin(draft, registry, film, at, 'shared keyframe');
        });
        const after = shots(graph);
        for (const [place, { end, join }] of after.entries()) {
          const shared = join?.join === 'shared keyframe' ? after[place + 1]!.still!.from : undefined;
          expect(end?.from).toEqual(shared);
        }
      }
      // A film, its delivery, and five nodes for each shot: nothing is left behind.
      expect(Object.keys(graph.nodes)).toHaveLength(2 + 5 * shots(graph).length);
    }),
    { numRuns: 150 },
  );
});
