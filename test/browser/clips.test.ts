/** Clips as files: their colours, their timing, and that a broken one is not passed on. Real codecs. */
import { ALL_FORMATS, BlobSource, EncodedPacketSink, Input } from 'mediabunny';
import { expect, test } from 'vitest';
import type { Raster } from '../../src/core/values.ts';
import { checkClip, lookout } from '../../src/media/check.ts';
import { frameRateOf } from '../../src/core/rate.ts';
import { decodeFrames } from '../../src/media/clip-frames.ts';
import { encodeClip, remux } from '../../src/media/video.ts';
import { panning } from '../rig/samples.ts';

const nothing = async () => {};
const noFile = () => Promise.reject(new Error('There is no sound.'));
const BARS = [
  [255, 255, 255],
  [255, 255, 0],
  [0, 255, 255],
  [0, 255, 0],
  [255, 0, 255],
  [255, 0, 0],
  [0, 0, 255],
  [0, 0, 0],
];

/** Colour bars above, a grey ramp below. */
function testCard(width: number, height: number): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const grey = Math.floor((x * 256) / width);
      const colour = y < height / 2 ? BARS[Math.floor((x * 8) / width)]! : [grey, grey, grey];
      data.set([...colour, 255], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}
const still = (picture: Raster, frames: number, fps = 24) => ({
  width: picture.width,
  height: picture.height,
  fps,
  frames,
  read: async function* () {
    for (let k = 0; k < frames; k++) yield picture;
  },
});
const trackOf = async (blob: Blob) =>
  (await new Input({ source: new BlobSource(blob), formats: ALL_FORMATS }).getPrimaryVideoTrack())!;

test.each(['mp4', 'webm'] as const)(
  '%s is BT.709 in limited range, says so, and shows the colours it was given',
  async (container) => {
    const card = testCard(512, 128);
    const { blob } = await encodeClip(still(card, 3), container, 0.95, nothing);
    const track = await trackOf(blob);
    expect((await track.getDecoderConfig())?.colorSpace).toMatchObject({
      primaries: 'bt709',
      transfer: 'bt709',
      matrix: 'bt709',
      fullRange: false,
    });
    for await (const frame of decodeFrames(blob, still(card, 3))) {
      for (let x = 4; x < 508; x += 8) {
        const grey = (96 * 512 + x) * 4;
        for (let channel = 0; channel < 3; channel++)
          expect(Math.abs(frame.data[grey + channel]! - card.data[grey + channel]!)).toBeLessThanOrEqual(2);
      }
      // The middle of each bar: at their edges colour is shared by two pixels.
      for (let bar = 0; bar < 8; bar++) {
        const at = (32 * 512 + bar * 64 + 32) * 4;
        for (let channel = 0; channel < 3; channel++)
          expect(Math.abs(frame.data[at + channel]! - card.data[at + channel]!)).toBeLessThanOrEqual(3);
      }
    }
  },
);

test('what is transparent in a clip shows white', async () => {
  const clear = { width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4) };
  for await (const frame of decodeFrames(
    (await encodeClip(still(clear, 2), 'mp4', 0.9, nothing)).blob,
    still(clear, 2),
  ))
    expect(frame.data[0]).toBeGreaterThan(250);
});

test.each([
  [23.976, 24000 / 1001],
  [29.97, 30000 / 1001],
  [59.94, 60000 / 1001],
  [12.5, 12.5],
  [24, 24],
])('at %d frames a second every frame is on time, and key frames come every two seconds', async (fps, exact) => {
  const frames = Math.round(fps * 4.5);
  const clip = { width: 64, height: 48, fps, frames, read: () => panning(frames, 64, 48) };
  const encoded = await encodeClip(clip, 'mp4', 0.5, nothing);
  const copy = await remux(encoded.blob, 'mp4', clip, noFile);
  for (const blob of [encoded.blob, copy!.blob]) {
    const track = await trackOf(blob);
    const keys: number[] = [];
    let index = 0;
    for await (const packet of new EncodedPacketSink(track).packets()) {
      expect(packet.timestamp).toBeCloseTo(index / exact, 9);
      expect(packet.duration).toBeCloseTo(1 / exact, 9);
      if (packet.type === 'key') keys.push(index);
      index++;
    }
    expect(index).toBe(frames);
    expect(await track.computeDuration()).toBeCloseTo(frames / exact, 9);
    expect(keys).toEqual(expect.arrayContaining([0, Math.round(exact * 2), Math.round(exact * 4)]));
  }
});

test('a file that lost a frame, or shows other pictures, is a failure that says so', async () => {
  const frames = 12;
  const clip = { width: 128, height: 96, fps: 24, frames, read: () => panning(frames, 128, 96) };
  const { blob } = await encodeClip(clip, 'mp4', 0.8, nothing);
  const rate = frameRateOf(24);
  const seen = lookout(rate, frames);
  let index = 0;
  for await (const frame of clip.read()) seen.see(index++, frame);
  await checkClip(blob, seen.expected(frames));
  await expect(checkClip(blob, seen.expected(frames + 1))).rejects.toMatchObject({
    code: 'unsupported',
    message: 'This browser wrote a broken video: 12 of 13 frames are in it.',
    hint: expect.stringContaining('another browser'),
  });

  const grey = { width: 128, height: 96, data: new Uint8ClampedArray(128 * 96 * 4).fill(128) };
  const { blob: wrong } = await encodeClip(still(grey, frames), 'mp4', 0.8, nothing);
  await expect(checkClip(wrong, seen.expected(frames))).rejects.toMatchObject({
    message: 'This browser wrote a broken video: frame 1 looks different.',
  });
  await expect(checkClip(blob.slice(0, blob.size / 2), seen.expected(frames))).rejects.toMatchObject({
    message: expect.stringContaining('broken video'),
  });
  await expect(remux(blob, 'mp4', { fps: 24, frames: 13 }, noFile)).rejects.toMatchObject({
    message: expect.stringContaining('12 of 13'),
  });
});
