/** Dialogs: how they are closed, what they are called, and where the keyboard is afterwards. */
import { act, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Sheet } from '../../src/ui/widgets/sheet.tsx';

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
});

type Kind = 'usual' | 'kept' | 'long' | 'ends last';
/** A list whose openers go away when what they opened is closed, as far as `isTaken` says. */
function Opener({ kind, isTaken }: { readonly kind: Kind; readonly isTaken: boolean }) {
  const [state, setState] = useState<'closed' | 'open' | 'closed again'>('closed');
  const last = useRef<HTMLButtonElement>(null);
  const begins = { usual: undefined, kept: undefined, long: 'top', 'ends last': last } as const;
  return (
    <main>
      <button type="button">Elsewhere</button>
      <ul>
        <li>
          {!(isTaken && state === 'closed again') && (
            <button type="button" onClick={() => setState('open')}>
              Open
            </button>
          )}
          <button type="button" disabled>
            Not now
          </button>
          <button type="button">Beside</button>
        </li>
      </ul>
      {state === 'open' && (
        <Sheet
          heading="Colours"
          begin={begins[kind]}
          staysOpen={kind === 'kept'}
          onClose={() => setState('closed again')}
        >
          <p style={{ height: 40 }}>Some words</p>
          <input aria-label="Name" />
          <button ref={last} type="button">
            Last
          </button>
        </Sheet>
      )}
    </main>
  );
}

async function opened(kind: Kind = 'usual', isTaken = false) {
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  await act(async () => root.render(<Opener kind={kind} isTaken={isTaken} />));
  onTestFinished(async () => {
    await act(async () => root.unmount());
    place.remove();
  });
  const opener = [...place.querySelectorAll('button')].find(({ textContent }) => textContent === 'Open')!;
  opener.focus();
  await act(() => userEvent.keyboard('{Enter}'));
  const dialog = () => place.querySelector('dialog');
  return { opener, dialog, box: dialog()!.getBoundingClientRect() };
}
const focused = () => document.activeElement?.textContent || document.activeElement?.getAttribute('aria-label');
/** Presses at one point and lets go at another, as a hand does. */
async function drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const fire = (type: string, [clientX, clientY]: readonly [number, number], on: Element) =>
    on.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, clientX, clientY }));
  const [pressed, released] = [document.elementFromPoint(...from)!, document.elementFromPoint(...to)!];
  // A click is of the nearest element that both points have in common.
  const common = pressed.contains(released) ? pressed : released;
  await act(async () => {
    fire('pointerdown', from, pressed);
    fire('pointerup', to, released);
    fire('click', to, common);
  });
}

test('it is called by its heading, begins at its first control, and Escape gives the keyboard back', async () => {
  const { dialog } = await opened();
  expect(document.getElementById(dialog()!.getAttribute('aria-labelledby')!)?.textContent).toBe('Colours');
  expect(dialog()!.matches(':modal')).toBe(true);
  expect(focused()).toBe('Name');
  await act(() => userEvent.keyboard('{Escape}'));
  expect(dialog()).toBe(null);
  expect(focused()).toBe('Open');
});

test('it begins where it is told to, or with its top in sight', async () => {
  await opened('ends last');
  expect(focused()).toBe('Last');
});

test('a long one is read from its top', async () => {
  const { dialog } = await opened('long');
  expect(document.activeElement).toBe(dialog());
});

test('a click beside it closes it; one on its own margin, or a press that ends beside it, does not', async () => {
  const { dialog, box } = await opened();
  const beside = [box.left - 10, box.top + 5] as const;
  const inside = [box.left + 2, box.top + 2] as const;
  await drag(inside, inside);
  await drag(inside, beside);
  await drag(beside, inside);
  expect(dialog()).not.toBe(null);
  await drag(beside, beside);
  expect(dialog()).toBe(null);
  expect(focused()).toBe('Open');
});

test('what cannot be had again is not closed by a click beside it, but by Escape', async () => {
  const { dialog, box } = await opened('kept');
  const beside = [box.left - 10, box.top + 5] as const;
  await drag(beside, beside);
  expect(dialog()).not.toBe(null);
  await act(() => userEvent.keyboard('{Escape}'));
  expect(dialog()).toBe(null);
});

test('where the opener is gone, the keyboard goes on beside it', async () => {
  const { dialog, opener } = await opened('usual', true);
  await act(() => userEvent.keyboard('{Escape}'));
  expect(dialog()).toBe(null);
  expect(opener.isConnected).toBe(false);
  expect(focused()).toBe('Beside');
});
