import { afterEach, describe, expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { a1111 } from '../../src/providers/a1111.ts';
import { CHECKPOINT, LOADED, RANDOM_SEED, startA1111, type A1111Double, type Flavour } from '../contract/a1111.ts';
import { madePicture } from '../contract/made-picture.ts';
import { accessRig } from '../rig/access.ts';
import { requestTo } from '../rig/requests.ts';
import { makeOnce, testFaults, troubleOf } from '../rig/service-faults.ts';

const PICTURES = {
  still: { bytes: madePicture('still'), mime: 'image/png' },
  one: { bytes: madePicture('one'), mime: 'image/png' },
};
const attached = (picture: string) => ({ picture, width: 8, height: 8 });
const inline = (picture: keyof typeof PICTURES) => Buffer.from(PICTURES[picture].bytes).toString('base64');
const requestOf = (more: Parameters<typeof requestTo>[2] = {}) => requestTo('a1111-local', CHECKPOINT, more);

let double: A1111Double;
const started: A1111Double[] = [];
const start = async (options: Parameters<typeof startA1111>[0] = {}) => {
  double = await startA1111(options);
  started.push(double);
  return double;
};
afterEach(() => Promise.all(started.splice(0).map((each) => each.close())));
const rigOf = (options: Parameters<typeof accessRig>[2] = {}) =>
  accessRig(a1111, double.url, { pictures: PICTURES, ...options });
const posted = () => double.asked.filter(({ method }) => method === 'POST');

const PAINTED = {
  prompt: 'A lighthouse at dusk',
  width: 1024,
  height: 1024,
  steps: 25,
  override_settings: { sd_model_checkpoint: CHECKPOINT },
  override_settings_restore_afterwards: true,
  force_task_id: 'take-1',
  save_images: false,
};

describe.each(['a1111', 'forge', 'sdnext'] satisfies Flavour[])('%s', (flavour) => {
  test('makes a picture of everything that was asked for, and says its seed', async () => {
    await start({ flavour });
    const rig = rigOf();
    const made = await makeOnce(
      a1111,
      requestOf({ seed: 0, negative: 'fog', guidance: 6.5, width: 1021, height: 768 }),
      rig,
    );
    const body = { ...PAINTED, seed: 0, negative_prompt: 'fog', cfg_scale: 6.5, width: 1024, height: 768 };
    expect(posted().map(({ path, json }) => [path, json])).toEqual([['/sdapi/v1/txt2img', body]]);
    const bytes = madePicture({ ...body, force_task_id: '', step: 3 });
    expect(made).toEqual({ output: { bytes }, seed: 0, notes: [] });
    expect({ paid: double.paid, paying: rig.paying, steps: double.steps }).toEqual({ paid: 1, paying: 1, steps: [3] });
  });

  test('that is interrupted by somebody gives no half picture', async () => {
    await start({ flavour });
    double.interruptAt(2);
    const rig = rigOf();
    expect((await troubleOf(makeOnce(a1111, requestOf(), rig))).kind).toBe('cancelled');
    expect({ paid: double.paid, steps: double.steps }).toEqual({ paid: 1, steps: [2] });
  });
});

test('what is made is told while the answer is waited for', async () => {
  await start();
  const rig = rigOf();
  const made = await makeOnce(a1111, requestOf({ seed: 5 }), rig);
  expect(rig.steps.slice(0, 2)).toEqual([
    { state: 'running', fraction: 1 / 3 },
    { state: 'running', fraction: 2 / 3 },
  ]);
  expect(rig.previews[0]).toEqual({ bytes: madePicture({ step: 1 }), mime: 'image/png' });
  expect(made.output).toEqual({ bytes: madePicture({ ...PAINTED, seed: 5, force_task_id: '', step: 3 }) });
});

test('a request behind another one is queued, and the other one’s progress is not taken for its own', async () => {
  await start();
  const [first, second] = [rigOf(), rigOf()];
  const other = { ...second.access, id: 'take-2' };
  const both = await Promise.all([
    a1111.submit(requestOf(), first.access),
    a1111.submit(requestOf({ seed: 2 }), other),
  ]);
  expect(both).toHaveLength(2);
  // Whichever was first.
  const [ahead, behind] = first.steps[0]!.state === 'running' ? [first, second] : [second, first];
  expect(ahead.steps[0]).toMatchObject({ state: 'running' });
  expect(behind.steps[0]).toEqual({ state: 'queued' });
  expect(double.steps).toHaveLength(2);
});

test('an interruption is seen too when the server has gone on to the next picture', async () => {
  await start();
  double.interruptAt(2);
  const requests = [rigOf().access, { ...rigOf().access, id: 'take-2' }].map((access) =>
    a1111.submit(requestOf(), access),
  );
  const ends = await Promise.allSettled(requests);
  expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(double.steps).toEqual([2, 3]);
});

test('progress that cannot be had does not fail the picture', async () => {
  await start({ hasPreviews: false });
  double.script({ at: 'status', status: 500 });
  const rig = rigOf();
  const making = makeOnce(a1111, requestOf(), rig);
  // Nobody looks any more, so somebody has to go on.
  while (double.steps.length === 0) await fetch(`${double.url}/sdapi/v1/progress`);
  expect((await making).output).toHaveProperty('bytes');
  expect(rig.previews).toEqual([]);
});

test('a seed that nobody chose is the one that was used', async () => {
  await start();
  expect((await makeOnce(a1111, requestOf(), rigOf())).seed).toBe(RANDOM_SEED);
});

test('an edit starts from the still; a reference is kept as far as it is strong', async () => {
  await start();
  const references = [{ ...attached('one'), strength: 0.25 }];
  const edited = await makeOnce(
    a1111,
    requestOf({ work: 'image edit', still: attached('still'), references }),
    rigOf(),
  );
  await makeOnce(a1111, requestOf({ references }), rigOf());
  expect(posted().map(({ path, json }) => [path, json])).toEqual([
    ['/sdapi/v1/img2img', { ...PAINTED, init_images: [inline('still')], denoising_strength: 0.75 }],
    ['/sdapi/v1/img2img', { ...PAINTED, init_images: [inline('one')], denoising_strength: 0.75 }],
  ]);
  expect(edited.notes!.map((note) => inWords(note))).toEqual([
    'Only the first picture was used, for Stable Diffusion web UI can start from one only.',
  ]);
});

test('the checkpoint is always named: what is loaded, where the catalog cannot say', async () => {
  await start();
  const made = await makeOnce(a1111, requestTo('a1111-local', 'user-installed checkpoint'), rigOf());
  await makeOnce(a1111, requestTo('a1111-local', 'juggernaut'), rigOf());
  expect(posted().map(({ json }) => json)).toMatchObject([
    { override_settings: { sd_model_checkpoint: LOADED } },
    { override_settings: { sd_model_checkpoint: CHECKPOINT } },
  ]);
  expect(made.notes!.map((note) => inWords(note))).toEqual([`Made with ${LOADED}.`]);
});

test('says what is installed', async () => {
  await start();
  const painting = { works: ['text to image', 'image edit'] };
  expect(await a1111.models!(rigOf().access)).toEqual([
    { model: CHECKPOINT, ...painting },
    { model: LOADED, ...painting },
    { model: 'R-ESRGAN 4x+', works: ['upscale'] },
  ]);
});

test('a checkpoint that is not there is found out before anything is asked for', async () => {
  await start();
  const rig = rigOf();
  expect((await troubleOf(makeOnce(a1111, requestTo('a1111-local', 'gone'), rig))).kind).toBe('retired');
  expect({ posted: posted(), paying: rig.paying }).toEqual({ posted: [], paying: 0 });
});

test('a picture is enlarged to the size asked for', async () => {
  await start();
  const work = { work: 'upscale', still: attached('still'), width: 2048, height: 1024 } as const;
  const model = '/sdapi/v1/extra-single-image upscaler_1';
  const making = makeOnce(a1111, requestTo('a1111-local', model, work), rigOf());
  const sent = {
    image: inline('still'),
    resize_mode: 1,
    upscaling_resize_w: 2048,
    upscaling_resize_h: 1024,
    upscaling_crop: true,
    upscaler_1: 'R-ESRGAN 4x+',
  };
  const made = await making;
  expect(made.output).toEqual({ bytes: madePicture(sent) });
  expect(made.notes!.map((note) => inWords(note))).toEqual(['Made with R-ESRGAN 4x+.']);
  expect(double.paid).toBe(1);
});

test('without an upscaler nothing is asked for', async () => {
  await start({ upscalers: ['None', 'Lanczos'] });
  const rig = rigOf();
  const request = requestTo('a1111-local', 'R-ESRGAN 4x+', { work: 'upscale', still: attached('still') });
  expect((await troubleOf(makeOnce(a1111, request, rig))).kind).toBe('retired');
  expect(rig.paying).toBe(0);
});

test('a server without its API is said to need it', async () => {
  await start({ hasApi: false });
  const rig = rigOf();
  const trouble = await troubleOf(makeOnce(a1111, requestOf(), rig));
  expect(trouble.kind).toBe('unreachable');
  expect(inWords(trouble.facts.hint!)).toBe('Start it with --api.');
  expect(rig.paying).toBe(0);
  expect((await troubleOf(a1111.test(rig.access))).kind).toBe('unreachable');
});

test('user and password go along where they are needed', async () => {
  await start({ auth: 'mia:pass:wörd' });
  expect((await makeOnce(a1111, requestOf(), rigOf({ key: 'mia:pass:wörd' }))).output).toHaveProperty('bytes');
  expect((await troubleOf(a1111.test(rigOf({ key: 'mia:no' }).access))).kind).toBe('key');
});

test('clips are not asked for', async () => {
  await start();
  expect((await troubleOf(makeOnce(a1111, requestOf({ work: 'text to video' }), rigOf()))).kind).toBe('invalid');
  expect(double.asked).toEqual([]);
});

describe('a picture whose connection is gone', () => {
  test('is stopped, and can be asked for again', async () => {
    await start();
    const stop = new AbortController();
    const rig = rigOf({ signal: stop.signal });
    const making = a1111.submit(requestOf(), { ...rig.access, report: () => stop.abort(new Error('taken back')) });
    await expect(making).rejects.toThrow('taken back');
    const after = rigOf();
    expect(await a1111.lookup!('take-1', after.access, requestOf())).toBeUndefined();
    expect(posted().map(({ path }) => path)).toEqual(['/sdapi/v1/txt2img', '/sdapi/v1/interrupt']);
    expect((await makeOnce(a1111, requestOf(), after)).output).toHaveProperty('bytes');
  });

  test('of somebody else goes on', async () => {
    await start();
    const other = { ...rigOf().access, id: 'somebody else’s' };
    let isLookedUp = false;
    const making = a1111.submit(requestOf(), {
      ...other,
      report: () => void (isLookedUp = true),
    });
    while (!isLookedUp) await a1111.lookup!('take-1', rigOf().access, requestOf());
    expect(await making).toHaveProperty('made');
    expect(posted()).toHaveLength(1);
  });
});

const ofWebui = (error: string, detail: unknown = '', errors = '') => ({ error, detail, body: '', errors });
describe('when it goes wrong', () => {
  testFaults({
    adapter: a1111,
    request: requestOf(),
    start: () => startA1111(),
    baseOf: ({ url }) => url,
    cases: {
      '400': { status: 400, body: { error: 'Init image is none' }, kind: 'invalid' },
      '401': { status: 401, body: ofWebui('HTTPException', 'Incorrect username or password'), kind: 'key' },
      '402 of a rented server': { status: 402, body: 'pay first', kind: 'billing' },
      '403': { status: 403, body: { detail: 'Forbidden' }, kind: 'key' },
      '404 for a sampler': { status: 404, body: ofWebui('HTTPException', 'Sampler not found'), kind: 'invalid' },
      '404 as Forge says it': { status: 404, body: { detail: 'Sampler not found' }, kind: 'invalid' },
      '409': { status: 409, body: { detail: 'Conflict' }, kind: 'invalid' },
      '413 as a proxy says it': { status: 413, body: '<html>too large</html>', kind: 'invalid' },
      '422 with fields': {
        status: 422,
        body: { detail: [{ loc: ['body', 'width'], msg: 'field required', type: 'value_error.missing' }] },
        kind: 'invalid',
      },
      '429 of a proxy': { status: 429, body: 'slow down', kind: 'busy' },
      '429 of a proxy with seconds': {
        status: 429,
        headers: { 'retry-after': '5' },
        body: 'slow down',
        kind: 'busy',
        retryAfterMs: 5000,
      },
      '500 without memory': {
        status: 500,
        body: ofWebui('OutOfMemoryError', '', 'CUDA out of memory.'),
        kind: 'broken',
        code: 'OutOfMemoryError',
      },
      '500 as Forge says it': { status: 500, body: 'Internal Server Error', kind: 'broken' },
      '503 of a proxy': { status: 503, body: 'no upstream', kind: 'broken' },
      '504 of a proxy': { status: 504, body: 'timeout', kind: 'lost' },
    },
  });

  test('what it says is said, whichever way it says it', async () => {
    await start();
    double.script(
      { at: 'submit', status: 422, body: { detail: [{ loc: ['body'], msg: 'field required' }] } },
      { at: 'submit', status: 500, body: ofWebui('OutOfMemoryError', '', 'CUDA out of memory.') },
    );
    const fields = await troubleOf(makeOnce(a1111, requestOf(), rigOf()));
    expect(inWords(fields.facts.hint!)).toBe('In the words of Stable Diffusion web UI: “field required”');
    const memory = await troubleOf(makeOnce(a1111, requestOf(), rigOf()));
    expect(inWords(memory.facts.hint!)).toContain('graphics card');
  });

  test('an answer without a picture is none', async () => {
    await start({ hasPreviews: false });
    double.script({ at: 'submit', says: JSON.stringify({ images: [], info: 'no JSON' }) });
    expect((await troubleOf(makeOnce(a1111, requestOf(), rigOf()))).kind).toBe('unreadable');
  });
});
