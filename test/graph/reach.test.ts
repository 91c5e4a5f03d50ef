import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NodeId } from '../../src/core/ids.ts';
import { Reach } from '../../src/graph/reach.ts';

test('property: wires lead where following them one at a time leads', () => {
  const wire = fc.tuple(fc.nat(9), fc.nat(9));
  fc.assert(
    fc.property(fc.array(wire, { maxLength: 20 }), (wires) => {
      const reach = new Reach();
      const id = (at: number) => `n${at}` as NodeId;
      for (const [from, to] of wires) reach.add(id(from), id(to));
      for (let start = 0; start < 10; start++) {
        const reached = new Set([start]);
        for (const at of reached) for (const [from, to] of wires) if (from === at) reached.add(to);
        for (let end = 0; end < 10; end++) expect(reach.leads(id(start), id(end))).toBe(reached.has(end));
      }
    }),
  );
});
