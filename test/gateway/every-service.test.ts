/**
 * What goes wrong, row by row of the table in src/providers/README.md, for every service there is: in the hands of the
 * job service, at a double that counts what it was paid for.
 */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Micros } from '../../src/core/money.ts';
import type { Access, Adapter } from '../../src/providers/adapter.ts';
import { hasEnded, type JobView } from '../../src/routing/job.ts';
import type { Double, Fault } from '../contract/double.ts';
import { openJobsRig, settled, type JobsRig, type RigFaults } from '../rig/jobs.ts';
import { saysWhatIsNotThere, SERVICES, STILLS } from '../rig/services.ts';

const ESTIMATE = 40_000 as Micros;
const USUAL_MEANING: Readonly<Record<number, string>> = {
  401: 'key',
  402: 'billing',
  403: 'forbidden',
  404: 'retired',
  409: 'invalid',
  413: 'invalid',
  422: 'invalid',
  500: 'broken',
  503: 'broken',
};
/** Where a status without a word beside it means something else there. */
const OWN_MEANING: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  // What is missing is a sampler or the like: models are looked for before.
  'a1111-local': { 403: 'key', 404: 'invalid' },
  // It has no 401: a key that it does not know is a 403.
  bfl: { 403: 'key' },
  'comfyui-local': { 403: 'key', 404: 'gone' },
  ideogram: { 422: 'refused' },
  minimax: { 422: 'refused' },
  // Nothing at that address is one of ours that was set up wrong.
  'openai-compatible': { 404: 'unreachable' },
};
/** It costs nothing: where the answer is lost, the server is stopped and asked again. */
const isAskedAgain = ({ id }: Adapter) => id === 'a1111-local';

/** Until its process ends. */
const never = ({ signal }: Access) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

describe.each(SERVICES.map((service) => [service.name, service] as const))('%s', (_, service) => {
  const { adapter, request, goes, key, start, environmentOf } = service;
  const isFollowed = goes !== 'answered at once';
  const isFetched = goes === 'asked after and fetched';
  const atWork: Partial<Adapter> = { follow: (__, access) => never(access) };
  let double: Double;
  let rigs: JobsRig[];
  beforeEach(async () => {
    double = await start();
    rigs = [];
  });
  afterEach(async () => {
    await Promise.all(rigs.map((rig) => rig.service.close()));
    await double.close();
  });
  async function open(more: Partial<Adapter> = {}, home?: string, files?: RigFaults['files']): Promise<JobsRig> {
    const faults = { isClockMoved: true, ...(files ? { files } : {}) };
    const rig = await openJobsRig([{ ...adapter, ...more }], home, environmentOf(double), faults);
    rigs.push(rig);
    return rig;
  }
  /** What a process finds that is started after another one ended. */
  async function startAgain(before: JobsRig, more: Partial<Adapter> = {}): Promise<JobsRig> {
    await before.service.close();
    rigs = [];
    const rig = await open(more, before.home);
    await rig.service.resume();
    return rig;
  }
  const put = (rig: JobsRig, id: string) => rig.service.put(id, { request, estimate: ESTIMATE }, STILLS);
  async function outcome(rig: JobsRig, faults: readonly Fault[] = [], id = 'take-1'): Promise<JobView> {
    double.script(...faults);
    await put(rig, id);
    return settled(rig.service, id);
  }
  async function until(rig: JobsRig, is: (view: JobView) => boolean, id = 'take-1'): Promise<void> {
    for (;;) {
      const view = await rig.service.get(id);
      if (view && is(view)) return;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
  const isSubmitted = ({ state }: JobView) => state === 'submitted';
  const isDoneThere = ({ fraction }: JobView) => fraction === 1;
  /** The service has done all it has to, and its answer is never heard of. */
  const doneThere: Partial<Adapter> = {
    follow: async (job, access, asked) => {
      await adapter.follow!(job, access, asked);
      access.report({ state: 'running', fraction: 1 });
      return never(access);
    },
  };

  test('it is made', async () => {
    expect(await outcome(await open())).toMatchObject({ state: 'made' });
    expect(double.paid).toBe(1);
  });

  test('what was made and deleted by hand is fetched again where the service has it, and never paid for again', async () => {
    const rig = await open();
    const made = await outcome(rig);
    // A preview may just be written there.
    await rm(join(rig.home, 'jobs'), { recursive: true, maxRetries: 5 });
    const again = await put(rig, 'take-1');
    if (isFollowed) {
      expect(again).toEqual(made);
      expect(await stat(rig.service.output('take-1'))).toMatchObject({ size: made.media!.bytes });
    } else expect(again).toMatchObject({ state: 'failed', charged: made.charged, trouble: { kind: 'deleted' } });
    expect(double.paid).toBe(1);
  });

  test.each(['', 'null', '{}', '[]', '"?"', '0'])(
    'an answer of %j to the call that pays is never free',
    async (says) => {
      const rig = await open();
      const view = await outcome(rig, [{ at: 'submit', says }]);
      if (view.state === 'failed') expect(view).toMatchObject({ charged: ESTIMATE, trouble: { kind: 'unreadable' } });
      else expect(view.state).toBe(adapter.lookup ? 'made' : 'unknown');
      expect(double.paid).toBe(1);
      const [spent] = await rig.journal.spending();
      if (view.state !== 'made') expect(spent!.charged + spent!.reserved).toBe(ESTIMATE);
    },
  );

  test('what it refuses costs nothing', async () => {
    const rig = await open();
    const told: Record<number, string | undefined> = {};
    for (const status of Object.keys(USUAL_MEANING).map(Number)) {
      const again = OWN_MEANING[adapter.id]?.[status] === 'unreachable' ? 4 : 1;
      const faults = Array.from({ length: again }, () => ({ at: 'submit', status }) as const);
      const view = await outcome(rig, faults, `take-${status}`);
      expect(view, String(status)).toMatchObject({ state: 'failed', charged: 0 });
      told[status] = view.trouble?.kind;
      // Who has something to do with its key says that it may be asked again.
      await rig.service.enterKey(adapter.id, '');
    }
    expect(told).toEqual({ ...USUAL_MEANING, ...OWN_MEANING[adapter.id] });
    expect(double.paid).toBe(0);
  });

  test.each([{}, { 'retry-after': '2' }])('429 with %o is waited for', async (headers) => {
    const fault = { at: 'submit', status: 429, headers: headers as Record<string, string> } as const;
    expect(await outcome(await open(), [fault])).toMatchObject({ state: 'made' });
    expect(double.paid).toBe(1);
  });

  test('a connection that is refused was never made', async () => {
    const rig = await open();
    await double.close();
    const trouble = { kind: 'unreachable' };
    expect(await outcome(rig)).toMatchObject({ state: 'failed', charged: 0, trouble });
  });

  test.each([{ cut: 'before answer' }, { cut: 'in the middle' }, { says: '<html>' }] as const)(
    'an answer of %o is looked up, or nobody knows: it is not sent again',
    async (what) => {
      const rig = await open();
      const view = await outcome(rig, [{ at: 'submit', ...what }]);
      expect(view).toMatchObject(adapter.lookup ? { state: 'made' } : { state: 'unknown', trouble: { kind: 'lost' } });
      await rig.service.resume();
      await put(rig, 'take-1');
      expect(double.paid).toBe(isAskedAgain(adapter) ? 2 : 1);
      if (view.state === 'unknown') expect(await rig.journal.spending()).toMatchObject([{ reserved: ESTIMATE }]);
    },
  );

  test.runIf(isFollowed)('questions that fail are asked again', async () => {
    const view = await outcome(await open(), [
      { at: 'status', status: 500 },
      { at: 'status', status: 503 },
      { at: 'status', status: 429 },
      { at: 'status', cut: 'before answer' },
      { at: 'status', cut: 'in the middle' },
      { at: 'status', says: '<html>' },
    ]);
    expect(view).toMatchObject({ state: 'made' });
    expect(double.paid).toBe(1);
  });

  test.runIf(isFollowed)(
    'a question that is refused, or sent on to somebody else, says nothing of the job',
    async () => {
      const rig = await open();
      const elsewhere = { location: 'https://evil.example/' };
      for (const fault of [{ status: 400 }, { status: 307, headers: elsewhere }])
        expect(await outcome(rig, [{ at: 'status', ...fault }], `take-${fault.status}`)).toMatchObject({
          state: 'failed',
          charged: ESTIMATE,
        });
    },
  );

  test.runIf(isFollowed && adapter.keyNames.length > 0)(
    'a key that is refused when a job is asked after leaves it as it is, and it is found with one that is taken',
    async () => {
      const rig = await open();
      for (const status of [401, 403]) {
        const id = `take-${status}`;
        const view = await outcome(rig, [{ at: 'status', status }], id);
        // With 403 most mean the model: both are of who asks, and say nothing of the job.
        expect(view).toMatchObject({ state: 'unknown' });
        expect(status === 401 ? ['key'] : ['key', 'forbidden']).toContain(view.trouble?.kind);
        expect(await rig.journal.spending()).toMatchObject([{ reserved: ESTIMATE }]);
        await rig.service.enterKey(adapter.id, key);
        // Once a test says that it is taken, nobody has to ask for it.
        if (status === 401) expect(await rig.service.test(adapter.id)).toMatchObject({ lastTest: { works: true } });
        else await rig.service.lookAgain(id);
        await until(rig, ({ state }) => state === 'made', id);
      }
      expect(double.paid).toBe(2);
    },
  );

  test.runIf(isFetched)('what it made is fetched again and again', async () => {
    const view = await outcome(await open(), [
      { at: 'output', status: 503 },
      { at: 'output', cut: 'before answer' },
      { at: 'output', cut: 'in the middle' },
    ]);
    expect(view).toMatchObject({ state: 'made' });
    expect(double.paid).toBe(1);
  });

  test.runIf(isFetched)('an address that has expired, and what is no picture, was paid for', async () => {
    const rig = await open();
    const { charged } = await outcome(rig);
    for (const status of [403, 404, 410])
      expect(await outcome(rig, [{ at: 'output', status }], `take-${status}`)).toMatchObject({
        state: 'failed',
        charged,
        trouble: { kind: 'gone' },
      });
    const view = await outcome(rig, [{ at: 'output', says: '<html>Sorry' }], 'take-html');
    expect(view).toMatchObject({ state: 'failed', charged, trouble: { kind: 'unreadable' } });
    expect(JSON.stringify(view.trouble)).toContain('<html>Sorry');
  });

  test.runIf(isFollowed)('what never ends is given up, and may cost', async () => {
    const trouble = { kind: 'endless' };
    expect(await outcome(await open({ longestMs: -1 }))).toMatchObject({ state: 'failed', charged: ESTIMATE, trouble });
  });

  test('taken back before it is sent costs nothing', async () => {
    const rig = await open({ atOnce: 0 });
    await put(rig, 'take-1');
    expect(await rig.service.cancel('take-1')).toMatchObject({ state: 'cancelled', charged: 0 });
    expect(double.paid).toBe(0);
  });

  test.runIf(isFollowed)('taken back at work costs what the service may charge', async () => {
    const rig = await open(atWork);
    await put(rig, 'take-1');
    await until(rig, isSubmitted);
    const { state, charged } = (await rig.service.cancel('take-1'))!;
    expect(state).toBe('cancelled');
    expect([0, ESTIMATE]).toContain(charged);
    if (!adapter.cancel) expect(charged).toBe(ESTIMATE);
    const after = await startAgain(rig);
    expect(await after.service.get('take-1')).toMatchObject({ state, charged });
    expect(double.paid).toBe(1);
  });

  test.runIf(isFollowed)('taken back when it is made comes too late', async () => {
    const rig = await open(doneThere);
    await put(rig, 'take-1');
    await until(rig, isDoneThere);
    expect(await rig.service.cancel('take-1')).toMatchObject({ state: 'cancelled', charged: ESTIMATE });
  });

  test('killed before it went out, it is sent once where the service can say that it has nothing', async () => {
    const before = await open();
    await before.journal.put('take-1', { request, estimate: ESTIMATE }, adapter.version);
    await before.journal.hold('take-1');
    await before.journal.intend('take-1');
    await put(before, 'with-its-pictures');
    await settled(before.service, 'with-its-pictures');
    const paidBefore = double.paid;
    const after = await startAgain(before);
    const view = await settled(after.service, 'take-1');
    if (!saysWhatIsNotThere(adapter)) expect(view).toMatchObject({ state: 'unknown', trouble: { kind: 'lost' } });
    else expect(view).toMatchObject({ state: 'made' });
    expect(double.paid - paidBefore).toBe(saysWhatIsNotThere(adapter) ? 1 : 0);
  });

  test('killed after it went out, before that was written down, it is found, or nobody knows', async () => {
    const before = await open({
      submit: async (asked, access) => {
        await adapter.submit(asked, access);
        access.report({ state: 'running', fraction: 1 });
        return never(access);
      },
    });
    await put(before, 'take-1');
    await until(before, isDoneThere);
    const after = await startAgain(before);
    const view = await settled(after.service, 'take-1');
    expect(view.state).toBe(adapter.lookup ? 'made' : 'unknown');
    expect(double.paid).toBe(isAskedAgain(adapter) ? 2 : 1);
  });

  test.runIf(isFollowed)('killed while it is made, it is followed by its name at the service', async () => {
    const before = await open(atWork);
    await put(before, 'take-1');
    await until(before, isSubmitted);
    const after = await startAgain(before);
    expect(await settled(after.service, 'take-1')).toMatchObject({ state: 'made' });
    expect(double.paid).toBe(1);
  });

  test.runIf(isFollowed)('killed when it is made, and asleep past its time, it is asked for once more', async () => {
    const before = await open(doneThere);
    await put(before, 'take-1');
    await until(before, isDoneThere);
    const after = await startAgain(before, { longestMs: -1 });
    expect(await settled(after.service, 'take-1')).toMatchObject({ state: 'made' });
    expect(double.paid).toBe(1);
  });

  test.runIf(isFetched)('killed while its bytes are fetched, they are fetched again, whole', async () => {
    let kill = () => {};
    const killed = new Promise<void>((resolve) => (kill = resolve));
    let pieces = 0;
    const before = await open({}, undefined, (files) => ({
      ...files,
      async keepOutput(_, bytes) {
        for await (const piece of bytes as AsyncIterable<Uint8Array>) pieces += piece.length;
        await killed;
        throw new Error('It did not come to this.');
      },
    }));
    await put(before, 'take-1');
    await expect.poll(() => pieces).toBeGreaterThan(0);
    const ended = startAgain(before);
    kill();
    const after = await ended;
    const { state, media } = await settled(after.service, 'take-1');
    expect([state, media?.bytes, double.paid]).toEqual(['made', pieces, 1]);
    expect(await stat(after.service.output('take-1'))).toMatchObject({ size: pieces });
  });

  test.runIf(adapter.keyNames.length > 0)('its key is in nothing that is written, logged or told', async () => {
    const logged: unknown[] = [];
    for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, level).mockImplementation((...words) => void logged.push(...words));
    const forms = [key, encodeURIComponent(key), Buffer.from(key).toString('base64')];
    const words = forms.join(' ');
    const error = { message: words, code: words, type: words, status: words };
    const told = { message: words, detail: words, code: words, name: words, title: words, id: words };
    const body = { ...told, error, errors: [words], base_resp: { status_msg: words } };
    const headers = { 'x-request-id': words, 'www-authenticate': `Key ${words}`, 'set-cookie': `key=${words}` };
    const rig = await open();
    const faults: Fault[] = [400, 401, 403, 404, 422, 500].map((status) => ({ at: 'submit', status, headers, body }));
    faults.push({ at: 'submit', says: words }, { at: 'submit', says: JSON.stringify(body) });
    faults.push({ at: 'submit', status: 307, headers: { location: `http://evil.example/?key=${forms[1]}` } });
    const views: (JobView | undefined)[] = [];
    for (const [n, fault] of faults.entries()) views.push(await outcome(rig, [fault], `take-${n}`));
    for (const fault of [
      { at: 'status', status: 400, headers, body },
      { at: 'status', status: 500, headers, body },
      { at: 'status', says: JSON.stringify(body) },
      { at: 'output', status: 403, headers, body },
      { at: 'output', says: words },
    ] as const) {
      const id = `take-${fault.at}-${views.length}`;
      double.script(fault);
      await put(rig, id);
      // Some of these answers tell the adapter nothing: it goes on asking.
      views.push(await Promise.race([settled(rig.service, id), soon(rig, id)]));
    }
    await rig.service.test(adapter.id);
    const heard = JSON.stringify([views, await rig.service.providers(), logged]);
    await rig.service.close();
    rigs = [];
    vi.restoreAllMocks();
    const written = await filesIn(rig.home);
    expect([...written.keys()]).toContain('journal.db');
    for (const form of forms) {
      expect(heard).not.toContain(form);
      for (const [name, bytes] of written) expect(bytes.includes(form), `${form} in ${name}`).toBe(false);
    }
  });

  const soon = async (rig: JobsRig, id: string) => {
    for (let turns = 0; turns < 100; turns++) await new Promise((resolve) => setTimeout(resolve, 2));
    const view = await rig.service.get(id);
    return view && hasEnded(view.state) ? view : rig.service.cancel(id);
  };
});

async function filesIn(home: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const name of await readdir(home, { recursive: true }))
    if ((await stat(join(home, name)).catch(() => undefined))?.isFile())
      files.set(name, await readFile(join(home, name)));
  return files;
}
