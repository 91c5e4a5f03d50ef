/** Where a picture goes from the node that makes it. */
import { expect, test } from 'vitest';
import { leadsToOf } from '../../src/graph/ends.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';

test('through refinement, as far as a delivery or another generation', () => {
  const graph = graphOf(
    {
      still: 'image',
      grade: 'grade',
      clip: 'animate',
      loose: 'image',
      first: 'deliver',
      last: 'deliver',
    },
    ['still.image > grade.image', 'grade.image > clip.image', 'clip.video > last.video', 'loose.image > first.image'],
  );
  const of = (node: string) => leadsToOf(graph, registry, node as NodeId);
  expect(of('still')).toEqual({ delivery: false, takes: ['clip'] });
  expect(of('clip')).toEqual({ delivery: true, takes: [] });
  expect(of('loose')).toEqual({ delivery: true, takes: [] });
});
