/** Searching and choosing by keyboard and pointer, as in the finder, the palette and the search for a wire's end. */
import { createRoot } from 'react-dom/client';
import { expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { ranked } from '../../src/ui/ranking.ts';
import { Combobox } from '../../src/ui/widgets/combobox.tsx';

async function boxOf(all: readonly string[]) {
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  /** What came of it, in order; "left" where nothing was chosen. */
  const said: string[] = [];
  /** Keys that went on to the page. */
  const heard: string[] = [];
  const onKey = (event: KeyboardEvent) => void heard.push(event.key);
  window.addEventListener('keydown', onKey);
  const offer = (options: readonly string[]) =>
    root.render(
      <Combobox
        label="Search"
        listLabel="Found"
        placeholder="Search"
        find={(words) => ranked(options, words, (name) => ({ names: [name] }))}
        idOf={(name) => name}
        draw={(name) => <span>{name}</span>}
        nothing={(words) => `Nothing is called ${words}`}
        onChoose={(name) => void said.push(name)}
        onLeave={() => void said.push('left')}
      />,
    );
  offer(all);
  onTestFinished(() => {
    window.removeEventListener('keydown', onKey);
    root.unmount();
    place.remove();
  });
  await expect.poll(() => document.activeElement?.matches('input')).toBe(true);
  const input = place.querySelector('input')!;
  const list = place.querySelector('ul')!;
  list.style.cssText = 'height: 100px; overflow: auto; line-height: 20px; padding: 0; margin: 0';
  const highlighted = () => {
    const one = document.getElementById(input.getAttribute('aria-activedescendant') ?? '');
    expect(one?.getAttribute('aria-selected') ?? 'true').toBe('true');
    expect(list.querySelectorAll('[aria-selected=true]').length).toBe(one ? 1 : 0);
    return one?.textContent;
  };
  const isInSight = (option: Element) => {
    const [own, around] = [option.getBoundingClientRect(), list.getBoundingClientRect()];
    return own.top >= around.top - 1 && own.bottom <= around.bottom + 1;
  };
  return { place, input, list, offer, said, heard, highlighted, isInSight };
}
const HUNDRED = Array.from({ length: 100 }, (_, at) => `Node ${at}`);

test('the arrows, Home, End and Page keys move through the list, no further than its ends, and it scrolls along', async () => {
  const { list, highlighted, isInSight, heard, said } = await boxOf(HUNDRED);
  const steps = [
    ['{ArrowUp}', 0],
    ['{ArrowDown}{ArrowDown}', 2],
    ['{ArrowUp}', 1],
    ['{PageDown}', 9],
    ['{End}', 99],
    ['{ArrowDown}', 99],
    ['{PageUp}', 91],
    ['{Home}', 0],
  ] as const;
  for (const [keys, at] of steps) {
    await userEvent.keyboard(keys);
    await expect.poll(highlighted).toBe(`Node ${at}`);
    expect(isInSight(list.children[at]!), keys).toBe(true);
  }
  await userEvent.keyboard('{End}{Enter}');
  await expect.poll(() => said).toEqual(['Node 99']);
  // None of these was a command of the page.
  expect(heard).toEqual([]);
});

test('what is typed narrows the list, begins at its top again, and nothing found says so', async () => {
  const { place, input, list, said, highlighted } = await boxOf(HUNDRED);
  await userEvent.keyboard('{End}9');
  await expect.poll(highlighted).toBe('Node 9');
  expect(list.scrollTop).toBe(0);
  await userEvent.keyboard('zz');
  await expect.poll(() => place.querySelector('[role=status]')?.textContent).toBe('Nothing is called 9zz');
  expect(input.hasAttribute('aria-activedescendant')).toBe(false);
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(said).toEqual([]);
  await userEvent.keyboard('{Backspace}{Backspace}');
  await expect.poll(highlighted).toBe('Node 9');
});

test('Escape and Tab leave with nothing chosen', async () => {
  const { said, input } = await boxOf(HUNDRED);
  await userEvent.keyboard('{Escape}');
  await userEvent.keyboard('{Tab}');
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
  expect(said).toEqual(['left', 'left', 'left']);
  expect(document.activeElement).toBe(input);
});

test('while an input method puts a word together, its keys choose, leave and move nothing', async () => {
  const { input, said, highlighted } = await boxOf(HUNDRED);
  for (const key of ['ArrowDown', 'Enter', 'Escape', 'Tab'])
    for (const composing of [{ isComposing: true }, { keyCode: 229 }])
      input.dispatchEvent(
        new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true, ...composing }),
      );
  expect(highlighted()).toBe('Node 0');
  expect(said).toEqual([]);
  await userEvent.keyboard('{Enter}');
  expect(said).toEqual(['Node 0']);
});

test('a pointer that moves highlights, and chooses with a click; the keyboard stays in the field', async () => {
  const { list, input, said, highlighted } = await boxOf(HUNDRED);
  await userEvent.hover(list.children[3]!);
  await expect.poll(highlighted).toBe('Node 3');
  // The list goes by under a pointer that rests.
  await userEvent.keyboard('{End}');
  await expect.poll(highlighted).toBe('Node 99');
  await userEvent.click(list.children[98]!);
  expect(said).toEqual(['Node 98']);
  expect(document.activeElement).toBe(input);
});

test('when less can be chosen while it is open, the highlight stays on what there is', async () => {
  const { offer, said, highlighted } = await boxOf(HUNDRED);
  await userEvent.keyboard('{End}');
  await expect.poll(highlighted).toBe('Node 99');
  offer(HUNDRED.slice(0, 50));
  await expect.poll(highlighted).toBe('Node 49');
  await userEvent.keyboard('{ArrowUp}{Enter}');
  expect(said).toEqual(['Node 48']);
});
