/** LUT files as people have them, each with the colour it must give. */
import { expect, test } from 'vitest';
import type { Rgb } from '../../src/raster/colour.ts';
import { lookUp, parseCubeLut } from '../../src/raster/cube-lut.ts';
import { applyCube } from '../../src/raster/filters.ts';
import { cubeOf } from '../../src/raster/grade.ts';

const IDENTITY = '0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n';
const INVERTED = '1 1 1\n0 1 1\n1 0 1\n0 0 1\n1 1 0\n0 1 0\n1 0 0\n0 0 0\n';
/** What a LUT makes of a colour, to four places. */
const seen = (text: string, colour: Rgb): number[] =>
  lookUp(parseCubeLut(text), colour).map((value) => Number(value.toFixed(4)));

test.each([
  ['a 3D table, red fastest', `LUT_3D_SIZE 2\n${INVERTED}`, [0.25, 0.5, 1], [0.75, 0.5, 0]],
  [
    'lower case, a title, CRLF',
    `title "x # y"\r\nlut_3d_size 2\r\n${INVERTED.replaceAll('\n', '\r\n')}`,
    [0.2, 0, 0],
    [0.8, 1, 1],
  ],
  [
    'CR alone and a byte order mark',
    `\uFEFFLUT_3D_SIZE 2\r${INVERTED.replaceAll('\n', '\r')}`,
    [0.2, 0, 0],
    [0.8, 1, 1],
  ],
  [
    'comments before, behind and between, exponents',
    `# made by hand\nLUT_3D_SIZE 2 # two\n${INVERTED.replace('1 1 1', '10e-1 1.0 +1 # white')}# end`,
    [0, 0, 0],
    [1, 1, 1],
  ],
  [
    'a domain: half of the range is all of the table',
    `LUT_3D_SIZE 2\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 0.5 0.5 0.5\n${IDENTITY}`,
    [0.25, 0.1, 0.9],
    [0.5, 0.2, 1],
  ],
  [
    'a domain of its own for each channel',
    `DOMAIN_MIN -1 0 0\nDOMAIN_MAX 1 2 1\nLUT_3D_SIZE 2\n${IDENTITY}`,
    [0, 0.5, 0.5],
    [0.5, 0.25, 0.5],
  ],
  [
    'a range as Resolve writes it',
    `LUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 0.0 2.0\n${IDENTITY}`,
    [0.5, 1, 0],
    [0.25, 0.5, 0],
  ],
  ['one dimension', 'LUT_1D_SIZE 3\n0 0 1\n0.2 0.5 0.5\n1 1 0\n', [0.25, 0.5, 1], [0.1, 0.5, 0]],
  [
    'one dimension over a range',
    'LUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0.25 0.75\n0 0 0\n1 1 1\n',
    [0.25, 0.5, 0.9],
    [0, 0.5, 1],
  ],
  [
    'a shaper, then a 3D table',
    `LUT_1D_SIZE 3\nLUT_3D_SIZE 2\n0 0 0\n0.2 0.2 0.2\n1 1 1\n${INVERTED}`,
    [0.5, 0, 1],
    [0.8, 1, 0],
  ],
  [
    'keywords that other programs add',
    `LUT_IN_VIDEO_RANGE\nLUT_3D_SIZE 2\nsome_keyword 1 2\n${INVERTED}`,
    [0, 0, 1],
    [1, 1, 0],
  ],
] as const)('%s', (_, text, colour, expected) => {
  expect(seen(text, colour)).toEqual(expected);
});

test('the largest table that film tools write is read', () => {
  const size = 129;
  const steps = Array.from({ length: size }, (_, at) => (at / (size - 1)).toFixed(6));
  const rows = steps.flatMap((b) => steps.flatMap((g) => steps.map((r) => `${r} ${g} ${b}`)));
  const [r, g, b] = seen(`LUT_3D_SIZE ${size}\n${rows.join('\n')}`, [0.3, 0.6, 0.9]);
  expect([r, g, b]).toEqual([0.3, 0.6, 0.9]);
});

test.each([
  ['LUT_3D_SIZE 2\n0 0 0\n', 'This LUT is cut short: 1 of 8 entries.'],
  [`LUT_3D_SIZE 2\n${IDENTITY}0 0 0\n`, 'This LUT has more than the 8 entries of its size.'],
  ['hello world', 'not a .cube LUT'],
  ['{"format": "triptych"}', 'not a .cube LUT'],
  ['', 'not a .cube LUT'],
  ['LUT_3D_SIZE 2\n0 0\n', 'Line 2 of this LUT is not three numbers.'],
  ['LUT_3D_SIZE 2\n0 0 nan\n', 'Line 2 of this LUT is not three numbers.'],
  ['LUT_3D_SIZE 2\n0 0 1e39\n', 'Line 2 of this LUT is not three numbers.'],
  ['LUT_3D_SIZE 130\n', 'not a number from 2 to 129'],
  ['LUT_3D_SIZE two\n', '“two”, which is not a number'],
  ['LUT_1D_SIZE 1e9\n', 'not a number from 2 to 65536'],
  ['LUT_3D_INPUT_RANGE 0\n', 'Line 1 of this LUT is not a range of two numbers.'],
  [`LUT_3D_SIZE 2\nDOMAIN_MAX 0 1 1\n${IDENTITY}`, 'ends before it begins'],
])('%j is refused in a sentence', (text, sentence) => {
  expect(() => parseCubeLut(text)).toThrow(sentence);
});

test('a LUT is the last step of a grade, mixed in by its strength', async () => {
  const grade = {
    exposure: 0,
    contrast: 0,
    temperature: 0,
    tint: 0,
    saturation: 1,
    curve: [
      [0, 0],
      [1, 1],
    ] as const,
  };
  const grey = { width: 1, height: 1, data: Uint8ClampedArray.of(40, 40, 40, 255) };
  const graded = async (lutStrength: number) => {
    const cube = cubeOf({ ...grade, lut: parseCubeLut(`LUT_3D_SIZE 2\n${INVERTED}`), lutStrength });
    return (await applyCube(grey, cube, async () => {})).data[0];
  };
  expect(await graded(1)).toBe(215);
  expect(await graded(0)).toBe(40);
  expect(await graded(0.5)).toBe(128);
});
