/** What a finger does on a touch screen: taps, swipes, two of them. Nothing here moves a mouse. */
import type { CDPSession, Locator } from 'playwright';
import { expect } from 'vitest';
import { page } from './stage.ts';

interface At {
  readonly x: number;
  readonly y: number;
}
const middleOf = async (what: Locator): Promise<At> => {
  const { x, y, width, height } = (await what.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
};

/** Whether a finger put down in the middle of it would reach it, and nothing that lies over it. */
const isReachable = async (what: Locator): Promise<boolean> => {
  const at = await middleOf(what);
  return what.evaluate((element, { x, y }) => {
    const top = document.elementFromPoint(x, y);
    return top !== null && element.contains(top);
  }, at);
};
/** Taps the middle of something, as soon as nothing lies over it. */
export async function tap(what: Locator): Promise<void> {
  await what.waitFor();
  await expect.poll(() => isReachable(what)).toBe(true);
  const { x, y } = await middleOf(what);
  await page.touchscreen.tap(x, y);
}
const put = (
  touch: CDPSession,
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  touchPoints: readonly (At & { readonly id?: number })[] = [],
) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: [...touchPoints] });

/** Two fingers go apart around the middle of something, until it is larger by this factor. */
export async function spread(touch: CDPSession, what: Locator, factor: number): Promise<void> {
  const { x, y } = await middleOf(what);
  const fingers = (apart: number) => [
    { x, y: y - apart, id: 0 },
    { x, y: y + apart, id: 1 },
  ];
  const begin = 40;
  await put(touch, 'touchStart', fingers(begin));
  for (let step = 1; step <= 10; step++)
    await put(touch, 'touchMove', fingers(begin + (begin * (factor - 1) * step) / 10));
  await put(touch, 'touchEnd');
}
/** One finger drags something to a place, and before it is lifted a second one is put down on another thing. */
export async function dragIntoPinch(touch: CDPSession, what: Locator, to: At, other: Locator): Promise<void> {
  const [from, second] = [await middleOf(what), await middleOf(other)];
  const at = (share: number) => ({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, id: 0 });
  await put(touch, 'touchStart', [at(0)]);
  for (let step = 1; step <= 6; step++) await put(touch, 'touchMove', [at(step / 6)]);
  await put(touch, 'touchStart', [at(1), { ...second, id: 1 }]);
  const end = at(1);
  for (const by of [5, 15, 30])
    await put(touch, 'touchMove', [
      { ...end, x: end.x - by },
      { x: second.x + by, y: second.y, id: 1 },
    ]);
  await put(touch, 'touchEnd');
}
/** One finger, from place to place; it rests before it leaves, so that nothing goes on by itself. */
export async function swipe(touch: CDPSession, from: At, to: At): Promise<void> {
  const at = (share: number) => ({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
  await put(touch, 'touchStart', [from]);
  for (let step = 1; step <= 6; step++) await put(touch, 'touchMove', [at(step / 6)]);
  for (let rest = 0; rest < 8; rest++) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await put(touch, 'touchMove', [{ x: to.x + rest / 8, y: to.y }]);
  }
  await put(touch, 'touchEnd');
}
/** Moves a page by one finger until something stands well within it. */
export async function swipeTo(touch: CDPSession, what: Locator): Promise<void> {
  const { width, height } = page.viewportSize()!;
  const middle = { x: width / 2, y: height / 2 };
  await what.waitFor();
  for (let swipes = 0; swipes < 40; swipes++) {
    const { y } = await middleOf(what);
    if (y > 80 && y < height - 80) return;
    await swipe(touch, middle, { x: middle.x, y: middle.y + (y < 80 ? 300 : -300) });
  }
}
