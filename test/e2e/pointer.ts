/** What a hand does on the canvas: drags from place to place, finds wires, takes a step back. */
import { expect } from 'vitest';
import { button, page, type node } from './stage.ts';

export const box = async (of: ReturnType<typeof node>) => (await of.boundingBox())!;

export const drag = async (
  from: { x: number; y: number },
  to: { x: number; y: number },
  options: { readonly button?: 'left' | 'right' } = {},
) => {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down(options);
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up(options);
};
export const undo = async (label: string) => {
  await expect.poll(() => button('Undo').getAttribute('data-tip')).toBe(`Undo: ${label}`);
  await button('Undo').click();
};
/** The middle of a wire on screen, found through the path that is drawn. */
export const onWire = (name: string) =>
  page
    .locator(`.react-flow__edge[aria-label="${name}"] .react-flow__edge-path`)
    .first()
    .evaluate((path: SVGPathElement) => {
      const { x, y } = path.getPointAtLength(path.getTotalLength() / 2);
      const { a, d, e, f } = path.getScreenCTM()!;
      return { x: x * a + e, y: y * d + f };
    });
export const firstWire = async () => (await page.locator('.react-flow__edge').first().getAttribute('aria-label'))!;

/** The view glides: a key that is pressed on the way goes on from wherever it is by then. */
export const viewRests = () => {
  const isAtRest = () =>
    new Promise<boolean>((resolve) => {
      const view = () => document.querySelector<HTMLElement>('.react-flow__viewport')!.style.transform;
      const before = view();
      const isOver = () => before === view() && !document.querySelector('[data-zooming]');
      setTimeout(() => resolve(isOver()), 150);
    });
  return expect.poll(() => page.evaluate(isAtRest)).toBe(true);
};
