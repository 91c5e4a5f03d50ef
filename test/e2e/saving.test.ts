/** What is on disk, and when: edits and reloads at once, refusing storage, two tabs, a newer release. */
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { button, context, heading, node, notice, openTemplate, page, typeOver } from './stage.ts';

const title = (of: Page = page) => of.getByLabel('Title of this graph');
const saved = (of: Page = page) => of.locator('[data-saved]').getAttribute('data-saved');

test('an edit is there after a reload in the same moment, with its undo; the editor says truly when it is stored', async () => {
  await openTemplate('Seed explorer');
  for (const name of ['Reloaded at once', 'And again', 'And once more']) {
    await typeOver(title(), name);
    await page.reload();
    await expect.poll(() => title().inputValue()).toBe(name);
  }
  await button('Undo').click();
  await expect.poll(() => title().inputValue()).toBe('And again');
  await expect.poll(() => saved()).toBe('yes');
  const stored = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const request = indexedDB.open('triptych');
        request.onsuccess = () => {
          const rows = request.result.transaction('graphs').objectStore('graphs').getAll();
          rows.onsuccess = () => resolve(rows.result.map((row: { title: string }) => row.title));
        };
      }),
  );
  expect(stored).toEqual(['And again']);
  await page.close();
  const next = await context.newPage();
  await next.goto(page.url());
  await expect.poll(() => title(next).inputValue()).toBe('And again');
  await next.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect.poll(() => title(next).inputValue()).toBe('And once more');
});

test('while storage refuses, the editor says so and another graph does not take its place', async () => {
  await button('New graph').click();
  await typeOver(title(), 'The other one');
  await expect.poll(() => saved()).toBe('yes');
  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  await openTemplate('Seed explorer');
  await expect.poll(() => saved()).toBe('yes');
  const here = page.url();
  // The disk of a test machine cannot be filled, so the browser's own refusal is raised where it would come from.
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    Object.assign(window, { freeDisk: () => (IDBObjectStore.prototype.put = put) });
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('The current transaction exceeded its quota limitations.', 'QuotaExceededError');
    };
  });
  await typeOver(title(), 'Not on disk yet');
  await expect.poll(() => saved()).toBe('failed');
  await notice('Your last changes are not saved yet').waitFor();
  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  await page.getByRole('link', { name: 'The other one', exact: true }).click();
  await notice('“Not on disk yet” has changes that could not be saved, so it stays open.').waitFor();
  await expect.poll(() => page.url()).toBe(here);
  expect(await title().inputValue()).toBe('Not on disk yet');
  await page.evaluate(() => (window as unknown as { freeDisk(): void }).freeDisk());
  await heading('Take 1').click();
  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  await page.getByRole('link', { name: 'The other one', exact: true }).click();
  await expect.poll(() => title().inputValue()).toBe('The other one');
  await page.goBack();
  await page.getByRole('link', { name: 'Not on disk yet', exact: true }).click();
  await node('Take 1').waitFor();
  expect(await saved()).toBe('yes');
});

test('two graphs wanted at once: the last one is open, under its own address, to be edited', async () => {
  const addresses: string[] = [];
  for (const name of ['First', 'Second']) {
    await page.goto(new URL('#/', page.url()).href);
    await button('New graph').click();
    await typeOver(title(), name);
    await expect.poll(() => saved()).toBe('yes');
    addresses.push(new URL(page.url()).hash);
  }
  await page.goto(new URL('#/', page.url()).href);
  for (const order of [
    [0, 1],
    [1, 0],
    [0, 1, 0],
  ]) {
    await page.evaluate(
      (hashes) => hashes.forEach((hash) => (location.hash = hash)),
      order.map((at) => addresses[at]!),
    );
    await expect.poll(() => title().inputValue()).toBe(['First', 'Second'][order.at(-1)!]);
    expect(new URL(page.url()).hash).toBe(addresses[order.at(-1)!]);
  }
  await expect
    .poll(() =>
      page.evaluate(
        async () =>
          (await navigator.locks.query()).held!.filter(({ name }) => name!.startsWith('triptych-graph-')).length,
      ),
    )
    .toBe(1);
});

test('a newer release raises the database from another tab: this one saves, and is loaded again', async () => {
  await openTemplate('Seed explorer');
  const newer = await context.newPage();
  await newer.goto(new URL('icon.svg', page.url()).href);
  await typeOver(title(), 'Just before');
  const stored = await newer.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const request = indexedDB.open('triptych', 990);
        request.onsuccess = () => {
          const rows = request.result.transaction('graphs').objectStore('graphs').getAll();
          rows.onsuccess = () => resolve(rows.result.map((row: { title: string }) => row.title));
        };
      }),
  );
  expect(stored).toEqual(['Just before']);
  await notice('This page was loaded again, because a newer version of Triptych was opened in another tab.').waitFor();
});
