import { expect, test } from 'vitest';
import { aligned, distributed, guided, LINES, type Line, type Rect } from '../../src/graph/rect.ts';

const rect = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });
/** Around both: from 0, 10 to 100, 90. */
const [small, large] = [rect(0, 50, 20, 40), rect(40, 10, 60, 30)];

test.each<readonly [Line, readonly (readonly number[])[]]>([
  [
    'left',
    [
      [0, 50],
      [0, 10],
    ],
  ],
  [
    'centre',
    [
      [40, 50],
      [20, 10],
    ],
  ],
  [
    'right',
    [
      [80, 50],
      [40, 10],
    ],
  ],
  [
    'top',
    [
      [0, 10],
      [40, 10],
    ],
  ],
  [
    'middle',
    [
      [0, 30],
      [40, 35],
    ],
  ],
  [
    'bottom',
    [
      [0, 50],
      [40, 60],
    ],
  ],
])('aligned by %s they stand on one line of what surrounds them, and keep the other coordinate', (line, expected) => {
  const placed = aligned({ small, large }, line);
  expect([placed.small, placed.large].map(({ x, y }) => [x, y])).toEqual(expected);
});

test('one alone stays where it is, on whatever line', () => {
  for (const line of LINES) expect(aligned({ small }, line)).toEqual({ small: { x: small.x, y: small.y } });
});

test('spread out the gaps are equal, in the order of their places; the outermost stay, and so do two', () => {
  // 10 wide at 0, 30 wide at 12, 20 wide ending at 120: 60 are free between them.
  const three = { last: rect(100, 3, 20, 1), first: rect(0, 1, 10, 1), between: rect(12, 2, 30, 1) };
  expect(distributed(three, 'x')).toEqual({
    first: { x: 0, y: 1 },
    between: { x: 40, y: 2 },
    last: { x: 100, y: 3 },
  });
  const two = { above: rect(0, 0, 1, 1), below: rect(5, 9, 1, 1) };
  expect(distributed(two, 'y')).toEqual({ above: { x: 0, y: 0 }, below: { x: 5, y: 9 } });
});

test('a moved one is drawn to the nearest line of the same kind: side to side, middle to middle', () => {
  const other = rect(100, 200, 40, 40);
  // 3 left of its left side; its middle is 2 above the other's middle.
  expect(guided(rect(97, 208, 10, 20), [other], 5)).toEqual({ by: { x: 3, y: 2 }, x: 100, y: 220 });
  // Its right side is 1 beyond the other's, nearer than a third one's left side.
  expect(guided(rect(131, 0, 10, 10), [rect(134, 500, 300, 300), other], 5)).toEqual({ by: { x: -1, y: 0 }, x: 140 });
  // Its left side would meet the other's right side: those are different lines.
  expect(guided(rect(141, 0, 10, 10), [other], 5)).toEqual({ by: { x: 0, y: 0 } });
});

test('what lies exactly in line is shown so without a nudge; what is farther than the limit is left alone', () => {
  const other = rect(100, 200, 40, 40);
  expect(guided(rect(100, 0, 10, 10), [other], 5)).toEqual({ by: { x: 0, y: 0 }, x: 100 });
  expect(guided(rect(95, 0, 10, 10), [other], 5)).toEqual({ by: { x: 5, y: 0 }, x: 100 });
  expect(guided(rect(94.9, 0, 10, 10), [other], 5)).toEqual({ by: { x: 0, y: 0 } });
});
