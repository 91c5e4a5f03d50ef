import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cliprise } from '../../src/providers/cliprise.ts';
import { ELSEWHERE, startCliprise, type ClipriseDouble } from '../contract/cliprise.ts';
import { madePicture } from '../contract/made-picture.ts';
import { accessRig } from '../rig/access.ts';
import { openJobsRig, orderOf, settled } from '../rig/jobs.ts';
import { requestTo } from '../rig/requests.ts';
import { makeOnce, testFaults, troubleOf } from '../rig/service-faults.ts';

const PICTURES = { still: { bytes: madePicture('still'), mime: 'image/png' } };
const inline = `data:image/png;base64,${Buffer.from(PICTURES.still.bytes).toString('base64')}`;
const still = { picture: 'still', width: 8, height: 8 };
const requestOf = (model = 'flux-2', more: Parameters<typeof requestTo>[2] = {}) => requestTo('cliprise', model, more);

let double: ClipriseDouble;
beforeEach(async () => void (double = await startCliprise()));
afterEach(() => double.close());
const baseOf = ({ url }: Pick<ClipriseDouble, 'url'>) => `${url}/app/cliprise`;
const rigOf = () => accessRig(cliprise, baseOf(double), { pictures: PICTURES });

const prompt = 'A lighthouse at dusk';
const callBackUrl = 'https://callback.invalid/';
const ratio = { as: 'ratio', name: 'aspectRatio', values: ['1:1', '16:9'] } as const;
test.each([
  ['flux-2', {}, { input: { prompt } }],
  ['imagen-v4', { seed: 0, fields: { seed: 'seed', size: ratio } }, { input: { prompt, seed: 0, aspectRatio: '1:1' } }],
  ['gpt-image-1', { fields: { always: { size: '1024x1024' } } }, { prompt, size: '1024x1024' }],
  [
    'hailuo-2-3-standard',
    { work: 'image to video', still, fields: { still: { name: 'imageUrl' }, always: { options: { tier: 1 } } } },
    { input: { prompt, imageUrl: inline }, options: '{"tier":1}' },
  ],
  ['seedance-v1-lite', { fields: { always: { options: '{"tier":0}' } } }, { input: { prompt }, options: '{"tier":0}' }],
] as const)('%s is asked once for what it takes (%j), and asked after', async (model, more, sent) => {
  const rig = rigOf();
  const made = await makeOnce(cliprise, requestOf(model, more), rig);
  const body = { model, callBackUrl, ...sent };
  expect(double.asked[0]!.json).toEqual(body);
  expect(rig.steps).toEqual([{ state: 'running' }, { state: 'running' }]);
  expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
  expect(await rig.access.bytes({ to: (made.output as { url: string }).url })).toEqual(madePicture(body));
});

test('an answer that is no list is read as well', async () => {
  const bare = await startCliprise({ isBare: true });
  try {
    const rig = accessRig(cliprise, baseOf(bare));
    await expect(makeOnce(cliprise, requestOf(), rig)).resolves.toHaveProperty('output.url');
  } finally {
    await bare.close();
  }
});

test('it is asked under the one name it answers to', async () => {
  expect(new URL(cliprise.home).host).toBe('business.api.cliprise.app');
  const { access } = accessRig(cliprise, baseOf(double).replace('127.0.0.1', 'localhost'));
  const trouble = await troubleOf(cliprise.submit(requestOf(), access));
  expect(trouble).toMatchObject({ kind: 'invalid', facts: { status: 400 } });
  expect(double.paid).toBe(0);
});

const named = { size: ratio, seed: 'seed', duration: { name: 'duration', as: 'number' } } as const;
const clip = { work: 'text to video', seconds: 6, seed: 1 } as const;
test.each([
  [{ ...clip, fields: named }, 0],
  [{ seed: 1, fields: { size: ratio, seed: 'seed' } }, 0],
  [{ fields: { size: ratio } }, 0],
  [{}, 1],
  [{ seed: 1, fields: { size: ratio } }, 1],
  [{ ...clip, fields: { size: ratio, seed: 'seed' } }, 1],
] as const)('that some of %j could not be sent is said', async (more, notes) => {
  expect((await makeOnce(cliprise, requestOf('flux-2', more), rigOf())).notes).toHaveLength(notes);
});

test('a file that lies elsewhere is fetched from there, without the key', async () => {
  double.nextGoes({ status: 'success', fileURL: ELSEWHERE });
  expect((await makeOnce(cliprise, requestOf(), rigOf())).output).toEqual({ url: ELSEWHERE });
});

test.each([
  [{ status: 'failed', msg: 'As the service words it.' }, 'unexplained', false],
  [{ status: 'fail' }, 'unexplained', false],
  [{ status: 'error' }, 'unexplained', false],
  [{ status: 'success', fileURL: '' }, 'unreadable', true],
] as const)('a task that ends as %j is %s', async (ending, kind, mayCost) => {
  double.nextGoes({ status: 'processing' }, ending);
  const trouble = await troubleOf(makeOnce(cliprise, requestOf(), rigOf()));
  expect(trouble).toMatchObject({ kind, facts: { mayCost } });
  expect(trouble.facts).not.toHaveProperty('status');
  expect(double.paid).toBe(1);
});

describe('a refusal inside an answer of 200', () => {
  test.each([
    [{ code: 400, msg: 'This field is required', data: null }, 'invalid'],
    [[{ code: 400, msg: 'This field is required', data: null }], 'invalid'],
    [{ code: '402', msg: 'No credits.' }, 'billing'],
    [{ code: 401, error: { code: 'invalid_api_key', message: 'Missing.' } }, 'key'],
    [{ code: 404, msg: 'No such model.' }, 'retired'],
    [{ code: 429, msg: 'Slower.' }, 'busy'],
    [{ code: 500, msg: 'Sorry.' }, 'broken'],
  ] as const)('%j took nothing', async (body, kind) => {
    double.script({ at: 'submit', status: 200, body });
    const rig = rigOf();
    expect((await troubleOf(makeOnce(cliprise, requestOf(), rig))).kind).toBe(kind);
    expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 0, paying: 1 });
  });

  test.each([
    ['a body that is empty', ''],
    ['a list that is empty', []],
    ['no name', [{ code: 200 }]],
  ])('is not what %s is: nobody knows', async (_, body) => {
    double.script({ at: 'submit', status: 200, body });
    expect((await troubleOf(makeOnce(cliprise, requestOf(), rigOf()))).kind).toBe('lost');
  });
});

describe('a question after a task that fails', () => {
  test.each([
    [{ status: 200, body: { code: 400, msg: 'Task not found' } }, 'gone', true],
    [{ status: 401, body: {} }, 'key', true],
    [{ status: 503, body: {} }, 'broken', undefined],
    [{ status: 200, body: [{ code: 500, msg: 'Sorry.' }] }, 'broken', undefined],
  ] as const)('with %j', async (answer, kind, mayCost) => {
    double.script({ at: 'status', ...answer });
    const trouble = await troubleOf(cliprise.follow!({ task: 'task-1' }, rigOf().access, requestOf()));
    expect(trouble.kind).toBe(kind);
    expect(trouble.facts.mayCost).toBe(mayCost);
    // Its own failures are asked again, and by their status.
    expect((trouble.facts.status ?? 0) >= 500).toBe(kind === 'broken');
  });
});

test.each([
  { work: 'image edit', still },
  { work: 'image to video', still, fields: { references: { name: 'imageUrl' } } },
] as const)('a picture that no field is known for is not left out (%j)', async (more) => {
  const rig = rigOf();
  expect((await troubleOf(makeOnce(cliprise, requestOf('flux-2', more), rig))).kind).toBe('invalid');
  expect({ asked: double.asked, paying: rig.paying }).toEqual({ asked: [], paying: 0 });
});

test.each([['wrong'], ['']])('the key “%s” is refused', async (key) => {
  expect((await troubleOf(cliprise.test(accessRig(cliprise, baseOf(double), { key }).access))).kind).toBe('key');
});

describe('the key, which goes in an address,', () => {
  const KEY = 'cliprise/secret+key';
  /** As it stands, and as an address has it. */
  const forms = [KEY, encodeURIComponent(KEY), encodeURI(KEY)];
  const log = ['log', 'info', 'warn', 'error', 'debug'] as const;
  afterEach(() => void vi.restoreAllMocks());

  /** Everything that is told, logged or written about a job that goes so. */
  async function leftBy(prepare: (double: ClipriseDouble) => void): Promise<{ state: string; left: Buffer }> {
    const own = await startCliprise({ key: KEY });
    const logged: unknown[] = [];
    for (const level of log) vi.spyOn(console, level).mockImplementation((...words) => void logged.push(words));
    try {
      prepare(own);
      const environment = { CLIPRISE_API_KEY: KEY, TRIPTYCH_CLIPRISE_URL: baseOf(own) };
      const { service, home } = await openJobsRig([cliprise], undefined, environment);
      await service.put('t1', orderOf({ provider: 'cliprise', model: 'flux-2' }), new Map());
      const view = await settled(service, 't1');
      const told = JSON.stringify([view, await service.providers(), logged]);
      // What a job needed until it ended is removed by then.
      await service.close();
      const files = (await readdir(home, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
      // The journal's own log goes into the journal when the last of its statements is let go.
      const readOrGone = (path: string) => readFile(path).catch(() => Buffer.alloc(0));
      const written = await Promise.all(files.map(({ parentPath, name }) => readOrGone(join(parentPath, name))));
      expect(files.length).toBeGreaterThan(0);
      return { state: view.state, left: Buffer.concat([Buffer.from(told), ...written]) };
    } finally {
      await own.close();
    }
  }

  test.each([
    ['is made', 'made', () => {}],
    ['fails', 'failed', (own) => own.nextGoes({ status: 'failed', msg: `Bad key ${KEY}` })],
    ['is gone', 'failed', (own) => own.script({ at: 'status', status: 404, body: { msg: `No ${forms.join()}` } })],
    [
      'is asked after over connections that break',
      'made',
      (own) => own.script({ at: 'status', cut: 'before answer' }, { at: 'status', cut: 'in the middle' }),
    ],
    [
      'is sent elsewhere',
      'failed',
      (own) => own.script({ at: 'status', status: 302, headers: { location: `https://example.com/?apiKey=${KEY}` } }),
    ],
  ] as const satisfies readonly (readonly [string, string, (own: ClipriseDouble) => void])[])(
    'is nowhere after a job that %s',
    async (_, state, prepare) => {
      const { left, ...ended } = await leftBy(prepare);
      expect(ended).toEqual({ state });
      for (const form of forms) expect(left.includes(form)).toBe(false);
    },
  );
});

describe('when it goes wrong', () => {
  const body = (code: number) => ({ code, msg: 'As the service words it.', data: null });
  const of = (status: number) => ({ status, body: body(status) });
  testFaults({
    adapter: cliprise,
    request: requestOf(),
    start: () => startCliprise(),
    baseOf: ({ url }) => baseOf({ url }),
    cases: {
      '400': { ...of(400), kind: 'invalid' },
      '400 without a word': { status: 400, body: '', kind: 'invalid' },
      '401': {
        status: 401,
        body: { code: 401, error: { code: 'invalid_api_key', message: 'Missing.' } },
        kind: 'key',
        code: 'invalid_api_key',
      },
      '402': { ...of(402), kind: 'billing' },
      '403': { ...of(403), kind: 'forbidden' },
      '404': { ...of(404), kind: 'retired' },
      '409': { ...of(409), kind: 'invalid' },
      '413': { status: 413, body: 'too large', kind: 'invalid' },
      '422': { ...of(422), kind: 'invalid' },
      '429': { ...of(429), kind: 'busy' },
      '429 with a header': { ...of(429), headers: { 'retry-after': '3' }, kind: 'busy', retryAfterMs: 3000 },
      '500': { ...of(500), kind: 'broken' },
      '503': { ...of(503), kind: 'broken' },
    },
  });
});
