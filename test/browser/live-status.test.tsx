/** What a screen reader is told: at most once a second, and always what it came to. The clock is the test's. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveStatus } from '../../src/ui/widgets/live-status.tsx';

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => void vi.useRealTimers());

test('texts that change many times a second are read out once a second, the last one always', async () => {
  const place = document.createElement('div');
  const root = createRoot(place);
  const heard = () => place.querySelector('[aria-live=polite]')?.textContent;
  const seen = () => place.querySelector('[role=status]')?.textContent;
  const say = (text: string) => act(async () => root.render(<LiveStatus said={text}>{text}</LiveStatus>));
  const pass = (ms: number) => act(async () => void vi.advanceTimersByTime(ms));

  await say('0');
  const told = ['0'];
  for (let step = 1; step <= 25; step++) {
    await say(String(step));
    expect(seen()).toBe(String(step));
    await pass(100);
    if (heard() !== told.at(-1)) told.push(heard() ?? '');
  }
  // At once, and then once a second: what it was by then.
  expect(told).toEqual(['0', '1', '10', '20']);
  await pass(1000);
  expect(heard()).toBe('25');

  await act(async () => root.unmount());
  expect(vi.getTimerCount()).toBe(0);
});
