/** When what the app says goes: by itself, with its screen, and never while it is read. The clock is the test's. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createWorkspace } from '../../src/state/workspace.ts';
import { AppContext, type App } from '../../src/ui/app-context.ts';
import { Notices } from '../../src/ui/notices.tsx';

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  vi.useFakeTimers({ now: 1_000_000, toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => void vi.useRealTimers());

async function shown() {
  const workspace = createWorkspace();
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  onTestFinished(async () => {
    await act(async () => root.unmount());
    place.remove();
    history.replaceState(undefined, '', location.pathname);
  });
  const app = { workspace } as App;
  await act(async () =>
    root.render(
      <AppContext value={app}>
        <Notices />
      </AppContext>,
    ),
  );
  const log = place.querySelector('[role=log]')!;
  return {
    notify: (...said: Parameters<typeof workspace.notify>) => act(async () => workspace.notify(...said)),
    pass: (ms: number) => act(async () => void vi.advanceTimersByTime(ms)),
    goTo: (address: string) =>
      act(async () => {
        history.replaceState(undefined, '', address);
        window.dispatchEvent(new HashChangeEvent('hashchange'));
      }),
    point: (type: 'pointerover' | 'pointerout') =>
      act(async () => void log.dispatchEvent(new PointerEvent(type, { bubbles: true, relatedTarget: document.body }))),
    said: () => [...log.querySelectorAll('.notice__text')].map(({ textContent }) => textContent),
  };
}

test('news and trouble go after ten seconds, not while the pointer is there', async () => {
  const { notify, pass, point, said } = await shown();
  await notify('bad', 'Not read.');
  await notify('info', 'Deleted.', undefined, { label: 'Undo', act: () => {} });
  await pass(9_000);
  await point('pointerover');
  await pass(60_000);
  expect(said()).toEqual(['Deleted.', 'Not read.']);
  await point('pointerout');
  await pass(9_000);
  expect(said()).toEqual(['Deleted.', 'Not read.']);
  await pass(1_000);
  expect(said()).toEqual(['Deleted.']);
});

test('what is said again is counted, and its ten seconds begin anew', async () => {
  const { notify, pass, said } = await shown();
  await notify('bad', 'Not read.');
  await pass(9_000);
  await notify('bad', 'Not read.');
  await pass(9_000);
  expect(said()).toEqual(['Not read.× 2']);
  await pass(1_000);
  expect(said()).toEqual([]);
});

test('trouble goes with its screen; what was said on the way to a screen belongs there, and offers go along', async () => {
  const { notify, pass, goTo, said } = await shown();
  await notify('bad', 'Not pasted.');
  await notify('info', 'Deleted.', undefined, { label: 'Undo', act: () => {} });
  await pass(2_000);
  await notify('bad', 'There is no such graph.');
  await goTo('#/settings');
  expect(said()).toEqual(['There is no such graph.', 'Deleted.']);
  await pass(2_000);
  await goTo('#/audit');
  expect(said()).toEqual(['Deleted.']);
});
