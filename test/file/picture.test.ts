/** What pictures say about themselves in their first bytes. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pictureHeader } from '../../src/file/picture.ts';
import { randomFrom } from '../../src/core/random.ts';

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : part)),
  );
const zeros = (count: number) => Array.from({ length: count }, () => 0);
const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));
const big = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const low = (value: number) => big(value).reverse();

const png = (...chunks: readonly (readonly number[])[]) =>
  bytes(
    [0x89],
    'PNG',
    [13, 10, 26, 10],
    big(13),
    'IHDR',
    big(300),
    big(200),
    [8, 6, 0, 0, 0],
    zeros(4),
    ...chunks,
    big(0),
    'IDAT',
    zeros(4),
  );
const chunk = (name: string, body: readonly number[]) => [...bytes(big(body.length), name, body, zeros(4))];
const segment = (marker: number, length: number) => [
  0xff,
  marker,
  (length + 2) >> 8,
  (length + 2) & 255,
  ...zeros(length),
];
const jpeg = (...segments: readonly (readonly number[])[]) =>
  bytes([0xff, 0xd8], ...segments, [0xff, 0xff, 0xff, 0xc2, 0, 17, 8, 0, 200, 1, 44], zeros(20));
const exif = (orientation: number) => [
  ...bytes('MM', [0, 42], big(8), [0, 2, 0x01, 0x0f, 0, 2], big(1), zeros(4), [0x01, 0x12, 0, 3], big(1), [
    0,
    orientation,
    0,
    0,
  ]),
];
const webp = (flags: number, ...chunks: readonly (readonly number[])[]) =>
  bytes(
    'RIFF',
    low(100),
    'WEBP',
    'VP8X',
    low(10),
    [flags, 0, 0, 0, 43, 1, 0, 199, 0, 0],
    'VP8 ',
    low(3),
    [1, 2, 3, 0],
    ...chunks,
  );
const gifFrame = [0x21, 0xf9, 4, 0, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, 44, 1, 200, 0, 0, 2, 2, 1, 2, 0];
const gif = (frames: number) =>
  bytes('GIF89a', [44, 1, 200, 0, 0x80, 0, 0], zeros(6), ...Array.from({ length: frames }, () => gifFrame), [0x3b]);
const boxes = (brand: string, ...more: readonly string[]) =>
  bytes(
    big(16 + 4 * more.length),
    'ftyp',
    brand,
    zeros(4),
    ...more,
    big(40),
    'meta',
    zeros(4),
    big(20),
    'ispe',
    zeros(4),
    big(30),
    big(20),
    big(20),
    'ispe',
    zeros(4),
    big(300),
    big(200),
  );
const SIZE = { width: 300, height: 200 };

test.each([
  ['png', png(), { format: 'png', size: SIZE, isAnimated: false, orientation: 1 }],
  [
    'a PNG of several frames',
    png(chunk('acTL', [...big(3), ...big(0)])),
    { format: 'png', size: SIZE, isAnimated: true, orientation: 1 },
  ],
  [
    'a PNG of one frame that says so',
    png(chunk('acTL', [...big(1), ...big(0)])),
    { format: 'png', size: SIZE, isAnimated: false, orientation: 1 },
  ],
  ['jpeg', jpeg(segment(0xe0, 14)), { format: 'jpeg', size: SIZE, isAnimated: false, orientation: 1 }],
  [
    'a JPEG with long notes',
    jpeg(...Array.from({ length: 9 }, () => segment(0xe1, 60_000))),
    { format: 'jpeg', size: SIZE, isAnimated: false, orientation: 1 },
  ],
  [
    'a JPEG cut before its size',
    jpeg(segment(0xe1, 60_000)).subarray(0, 500),
    { format: 'jpeg', isAnimated: false, orientation: 1 },
  ],
  ['webp', webp(0), { format: 'webp', size: SIZE, isAnimated: false, orientation: 1 }],
  ['a WebP of several frames', webp(2), { format: 'webp', size: SIZE, isAnimated: true, orientation: 1 }],
  [
    'a WebP lying on its side',
    webp(8, [...bytes('EXIF', low(exif(6).length), exif(6))]),
    { format: 'webp', size: SIZE, isAnimated: false, orientation: 6 },
  ],
  [
    'a WebP with the letters of JPEG before its EXIF',
    webp(8, [...bytes('EXIF', low(exif(3).length + 6), 'Exif', [0, 0], exif(3))]),
    { format: 'webp', size: SIZE, isAnimated: false, orientation: 3 },
  ],
  [
    'a WebP with a nonsense orientation',
    webp(8, [...bytes('EXIF', low(exif(77).length), exif(77))]),
    { format: 'webp', size: SIZE, isAnimated: false, orientation: 1 },
  ],
  ['gif', gif(1), { format: 'gif', size: SIZE, isAnimated: false, orientation: 1 }],
  ['a GIF of several frames', gif(3), { format: 'gif', size: SIZE, isAnimated: true, orientation: 1 }],
  [
    'a GIF of ffmpeg',
    fixture('animated.gif'),
    { format: 'gif', size: { width: 32, height: 24 }, isAnimated: true, orientation: 1 },
  ],
  ['avif', boxes('avif', 'mif1'), { format: 'avif', size: SIZE, isAnimated: false, orientation: 1 }],
  [
    'an AVIF that says so second',
    boxes('mif1', 'avif'),
    { format: 'avif', size: SIZE, isAnimated: false, orientation: 1 },
  ],
  ['heic', boxes('heic', 'mif1'), { format: 'heic', size: SIZE, isAnimated: false, orientation: 1 }],
  [
    '16 bits',
    fixture('sixteen-bit.png'),
    { format: 'png', size: { width: 32, height: 24 }, isAnimated: false, orientation: 1 },
  ],
  ['cmyk', fixture('cmyk.jpg'), { format: 'jpeg', size: { width: 32, height: 24 }, isAnimated: false, orientation: 1 }],
] as const)('%s', (_, file, header) => expect(pictureHeader(file)).toEqual(header));

test('a HEIC is known by its content, a clip and a text are no pictures', () => {
  expect(pictureHeader(fixture('picture.heic'))).toMatchObject({ format: 'heic' });
  for (const file of [
    bytes(),
    bytes('BM'),
    bytes('hello, I am a text'),
    bytes(big(24), 'ftyp', 'isom', zeros(4), 'isom', 'mp42'),
  ])
    expect(pictureHeader(file)).toBeUndefined();
});

test('bytes that were changed or cut give a header or none, and never trouble', () => {
  const random = randomFrom(11);
  const files = [
    png(chunk('acTL', big(3))),
    jpeg(segment(0xe0, 14)),
    webp(8, [...bytes('EXIF', low(38), exif(6))]),
    gif(3),
    boxes('heic'),
    fixture('picture.heic'),
    fixture('animated.gif'),
  ];
  for (let k = 0; k < 20_000; k++) {
    const file = files[k % files.length]!.slice();
    for (let change = 0; change < 4; change++)
      file[Math.floor(random() * Math.min(64, file.length))] = [0, 255, Math.floor(random() * 256)][
        Math.floor(random() * 3)
      ]!;
    pictureHeader(file.subarray(0, Math.floor(random() * (file.length + 1))));
  }
});
