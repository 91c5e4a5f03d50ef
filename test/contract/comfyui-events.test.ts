import { expect, test } from 'vitest';
import { previewIn, progressOf } from '../../src/providers/comfyui-events.ts';
import type { WorkflowGraph } from '../../src/routing/own-workflow.ts';
import { PIXEL } from './queue.ts';

/** Loads, encodes, samples, decodes and saves: 24 in all, of which the sampler is 20. */
const GRAPH: WorkflowGraph = {
  1: { class_type: 'CheckpointLoaderSimple', inputs: {} },
  2: { class_type: 'CLIPTextEncode', inputs: { clip: ['1', 1] } },
  3: { class_type: 'KSampler', inputs: { positive: ['2', 0], model: ['1', 0] } },
  4: { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['1', 2] } },
  5: { class_type: 'SaveImage', inputs: { images: ['4', 0] } },
};

test('progress is the share of the work that is done, mostly sampling', () => {
  const progress = progressOf(GRAPH);
  expect(progress('execution_start', {})).toBeUndefined();
  expect(progress('executing', { node: '1' })).toBe(0);
  expect(progress('executing', { node: '2' })).toBeCloseTo(1 / 24);
  expect(progress('executing', { node: '3' })).toBeCloseTo(2 / 24);
  expect(progress('progress', { node: '3', value: 5, max: 10 })).toBeCloseTo(12 / 24);
  // As newer servers say the same again.
  expect(progress('progress_state', { nodes: { 3: { value: 5, max: 10, state: 'running' } } })).toBeUndefined();
  expect(progress('progress_state', { nodes: { 3: { value: 9, max: 10, state: 'running' } } })).toBeCloseTo(20 / 24);
  // It never goes back, whatever comes late.
  expect(progress('progress', { node: '3', value: 6, max: 10 })).toBeUndefined();
  expect(progress('executing', { node: '4' })).toBeCloseTo(22 / 24);
  expect(progress('executed', { node: '5' })).toBe(1);
});

test('whoever listens late, or after what is cached was told of, counts what a node is made from as done', () => {
  const progress = progressOf(GRAPH);
  expect(progress('progress_state', { nodes: { 3: { value: 1, max: 4, state: 'running' } } })).toBeCloseTo(7 / 24);
});

test('nodes that an extension made up on the way are not counted', () => {
  const progress = progressOf(GRAPH);
  expect(progress('executed', { node: '3.0.0.1' })).toBe(0);
  expect(progress('progress', { node: '3.0.0.1', value: 3, max: 4 })).toBeUndefined();
});

const message = (...parts: readonly (number | Buffer)[]) =>
  new Uint8Array(
    Buffer.concat(
      parts.map((part) => {
        if (typeof part !== 'number') return part;
        const word = Buffer.alloc(4);
        word.writeUInt32BE(part);
        return word;
      }),
    ),
  );

test('previews come bare, or with facts before them', () => {
  const facts = Buffer.from('{"node_id":"3"}');
  expect(previewIn(message(1, 2, PIXEL))).toEqual({ mime: 'image/png', bytes: new Uint8Array(PIXEL) });
  expect(previewIn(message(4, facts.length, facts, PIXEL))).toEqual({
    mime: 'image/png',
    bytes: new Uint8Array(PIXEL),
  });
  expect(previewIn(message(1, 1, Buffer.from([0xff, 0xd8, 0xff, 0xe0])))?.mime).toBe('image/jpeg');
});

test('texts, previews that an extension makes in its own way, and stumps are no pictures', () => {
  expect(previewIn(message(3, 1, Buffer.from('a text about a node')))).toBeUndefined();
  expect(previewIn(message(1, 1, 7, PIXEL))).toBeUndefined();
  expect(previewIn(message(4, 2 ** 31, PIXEL))).toBeUndefined();
  expect(previewIn(message(1))).toBeUndefined();
});
