/** A cut as OpenTimelineIO, EDL and FCP7 XML: whole frames, the same bytes for the same cut. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { frameRateOf } from '../../src/core/rate.ts';
import { framesInCut, placedClips, timebaseOf, timecode, timelineStart, type Cut } from '../../src/file/cut.ts';
import { edlOf } from '../../src/file/edl.ts';
import { fcp7XmlOf } from '../../src/file/fcp7-xml.ts';
import { otioOf } from '../../src/file/otio.ts';
import { xmlShape } from '../rig/xml-shape.ts';

const clip = (name: string, more: Partial<Cut['clips'][number]> = {}): Cut['clips'][number] => ({
  name,
  file: `clips/${name}.mp4`,
  width: 1280,
  height: 720,
  rate: frameRateOf(24),
  frames: 48,
  hasSound: false,
  length: 48,
  from: 0,
  end: 48,
  dissolve: 0,
  ...more,
});
/** A cut, a shared keyframe, a crossfade, a match cut, a crossfade again, and a file that is there twice. */
const every: Cut = {
  name: 'Tag & Nacht: “Übersicht”',
  rate: frameRateOf(24),
  width: 1280,
  height: 720,
  clips: [
    clip('01 lighthouse', { hasSound: true }),
    clip('02 灯台 <at> dusk', { hasSound: true }),
    clip('03 keyframe', { from: 1 }),
    clip('04 fade', { dissolve: 10, end: 41, hasSound: true }),
    clip('05 match', { from: 5, hasSound: true }),
    clip('06 fade', { dissolve: 7, hasSound: true, rate: frameRateOf(30), frames: 60, width: 640, height: 480 }),
    clip('01 lighthouse', { from: 1, hasSound: true }),
  ],
};

test.each([
  ['otio', otioOf],
  ['edl', edlOf],
  ['xml', fcp7XmlOf],
] as const)('every join as %s is as it was', (ending, write) => {
  const file = `test/fixtures/cuts/every-join.${ending}`;
  if (process.env['UPDATE_GOLDEN']) writeFileSync(file, write(every));
  expect(write(every)).toBe(readFileSync(file, 'utf8'));
});

test('clips lie one behind the other, and dissolves over both', () => {
  expect(placedClips(every).map(({ start, stop }) => [start, stop])).toEqual([
    [0, 48],
    [48, 96],
    [96, 143],
    [133, 174],
    [174, 217],
    [210, 258],
    [258, 305],
  ]);
  expect(framesInCut(every)).toBe(305);
});

test('a clip of which nothing is shown is left out', () => {
  const cut = { ...every, clips: [clip('a'), clip('b', { from: 1, end: 1, length: 1 }), clip('c')] };
  expect(placedClips(cut).map(({ name, start }) => [name, start])).toEqual([
    ['a', 0],
    ['c', 48],
  ]);
});

test.each([
  [24, '24', 'FALSE', '01:00:02:00'],
  [23.976, '24', 'TRUE', '01:00:02:00'],
  [25, '25', 'FALSE', '01:00:01:23'],
  [29.97, '30', 'TRUE', '01:00:01:18'],
  [59.94, '60', 'TRUE', '01:00:00:48'],
])('%d frames a second as each form has them', (fps, base, ntsc, end) => {
  const cut = { ...every, rate: frameRateOf(fps), clips: [clip('a', { rate: frameRateOf(fps) })] };
  const [, rate] = fcp7XmlOf(cut).match(/<rate>\s*([^]*?)<\/rate>/)!;
  expect(rate!.replace(/\s+/g, '')).toBe(`<timebase>${base}</timebase><ntsc>${ntsc}</ntsc>`);
  expect(edlOf(cut)).toContain(`01:00:00:00 ${end}\n`);
  const { global_start_time: start } = JSON.parse(otioOf(cut)) as {
    global_start_time: { rate: number; value: number };
  };
  const { numerator, denominator } = frameRateOf(fps);
  expect(start).toMatchObject({ rate: numerator / denominator, value: Number(base) * 3600 });
});

test('12.5 frames a second are no timebase', () => expect(timebaseOf(frameRateOf(12.5))).toBeUndefined());

test('names cannot break a file, and reels are of eight characters', () => {
  const file = 'clips/01 %\u2028ü\n* FROM CLIP NAME: 𝄞&.mp4';
  const name = `]]>"'&\u0000\n* FROM CLIP NAME: x\ud800\u2028𝄞`;
  const cut = { ...every, name, clips: [clip(name, { file }), clip(name, { file, dissolve: 5, hasSound: true })] };
  expect(xmlShape(fcp7XmlOf(cut)).texts).toContain(`]]>"'&\n* FROM CLIP NAME: x\u2028𝄞`);
  const lines = edlOf(cut).split('\n');
  expect(lines.filter((line) => line.startsWith('*'))).toHaveLength(3);
  for (const line of lines.filter((one) => /^\d{3} /.test(one)))
    expect(line).toMatch(/^\d{3} {2}[A-Z0-9]{8} (V {4}|AA\/V ) [CD] /);
  expect(JSON.parse(otioOf(cut))).toMatchObject({ name });
});

test('property: in all three a film is as long as its cut, frame for frame', () => {
  const shots = fc.array(
    fc.record({
      length: fc.integer({ min: 2, max: 90 }),
      join: fc.constantFrom('cut', 'key', 'fade'),
      sound: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(shots, fc.constantFrom(12, 23.976, 24, 25, 29.97, 30, 50, 60), (list, fps) => {
      const rate = frameRateOf(fps);
      const clips = list.map(({ length, join, sound }, at) => {
        const dissolve = at > 0 && join === 'fade' ? Math.min(length >> 1, list[at - 1]!.length >> 1) : 0;
        const from = at > 0 && join === 'key' ? 1 : 0;
        return clip(`${at}`, { length, frames: length, end: length, hasSound: sound, dissolve, from, rate });
      });
      const cut = { ...every, rate, clips };
      const frames = framesInCut(cut);
      const timeline = JSON.parse(otioOf(cut)) as {
        tracks: { children: { children: { source_range?: { duration: { value: number } } }[] }[] };
      };
      for (const { children } of timeline.tracks.children)
        expect(children.reduce((sum, item) => sum + (item.source_range?.duration.value ?? 0), 0)).toBe(frames);
      const last = edlOf(cut)
        .match(/\d\d:\d\d:\d\d:\d\d$/gm)!
        .at(-1);
      expect(last).toBe(timecode(timelineStart(rate) + frames, rate));
      expect(xmlShape(fcp7XmlOf(cut)).texts).toContain(String(frames));
    }),
    { numRuns: 60 },
  );
});
