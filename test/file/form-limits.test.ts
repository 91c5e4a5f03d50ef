/** Limits of a form's fields: kept in a file, narrowing the param, and none where they leave no room. */
import { expect, test } from 'vitest';
import { p } from '../../src/core/params.ts';
import type { Loose } from '../../src/core/loose.ts';
import { writeGraphFile } from '../../src/file/format.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { limitedSpec } from '../../src/graph/form-limits.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';

const guidance = graphOf({ guidance: { type: 'guidance', version: 1, params: {}, position: { x: 0, y: 0 } } }, []);
const formRead = (limits: unknown): unknown => {
  const file = JSON.parse(writeGraphFile(guidance)) as Loose;
  const form = [{ node: 'guidance', param: 'scale', limits }];
  const parsed = parseGraphFile(JSON.stringify({ ...file, form }), registry);
  return parsed.ok && (parsed.value.graph satisfies Graph).form[0]?.limits;
};

test('limits of a field are there again after saving', () => {
  expect(formRead({ least: 4, most: 8 })).toEqual({ least: 4, most: 8 });
});
test.each([[{ least: 8, most: 4 }], [{ least: 4 }], [{ least: '4', most: 8 }], ['4 to 8']])('%j are none', (limits) => {
  expect(formRead(limits)).toBeUndefined();
});
test('a number goes no further than its limits, nor than its own range', () => {
  const scale = p.float({ label: 'Scale', default: 7, min: 1, max: 20 });
  expect(limitedSpec(scale, { least: 4, most: 80 })).toMatchObject({ min: 4, max: 20 });
  expect(limitedSpec(scale, undefined)).toBe(scale);
});
