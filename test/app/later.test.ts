/** Functions that are called before their code is there, and after. */
import { expect, test } from 'vitest';
import { later } from '../../src/app/later.ts';

interface Part {
  save(name: string): Promise<string>;
  show(name: string): void;
}

/** A part that comes when the test says so. */
function part() {
  const shown: string[] = [];
  const ends: { come(): void; fail(): void }[] = [];
  const made: Part = {
    save: (name) => Promise.resolve(`${name} is saved`),
    show: (name) => void shown.push(name),
  };
  const bring = () =>
    new Promise<Part>((resolve, reject) =>
      ends.push({ come: () => resolve(made), fail: () => reject(new Error('offline')) }),
    );
  return { shown, ends, late: later<Part>({ save: true, show: true }, bring) };
}

test('calls wait for the code in the order they were made, and it is brought once', async () => {
  const { late, ends, shown } = part();
  const { calls } = late;
  calls.show('one');
  const saved = calls.save('two');
  calls.show('three');
  expect(ends.length).toBe(1);
  expect(shown).toEqual([]);
  ends[0]!.come();
  expect(await saved).toBe('two is saved');
  expect(shown).toEqual(['one', 'three']);
});

test('once the code is there, a call is one like any other: what it does is done when it returns', async () => {
  const { late, ends, shown } = part();
  const coming = late.come();
  expect(late.isThere).toBe(false);
  ends[0]!.come();
  await coming;
  expect(late.isThere).toBe(true);
  late.calls.show('one');
  expect(shown).toEqual(['one']);
});

test('code that does not come fails the calls that waited for it, and the next call asks for it again', async () => {
  const { late, ends } = part();
  const { calls } = late;
  const first = calls.save('one');
  ends[0]!.fail();
  await expect(first).rejects.toThrow('offline');
  const second = calls.save('two');
  expect(ends.length).toBe(2);
  ends[1]!.come();
  expect(await second).toBe('two is saved');
});
