import { GoogleGenAI } from '@google/genai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { google } from '../../src/providers/google.ts';
import { CLIP_MODEL, googleError, PICTURE_MODEL, startGoogle, type GoogleDouble } from '../contract/google.ts';
import { MADE_CLIP, madePicture } from '../contract/made-picture.ts';
import { accessRig } from '../rig/access.ts';
import { requestTo } from '../rig/requests.ts';
import { makeOnce, testFaults, troubleOf } from '../rig/service-faults.ts';

const PICTURES = {
  still: { bytes: madePicture('still'), mime: 'image/png' },
  one: { bytes: madePicture('one'), mime: 'image/png' },
};
const attached = (picture: string) => ({ picture, width: 8, height: 8 });
const inline = (picture: keyof typeof PICTURES) => Buffer.from(PICTURES[picture].bytes).toString('base64');
const pictureRequest = (more: Parameters<typeof requestTo>[2] = {}) => requestTo('google', PICTURE_MODEL, more);
const clipRequest = (more: Parameters<typeof requestTo>[2] = {}) =>
  requestTo('google', CLIP_MODEL, { work: 'text to video', width: 1280, height: 720, seconds: 5, fps: 24, ...more });

let double: GoogleDouble;
beforeEach(async () => void (double = await startGoogle()));
afterEach(() => double.close());
const base = () => `${double.url}/v1beta`;
const rigOf = () => accessRig(google, base(), { pictures: PICTURES });
const sent = () => double.asked.map(({ method, path }) => `${method} ${path.replace('/v1beta', '')}`);

describe('pictures', () => {
  test('come with the answer to one call; what the model thought of on the way is not taken for it', async () => {
    const rig = rigOf();
    const made = await makeOnce(google, pictureRequest({ seed: 0, negative: 'fog', guidance: 7 }), rig);
    const contents = [{ role: 'user', parts: [{ text: 'A lighthouse at dusk' }] }];
    const config = {
      responseModalities: ['IMAGE'],
      imageConfig: { aspectRatio: '1:1', imageSize: '1K' },
      seed: 0,
    };
    expect(double.asked[0]!.json).toEqual({ contents, generationConfig: config });
    expect(made).toEqual({ output: { bytes: madePicture({ model: PICTURE_MODEL, contents, config }) } });
    expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
  });

  test('of other shapes and sizes are asked for by the nearest that there is', async () => {
    await makeOnce(google, pictureRequest({ width: 3840, height: 2160 }), rigOf());
    await makeOnce(google, pictureRequest({ width: 500, height: 2000 }), rigOf());
    const asked = double.asked.map(({ json }) => (json as { generationConfig: object }).generationConfig);
    expect(asked).toMatchObject([
      { imageConfig: { aspectRatio: '16:9', imageSize: '2K' } },
      { imageConfig: { aspectRatio: '1:4', imageSize: '1K' } },
    ]);
  });

  test('of models with one size and the usual shapes only are asked for so', async () => {
    const request = { ...pictureRequest({ width: 500, height: 2000 }), model: 'gemini-3.1-flash-lite-image' };
    await troubleOf(makeOnce(google, request, rigOf()));
    expect(double.asked[0]!.json).toMatchObject({ generationConfig: { imageConfig: { aspectRatio: '9:16' } } });
    expect(JSON.stringify(double.asked[0]!.json)).not.toContain('imageSize');
  });

  test('to edit and to follow travel in the request, the still first', async () => {
    const references = [{ ...attached('one'), strength: 0.5 }];
    await makeOnce(google, pictureRequest({ work: 'image edit', still: attached('still'), references }), rigOf());
    expect(double.asked[0]!.json).toMatchObject({
      contents: [
        {
          parts: [
            { inlineData: { mimeType: 'image/png', data: inline('still') } },
            { inlineData: { mimeType: 'image/png', data: inline('one') } },
            { text: 'A lighthouse at dusk' },
          ],
        },
      ],
    });
  });

  test.each([
    ['a prompt that is blocked', { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } }, 'refused', false],
    [
      'a picture that is withheld after it was made',
      { candidates: [{ finishReason: 'IMAGE_SAFETY' }], usageMetadata: { candidatesTokenCount: 1120 } },
      'refused',
      true,
    ],
    [
      'a picture that is only a thought',
      {
        candidates: [{ content: { parts: [{ thought: true, inlineData: { mimeType: 'image/png', data: 'aGk=' } }] } }],
      },
      'unreadable',
      true,
    ],
    ['no picture', { candidates: [{ finishReason: 'NO_IMAGE' }] }, 'unreadable', true],
    ['no picture, and nothing that was counted', { candidates: [], usageMetadata: {} }, 'unreadable', false],
    ['a picture that is withheld, uncounted', { candidates: [{ finishReason: 'IMAGE_SAFETY' }] }, 'refused', true],
    [
      'words in place of a picture',
      {
        candidates: [{ finishReason: 'STOP', content: { parts: [{ text: 'I would rather not.' }] } }],
        usageMetadata: { candidatesTokenCount: 9 },
      },
      'unreadable',
      true,
    ],
  ] as const)('%s', async (_, body, kind, mayCost) => {
    double.answerNext(body);
    const trouble = await troubleOf(makeOnce(google, pictureRequest(), rigOf()));
    expect(trouble).toMatchObject({ kind, facts: { mayCost } });
  });

  test('are not enlarged there', async () => {
    expect((await troubleOf(makeOnce(google, pictureRequest({ work: 'upscale' }), rigOf()))).kind).toBe('invalid');
    expect(double.asked).toEqual([]);
  });
});

describe('clips', () => {
  test('are begun once, asked after until they are there, and fetched with the key in a header', async () => {
    const rig = rigOf();
    const motion = { move: 'pan left', amount: 0.2, easing: 'linear' } as const;
    const made = await makeOnce(google, clipRequest({ motion, seed: 7, negative: 'fog' }), rig);
    expect(double.asked[0]!.json).toEqual({
      model: CLIP_MODEL,
      input: [{ type: 'text', text: 'A lighthouse at dusk. Camera: slow pan to the left, at an even speed.' }],
      background: true,
      store: true,
      response_format: {
        type: 'video',
        aspect_ratio: '16:9',
        resolution: '720p',
        duration: '5s',
        delivery: 'uri',
      },
      generation_config: { video_config: { task: 'text_to_video' } },
    });
    expect(sent()).toEqual([
      'POST /interactions',
      'GET /interactions/v1_1',
      'GET /interactions/v1_1',
      'GET /interactions/v1_1',
      'GET /files/clip1',
      'GET /files/clip1',
    ]);
    expect(made).toEqual({
      output: {
        url: `${base()}/files/clip1:download?alt=media`,
        headers: { 'x-goog-api-key': 'test-key' },
      },
    });
    expect(rig.steps).toEqual([{ state: 'queued' }, { state: 'running' }, { state: 'running' }]);
    expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
    const { url, headers } = made.output as { url: string; headers: Record<string, string> };
    expect(await rig.access.bytes({ to: url, headers })).toEqual(MADE_CLIP);
  });

  test('may come in the answer itself', async () => {
    double.clipGoes(['in_progress', 'completed'], { inline: true });
    expect(await makeOnce(google, clipRequest(), rigOf())).toEqual({ output: { bytes: MADE_CLIP } });
  });

  test('from a still, from references, or from both, say which picture is what', async () => {
    const references = [{ ...attached('one'), strength: 1 }];
    for (const more of [{ still: attached('still') }, { references }, { still: attached('still'), references }])
      await makeOnce(google, clipRequest({ work: 'image to video', ...more }), rigOf());
    const begun = double.asked.filter(({ method }) => method === 'POST').map(({ json }) => json);
    expect(begun).toMatchObject([
      {
        input: [{ type: 'image', data: inline('still'), mime_type: 'image/png' }, { text: 'A lighthouse at dusk' }],
        generation_config: { video_config: { task: 'image_to_video' } },
      },
      {
        input: [{ type: 'image', data: inline('one') }, { type: 'text' }],
        generation_config: { video_config: { task: 'reference_to_video' } },
      },
      {
        input: [
          { type: 'image', data: inline('still') },
          { type: 'image', data: inline('one') },
          { text: '[# Sources <FIRST_FRAME>@Image1] [# References <IMAGE_REF_0>@Image2] A lighthouse at dusk' },
        ],
      },
    ]);
    expect(begun[2]).not.toHaveProperty('generation_config');
  });

  test('go on from a clip that is sent with the words', async () => {
    const clip = { ...attached('one'), seconds: 1 };
    await makeOnce(google, clipRequest({ work: 'image to video', clip, fields: { clip: { name: 'video' } } }), rigOf());
    expect(double.asked[0]!.json).toMatchObject({
      input: [
        { type: 'video', data: inline('one'), mime_type: 'image/png' },
        { type: 'text', text: 'A lighthouse at dusk' },
      ],
      generation_config: { video_config: { task: 'extend' } },
    });
  });

  test('say when the last frame was not sent', async () => {
    const still = attached('still');
    const made = await makeOnce(
      google,
      clipRequest({ work: 'image to video', still, lastFrame: attached('one') }),
      rigOf(),
    );
    expect(made.notes!.map((note) => inWords(note))).toEqual([
      'The last frame was not sent: Google has no field for it.',
    ]);
    expect(JSON.stringify(double.asked[0]!.json)).not.toContain(inline('one'));
  });

  test.each([
    ['failed', { errors: [{ code: 'internal', message: 'Oh no.' }] }, 'broken', false],
    ['incomplete', {}, 'broken', true],
    ['budget_exceeded', {}, 'broken', true],
    ['requires_action', {}, 'broken', true],
    ['cancelled', {}, 'cancelled', true],
    // The filters look at what was made.
    ['completed', { steps: [] }, 'refused', true],
    ['completed', { steps: [], errors: [{ code: 'internal' }] }, 'broken', true],
  ] as const)('that end as %s (%j) do so', async (status, body, kind, mayCost) => {
    double.clipGoes(['in_progress', status], { body });
    const rig = rigOf();
    const trouble = await troubleOf(makeOnce(google, clipRequest(), rig));
    expect(trouble).toMatchObject({ kind, facts: { mayCost } });
    // Not a status of an answer: it would be asked again.
    expect(trouble.facts.status).toBeUndefined();
    expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
  });

  test('whose file fails are failed', async () => {
    double.fileGoes(['PROCESSING', 'FAILED']);
    expect((await troubleOf(makeOnce(google, clipRequest(), rigOf()))).kind).toBe('broken');
  });

  test('that the service has forgotten are gone, not retired', async () => {
    const trouble = await troubleOf(google.follow!({ interaction: 'v1_9' }, rigOf().access, clipRequest()));
    expect(trouble.kind).toBe('gone');
  });

  test('are taken back while they are made; after that it is too late', async () => {
    const rig = rigOf();
    const { job } = (await google.submit(clipRequest(), rig.access)) as { job: Record<string, string> };
    expect(await google.cancel!(job, rig.access)).toBe('asked');
    expect((await troubleOf(google.follow!(job, rig.access, clipRequest()))).kind).toBe('cancelled');
    double.clipGoes(['completed']);
    const second = (await google.submit(clipRequest(), rig.access)) as { job: Record<string, string> };
    expect(await google.cancel!(second.job, rig.access)).toBe('late');
    expect(await google.cancel!({ interaction: 'v1_9' }, rig.access)).toBe('late');
  });
});

const info = (reason: string) => ({ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason });
const quota = (quotaValue: string) => ({
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier', quotaValue }],
});
const retry = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.5s' };
describe.each([
  ['a picture', pictureRequest()],
  ['a clip', clipRequest()],
])('when %s goes wrong', (_, request) => {
  const exhausted = { status: 429, body: googleError(429, 'RESOURCE_EXHAUSTED'), kind: 'busy' } as const;
  testFaults({
    adapter: google,
    request,
    start: () => startGoogle(),
    baseOf: ({ url }) => `${url}/v1beta`,
    cases: {
      '400': { status: 400, body: googleError(400, 'INVALID_ARGUMENT'), kind: 'invalid', code: 'INVALID_ARGUMENT' },
      '400 for a wrong key': {
        status: 400,
        body: googleError(400, 'INVALID_ARGUMENT', [info('API_KEY_INVALID')]),
        kind: 'key',
        code: 'API_KEY_INVALID',
      },
      '400 where nothing is free': { status: 400, body: googleError(400, 'FAILED_PRECONDITION'), kind: 'billing' },
      '401': { status: 401, body: googleError(401, 'UNAUTHENTICATED'), kind: 'key' },
      '402': { status: 402, body: googleError(402, 'RESOURCE_EXHAUSTED'), kind: 'billing' },
      '403': { status: 403, body: googleError(403, 'PERMISSION_DENIED'), kind: 'forbidden' },
      '403 without billing': {
        status: 403,
        body: googleError(403, 'PERMISSION_DENIED', [info('BILLING_DISABLED')]),
        kind: 'billing',
      },
      '404 for a model that is gone': { status: 404, body: googleError(404, 'NOT_FOUND'), kind: 'retired' },
      '409': { status: 409, body: googleError(409, 'ABORTED'), kind: 'invalid' },
      '413 as a proxy says it': { status: 413, body: '<html>too large</html>', kind: 'invalid' },
      '422': { status: 422, body: { error: { message: 'no', code: 'invalid_request' } }, kind: 'invalid' },
      '429': exhausted,
      '429 with a header': { ...exhausted, headers: { 'retry-after': '3' }, retryAfterMs: 3000 },
      '429 with a detail': {
        ...exhausted,
        body: googleError(429, 'RESOURCE_EXHAUSTED', [quota('10'), retry]),
        retryAfterMs: 34_500,
      },
      '429 for accounts that do not pay': {
        ...exhausted,
        body: googleError(429, 'RESOURCE_EXHAUSTED', [quota('0'), retry]),
        kind: 'billing',
        retryAfterMs: 34_500,
      },
      '500': { status: 500, body: googleError(500, 'INTERNAL'), kind: 'broken' },
      '503': { status: 503, body: googleError(503, 'UNAVAILABLE'), kind: 'busy' },
      '503 of something on the way': { status: 503, body: 'no healthy upstream', kind: 'broken' },
      '504': { status: 504, body: googleError(504, 'DEADLINE_EXCEEDED'), kind: 'lost' },
    },
  });
});

describe('the client of the vendor', () => {
  const client = (apiKey = 'test-key') =>
    new GoogleGenAI({ apiKey, httpOptions: { baseUrl: double.url, apiVersion: 'v1beta' } });

  test('makes the same picture as ours, with the same request', async () => {
    const theirs = await client().models.generateContent({
      model: PICTURE_MODEL,
      contents: 'A lighthouse at dusk',
      config: { responseModalities: ['IMAGE'], imageConfig: { aspectRatio: '1:1', imageSize: '1K' }, seed: 0 },
    });
    const ours = await makeOnce(google, pictureRequest({ seed: 0 }), rigOf());
    const part = theirs.candidates![0]!.content!.parts!.findLast(({ inlineData }) => inlineData)!;
    expect(ours.output).toEqual({ bytes: Uint8Array.from(Buffer.from(part.inlineData!.data!, 'base64')) });
    expect(double.asked[1]!.json).toEqual(double.asked[0]!.json);
  });

  test('begins, follows and takes back clips', async () => {
    const ai = client();
    const begun = await ai.interactions.create({
      model: CLIP_MODEL,
      input: 'A lighthouse at dusk',
      background: true,
      store: true,
      response_format: { type: 'video', aspect_ratio: '16:9', resolution: '720p', duration: '5s', delivery: 'uri' },
    });
    const states = [begun.status];
    for (let each = begun; each.status !== 'completed'; states.push(each.status))
      each = await ai.interactions.get(begun.id);
    expect(states).toEqual(['queued', 'queued', 'in_progress', 'completed']);
    const done = await ai.interactions.get(begun.id);
    expect(done.output_video).toMatchObject({ uri: `${base()}/files/clip1:download?alt=media` });
    const second = await ai.interactions.create({
      model: CLIP_MODEL,
      input: 'A lighthouse',
      background: true,
      store: true,
      response_format: { type: 'video', aspect_ratio: '9:16', resolution: '720p' },
    });
    expect(await ai.interactions.cancel(second.id)).toMatchObject({ status: 'cancelled' });
  });

  test('understands what the double refuses', async () => {
    const wrong = client('wrong').models.generateContent({ model: PICTURE_MODEL, contents: 'A lighthouse' });
    await expect(wrong).rejects.toMatchObject({ status: 400 });
    const retired = client().models.generateContent({
      model: 'gemini-2.5-flash-image',
      contents: 'A lighthouse',
      config: { imageConfig: { aspectRatio: '1:1' } },
    });
    await expect(retired).rejects.toMatchObject({ status: 404 });
  });
});

test('the key is in no address', async () => {
  await makeOnce(google, clipRequest(), rigOf());
  await google.test(rigOf().access);
  expect(double.asked.map(({ query }) => query.toString()).join()).not.toContain('test-key');
});
