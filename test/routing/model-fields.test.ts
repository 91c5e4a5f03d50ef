/** How models are asked: what the shipped catalog says of it, and what is done with damage. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { grouped } from '../../src/core/grouped.ts';
import { inWords } from '../../src/core/say.ts';
import type { WorkKind } from '../../src/core/take.ts';
import { inputOf } from '../../src/providers/fields.ts';
import type { Offer } from '../../src/routing/catalog.ts';
import { parseCatalog } from '../../src/routing/read-catalog.ts';
import { endpointFor, type Pictures } from '../../src/routing/endpoint-for.ts';
import type { JobRequest, ModelFields } from '../../src/routing/job-request.ts';
import { readModelFields } from '../../src/routing/model-fields.ts';

const parsed = parseCatalog(readFileSync('public/catalog.json', 'utf8'));
if (!parsed.ok) throw new Error('The catalog cannot be read.');
const { catalog } = parsed.value;
const offerOf = (provider: string, model: string): Offer => catalog.find({ provider, model })!.offer;

const NONE: Pictures = { still: false, references: false };
const STILL: Pictures = { still: true, references: false };
const BETWEEN: Pictures = { still: true, lastFrame: true, references: false };
const REFERENCES: Pictures = { still: false, references: true };
const picturesOf = (work: WorkKind): Pictures => (work === 'text to image' || work === 'text to video' ? NONE : STILL);

/** What a model is sent for an ordinary wish. */
function sentFor(provider: string, model: string, work: WorkKind, over: Partial<JobRequest> = {}) {
  const pictures = {
    still: Boolean(over.still),
    lastFrame: Boolean(over.lastFrame),
    references: Boolean(over.references?.length),
  };
  const { modelId, fields } = endpointFor(offerOf(provider, model), work, pictures)!;
  const request: JobRequest = {
    provider,
    model: modelId,
    work,
    prompt: 'A fox',
    seed: 0,
    guidance: 7,
    width: 1360,
    height: 768,
    ratio: [16, 9],
    references: [],
    ...(fields ? { fields } : {}),
    ...over,
  };
  return { model: modelId, input: inputOf(request, (picture) => picture) };
}
const picture = (name: string) => ({ picture: name, width: 680, height: 384 });

test('most offers of fal and Replicate say how they are asked, and what they say is whole', () => {
  const offers = catalog.models.flatMap((model) => model.offers);
  const told = (provider: string) =>
    offers.filter((offer) => offer.provider === provider && (offer.fields ?? offer.works)).length;
  expect([told('fal'), told('replicate')]).toEqual([88, 8]);
  expect(parsed.value.dropped).toEqual([]);
});

test('no two models of one’s own server are asked for by the same name: they would share their takes', () => {
  for (const provider of ['comfyui-local', 'a1111-local']) {
    const asked = catalog.models.flatMap(({ id, work, offers }) =>
      offers
        .filter((offer) => offer.provider === provider)
        .flatMap((offer) => work.flatMap((kind) => endpointFor(offer, kind, picturesOf(kind))?.modelId ?? []))
        .map((modelId) => ({ id, modelId })),
    );
    const byName = [...grouped(asked, ({ modelId }) => modelId).values()];
    expect(byName.length).toBeGreaterThan(2);
    expect(byName.map((same) => [...new Set(same.map(({ id }) => id))]).filter((ids) => ids.length > 1)).toEqual([]);
  }
});

test('an offer that is told of is asked for all its model does, or it is known that it is not', () => {
  const missing = catalog.models.flatMap((model) =>
    model.offers
      .filter((offer) => offer.fields)
      .flatMap((offer) =>
        model.work
          .filter((work) => {
            const pictures = picturesOf(work);
            return [pictures, { ...pictures, references: true }].every((each) => !endpointFor(offer, work, each));
          })
          .map((work) => `${offer.modelId}: ${work}`),
      ),
  );
  expect(missing).toEqual([
    'fal-ai/minimax/image-01/subject-reference: image edit',
    'fal-ai/wan/v2.2-a14b/text-to-video: image to video',
    'fal-ai/luma-photon: image edit',
    'fal-ai/luma-photon/flash: image edit',
    'fal-ai/stable-diffusion-v35-large: image edit',
  ]);
});

test('a clip between two pictures is asked for where there is a place for the last one', () => {
  const over = { still: picture('still'), lastFrame: picture('last-frame'), seconds: 6 };
  expect(sentFor('fal', 'google/veo-3.1', 'image to video', over)).toEqual({
    model: 'fal-ai/veo3.1/first-last-frame-to-video',
    input: {
      prompt: 'A fox',
      seed: 0,
      aspect_ratio: '16:9',
      resolution: '720p',
      duration: '6s',
      auto_fix: false,
      generate_audio: false,
      first_frame_url: 'still',
      last_frame_url: 'last-frame',
    },
  });
  expect(sentFor('fal', 'kling/v2.5-turbo', 'image to video', over).input).toMatchObject({
    image_url: 'still',
    tail_image_url: 'last-frame',
  });
  expect(endpointFor(offerOf('fal', 'google/veo-3.1'), 'image to video', STILL)?.modelId).toBe(
    'fal-ai/veo3.1/image-to-video',
  );
  expect(endpointFor(offerOf('fal', 'bytedance/seedance-1.0-pro-fast'), 'image to video', BETWEEN)).toBe(undefined);
});

test('models that make sound unasked are told not to, and told to where it is wished for', () => {
  const silent = sentFor('fal', 'google/veo-3.1', 'text to video').input;
  expect(silent).toMatchObject({ generate_audio: false });
  expect(sentFor('fal', 'google/veo-3.1', 'text to video', { sound: true }).input).toEqual({
    ...silent,
    generate_audio: true,
  });
  expect(sentFor('fal', 'vidu/q3-pro', 'text to video', { sound: true }).input).toMatchObject({ audio: true });
});

test('a picture, a clip and an enlargement, as their models take them', () => {
  expect(sentFor('fal', 'bfl/flux-schnell', 'text to image')).toEqual({
    model: 'fal-ai/flux/schnell',
    input: {
      prompt: 'A fox',
      seed: 0,
      guidance_scale: 7,
      image_size: { width: 1360, height: 768 },
      output_format: 'png',
    },
  });
  expect(sentFor('fal', 'google/veo-3.1', 'image to video', { still: picture('a'), seconds: 5 })).toEqual({
    model: 'fal-ai/veo3.1/image-to-video',
    input: {
      prompt: 'A fox',
      seed: 0,
      aspect_ratio: '16:9',
      resolution: '720p',
      duration: '6s',
      image_url: 'a',
      generate_audio: false,
    },
  });
  const large = { still: picture('a'), width: 2720, height: 1536 };
  expect(sentFor('fal', 'wavespeed/seedvr2', 'upscale', large)).toEqual({
    model: 'fal-ai/seedvr/upscale/image',
    input: { image_url: 'a', seed: 0, upscale_factor: 4, upscale_mode: 'factor', output_format: 'png' },
  });
  expect(sentFor('replicate', 'bfl/flux-2-pro', 'text to image')).toEqual({
    model: 'black-forest-labs/flux-2-pro',
    input: { prompt: 'A fox', seed: 0, width: 1360, height: 768, aspect_ratio: 'custom', output_format: 'png' },
  });
});

test('a model that has another name for a kind of work is asked by that name', () => {
  const seedance = offerOf('fal', 'bytedance/seedance-1.5-pro');
  const path = 'fal-ai/bytedance/seedance/v1.5/pro';
  expect(endpointFor(seedance, 'image to video', STILL)?.modelId).toBe(`${path}/image-to-video`);
  expect(endpointFor(seedance, 'text to video', NONE)?.modelId).toBe(`${path}/text-to-video`);
  const flux = offerOf('fal', 'bfl/flux-2-pro');
  expect(endpointFor(flux, 'image edit', STILL)?.modelId).toBe('fal-ai/flux-2-pro/edit');
  // Also where the one it is sold by would do.
  const both: Offer = {
    provider: 'p',
    modelId: 'all',
    fields: { still: { name: 'image' } },
    works: { 'image edit': { modelId: 'edit', fields: { still: { name: 'image' } } } },
  };
  expect(endpointFor(both, 'image edit', STILL)?.modelId).toBe('edit');
});

test('a picture after references goes where there is a place for them', () => {
  const references = [{ ...picture('r'), strength: 0.5 }];
  expect(sentFor('fal', 'bfl/flux-2-pro', 'text to image', { references })).toMatchObject({
    model: 'fal-ai/flux-2-pro/edit',
    input: { image_urls: ['r'] },
  });
  const minimax = offerOf('fal', 'minimax/image-01');
  expect(endpointFor(minimax, 'text to image', REFERENCES)?.modelId).toBe('fal-ai/minimax/image-01/subject-reference');
  expect(endpointFor(minimax, 'text to image', NONE)?.modelId).toBe('fal-ai/minimax/image-01');
});

test('a model that makes nothing without a picture is not asked without one, nor with one it has no place for', () => {
  expect(endpointFor(offerOf('fal', 'tencent/instant-character'), 'text to image', NONE)).toBe(undefined);
  expect(endpointFor(offerOf('fal', 'tencent/instant-character'), 'text to image', REFERENCES)).toBeDefined();
  expect(endpointFor(offerOf('fal', 'stability/sd3.5-large'), 'image edit', STILL)).toBe(undefined);
  // One list takes both: either of them fills it.
  const kling = offerOf('fal', 'kling/image-o1');
  expect(endpointFor(kling, 'image edit', STILL)?.modelId).toBe('fal-ai/kling-image/o1');
  expect(endpointFor(kling, 'text to image', NONE)).toBe(undefined);
});

test('what nobody has written down is not asked for', () => {
  expect(endpointFor({ provider: 'fal', modelId: 'm' }, 'text to image', NONE)).toBe(undefined);
  // Other services have an adapter that knows their models.
  expect(endpointFor({ provider: 'openai', modelId: 'm' }, 'text to image', NONE)).toEqual({ modelId: 'm' });
});

const whole: Readonly<Record<string, unknown>> = {
  prompt: null,
  negative: 'negative_prompt',
  seed: 'seed',
  largestSeed: 2147483647,
  guidance: 'guidance_scale',
  size: { as: 'ratio', name: 'aspect_ratio', values: ['16:9'], lines: { name: 'resolution', values: ['720p'] } },
  duration: { name: 'num_frames', as: 'frames', fps: 16, values: [1, 2] },
  fps: 'fps',
  still: { name: 'image_url', isNeeded: true },
  lastFrame: { name: 'end_image_url' },
  references: { name: 'image_urls', isList: true },
  strength: { name: 'strength', as: 'changed' },
  enlargement: { name: 'scale', values: [2, 4] },
  always: { output_format: 'png' },
} satisfies ModelFields;

test('whole fields are read as they stand', () => {
  expect(readModelFields(whole)).toEqual(whole);
  expect(readModelFields({})).toEqual({});
  for (const size of [
    { as: 'width and height', multiple: 16, sides: [256, 2048] },
    { as: 'object', name: 'image_size', pixels: [921600, 16777216] },
    { as: 'x', name: 'size' },
    { as: 'lines', lines: { name: 'resolution', values: ['1k'] } },
  ])
    expect(readModelFields({ size })).toEqual({ size });
});

const DAMAGED: readonly unknown[] = [
  null,
  [],
  'seed',
  { seed: 7 },
  { seed: '' },
  { prompt: false },
  { sizes: 'x' },
  { hasOwnProperty: 'x' },
  { size: 'square' },
  { size: { as: 'round' } },
  { size: { as: 'object' } },
  { size: { as: 'object', name: 'image_size', sides: [512] } },
  { size: { as: 'object', name: 'image_size', sides: [512, -1] } },
  { size: { as: 'ratio', name: 'aspect_ratio', values: [] } },
  { size: { as: 'ratio', name: 'aspect_ratio', values: ['1:1'], lines: ['720p'] } },
  { duration: { name: 'duration', as: 'minutes' } },
  { duration: { name: 'num_frames', as: 'frames' } },
  { duration: { name: 'duration', as: 'text', values: ['5'] } },
  { still: 'image_url' },
  { still: { name: 'image_url', isList: 'yes' } },
  { strength: { name: 'strength', as: 'lost' } },
  { enlargement: { values: [2] } },
  { always: ['png'] },
  { largestSeed: Infinity },
];

test('damaged fields are none', () => {
  for (const raw of DAMAGED) expect(readModelFields(raw), JSON.stringify(raw)).toBe(undefined);
});

test('an offer whose fields are damaged stays, without them, and is named', () => {
  const row = (fields: unknown) => ({
    id: 'a',
    name: 'A',
    modalities: ['text-to-image', 'image-to-image'],
    providers: [{ provider: 'fal', model_id: 'a', fields, works: { 'image-to-image': { model_id: 'b', fields } } }],
  });
  const read = (fields: unknown) =>
    parseCatalog(JSON.stringify({ format: 'triptych-catalog', asOf: '2026-11-22', models: [row(fields)] }));
  const damaged = read({ seed: 7 });
  if (!damaged.ok) throw new Error('refused');
  expect(damaged.value.catalog.models[1]!.offers).toEqual([{ provider: 'fal', modelId: 'a' }]);
  expect(damaged.value.dropped.map((line) => inWords(line))).toEqual([
    'A at fal: how it is asked cannot be read.',
    'A at fal: how it is asked cannot be read.',
  ]);
  const sound = read({ seed: 'seed' });
  if (!sound.ok) throw new Error('refused');
  expect(sound.value.catalog.models[1]!.offers[0]).toMatchObject({
    fields: { seed: 'seed' },
    works: { 'image edit': { modelId: 'b', fields: { seed: 'seed' } } },
  });
});
