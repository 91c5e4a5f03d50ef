/** What comes in: pictures, files of all kinds and conditions, links. */
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  button,
  heading,
  node,
  notice,
  openFile,
  openHero,
  openTemplate,
  page,
  run,
  server,
  sharePage,
  status,
} from './stage.ts';

sharePage();

test('a picture becomes a reference; what is no picture, is cut short or is enormous says so', async () => {
  await openTemplate('Seed explorer');
  await page.keyboard.press('Control+s').catch(() => {});
  const drop = async (name: string, type: string, bytes: number[]) => {
    const data = await page.evaluateHandle(
      ({ fileName, mime, content }) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(content)], fileName, { type: mime }));
        return transfer;
      },
      { fileName: name, mime: type, content: bytes },
    );
    await page.locator('.react-flow__pane').dispatchEvent('drop', { dataTransfer: data, clientX: 500, clientY: 200 });
  };
  await drop('notes.txt', 'text/plain', [...Buffer.from('this is certainly not a picture, sorry')]);
  await notice('notes.txt: This is a table or a list: the Batch page of a graph reads it.').waitFor();
  await drop(
    'huge.png',
    'image/png',
    [
      0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20,
      8, 6,
    ],
  );
  await notice('huge.png: This picture is 20000 × 20000 pixels, more than can be opened.').waitFor();
  const png = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(64, 48);
    canvas.getContext('2d')!.fillRect(8, 8, 30, 30);
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  });
  await drop('cut.png', 'image/png', png.slice(0, 60));
  await notice('cut.png: This picture cannot be read to its end.').waitFor();
  await drop('fine.png', 'image/png', png);
  await node('Reference').getByRole('img', { name: 'Result of Reference' }).waitFor();
  await expect.poll(() => page.getByText('64 × 48').count()).toBe(1);

  // The graph file carries the picture; one that lies about it does not put it in another's place.
  const [saved] = await Promise.all([page.waitForEvent('download'), button('Export').click()]);
  const text = readFileSync((await saved.path())!, 'utf8');
  const [hash] = Object.keys(JSON.parse(text).media);
  await page.getByRole('link', { name: 'Templates' }).click();
  await openFile('forged.triptych.json', text.replaceAll(hash!, 'e'.repeat(64)));
  await notice('fine.png is not quite the same picture in this browser').waitFor();
  await node('Reference').waitFor();
  await page.getByRole('link', { name: 'Templates' }).click();
  await openFile('whole.triptych.json', text);
  await node('Reference').waitFor();
  await heading('Reference').click();
  await page.locator('.drop img').waitFor();
});

test('files: newer, foreign and damaged ones are refused in words; unknown nodes stay as placeholders and the rest runs', async () => {
  await openFile('a.json', 'certainly not json');
  await notice('This file is not JSON, so it is not a Triptych graph.').waitFor();
  await openFile('b.json', '{"format":"triptych","formatVersion":9,"nodes":{},"wires":{}}');
  await notice('This graph was made by a newer Triptych').waitFor();
  const odd = JSON.parse(readFileSync('public/templates/seed-explorer.triptych.json', 'utf8'));
  odd.nodes.extra = { type: 'hologram', version: 3, params: { keep: 'me' }, position: { x: 0, y: -300 } };
  await openFile('c.triptych.json', JSON.stringify(odd));
  await node('hologram').waitFor();
  expect(await node('hologram').textContent()).toContain('kept as it is');
  expect(await run()).toMatch(/^Failed: 14 ran, 0 from the cache, 1 failed/);
  const [file] = await Promise.all([page.waitForEvent('download'), button('Export').click()]);
  expect(JSON.parse(readFileSync((await file.path())!, 'utf8')).nodes.extra).toEqual(odd.nodes.extra);
});

test('what a file lost or changed on its way in is told line by line', async () => {
  const nodes = Object.fromEntries(
    Array.from({ length: 9 }, (_, k) => [
      `n${k}`,
      { type: 'guidance', version: 1, params: { scale: 900 + k }, position: { x: 0, y: k * 100 } },
    ]),
  );
  await openFile(
    'odd.triptych.json',
    JSON.stringify({ format: 'triptych', formatVersion: 2, title: 'Odd', nodes, wires: {} }),
  );
  await notice('Opened with 9 changes.').waitFor();
  await page.getByText('What exactly').click();
  await expect.poll(() => page.locator('.notice li').count()).toBe(9);
  expect(await page.locator('.notice li').first().textContent()).toContain('CFG scale must be between 1 and 20');
});

test('graphs travel: in the delivered picture, bare for a client, and in a link; what is hostile is refused in words', async () => {
  await openHero();
  expect(await run()).toMatch(/^Done/);
  const still = node('Deliver still').getByRole('button', { name: 'Download' });
  const save = async (modifiers: 'Shift'[]) => {
    const [file] = await Promise.all([page.waitForEvent('download'), still.click({ modifiers })]);
    return readFileSync((await file.path())!);
  };
  const [full, bare] = [await save([]), await save(['Shift'])];
  expect(full.length).toBeGreaterThan(bare.length);
  expect(bare.includes('triptych')).toBe(false);
  const drop = async (bytes: Buffer, onto = '.react-flow__pane', name = 'still.png') => {
    const data = await page.evaluateHandle(
      ({ content, called }) => {
        const transfer = new DataTransfer();
        const all = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([all], called, { type: 'image/png' }));
        return transfer;
      },
      { content: bytes.toString('base64'), called: name },
    );
    await page.locator(onto).dispatchEvent('drop', { dataTransfer: data, clientX: 500, clientY: 200 });
  };
  await page.getByRole('link', { name: 'Templates' }).click();
  await button('New graph').click();
  await page.getByText('This graph is empty.').waitFor();
  // What is meant is asked: its graph, or the picture.
  await drop(full);
  const question = page.getByRole('dialog', { name: 'This file carries the graph it was made by' });
  await question.getByText('“Product hero: still to video”, 11 nodes').waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  expect(await page.locator('[data-node-type]').count()).toBe(0);
  await drop(full);
  await question.getByRole('button', { name: 'Use as picture' }).click();
  await node('Reference').getByRole('img', { name: 'Result of Reference' }).waitFor();
  // On a node that takes pictures there is nothing to ask.
  await drop(full, '[data-node-type="reference"]', 'other.png');
  await page.locator('.side .drop').getByText('other').waitFor();
  expect(await question.count()).toBe(0);
  await drop(full);
  await question.getByRole('button', { name: 'Open its graph' }).click();
  await expect.poll(() => page.getByLabel('Title of this graph').inputValue()).toBe('Product hero: still to video');
  await expect.poll(() => status().textContent()).toBe('Nothing to run, 11 cached');

  await button('Share').click();
  await notice('A link with this graph in it is on the clipboard.').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const before = page.url();
  await page.goto(link);
  await page.getByText('This graph came in a link. It has 11 nodes and was not opened yet').waitFor();
  await page.getByText('Nothing is changed or left out.').waitFor();
  await button('Open the graph').click();
  await expect.poll(() => page.url()).toMatch(/#\/g\//);
  expect(page.url()).not.toBe(before);
  await expect.poll(() => page.locator('[data-node-type]').count()).toBe(11);
  // A table does not travel with a graph: that is said before it is opened from a link, and when it comes as a file.
  const shared = JSON.parse(readFileSync('public/templates/product-hero.triptych.json', 'utf8'));
  const text = JSON.stringify({ ...shared, routing: { table: 'theirs', version: 4 } });
  const elsewhere = 'It is pinned to version 4 of the routing table “theirs”, which is not here; House 2 is used.';
  await page.goto(`${server.url}#/s/${deflateRawSync(text).toString('base64url')}`);
  await page.getByText(elsewhere).waitFor();
  await page.goto(`${server.url}#/`);
  await openFile('theirs.triptych.json', text);
  await notice(elsewhere).waitFor();
  // A table of the same number that says something else: that is said, and settled by one press on the run bar.
  const routing = { table: 'house', version: 2, content: '0123456789ab' };
  await page.goto(`${server.url}#/`);
  await openFile('other.triptych.json', JSON.stringify({ ...shared, routing }));
  await notice(
    'It is pinned to House 2 of another browser, which is not here; House 2 of this one says something else and is used.',
  ).waitFor();
  await button('Stay with House 2 of this browser').click();
  await button('Stay with House 2 of this browser').waitFor({ state: 'detached' });
  await page.goto(`${server.url}#/s/notalink`);
  await notice('This link is damaged or was cut on its way.').waitFor();
});
