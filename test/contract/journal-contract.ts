/** What the journal promises on every database. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Dialect } from 'kysely';
import type { Micros } from '../../src/core/money.ts';
import { HOLD_MS, openJournal, type Ending, type Journal } from '../../src/gateway/jobs/journal.ts';
import { orderOf } from '../rig/jobs.ts';

const PRICE = 40_000;
const made = (charged: number | null): Ending => ({
  state: 'made',
  charged: charged as Micros | null,
  result: { media: { kind: 'image', mime: 'image/png', bytes: 68, width: 1, height: 1 }, seed: 7 },
});
const failed: Ending = { state: 'failed', charged: 0 as Micros, trouble: { kind: 'broken', message: 'Broken.' } };

/** `make`: empties a database, and says how each process gets to it. */
export function journalContract(form: string, make: () => Promise<() => Dialect | Promise<Dialect>>): void {
  let reach: () => Dialect | Promise<Dialect>;
  let now: number;
  let gone: Set<string>;
  let open: Journal[];
  beforeEach(async () => {
    reach = await make();
    now = Date.parse('2026-11-28T12:00:00Z');
    gone = new Set();
    open = [];
  });
  afterEach(async () => {
    for (const journal of open) await journal.close();
  });
  async function process(holder: string): Promise<Journal> {
    const dialect = await reach();
    const journal = await openJournal({
      dialect,
      place: 'journal.db',
      now: () => now,
      holder,
      isGone: (other) => gone.has(other),
    });
    open.push(journal);
    return journal;
  }
  const budget = (most: number) => ({ ...orderOf(), monthlyBudget: most as Micros });

  test(`${form}: a job is written down once, with its money, and every process reads the same`, async () => {
    const [one, other] = [await process('one'), await process('other')];
    const first = await one.put('t1', orderOf(), 3);
    now += 1000;
    expect(await other.put('t1', orderOf({ prompt: 'another' }, 1), 4)).toEqual(first);
    expect(await other.get('t1')).toEqual({
      id: 't1',
      version: 3,
      state: 'waiting',
      request: orderOf().request,
      estimate: PRICE,
      charged: null,
      createdAt: now - 1000,
      isCancelled: false,
    });
    expect(await other.spending()).toEqual([{ provider: 'queue', charged: 0, reserved: PRICE }]);
    expect(await one.get('t2')).toBe(undefined);
  });

  test(`${form}: amounts and times are exact beyond what 32 bits hold`, async () => {
    const one = await process('one');
    const dear = 9_007_199_254_740_000;
    await one.put('t1', orderOf({}, dear), 1);
    expect(await one.get('t1')).toMatchObject({ estimate: dear, createdAt: now });
    expect(await one.spending()).toEqual([{ provider: 'queue', charged: 0, reserved: dear }]);
    await one.put('t2', orderOf({}, null), 1);
    expect(await one.get('t2')).toMatchObject({ estimate: null });
  });

  test(`${form}: together all stay below the budget of the month, also at the same moment`, async () => {
    const [one, other] = [await process('one'), await process('other')];
    await other.put('first', orderOf(), 1);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => one.put(`t${n}`, budget(PRICE * 4), 1)));
    expect(answers.filter((answer) => 'id' in answer)).toHaveLength(3);
    expect(answers.filter((answer) => 'left' in answer && answer.left === 0)).toHaveLength(5);
    expect((await other.spending())[0]).toMatchObject({ reserved: PRICE * 4 });
    expect(await other.put('last', budget(PRICE * 5 - 1), 1)).toEqual({ left: PRICE - 1 });
    expect(await one.get('last')).toBe(undefined);
  });

  test(`${form}: what ended counts what it cost, what nobody knows what was set aside, and earlier months nothing`, async () => {
    const one = await process('one');
    for (const id of ['cheap', 'failed', 'open', 'unknown']) await one.put(id, orderOf(), 1);
    await one.end('cheap', made(30_000));
    await one.end('failed', failed);
    await one.end('unknown', made(null));
    expect(await one.spending()).toEqual([{ provider: 'queue', charged: 30_000, reserved: PRICE * 2 }]);
    expect(await one.put('next', budget(30_000 + PRICE * 2), 1)).toEqual({ left: 0 });
    now = Date.parse('2026-12-01T00:00:00Z');
    // What has not ended counts whenever it was begun.
    expect(await one.spending()).toEqual([{ provider: 'queue', charged: 0, reserved: PRICE }]);
    expect(await one.put('next', budget(PRICE * 2), 1)).toMatchObject({ id: 'next' });
  });

  test(`${form}: the money of each job is told by name, since a moment, and of what has not ended whenever it began`, async () => {
    const one = await process('one');
    for (const id of ['cheap', 'open', 'unpriced']) await one.put(id, orderOf(), 1);
    await one.end('cheap', made(30_000));
    await one.end('unpriced', made(null));
    const job = { provider: 'queue', at: now };
    const open = { ...job, id: 'open', state: 'waiting', charged: null, reserved: PRICE };
    const all = await one.booked(0);
    expect(all).toHaveLength(3);
    expect(all).toEqual(
      expect.arrayContaining([
        { ...job, id: 'cheap', state: 'made', charged: 30_000, reserved: 0 },
        open,
        { ...job, id: 'unpriced', state: 'made', charged: null, reserved: PRICE },
      ]),
    );
    expect(await one.booked(now + 1)).toEqual([open]);
  });

  test(`${form}: one process has a job, until it gives it up, ends or says nothing for too long`, async () => {
    const [one, other] = [await process('one'), await process('other')];
    await one.put('t1', orderOf(), 1);
    const both = await Promise.all([one.hold('t1'), other.hold('t1')]);
    expect(both.filter(Boolean)).toHaveLength(1);
    const [holder, waiting] = both[0] ? [one, other] : [other, one];
    expect(await waiting.orphans()).toEqual([]);
    now += HOLD_MS - 1;
    await holder.renew();
    now += HOLD_MS - 1;
    expect(await waiting.hold('t1')).toBe(undefined);
    now += 1;
    expect((await waiting.orphans()).map(({ id }) => id)).toEqual(['t1']);
    expect(await waiting.hold('t1')).toMatchObject({ id: 't1' });
    expect(await holder.intend('t1')).toBe(false);
    await waiting.release();
    expect(await holder.hold('t1')).toMatchObject({ id: 't1' });
    gone.add(both[0] ? 'one' : 'other');
    expect(await waiting.hold('t1')).toMatchObject({ id: 't1' });
  });

  test(`${form}: it tells the jobs of a model that were sent at about the time of another`, async () => {
    const one = await process('one');
    const at = now;
    const put = async (id: string, over = {}) => {
      await one.put(id, orderOf(over), 1);
      await one.hold(id);
    };
    const send = async (id: string, over = {}) => {
      await put(id, over);
      await one.intend(id);
    };
    await send('it');
    await put('waiting');
    await send('another model', { model: 'other' });
    await send('intended');
    await send('known');
    await one.submitted('known', { id: 'theirs' });
    await send('made');
    await one.submitted('made', { id: 'theirs too' });
    await one.end('made', made(0));
    await send('refused');
    await one.end('refused', failed);
    await send('lost');
    await one.end('lost', { ...failed, charged: PRICE as Micros });
    now += 1001;
    await send('later');
    const beside = await one.sentBeside((await one.get('it'))!, at, 1000);
    expect(beside.map(({ id }) => id).toSorted()).toEqual(['intended', 'known', 'lost', 'made']);
  });

  test(`${form}: a job goes its way, and what has ended stays as it ended`, async () => {
    const one = await process('one');
    await one.put('t1', orderOf(), 1);
    expect(await one.intend('t1')).toBe(false);
    await one.hold('t1');
    expect(await one.intend('t1')).toBe(true);
    expect(await one.intend('t1')).toBe(false);
    await one.wait('t1');
    expect((await one.get('t1'))!.intendedAt).toBe(undefined);
    expect(await one.intend('t1')).toBe(true);
    now += 10;
    await one.submitted('t1', { id: 'theirs' });
    expect(await one.get('t1')).toMatchObject({
      state: 'submitted',
      intendedAt: now - 10,
      submittedAt: now,
      ref: { id: 'theirs' },
    });
    now += 10;
    await one.end('t1', made(30_000));
    const ended = await one.get('t1');
    expect(ended).toMatchObject({ state: 'made', charged: 30_000, endedAt: now, result: { seed: 7 } });
    await one.end('t1', failed);
    await one.unknown('t1', { kind: 'lost', message: 'Lost.' });
    expect(await one.cancel('t1')).toBe(false);
    expect(await one.get('t1')).toEqual(ended);
    expect(await one.hold('t1')).toBe(undefined);
  });

  test(`${form}: what was made and is lost since has failed, at what it cost; nothing else can be lost`, async () => {
    const one = await process('one');
    const lost = { kind: 'deleted', message: 'Deleted.' };
    for (const id of ['made', 'failed', 'waiting']) await one.put(id, orderOf(), 1);
    await one.end('made', made(30_000));
    await one.end('failed', failed);
    for (const id of ['made', 'failed', 'waiting']) await one.lose(id, lost);
    expect(await one.get('made')).toMatchObject({ state: 'failed', charged: 30_000, trouble: lost });
    expect(await one.get('made')).not.toHaveProperty('result');
    expect(await one.get('failed')).toMatchObject({ charged: 0, trouble: { kind: 'broken' } });
    expect(await one.get('waiting')).toMatchObject({ state: 'waiting' });
    expect(await one.spending()).toEqual([{ provider: 'queue', charged: 30_000, reserved: PRICE }]);
  });

  test(`${form}: whoever takes a job sees that a person took it back; what is unknown waits for one`, async () => {
    const [one, other] = [await process('one'), await process('other')];
    for (const id of ['a', 'b', 'c']) {
      await one.put(id, orderOf(), 1);
      now++;
    }
    expect(await other.cancel('a')).toBe(true);
    expect(await one.hold('a')).toMatchObject({ isCancelled: true });
    await one.unknown('b', { kind: 'lost', message: 'Lost.' });
    expect(await one.get('b')).toMatchObject({ state: 'unknown', trouble: { kind: 'lost' } });
    expect((await one.orphans()).map(({ id }) => id)).toEqual(['a', 'c']);
    expect((await other.orphans()).map(({ id }) => id)).toEqual(['c']);
  });

  test(`${form}: what went wrong last at a service is known to every process, until nothing does`, async () => {
    const [one, other] = [await process('one'), await process('other')];
    const told = (kind: string) => ({ at: now, trouble: { kind, message: `It was ${kind}.` } });
    await one.noteTrouble('fal', told('key'));
    await one.noteTrouble('luma', told('busy'));
    await other.noteTrouble('fal', told('billing'));
    expect([...(await one.troubles())]).toEqual(
      expect.arrayContaining([
        ['fal', told('billing')],
        ['luma', told('busy')],
      ]),
    );
    await one.noteTrouble('fal', undefined);
    await one.noteTrouble('kling', undefined);
    expect([...(await other.troubles()).keys()]).toEqual(['luma']);
  });
}
