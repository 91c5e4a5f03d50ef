import { expect, test } from 'vitest';
import {
  aligned,
  boundsOf,
  covers,
  distributed,
  guided,
  holds,
  LINES,
  middleOf,
  overlap,
  setOut,
  type Line,
  type Rect,
} from '../../src/graph/rect.ts';

const rect = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });
/** Around both: from 10, 10 to 110, 90. */
const [small, large] = [rect(10, 50, 20, 40), rect(50, 10, 60, 30)];

test.each<readonly [Line, readonly [number, number], readonly [number, number]]>([
  ['left', [10, 50], [10, 10]],
  ['centre', [50, 50], [30, 10]],
  ['right', [90, 50], [50, 10]],
  ['top', [10, 10], [50, 10]],
  ['middle', [10, 30], [50, 35]],
  ['bottom', [10, 50], [50, 60]],
])(
  'aligned by %s they stand on one line of what surrounds them, and keep the other coordinate',
  (line, ...expected) => {
    const placed = aligned({ small, large }, line);
    expect([placed.small, placed.large].map(({ x, y }) => [x, y])).toEqual(expected);
  },
);

test('one alone stays where it is, on whatever line', () => {
  for (const line of LINES) expect(aligned({ small }, line)).toEqual({ small: { x: small.x, y: small.y } });
});

test('around nothing there is no rectangle', () => {
  expect(boundsOf([])).toBeUndefined();
  expect(boundsOf([small, large])).toEqual(rect(10, 10, 100, 80));
});

test('those that only touch do not overlap, and hold one another only from inside', () => {
  const [box, beside, below] = [rect(0, 0, 10, 20), rect(10, 0, 5, 20), rect(0, 20, 10, 5)];
  expect([overlap(box, beside), overlap(beside, box), overlap(box, below), overlap(below, box)]).toEqual([
    false,
    false,
    false,
    false,
  ]);
  const [acrossX, acrossY] = [rect(9, 5, 5, 5), rect(5, 19, 4, 5)];
  expect([overlap(box, acrossX), overlap(acrossX, box), overlap(box, acrossY)]).toEqual([true, true, true]);
  expect([holds(box, box), holds(box, rect(0, 0, 5, 5)), holds(box, acrossX), holds(box, acrossY)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([holds(acrossX, box), holds(rect(1, 0, 20, 20), box), holds(rect(0, 1, 20, 20), box)]).toEqual([
    false,
    false,
    false,
  ]);
});

test('a point is covered between the sides, not on them', () => {
  const box = rect(10, 20, 30, 40);
  expect(middleOf(box)).toEqual({ x: 25, y: 40 });
  expect(covers(box, middleOf(box))).toBe(true);
  const outside = [
    { x: 10, y: 40 },
    { x: 40, y: 40 },
    { x: 25, y: 20 },
    { x: 25, y: 60 },
  ];
  expect(outside.filter((point) => covers(box, point))).toEqual([]);
});

test('spread out the gaps are equal, in the order of their places; the outermost stay, and so do two', () => {
  // 10 wide at 5, 30 wide at 17, 20 wide ending at 125: 60 are free between them.
  const across = { last: rect(105, 3, 20, 1), first: rect(5, 1, 10, 1), between: rect(17, 2, 30, 1) };
  expect(distributed(across, 'x')).toEqual({
    first: { x: 5, y: 1 },
    between: { x: 45, y: 2 },
    last: { x: 105, y: 3 },
  });
  const down = { last: rect(3, 105, 1, 20), first: rect(1, 5, 1, 10), between: rect(2, 17, 1, 30) };
  expect(distributed(down, 'y').between).toEqual({ x: 2, y: 45 });
  // Were they spread, the one that is taller would not stay.
  const two = { above: rect(0, 0, 1, 30), below: rect(5, 9, 1, 1) };
  expect(distributed(two, 'y')).toEqual({ above: { x: 0, y: 0 }, below: { x: 5, y: 9 } });
});

test('a moved one is drawn to the nearest line of the same kind: side to side, middle to middle', () => {
  const other = rect(100, 200, 40, 40);
  // 3 left of its left side; its middle is 2 above the other's middle.
  expect(guided(rect(97, 208, 10, 20), [other], 5)).toEqual({ by: { x: 3, y: 2 }, x: 100, y: 220 });
  // Its right side is 1 beyond the other's, nearer than a third one's left side, whichever is looked at first.
  const third = rect(134, 500, 300, 300);
  for (const others of [
    [third, other],
    [other, third],
  ])
    expect(guided(rect(131, 0, 10, 10), others, 5)).toEqual({ by: { x: -1, y: 0 }, x: 140 });
  // Its left side would meet the other's right side: those are different lines.
  expect(guided(rect(141, 0, 10, 10), [other], 5)).toEqual({ by: { x: 0, y: 0 } });
});

test('what lies exactly in line is shown so without a nudge; what is farther than the limit is left alone', () => {
  const other = rect(100, 200, 40, 40);
  expect(guided(rect(100, 0, 10, 10), [other], 5)).toEqual({ by: { x: 0, y: 0 }, x: 100 });
  expect(guided(rect(95, 0, 10, 10), [other], 5)).toEqual({ by: { x: 5, y: 0 }, x: 100 });
  expect(guided(rect(94.9, 0, 10, 10), [other], 5)).toEqual({ by: { x: 0, y: 0 } });
});

test('set out in a row, a column or a grid nothing lies on anything, from the corner of where they were', () => {
  const things = {
    c: rect(300, 40, 100, 50),
    a: rect(0, 0, 80, 120),
    d: rect(10, 200, 60, 60),
    b: rect(90, 30, 120, 30),
    e: rect(200, 210, 90, 20),
  };
  const inOrder = (placed: Readonly<Record<string, { x: number; y: number }>>, axis: 'x' | 'y') =>
    Object.keys(placed).toSorted((one, other) => placed[one]![axis] - placed[other]![axis]);
  const row = setOut(things, 'row');
  expect(inOrder(row, 'x')).toEqual(['a', 'd', 'b', 'e', 'c']);
  expect(new Set(Object.values(row).map(({ y }) => y))).toEqual(new Set([0]));
  const column = setOut(things, 'column');
  expect(inOrder(column, 'y')).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(new Set(Object.values(column).map(({ x }) => x))).toEqual(new Set([0]));
  const grid = setOut(things, 'grid');
  expect([grid.a.y, grid.b.y, grid.c.y]).toEqual([0, 0, 0]);
  expect([grid.d.y, grid.e.y]).toEqual([176, 176]);
  expect([grid.d.x, grid.e.x]).toEqual([grid.a.x, grid.b.x]);
  for (const placed of [row, column, grid]) {
    const rects = (Object.keys(things) as (keyof typeof things)[]).map((id) => ({ ...things[id], ...placed[id] }));
    expect(rects.flatMap((one, at) => rects.slice(at + 1).filter((other) => overlap(one, other)))).toEqual([]);
    expect(boundsOf(rects)).toMatchObject({ x: 0, y: 0 });
  }
  expect(setOut({}, 'grid')).toEqual({});
});
