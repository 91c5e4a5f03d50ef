/**
 * The keyboard, typed text and the clipboard, by real key events: other layouts and input methods through Chromium's
 * own door for them.
 */
import type { CDPSession, Locator } from 'playwright';
import { beforeEach, expect, test } from 'vitest';
import {
  button,
  context,
  heading,
  node,
  notice,
  openFile,
  openOwnPage,
  openTemplate,
  page,
  run,
  server,
  sharePage,
  status,
  statuses,
  typeOver,
} from './stage.ts';

sharePage();

const ALT = 1,
  CTRL = 2,
  META = 4,
  SHIFT = 8;
let door: CDPSession | undefined;
/** A key as another layout sends it. */
const press = async (key: string, code: string, modifiers = 0, keyCode = 0) => {
  if (!door || door !== sessions.get(page)) sessions.set(page, (door = await context.newCDPSession(page)));
  const common = { key, code, modifiers, windowsVirtualKeyCode: keyCode };
  await door.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...common });
  await door.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common });
};
const sessions = new WeakMap<typeof page, CDPSession>();
/** As a person who says no, or an administrator. */
const refuseClipboard = async () => {
  const {
    targetInfo: { browserContextId = '' },
  } = await (await context.newCDPSession(page)).send('Target.getTargetInfo');
  const browser = await context.browser()!.newBrowserCDPSession();
  for (const allowWithoutSanitization of [true, false])
    await browser.send('Browser.setPermission', {
      permission: { name: 'clipboard-write', allowWithoutSanitization },
      setting: 'denied',
      origin: new URL(server.url).origin,
      browserContextId,
    });
};
const end = (name: string) => ({ node: name.split('.')[0], socket: name.split('.')[1] });
const wire = (from: string, to: string) => ({ from: end(from), to: end(to), order: 0 });
const cards = () => page.locator('[data-node-type]').count();
const focused = () =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
const copied = () => page.evaluate(() => navigator.clipboard.readText());
const undoTitle = () => button('Undo').getAttribute('data-tip');
const at = (type: string, x: number, y = 0, params = {}) => ({ type, version: 1, params, position: { x, y } });
const openGraph = (title: string, nodes: object, more: object = {}) =>
  openFile(
    'keys.triptych.json',
    JSON.stringify({ format: 'triptych', formatVersion: 2, title, nodes, wires: {}, ...more }),
  );
beforeEach(() => page.setDefaultTimeout(12_000));
const value = (field: Locator) => field.inputValue();

test('commands are found on other layouts, ⌥ and AltGr are told apart, and a word that is put together keeps its keys', async () => {
  await openGraph('Layouts', { p: at('prompt', 0, 0, { text: 'a lake' }), s: at('seed', 320) });
  await heading('Prompt').click();
  // Russian: M, then Ctrl+Z.
  await press('ь', 'KeyM');
  await expect.poll(async () => (await statuses())['Prompt']).toBe('muted');
  await press('я', 'KeyZ', CTRL);
  await expect.poll(async () => (await statuses())['Prompt']).not.toBe('muted');
  // AltGr+G on a Latvian keyboard writes a letter; ⌘⌥G on a Mac makes a component.
  await press('ģ', 'KeyG', CTRL | ALT);
  await press('D', 'KeyD', CTRL | SHIFT);
  expect(await undoTitle()).toBe('Nothing to undo');
  await press('©', 'KeyG', META | ALT);
  await expect.poll(undoTitle).toBe('Undo: Make component');
  await page.keyboard.press('Control+z');
  await expect.poll(undoTitle).toBe('Nothing to undo');

  // An input method: Enter and Escape end the word, not the search.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Space');
  const search = page.getByLabel('Search nodes');
  await search.waitFor();
  await door!.send('Input.imeSetComposition', { text: 'upsc', selectionStart: 4, selectionEnd: 4 });
  await press('Enter', 'Enter', 0, 229);
  await press('Escape', 'Escape', 0, 229);
  expect(await cards()).toBe(2);
  await door!.send('Input.insertText', { text: 'upscale' });
  await expect.poll(() => value(search)).toBe('upscale');
  await page.keyboard.press('Enter');
  await node('Upscale').waitFor();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await door!.send('Input.imeSetComposition', { text: 'undo', selectionStart: 4, selectionEnd: 4 });
  await press('Enter', 'Enter', 0, 229);
  expect(await palette.isVisible()).toBe(true);
  expect(await cards()).toBe(3);
});

test('text that is selected is copied as text; nodes by each pair of keys; a clipboard that refuses is said, with the link to copy by hand', async () => {
  await openOwnPage();
  await openGraph('Clipboard', { p: at('prompt', 0, 0, { text: 'a lake' }) });
  await heading('Prompt').click();
  const about = page.getByLabel('Inspector').locator('p.muted').first();
  await about.click({ clickCount: 3 });
  await page.keyboard.press('Control+c');
  await expect.poll(async () => (await copied()).trim()).toBe(await about.textContent());
  await page.keyboard.press('Control+x');
  expect(await cards()).toBe(1);
  // What is chosen afterwards is what Copy means.
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.react-flow__node.selected').count()).toBe(0);
  await heading('Prompt').click();
  await page.keyboard.press('Control+Insert');
  await expect.poll(copied).toContain('"prompt"');
  await page.keyboard.press('Shift+Insert');
  await expect.poll(cards).toBe(2);
  await page.keyboard.press('Shift+Delete');
  await expect.poll(cards).toBe(1);
  await expect.poll(undoTitle).toBe('Undo: Cut');
  await page.keyboard.press('Control+v');
  await expect.poll(cards).toBe(2);

  await refuseClipboard();
  await button('Share').click();
  const sheet = page.getByRole('dialog', { name: 'Copy this link' });
  const link = sheet.getByLabel('Link with this graph');
  await expect.poll(() => value(link)).toMatch(/#\/s\/[\w-]+$/);
  expect(
    await link.evaluate(
      (field: HTMLTextAreaElement) =>
        field.selectionEnd - field.selectionStart === field.value.length && document.activeElement === field,
    ),
  ).toBe(true);
  await sheet.getByRole('button', { name: 'Close' }).click();
  expect(await focused()).toContain('Share');
  await page.keyboard.press('Control+k');
  await typeOver(page.getByLabel('Search commands'), 'cut');
  await page.getByRole('option', { name: /^Cut/ }).click();
  await notice('The browser did not let Triptych write to the clipboard.').waitFor();
  expect(await cards()).toBe(2);
  // The keys need no permission.
  await page.keyboard.press('Control+x');
  await expect.poll(cards).toBe(1);
});

test('Backspace on a slider, a tab or a button deletes nothing; arrows walk radios, swatches and tabs; the focus comes back; a file is chosen by keyboard', async () => {
  await openOwnPage();
  await openGraph(
    'Focus',
    { g: at('guidance', 0), a: at('aspect', 320), r: at('reference', 640) },
    {
      frames: {},
      notes: { n: { text: 'Note', colour: 'amber', position: { x: 0, y: 300 }, size: { width: 200, height: 100 } } },
    },
  );
  await heading('Guidance').click();
  const slider = page.getByRole('slider').first();
  for (const control of [slider, page.getByRole('tab', { name: 'Inspector' }), button('Fit to view')]) {
    await control.focus();
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Shift+Backspace');
  }
  expect(await cards()).toBe(3);

  await page.getByRole('tab', { name: 'Inspector' }).focus();
  await page.keyboard.press('ArrowRight');
  expect(await page.getByRole('tab', { name: /Checklist/ }).getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('End');
  expect(await focused()).toBe('History');
  await page.keyboard.press('Home');
  expect(
    await page
      .getByRole('tablist')
      .getByRole('tab')
      .evaluateAll((tabs) => tabs.map((tab) => (tab as HTMLElement).tabIndex)),
  ).toEqual([0, -1, -1]);
  await heading('Aspect').click();
  const shapes = page.getByRole('radiogroup').filter({ has: page.locator('i') });
  const before = await shapes.getByRole('radio', { checked: true }).textContent();
  await shapes.getByRole('radio', { checked: true }).focus();
  await page.keyboard.press('ArrowDown');
  expect(await shapes.getByRole('radio', { checked: true }).textContent()).not.toBe(before);
  expect(await shapes.getByRole('radio', { checked: true }).evaluate((one) => one === document.activeElement)).toBe(
    true,
  );
  await page.getByRole('article', { name: 'Note' }).click();
  await page.getByRole('radio', { name: 'amber' }).focus();
  await page.keyboard.press('ArrowLeft');
  expect(await focused()).toBe('green');
  await expect.poll(undoTitle).toBe('Undo: Colour');

  // A dialog that was opened from a card goes back to it, and chooses nothing by that.
  await node('Guidance').focus();
  await page.keyboard.press('Control+k');
  await typeOver(page.getByLabel('Search commands'), 'Select all');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('[data-node-type][data-selected=true]').count()).toBe(3);
  expect(await focused()).toBe((await node('Guidance').getAttribute('aria-label'))!);
  await button('Shortcuts').click();
  await page.getByRole('dialog', { name: 'Shortcuts' }).getByRole('button', { name: 'Close' }).click();
  expect(await focused()).toBe('Shortcuts');
  await page.keyboard.press('Control+f');
  await page.getByRole('search').getByRole('searchbox').press('Escape');
  expect(await focused()).toBe('Shortcuts');

  await page.keyboard.press('Escape');
  await heading('Reference').click();
  const file = page.getByRole('button', { name: 'Picture', exact: true });
  const choosing = page.waitForEvent('filechooser');
  await file.focus();
  await page.keyboard.press('Enter');
  await (await choosing).setFiles('public/samples/golden-field.webp');
  await page.locator('.drop img').waitFor();
});

test('a number is typed letter by letter, in the reader’s own way, and what could mean two things is said', async () => {
  await openGraph('Numbers', { s: at('seed', 0), g: at('grade', 320) });
  await node('Seed').waitFor();
  await page.getByRole('link', { name: 'Batch' }).click();
  await button('Seed Seed').click();
  const times = page.getByLabel('Times');
  await typeOver(times, '');
  await times.pressSequentially('12');
  expect(await value(times)).toBe('12');
  await typeOver(times, '1');
  await page.getByText('A whole number from 2 to 100.').waitFor();
  expect(await button('Repeat with other seeds').isDisabled()).toBe(true);
  await typeOver(times, '12');
  await button('Repeat with other seeds').click();
  await expect.poll(() => page.locator('.batch__table tbody tr').count()).toBe(12);
  const cell = page.getByLabel('Seed, row 1', { exact: true });
  await typeOver(cell, '1,000');
  await cell.press('Tab');
  await page.getByText('“1,000” is a thousand to some and one to others').waitFor();
  expect([await cell.getAttribute('aria-invalid'), await value(cell)]).toEqual(['true', '1,000']);

  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  await heading('Grade').click();
  const saturation = page.getByLabel('Saturation', { exact: true });
  await typeOver(saturation, '1,000');
  await saturation.press('Tab');
  await page.getByText(/^A number from /).waitFor();
  expect(await value(saturation)).toBe('1,000');
  await typeOver(saturation, '0,35');
  await saturation.press('Tab');
  await expect.poll(() => value(saturation)).toBe('0.35');

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
  const hour = page.getByLabel('Eine Stunde eines Menschen');
  await typeOver(hour, '12,50');
  await hour.press('Tab');
  await expect.poll(() => value(hour)).toBe('12,5');
  await page.getByRole('link', { name: 'Vorlagen' }).click();
  await page.getByRole('link', { name: 'Numbers' }).click();
  await heading('Farben').or(page.locator('[data-node-type=grade] .node__head')).first().click();
  const german = page.locator('.slider .field').first();
  await typeOver(german, '0,85');
  await german.press('Tab');
  await expect.poll(() => value(german)).toBe('0,85');
  await typeOver(german, '1.000');
  await page.getByText(/^Eine Zahl von /).waitFor();
});

test('typing fast in two fields of a routing draft loses no letter, nor what another tab wrote in it', async () => {
  await openOwnPage();
  await page.getByRole('link', { name: 'Routing' }).click();
  await button('Edit as a draft').click();
  const [name, why] = [page.getByLabel('Name of the table'), page.getByLabel('Why: text to image, speed')];
  await typeOver(name, '');
  await typeOver(why, '');
  const words = 'foxes';
  for (const letter of words) {
    for (const field of [name, why]) {
      await field.press('End');
      await page.keyboard.type(letter);
    }
  }
  expect([await value(name), await value(why)]).toEqual([words, words]);

  const other = await context.newPage();
  await other.goto(`${server.url}#/routing`);
  const draft = other.getByLabel('Table', { exact: true });
  await draft.selectOption({ label: `${words} (draft)` });
  await typeOver(other.getByLabel('Cap: text to image, speed'), '7');
  // This tab has not looked since.
  await name.press('End');
  await name.pressSequentially(' over');
  const stored = async () => {
    await other.reload();
    await draft.locator('option').nth(1).waitFor({ state: 'attached' });
    return draft.locator('option').allTextContents();
  };
  await expect.poll(stored).toContain(`${words} over (draft)`);
  await draft.selectOption({ label: `${words} over (draft)` });
  expect([
    await value(other.getByLabel('Cap: text to image, speed')),
    await value(other.getByLabel('Why: text to image, speed')),
  ]).toEqual(['7', words]);
  await other.close();
});

test('a note that is scrolled away while it is written keeps its words and its caret, and what is typed then', async () => {
  await openTemplate('Product hero: still to video');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+n');
  const field = page.getByLabel('Text of this note');
  await field.pressSequentially('warm and calm');
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowLeft');
  /** The wheel moves the canvas only beside the note: in it, its text. */
  const scrollAway = async () => {
    const note = (await field.boundingBox())!;
    await page.mouse.move(note.x + note.width / 2, note.y - 60);
    await page.mouse.wheel(0, 4000);
    await expect.poll(() => field.count()).toBe(0);
  };
  await scrollAway();
  await page.keyboard.press('Backspace');
  await field.waitFor();
  await expect.poll(focused).toBe('Text of this note');
  await page.keyboard.type('very ');
  expect(await value(field)).toBe('warm and very calm');
  await scrollAway();
  await page.keyboard.type('so ');
  await field.waitFor();
  await expect.poll(() => value(field)).toBe('warm and very so calm');
  // Nothing that was typed was taken for a command.
  expect(await undoTitle()).toBe('Undo: Write note');
  await page.keyboard.press('Escape');
  await page.getByRole('article', { name: 'Note' }).getByText('warm and very so calm').waitFor();
});

test('under an open reject form arrows and letters do nothing to the takes; it rejects the one it was opened for, and the focus goes back', async () => {
  await openGraph(
    'Judge',
    {
      p: at('prompt', 0, 0, { text: 'a lake' }),
      s: at('seed', 0, 200, { seed: { mode: 'increment', value: 4 } }),
      i: at('image', 320, 0, { megapixels: '0.5' }),
    },
    { wires: { a: wire('p.prompt', 'i.prompt'), b: wire('s.seed', 'i.seed') } },
  );
  await node('Image').waitFor();
  expect(await run()).toMatch(/^Done/);
  const heard = page.locator('.runbar [aria-live=polite]');
  await expect.poll(() => heard.textContent()).toBe(await status().textContent());

  await heading('Image').click();
  await page.keyboard.press('r');
  await button('Composition').click();
  const chips = () =>
    page
      .getByRole('region', { name: 'Takes' })
      .getByRole('button', { name: /^Take \d/ })
      .evaluateAll((all) => all.map((chip) => chip.getAttribute('aria-label')));
  await expect.poll(chips).toEqual(['Take 1, rejected', 'Take 2, open']);
  await expect.poll(() => status().textContent()).toMatch(/^Done/);
  const reject = page.getByRole('region', { name: 'Takes' }).getByRole('button', { name: 'Reject', exact: true });
  await reject.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('form', { name: 'Why is it rejected?' }).waitFor();
  for (const key of ['ArrowRight', 'ArrowDown', 'a', 'r', 'u']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect.poll(() => reject.evaluate((one) => one === document.activeElement)).toBe(true);

  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await page.getByRole('article', { name: 'Take 2, open' }).waitFor();
  await page.keyboard.press('r');
  const form = page.getByRole('form', { name: 'Why is it rejected?' });
  await form.waitFor();
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowRight', 'a', 'u', 'b']) await page.keyboard.press(key);
  expect(await page.locator('.look[data-chosen=true]').getAttribute('aria-label')).toBe('Take 2, open');
  expect(await page.getByRole('article', { name: 'Take 1, rejected' }).count()).toBe(1);
  await page.keyboard.press('Escape');
  await form.waitFor({ state: 'detached' });
  await page.keyboard.press('a');
  await page.getByRole('article', { name: 'Take 2, accepted' }).waitFor();
});

test('no screen, field or tooltip says [object Object]', async () => {
  await openGraph(
    'Words',
    {
      p: at('prompt', 0, 0, { text: '' }),
      i: at('image', 320, 0, { megapixels: { a: 1 }, tier: {} }),
      u: at('upscale', 640, 0, { factor: ['2'] }),
      s: at('seed', 0, 300, { seed: { mode: {}, value: 'x' } }),
      q: at('unheard-of', 900),
      r: at('seed', 0, 600, { seed: { mode: 'random', value: 4 } }),
      d: at('deliver', 900, 300),
    },
    { wires: { a: wire('p.prompt', 'i.prompt'), b: wire('r.seed', 'i.seed'), c: wire('i.image', 'd.image') } },
  );
  await node('Image').waitFor();
  const said = async () => {
    const fields = page.locator('input, textarea, select');
    const values = await fields.evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value));
    const text = [await page.content(), ...values].join(' ');
    return text.match(/.{80}\[object.{40}/)?.[0];
  };
  await button('Run').click();
  await expect.poll(() => status().textContent()).toMatch(/^(Done|Failed)/);
  for (const name of ['Prompt', 'Image', 'Upscale', 'Deliver']) {
    await heading(name).click();
    expect(await said(), name).toBeUndefined();
  }
  for (const tab of [/Checklist/, 'History', 'Inspector']) {
    await page.getByRole('tab', { name: tab }).click();
    expect(await said(), String(tab)).toBeUndefined();
  }
  await page.locator('.node__finding').first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+l');
  await page.getByRole('list', { name: 'Nodes, along the wires' }).waitFor();
  expect(await said(), 'list').toBeUndefined();
  await page.keyboard.press('Shift+l');
  for (const name of ['Form', 'Batch', 'Review', 'Routing', 'Catalog', 'Audit', 'Settings', 'Templates']) {
    await page.getByRole('link', { name, exact: true }).click();
    await page.locator('main h1').first().waitFor();
    expect(await said(), name).toBeUndefined();
  }
});
