/** A page gets of each node what it draws and wires; what runs and explains it comes later, or never. */
import { expect, test } from 'vitest';
import { faces } from '../../src/app/node-faces.ts';
import { registry } from '../../src/registry.ts';
import { nodeFaces } from '../../src/setup/face-of-node.js';

test('a face is its node without its code, its explanation and its example', () => {
  expect([...faces.keys()].sort()).toEqual([...registry.keys()].sort());
  for (const [id, face] of faces) {
    const { docs: _, example: __, run: ___, stretches: ____, cost: _____, check: ______, ...rest } = registry.get(id)!;
    expect(Object.keys(face)).toEqual(Object.keys(rest));
    // Functions are others: each module has its own.
    expect(JSON.stringify(face)).toBe(JSON.stringify(rest));
  }
});

test('a file whose declaration does not stand in it is refused by name', () => {
  const { handler } = nodeFaces().transform as { handler(code: string, id: string): unknown };
  for (const code of ['export const node = 1;', 'const node = {}; export default defineNode(node);'])
    expect(() => handler(code, '/nodes/control/odd.ts?face')).toThrow('/nodes/control/odd.ts?face has to be');
});

test('what only the code of a node uses is not brought along, nor what that imports', () => {
  const { handler } = nodeFaces().transform as { handler(code: string, id: string): { readonly code: string } };
  const code = [
    "import { defineNode, p } from './api.ts';",
    "import { heavy } from './heavy.ts';",
    'const MOST = 9;',
    'const STILLS = p.int({ max: MOST });',
    'const worked = () => heavy(helped());',
    'function helped() { return worked; }',
    "export default defineNode({ id: 'a', params: { STILLS }, run: () => worked() });",
  ].join('\n');
  expect(handler(code, '/nodes/control/a.ts?face').code.split('\n')).toEqual([
    "import { defineNode, p } from './api.ts';",
    'const MOST = 9;',
    'const STILLS = p.int({ max: MOST });',
    "export default defineNode({ id: 'a', params: { STILLS } });",
  ]);
});
