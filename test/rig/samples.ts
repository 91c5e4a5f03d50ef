/** One value of every kind a socket can carry, over given artifacts. */
import type { Artifacts } from '../../src/core/node.ts';
import { crop } from '../../src/raster/filters.ts';
import type { Raster, Value, ValueKind } from '../../src/core/values.ts';

/** A picture with edges, colours and gradients, the same everywhere. */
export function testPicture(width = 120, height = 80): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside =
        (x - width * 0.6) * (x - width * 0.6) + (y - height * 0.5) * (y - height * 0.5) < height * height * 0.08;
      data.set(
        inside ? [210, 60, 40, 255] : [(x * 255) / width, (y * 255) / height, ((x * 7 + y * 13) % 64) + 90, 255],
        (y * width + x) * 4,
      );
    }
  }
  return { width, height, data };
}

/** The test picture, sliding to the left. */
export async function* panning(frames: number, width: number, height: number): AsyncGenerator<Raster> {
  for (let frame = 0; frame < frames; frame++)
    yield crop(testPicture(width + frames * 4, height), frame * 4, 0, width, height);
}

export async function sampleValues(
  artifacts: Artifacts,
): Promise<{ readonly [K in Exclude<ValueKind, 'file'>]: Value & { kind: K } }> {
  const raster = testPicture();
  const depth = {
    width: 60,
    height: 40,
    data: Uint8Array.from({ length: 2400 }, (_, i) => 255 - Math.floor(i / 60) * 6),
  };
  const image = await artifacts.writeImage({ raster, depth });
  const clip = { width: 128, height: 96, fps: 12, frames: 6 };
  const video = await artifacts.writeClip(
    { ...clip, read: () => panning(clip.frames, clip.width, clip.height) },
    async () => {},
  );
  return {
    image,
    video,
    prompt: { kind: 'prompt', text: 'a lighthouse at sunset', negative: '' },
    seed: { kind: 'seed', seed: 3, locked: true },
    guidance: { kind: 'guidance', scale: 7 },
    aspect: { kind: 'aspect', ratio: [3, 2], width: 180, height: 120 },
    reference: { kind: 'reference', image, strength: 0.5 },
    motion: { kind: 'motion', move: 'orbit', amount: 0.5, easing: 'linear', seconds: 0.25, fps: 12 },
    acceptance: { kind: 'acceptance', cap: 3, criteria: [] },
    text: { kind: 'text', text: 'hello' },
    number: { kind: 'number', number: 2 },
  };
}
