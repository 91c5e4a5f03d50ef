/** Results by key: the newest from memory, older ones asked of storage once. */
import { expect, test } from 'vitest';
import type { CacheKey } from '../../src/core/ids.ts';
import type { Outputs } from '../../src/core/values.ts';
import { foundResults } from '../../src/session/found-results.ts';

const key = (name: string) => name as CacheKey;
const text = (value: string): Outputs => ({ out: { kind: 'text', text: value } });
/** Storage with these results in its newest, and these older. */
function storage(newest: readonly string[], older: readonly string[] = []) {
  const asked: string[][] = [];
  const state = { loads: 0, isBroken: false };
  const entries = (names: readonly string[]) => names.map((name): [CacheKey, Outputs] => [key(name), text(name)]);
  const store = {
    async results() {
      state.loads++;
      if (state.isBroken) throw new TypeError('No storage.');
      return { found: new Map(entries(newest)), isAll: older.length === 0 };
    },
    async resultsOf(keys: readonly CacheKey[]) {
      asked.push([...keys]);
      const wanted = new Set<string>(keys);
      return new Map(entries(older.filter((name) => wanted.has(name))));
    },
  };
  return { ...foundResults(store), asked, state };
}

test('where the newest are all there are, nothing more is asked for', async () => {
  const { load, fetch, asked, state } = storage(['a']);
  expect([...(await load())]).toEqual([[key('a'), text('a')]]);
  expect(await fetch([key('b')])).toEqual(new Map());
  expect([asked, state.loads]).toEqual([[], 1]);
});

test('an older result is asked for once and then in memory; one that is nowhere is asked for once', async () => {
  const { load, fetch, asked } = storage(['a'], ['old']);
  const keys = ['a', 'old', 'nowhere'].map(key);
  expect([...(await fetch(keys)).keys()]).toEqual(['old']);
  expect((await load()).get(key('old'))).toEqual(text('old'));
  expect((await fetch(keys)).size).toBe(0);
  expect(asked).toEqual([['old', 'nowhere']]);
});

test('what was deleted is not remembered: all of it is asked for again', async () => {
  const { load, fetch, drop, asked, state } = storage(['a'], ['old']);
  await fetch([key('old'), key('nowhere')]);
  drop();
  expect((await load()).has(key('old'))).toBe(false);
  await fetch([key('old'), key('nowhere')]);
  expect(asked).toEqual([
    ['old', 'nowhere'],
    ['old', 'nowhere'],
  ]);
  expect(state.loads).toBe(2);
});

test('when more were looked up than memory is meant for, the newest are loaded anew, and all is asked for again', async () => {
  const older = Array.from({ length: 40_001 }, (_, at) => `old ${at}`);
  const { load, fetch, asked, state } = storage(['a'], older);
  expect((await fetch(older.slice(0, 39_999).map(key))).size).toBe(39_999);
  expect((await load()).size).toBe(40_000);
  expect(state.loads).toBe(1);
  await fetch([key('old 40000')]);
  expect((await load()).size).toBe(1);
  expect(state.loads).toBe(2);
  await fetch([key('old 0')]);
  expect(asked.at(-1)).toEqual(['old 0']);
});

test('a load that failed is tried again by whoever asks next; those who ask together load once', async () => {
  const { load, state } = storage(['a']);
  state.isBroken = true;
  await expect(load()).rejects.toThrow('No storage.');
  state.isBroken = false;
  const [one, other] = await Promise.all([load(), load()]);
  expect(one.size).toBe(1);
  expect(other).toBe(one);
  expect(state.loads).toBe(2);
});

test('work is done again while what it misses is found, for one result lets it ask for the next', async () => {
  const { withAll, asked } = storage([], ['first', 'second']);
  const seen: string[][] = [];
  const last = await withAll(async (lookup) => {
    const found = ['first', 'second', 'third'].map(key);
    const reached = found.findIndex((one) => !lookup(one));
    seen.push(found.slice(0, reached));
    return reached;
  });
  expect(last).toBe(2);
  expect(seen).toEqual([[], ['first'], ['first', 'second']]);
  expect(asked).toEqual([['first'], ['second'], ['third']]);
});
