/** What a person does on a page, in any engine: looks, points, types. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Engine } from './engine.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Download {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Keys that write no letter: https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS: Readonly<Record<string, string>> = { Enter: '\uE007', Escape: '\uE00C', Control: '\uE009' };

/** Called in the page: the middle of what can be seen and hit there; `name`: its label or its text. */
function middleOf(selector: string, name: string | undefined): Point | undefined {
  const isNamed = (one: Element) => !name || (one.getAttribute('aria-label') ?? one.textContent).trim() === name;
  for (const one of document.querySelectorAll(selector)) {
    if (!isNamed(one)) continue;
    one.scrollIntoView({ block: 'nearest' });
    const { x, y, width, height } = one.getBoundingClientRect();
    const middle = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
    const hit = document.elementFromPoint(middle.x, middle.y);
    if (hit && one.contains(hit)) return middle;
  }
  return undefined;
}

export type Page = ReturnType<typeof pageIn>;
export function pageIn(engine: Engine) {
  /** Calls a function in the page, which knows nothing of this file. */
  const call = <Args extends readonly unknown[], Value>(work: (...args: Args) => Value, ...args: Args) =>
    engine.call(work.toString(), args) as Promise<Awaited<Value> | null>;
  /** Where it is, once it has stopped moving. */
  async function restingPlace(selector: string, name?: string): Promise<Point> {
    let [before, now]: (Point | null)[] = [];
    await expect
      .poll(
        async () => {
          [before, now] = [now, await call(middleOf, selector, name)];
          return now !== null && now !== undefined && now.x === before?.x && now.y === before.y;
        },
        { message: `${selector} ${name ?? ''}` },
      )
      .toBe(true);
    return now!;
  }
  const textOf = (selector: string) => call((of) => document.querySelector(of)?.textContent ?? '', selector);

  const page = {
    engine,
    call,
    textOf,
    open: engine.open,
    reload: engine.reload,
    async click(selector: string, name?: string) {
      const place = await restingPlace(selector, name);
      const actions = [
        { type: 'pointerMove', duration: 0, ...place },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      await engine.act([{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }]);
    },
    /** Keys that are held together, like `Control+Enter`. */
    async press(keys: string) {
      const values = keys.split('+').map((key) => KEYS[key] ?? key);
      const down = values.map((value) => ({ type: 'keyDown', value }));
      const up = values.toReversed().map((value) => ({ type: 'keyUp', value }));
      await engine.act([{ type: 'key', id: 'keyboard', actions: [...down, ...up] }]);
    },
    async type(text: string) {
      for (const letter of text) await page.press(letter);
    },
    seen: (selector: string) =>
      expect.poll(() => call((of) => document.querySelector(of) !== null, selector), { message: selector }).toBe(true),
    /** The file that comes of it, whole. */
    async download(work: () => Promise<void>): Promise<Download> {
      const before = new Set(readdirSync(engine.downloads));
      await work();
      const fresh = () => readdirSync(engine.downloads).filter((name) => !before.has(name));
      // While it comes, there is a second file or one with another ending.
      await expect.poll(() => fresh().length === 1 && !/\.(part|wkdownload)$/.test(fresh()[0]!)).toBe(true);
      const [name = ''] = fresh();
      let size = 0;
      await expect
        .poll(() => {
          const was = size;
          size = readFileSync(join(engine.downloads, name)).length;
          return size > 0 && size === was;
        })
        .toBe(true);
      return { name, bytes: readFileSync(join(engine.downloads, name)) };
    },
  };
  return page;
}
