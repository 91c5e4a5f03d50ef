/** Long lists: what is drawn of them, what stays drawn, and how the keyboard gets to the rest. */
import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { MOST_WHOLE, SkippedRows, useDrawnRows } from '../../src/ui/widgets/drawn-rows.tsx';

const HEIGHT = 24;
const HEAD = 60;
const FOOT = 100;
/** What the test asks for from outside the page. */
interface Hand {
  bring: (which: number | string) => void;
  show: (which: number | string) => void;
  keep: (from: number) => void;
}

function List({ count, onDrawn }: { readonly count: number; readonly onDrawn: (hand: Hand) => void }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [keys, setKeys] = useState(() => Array.from({ length: count }, (_, at) => `row ${at}`));
  const drawn = useDrawnRows({ list: body, scroller: '.box', keys, usualHeight: HEIGHT * 2 });
  const { show } = drawn;
  useEffect(() => {
    onDrawn({
      bring: show,
      show: (which) => show(which, (row) => row.querySelector('input')!.focus()),
      keep: (from) => setKeys((all) => all.slice(from)),
    });
  }, [show, onDrawn]);
  return (
    <div className="box" style={{ height: 240, overflow: 'auto' }}>
      <h1 style={{ height: HEAD, margin: 0 }}>What stands above</h1>
      <table style={{ borderSpacing: 0 }} data-long={drawn.isLong}>
        <tbody ref={body}>
          {drawn.rows.flatMap(({ at, skipped }) => [
            <SkippedRows key={`before ${keys[at]}`} height={skipped} columns={1} />,
            <tr key={keys[at]} ref={drawn.rowRef} data-row={at}>
              <td style={{ padding: 0, height: HEIGHT }}>
                <input style={{ height: 18, boxSizing: 'border-box' }} aria-label={keys[at]} />
              </td>
            </tr>,
          ])}
          <SkippedRows height={drawn.skippedBelow} columns={1} />
        </tbody>
      </table>
      <p style={{ height: FOOT, margin: 0 }}>What stands below</p>
    </div>
  );
}

async function listOf(count: number) {
  const hand: Hand = { bring: () => {}, show: () => {}, keep: () => {} };
  const onDrawn = (now: Hand) => void Object.assign(hand, now);
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  root.render(<List count={count} onDrawn={onDrawn} />);
  onTestFinished(() => {
    root.unmount();
    place.remove();
  });
  await expect.poll(() => place.querySelector('input')).not.toBe(null);
  const box = place.querySelector('.box')!;
  const field = (name: string) => place.querySelector<HTMLInputElement>(`[aria-label="${name}"]`);
  const isInSight = (name: string) => {
    const [own, around] = [field(name)?.getBoundingClientRect(), box.getBoundingClientRect()];
    return own !== undefined && own.top >= around.top && own.bottom <= around.bottom;
  };
  return { hand, box, field, isInSight, drawn: () => place.querySelectorAll('input').length };
}
const aFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const focused = () => document.activeElement?.getAttribute('aria-label');

test('a list that is not long is drawn whole', async () => {
  const { drawn } = await listOf(MOST_WHOLE);
  await expect.poll(drawn).toBe(MOST_WHOLE);
});

test('of thousands of rows those in sight are drawn, at their place', async () => {
  const { box, field, drawn, isInSight } = await listOf(5000);
  await expect.poll(() => isInSight('row 0')).toBe(true);
  expect(drawn()).toBeLessThan(50);
  const foot = () => {
    // Rows that come into sight turn out to be smaller than was thought, so the end comes nearer.
    box.scrollTop = box.scrollHeight;
    return isInSight('row 4999') && isInSight('row 4996');
  };
  await expect.poll(foot).toBe(true);
  expect(drawn()).toBeLessThan(60);
  // What is not drawn takes the room that it would.
  const last = field('row 4999')!.closest('tr')!;
  expect(Math.round(box.getBoundingClientRect().bottom - last.getBoundingClientRect().bottom)).toBe(FOOT);
  box.scrollTop = 0;
  await expect.poll(() => isInSight('row 0')).toBe(true);
  const first = field('row 0')!.closest('tr')!;
  expect(Math.round(first.getBoundingClientRect().top - box.getBoundingClientRect().top)).toBe(HEAD);
});

test('a row that was never drawn is brought into sight for the keyboard', async () => {
  const { hand, field, isInSight } = await listOf(5000);
  expect(field('row 3000')).toBe(null);
  hand.show(3000);
  await expect.poll(focused).toBe('row 3000');
  await expect.poll(() => isInSight('row 3000')).toBe(true);
  hand.show('row 2');
  await expect.poll(focused).toBe('row 2');
  await expect.poll(() => isInSight('row 2')).toBe(true);
  // There are no such rows, and nothing moves.
  for (const which of [5000, -1, 'row 5000']) {
    hand.bring(which);
    await aFrame();
    await aFrame();
    expect(isInSight('row 2')).toBe(true);
  }
  // One that is drawn and out of sight.
  expect([field('row 15') !== null, isInSight('row 15')]).toEqual([true, false]);
  hand.bring('row 15');
  await expect.poll(() => isInSight('row 15')).toBe(true);
  expect(focused()).toBe('row 2');
});

test('Tab goes from row to row, as far as one likes, and back', async () => {
  const { field, isInSight } = await listOf(300);
  field('row 0')!.focus();
  for (let presses = 0; presses < 60; presses++) await userEvent.keyboard('{Tab}');
  expect(focused()).toBe('row 60');
  await expect.poll(() => isInSight('row 60')).toBe(true);
  for (let presses = 0; presses < 60; presses++) await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
  expect(focused()).toBe('row 0');
});

test('what is written in stays when it is scrolled away, and Tab goes on from there', async () => {
  const { box, field, drawn } = await listOf(1000);
  field('row 3')!.focus();
  await userEvent.keyboard('half a wo');
  box.scrollTop = 15_000;
  await expect.poll(() => field('row 310')).not.toBe(null);
  expect(field('row 6')).toBe(null);
  expect(field('row 3')?.value).toBe('half a wo');
  expect(drawn()).toBeLessThan(60);
  await userEvent.keyboard('{Tab}');
  expect(focused()).toBe('row 4');
});

test('what was typed and does not count yet stays, also when rows above it go', async () => {
  const { hand, box, field } = await listOf(1000);
  field('row 3')!.focus();
  await userEvent.keyboard('not a number');
  field('row 3')!.setAttribute('aria-invalid', 'true');
  field('row 3')!.blur();
  box.scrollTop = 15_000;
  await expect.poll(() => field('row 310')).not.toBe(null);
  hand.keep(2);
  await expect.poll(() => field('row 3')?.closest('tr')?.dataset['row']).toBe('1');
  expect(field('row 3')!.value).toBe('not a number');
  box.scrollTop = 0;
  await expect.poll(() => field('row 2')).not.toBe(null);
  expect(field('row 3')!.value).toBe('not a number');
});
