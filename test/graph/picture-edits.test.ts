/** A picture that came in as a Reference, used itself: what is offered, and what stands on the board afterwards. */
import { expect, test } from 'vitest';
import type { NodeId } from '../../src/core/ids.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { holdsUnusedPicture, usePictureItself } from '../../src/graph/picture-edits.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';
import { changed } from '../rig/learner.ts';

const id = (name: string) => name as NodeId;
const file = { hash: 'a'.repeat(64), name: 'it', mime: 'image/png', width: 64, height: 48 };

test('an Import with the same picture stands where the Reference stood', () => {
  const graph = changed(graphOf({ a: 'reference' }, []), { a: { file, strength: 0.9 } });
  expect(holdsUnusedPicture(graph, id('a'))).toBe(true);
  const draft = structuredClone(graph) as Graph;
  const added = usePictureItself(draft as never, id('a'), registry.get('import')!);
  expect(Object.keys(draft.nodes)).toEqual([added]);
  expect(draft.nodes[added]).toMatchObject({ type: 'import', params: { file } });
  expect(draft.nodes[added]!.params).not.toHaveProperty('strength');
  expect(draft.nodes[added]!.position).toEqual(graph.nodes[id('a')]!.position);
});

test('it is not offered without a picture, of another node, or where a wire would be lost', () => {
  expect(holdsUnusedPicture(graphOf({ a: 'reference' }, []), id('a'))).toBe(false);
  const used = changed(graphOf({ a: 'reference', b: 'image' }, ['a.reference > b.reference']), { a: { file } });
  expect(holdsUnusedPicture(used, id('a'))).toBe(false);
  const own = changed(graphOf({ a: 'import' }, []), { a: { file } });
  expect(holdsUnusedPicture(own, id('a'))).toBe(false);
});
