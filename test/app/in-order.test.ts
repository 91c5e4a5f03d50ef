import { expect, test } from 'vitest';
import { writeInOrder } from '../../src/app/in-order.ts';

/** What is stored, slowly: a write ends when it is let go on. */
function slowStore(value: string) {
  const ends: (() => void)[] = [];
  const store = { value, writes: 0, broken: false };
  const write = async (change: (before: string) => string): Promise<string> => {
    store.writes++;
    await new Promise<void>((done) => ends.push(done));
    if (store.broken) throw new Error('full');
    return (store.value = change(store.value));
  };
  const goOn = async () => {
    ends.shift()!();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { store, write, goOn };
}
const add = (letters: string) => (before: string) => before + letters;

test('changes made during a write are stored together after it, in order, and on what another tab stored meanwhile', async () => {
  const { store, write, goOn } = slowStore('');
  const heard: string[] = [];
  const writer = writeInOrder(
    write,
    (value) => heard.push(value),
    () => expect.unreachable(),
  );
  writer.push(add('a'));
  for (const letter of 'bcd') writer.push(add(letter));
  await goOn();
  expect([store.value, heard]).toEqual(['a', []]);
  store.value = 'other tab, a';
  await goOn();
  await writer.settled();
  expect([store.value, store.writes, heard]).toEqual(['other tab, abcd', 2, ['other tab, abcd']]);
});

test('what could not be stored is said, kept, and stored with the next change', async () => {
  const { store, write, goOn } = slowStore('');
  const said: unknown[] = [];
  const writer = writeInOrder(
    write,
    () => {},
    (thrown) => said.push(thrown),
  );
  store.broken = true;
  writer.push(add('a'));
  await goOn();
  await writer.settled();
  expect(said).toEqual([new Error('full')]);
  store.broken = false;
  writer.push(add('b'));
  await goOn();
  await writer.settled();
  expect(store.value).toBe('ab');
});
