/** What a model is sent of a request: its own names, its own values, and nothing it has no name for. */
import { expect, test } from 'vitest';
import { fittedSize } from '../../src/providers/fitted-size.ts';
import { inputOf, sentPictures } from '../../src/providers/fields.ts';
import { motionWords } from '../../src/providers/motion-words.ts';
import type { JobRequest, ModelFields } from '../../src/routing/job-request.ts';
import { requestTo } from '../rig/requests.ts';

const request = (over: Partial<JobRequest> = {}) =>
  requestTo('p', 'm', { prompt: 'A fox', width: 1360, height: 768, ratio: [16, 9], ...over });
const picture = (name: string) => ({ picture: name, width: 640, height: 360 });
const sent = (fields: ModelFields, over: Partial<JobRequest> = {}) =>
  inputOf(request({ ...over, fields }), (name) => `https://files.test/${name}`);

test('what has no name is not sent', () => {
  const full = request({ negative: 'blur', seed: 1, guidance: 7, seconds: 5, fps: 24, still: picture('a') });
  expect(inputOf(full, String)).toEqual({ prompt: 'A fox' });
  expect(sent({ prompt: 'text' })).toEqual({ text: 'A fox' });
  expect(sent({ prompt: null })).toEqual({});
});

test('seed 0 is sent, and no seed is not', () => {
  expect(sent({ seed: 'seed' }, { seed: 0 })).toMatchObject({ seed: 0 });
  expect(sent({ seed: 'seed' })).not.toHaveProperty('seed');
});

test('a seed beyond the largest wraps around', () => {
  const fields: ModelFields = { seed: 'seed', largestSeed: 2 ** 31 - 1 };
  expect(sent(fields, { seed: 2 ** 31 - 1 })).toMatchObject({ seed: 2 ** 31 - 1 });
  expect(sent(fields, { seed: 2 ** 31 + 5 })).toMatchObject({ seed: 5 });
});

test('guidance, negative prompt and frame rate go under their names', () => {
  const fields: ModelFields = { guidance: 'guidance_scale', negative: 'negative_prompt', fps: 'fps' };
  expect(sent(fields, { guidance: 3.5, negative: 'blur', fps: 24 })).toEqual({
    prompt: 'A fox',
    guidance_scale: 3.5,
    negative_prompt: 'blur',
    fps: 24,
  });
  expect(sent(fields, { negative: '' })).toEqual({ prompt: 'A fox' });
});

test('what is always sent gives way to what the request says', () => {
  expect(sent({ always: { output_format: 'png', seed: 9 }, seed: 'seed' }, { seed: 0 })).toEqual({
    prompt: 'A fox',
    output_format: 'png',
    seed: 0,
  });
});

test('the shape is the nearest of the list', () => {
  const ratios = { as: 'ratio', name: 'aspect_ratio', values: ['auto', '1:1', '16:9', '9:16', '4:3'] } as const;
  expect(sent({ size: ratios })).toMatchObject({ aspect_ratio: '16:9' });
  expect(sent({ size: ratios }, { width: 1000, height: 1010 })).toMatchObject({ aspect_ratio: '1:1' });
  expect(sent({ size: ratios }, { width: 720, height: 1600 })).toMatchObject({ aspect_ratio: '9:16' });
  const sizes = { as: 'ratio', name: 'image_size', values: ['1024x1024', '1536x1024', '1024x1536'] } as const;
  expect(sent({ size: sizes })).toMatchObject({ image_size: '1536x1024' });
});

test('twice as wide is as far from a square as half as wide', () => {
  const size = { as: 'ratio', name: 'r', values: ['1:2', '1:1'] } as const;
  expect(sent({ size }, { width: 680, height: 1000 })).toMatchObject({ r: '1:2' });
  expect(sent({ size }, { width: 720, height: 1000 })).toMatchObject({ r: '1:1' });
});

test('lines: clips by their short side, pictures by their pixels', () => {
  const clip = (values: string[]) =>
    ({ as: 'ratio', name: 'aspect_ratio', values: ['16:9', '9:16'], lines: { name: 'resolution', values } }) as const;
  const video = { work: 'text to video', width: 768, height: 1360 } as const;
  expect(sent({ size: clip(['480p', '720p', '1080p']) }, video)).toMatchObject({
    aspect_ratio: '9:16',
    resolution: '720p',
  });
  expect(sent({ size: clip(['512P', '768P']) }, video)).toMatchObject({ resolution: '768P' });
  expect(sent({ size: clip(['1K', '2K', '4K']) })).toMatchObject({ resolution: '1K' });
  expect(sent({ size: clip(['1K', '2K', '4K']) }, { width: 2720, height: 1536 })).toMatchObject({ resolution: '2K' });
  expect(sent({ size: { as: 'lines', lines: { name: 'resolution', values: ['720p', '1080p'] } } }, video)).toEqual({
    prompt: 'A fox',
    resolution: '720p',
  });
});

test('sizes in pixels, as one thing or two', () => {
  expect(sent({ size: { as: 'width and height' } })).toMatchObject({ width: 1360, height: 768 });
  expect(sent({ size: { as: 'object', name: 'image_size' } })).toMatchObject({
    image_size: { width: 1360, height: 768 },
  });
  expect(sent({ size: { as: 'x', name: 'size' } })).toMatchObject({ size: '1360x768' });
  expect(sent({ size: { as: '*', name: 'size' } })).toMatchObject({ size: '1360*768' });
});

test('a size is brought within the limits, and keeps its shape', () => {
  expect(fittedSize(1365, 767, { multiple: 8 })).toEqual({ width: 1368, height: 768 });
  expect(fittedSize(4000, 2000, { sides: [512, 2048] })).toEqual({ width: 2048, height: 1024 });
  expect(fittedSize(400, 800, { sides: [512, 2048] })).toEqual({ width: 512, height: 1024 });
  const few = fittedSize(1333, 750, { pixels: [2560 * 1440, 4096 * 4096] });
  expect(few.width * few.height).toBeGreaterThanOrEqual(2560 * 1440);
  expect(few.width / few.height).toBeCloseTo(1333 / 750, 2);
  const many = fittedSize(1333, 750, { multiple: 16, pixels: [1, 768 * 768] });
  expect(many.width * many.height).toBeLessThanOrEqual(768 * 768);
});

test('durations: a number, a text, a text with s, or frames', () => {
  const clip = { work: 'text to video', seconds: 5 } as const;
  expect(sent({ duration: { name: 'duration', as: 'number' } }, clip)).toMatchObject({ duration: 5 });
  expect(sent({ duration: { name: 'duration', as: 'text' } }, clip)).toMatchObject({ duration: '5' });
  const veo: ModelFields = { duration: { name: 'duration', as: 'text with s', values: [4, 6, 8] } };
  expect(sent(veo, clip)).toMatchObject({ duration: '6s' });
  expect(sent(veo, { ...clip, seconds: 12 })).toMatchObject({ duration: '8s' });
  expect(sent({ duration: { name: 'num_frames', as: 'frames', fps: 16 } }, clip)).toMatchObject({ num_frames: 81 });
});

test('pictures: one, a list, or those that share a list with the still before the references', () => {
  const pictures = {
    still: picture('still'),
    lastFrame: picture('end'),
    references: [
      { ...picture('a'), strength: 0.75 },
      { ...picture('b'), strength: 0.5 },
    ],
  };
  expect(sent({ still: { name: 'image_url' }, lastFrame: { name: 'end_image_url' } }, pictures)).toEqual({
    prompt: 'A fox',
    image_url: 'https://files.test/still',
    end_image_url: 'https://files.test/end',
  });
  const list = { name: 'image_urls', isList: true };
  expect(sent({ still: list, references: list }, pictures)).toMatchObject({
    image_urls: ['https://files.test/still', 'https://files.test/a', 'https://files.test/b'],
  });
  const one: ModelFields = { references: { name: 'image_url' } };
  expect(sent(one, pictures)).toMatchObject({ image_url: 'https://files.test/a' });
  expect(sentPictures(request({ ...pictures, fields: one })).map((each) => each.picture)).toEqual(['a']);
});

test('strength is what is kept of a reference, or what is changed', () => {
  const references = [{ ...picture('a'), strength: 0.75 }];
  const fields = (as: 'kept' | 'changed'): ModelFields => ({
    references: { name: 'image_url' },
    strength: { name: 'strength', as },
  });
  expect(sent(fields('kept'), { references })).toMatchObject({ strength: 0.75 });
  expect(sent(fields('changed'), { references })).toMatchObject({ strength: 0.25 });
  expect(sent(fields('changed'))).not.toHaveProperty('strength');
  // The place is taken by the picture to edit: how strong the reference would be says nothing of that one.
  const edit = { ...fields('kept'), still: { name: 'image_url' } };
  expect(sent(edit, { references, still: picture('b') })).toEqual({
    prompt: 'A fox',
    image_url: expect.stringContaining('b'),
  });
});

test('an enlargement is the smallest that reaches the size', () => {
  const upscale = { work: 'upscale', still: picture('a'), width: 1920, height: 1080 } as const;
  expect(sent({ prompt: null, enlargement: { name: 'upscale_factor' } }, upscale)).toEqual({ upscale_factor: 3 });
  expect(sent({ prompt: null, enlargement: { name: 'scale', values: [2, 4] } }, upscale)).toEqual({ scale: 4 });
});

test('motion goes along as words, for clips only', () => {
  const motion = { move: 'push in', amount: 0.2, easing: 'ease in' } as const;
  expect(sent({}, { work: 'image to video', motion })).toEqual({
    prompt: 'A fox. Camera: slow push in, starting gently.',
  });
  expect(sent({}, { work: 'image to video', motion, prompt: '' })).toEqual({
    prompt: 'Camera: slow push in, starting gently.',
  });
  expect(sent({}, { motion })).toEqual({ prompt: 'A fox' });
});

test('how a camera moves, in words', () => {
  const words = (move: 'still' | 'orbit' | 'handheld' | 'pan left', amount: number) =>
    motionWords({ move, amount, easing: 'linear' });
  expect(words('still', 1)).toBe('The camera does not move.');
  expect(words('orbit', 0)).toBe('The camera does not move.');
  expect(words('orbit', 0.5)).toBe('Camera: steady orbit around the subject, at an even speed.');
  expect(words('pan left', 1)).toBe('Camera: fast pan to the left, at an even speed.');
  expect(words('handheld', 0.9)).toBe('Camera: handheld, very shaky.');
});
