import type { CameraPose } from '../../src/core/values.ts';
import { expect, test } from 'vitest';
import { CAMERA_MOVES, type DepthLayer, type DepthMap, type Raster } from '../../src/core/values.ts';
import { appearsAt, RESTING } from '../../src/raster/camera.ts';
import { toLinear } from '../../src/raster/colour.ts';
import { moveThrough } from '../../src/raster/move-through.ts';
import { arriving, exposuresOf, leaving, poseAt } from '../../src/raster/moves.ts';
import { testPicture } from '../rig/samples.ts';

const LINEAR = { amount: 1, easing: 'linear' } as const;

function painted(width: number, height: number, colour: (x: number, y: number) => readonly number[]): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++)
    data.set([...colour(at % width, Math.floor(at / width)), 255, 255].slice(0, 4), at * 4);
  return { width, height, data };
}
const flatDepth = (far: number): DepthMap => ({ width: 2, height: 2, data: new Uint8Array(4).fill(far) });
const frameOf = async (layers: readonly DepthLayer[], width: number, height: number, poses: readonly CameraPose[]) =>
  (await moveThrough(layers, width, height, [poses]).next()).value as Raster;
const redAt = ({ width, data }: Raster, x: number, y: number): number => data[(y * width + x) * 4]!;

test('a hundred passes leave a flat colour as it is', async () => {
  let picture = painted(40, 30, () => [119, 7, 201]);
  const skew = { zoom: 1.03, dolly: 0.1, x: 0.01, y: 0.003, baseX: 0, baseY: 0, roll: 0.004 };
  for (let pass = 0; pass < 100; pass++)
    picture = await frameOf([{ raster: picture, depth: flatDepth(90) }], 40, 30, [skew]);
  expect([...new Set(Array.from({ length: 1200 }, (_, i) => picture.data.slice(i * 4, i * 4 + 4).join()))]).toEqual([
    '119,7,201,255',
  ]);
});

test('a camera at rest shows the picture, to the level', async () => {
  const raster = testPicture(61, 43);
  raster.data.forEach((_, at) => at % 4 === 3 && (raster.data[at] = 255));
  const frame = await frameOf([{ raster, depth: flatDepth(30) }], 61, 43, [RESTING]);
  expect(frame.data).toEqual(raster.data);
});

test('what is near moves more than what is far, over which it is laid', async () => {
  const far = painted(96, 64, (x) => (x >= 70 && x < 74 ? [255, 0, 0] : [0, 0, 0]));
  const near = painted(96, 64, (x) => (x >= 30 && x < 34 ? [255, 0, 0, 255] : [0, 0, 0, 0]));
  const layers = [
    { raster: far, depth: flatDepth(204) },
    { raster: near, depth: flatDepth(51) },
  ];
  const frame = await frameOf(layers, 96, 64, [{ ...RESTING, x: 1 / 9.6 }]);
  const bright = Array.from({ length: 96 }, (_, x) => x).filter((x) => redAt(frame, x, 32) > 200);
  // 10 px at the nearest: 8 for what is at a nearness of 0.8, 2 for 0.2.
  expect(bright).toEqual([38, 39, 40, 41, 72, 73, 74, 75]);
});

test('a turned camera turns the picture', async () => {
  const raster = painted(80, 60, (x, y) => (x > 68 && x < 72 && y > 27 && y < 33 ? [255, 255, 255] : [0, 0, 0]));
  const frame = await frameOf([{ raster, depth: flatDepth(128) }], 80, 60, [{ ...RESTING, roll: 0.2 }]);
  const [x, y] = appearsAt({ ...RESTING, roll: 0.2 }, raster, 70.5, 30.5, 0.5);
  expect(y).toBeGreaterThan(35);
  expect(redAt(frame, Math.floor(x), Math.floor(y))).toBe(255);
  expect(redAt(frame, 70, 30)).toBe(0);
});

test('an open shutter spreads the light along the way and loses none of it', async () => {
  const raster = painted(128, 32, (x) => (x >= 60 && x < 64 ? [255, 255, 255] : [0, 0, 0]));
  const pan = { ...LINEAR, move: 'pan left', shutter: 360 } as const;
  const [, poses] = exposuresOf(pan, 3, { width: 128, height: 32 });
  expect(poses!.length).toBeGreaterThan(4);
  const layers = [{ raster, depth: flatDepth(0) }];
  const light = ({ width, data }: Raster) =>
    Array.from({ length: width }, (_, x) => toLinear(data[(16 * width + x) * 4]! / 255)).reduce((a, b) => a + b);
  const sharp = await frameOf(layers, 128, 32, [poses![Math.floor(poses!.length / 2)]!]);
  const blurred = await frameOf(layers, 128, 32, poses!);
  expect(blurred.data.filter((v, at) => at % 4 === 0 && v > 40).length).toBeGreaterThan(
    1.5 * sharp.data.filter((v, at) => at % 4 === 0 && v > 40).length,
  );
  expect(light(blurred) / light(sharp)).toBeGreaterThan(0.98);
  expect(light(blurred) / light(sharp)).toBeLessThan(1.02);
});

test('no move shows a border of the picture, at any depth, in any shape of frame, on its way through it or into it', () => {
  const bothOf = (exposures: ReturnType<typeof exposuresOf>, size: { width: number; height: number }) => [
    ...exposures.flat(),
    ...arriving(exposures, size).flat(),
    ...leaving(exposures, size).flat(),
  ];
  for (const move of CAMERA_MOVES)
    for (const loop of [false, true])
      for (const size of [
        { width: 1280, height: 720 },
        { width: 720, height: 1280 },
      ])
        for (const pose of bothOf(exposuresOf({ ...LINEAR, move, loop, shutter: 180 }, 25, size), size))
          for (const nearness of [0, 0.3, 0.7, 1]) {
            const inside = ([x, y]: readonly [number, number]) => {
              const [ax, ay] = appearsAt({ ...pose, roll: 0 }, size, x, y, nearness);
              const [cosine, sine] = [Math.cos(pose.roll), Math.abs(Math.sin(pose.roll))];
              const outX = (size.width * cosine + size.height * sine) / 2 - 0.01;
              const outY = (size.height * cosine + size.width * sine) / 2 - 0.01;
              return Math.abs(ax - size.width / 2) < outX || Math.abs(ay - size.height / 2) < outY;
            };
            const corners = [0, size.width].flatMap((x) => [0, size.height].map((y) => [x, y] as const));
            expect([move, loop, nearness, corners.some((corner) => inside(corner))]).toEqual([
              move,
              loop,
              nearness,
              false,
            ]);
          }
});

test('a camera that arrives comes to rest, on the way it went', () => {
  const size = { width: 1280, height: 720 };
  for (const move of CAMERA_MOVES)
    for (const [key, value] of Object.entries(arriving(exposuresOf({ ...LINEAR, move }, 25, size), size).at(-1)![0]!))
      expect([move, key, value]).toEqual([move, key, expect.closeTo(RESTING[key as keyof CameraPose], 9)]);
  const pan = exposuresOf({ ...LINEAR, move: 'pan right' }, 25, size);
  const [through, into] = [pan, arriving(pan, size)].map((way) => way[20]![0]!.x - way[10]![0]!.x);
  expect(into).toBeCloseTo(through!, 9);
});

test('a dolly zoom keeps the subject as large as it is, while what is behind it falls back', () => {
  const size = { width: 1280, height: 720 };
  const exposures = exposuresOf({ ...LINEAR, move: 'dolly zoom' }, 9, size, 0.6);
  const widths = (nearness: number) =>
    exposures.map(
      ([pose]) => appearsAt(pose!, size, 740, 360, nearness)[0] - appearsAt(pose!, size, 540, 360, nearness)[0],
    );
  const [subject, behind] = [widths(0.6), widths(0.1)];
  expect(Math.max(...subject) - Math.min(...subject)).toBeLessThan(0.01);
  expect(behind.every((width, i) => i === 0 || width < behind[i - 1]! - 1)).toBe(true);
});

test('the subject of an orbit stays where it is', () => {
  const size = { width: 1280, height: 720 };
  for (const loop of [false, true])
    for (const t of [0, 0.2, 0.5, 0.9])
      expect(appearsAt(poseAt({ ...LINEAR, move: 'orbit', loop }, t, 0.7), size, 640, 360, 0.7)).toEqual([
        expect.closeTo(640, 6),
        expect.closeTo(360, 6),
      ]);
});

test('a loop goes on from its last frame to its first as from any frame to the next', () => {
  const size = { width: 1280, height: 720 };
  for (const move of CAMERA_MOVES.filter((each) => each !== 'still')) {
    const poses = exposuresOf({ ...LINEAR, move, loop: true }, 24, size).flat();
    const places = poses.map((pose) => appearsAt(pose, size, 900, 500, 0.8));
    const steps = places.map(([x, y], i) => {
      const [nextX, nextY] = places[(i + 1) % places.length]!;
      return Math.hypot(nextX - x, nextY - y);
    });
    const last = steps.at(-1)!;
    expect([move, last < 1.3 * Math.max(...steps.slice(0, -1)), last > 0.01]).toEqual([move, true, true]);
  }
});

test('a still camera stands still', () => {
  const size = { width: 64, height: 36 };
  const poses = exposuresOf({ ...LINEAR, move: 'still', shutter: 180 }, 5, size).flat();
  expect(poses).toEqual(Array(5).fill(RESTING));
});
