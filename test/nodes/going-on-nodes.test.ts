/** Extend and Bridge: what they ask for, and what they refuse. */
import { expect, test } from 'vitest';
import type { ArtifactHash } from '../../src/core/ids.ts';
import type { NodeDefinition } from '../../src/core/node.ts';
import { parseParams } from '../../src/core/params.ts';
import type { TakeRequest } from '../../src/core/take.ts';
import type { ImageValue, MotionValue, VideoValue } from '../../src/core/values.ts';
import { registry } from '../../src/registry.ts';
import { contextOver } from '../rig/node-context.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

const node = (id: string) => registry.get(id) as NodeDefinition;
const asked = (id: string, inputs: object, params: Record<string, unknown> = {}): TakeRequest =>
  node(id).request!({ inputs, params: parseParams(node(id).params, params).values } as never);
const clip: VideoValue = {
  kind: 'video',
  hash: 'clip' as ArtifactHash,
  width: 640,
  height: 360,
  fps: 29.97,
  frames: 60,
  ends: { last: 'end' as ArtifactHash },
};
const motion: MotionValue = { kind: 'motion', move: 'orbit', amount: 1, easing: 'linear', seconds: 5, fps: 12 };

test('Extend asks for a clip of the same size and rate that begins with the last frame', () => {
  const request = asked('extend', { video: clip }, { seconds: 3, tail: 1.6 });
  expect(request).toMatchObject({
    work: 'image to video',
    still: { kind: 'image', hash: 'end', width: 640, height: 360 },
    continues: { clip, tail: 1.6, sameMove: true },
    motion: { seconds: 3, fps: 30 },
    aspect: { width: 640, height: 360 },
  });
  expect(asked('extend', { video: clip, motion }, { seconds: 3 })).toMatchObject({
    motion: { ...motion, fps: 30 },
    continues: { clip, tail: 0.9 },
  });
  expect(asked('extend', { video: clip, motion }).continues).not.toHaveProperty('sameMove');
});

test('Extend begins with what is decoded where the end is not known, and plans without a clip', () => {
  const { ends: _, ...imported } = clip;
  expect(asked('extend', { video: imported })).not.toHaveProperty('still');
  expect(asked('extend', {})).toMatchObject({ aspect: { width: 1080, height: 720 } });
});

test('Bridge asks for both pictures, and refuses two shapes in a sentence', async () => {
  const picture = (width: number, height: number): ImageValue => ({
    kind: 'image',
    hash: `${width}` as ArtifactHash,
    width,
    height,
  });
  const [image, lastFrame] = [picture(1620, 1080), picture(1280, 854)];
  expect(asked('bridge', { image, lastFrame })).toMatchObject({ work: 'image to video', still: image, lastFrame });
  const wide = { inputs: { image, lastFrame: picture(1280, 720) }, params: {} };
  const context = contextOver(testArtifacts(), new AbortController().signal);
  await expect(node('bridge').run(wide as never, context)).rejects.toThrow(
    'The two pictures have different shapes: 1620 × 1080 and 1280 × 720.',
  );
});
