/**
 * Large and hostile files in the real app: read beside the page, stopped by the person, and never opened a third time
 * after they ended it twice.
 */
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { button, context, notice, openFile, page, server } from './stage.ts';

const note = readFileSync('test/fixtures/hostile/note-2500-quotes.triptych.json', 'utf8');

test('a note with 2,500 quotes in quotes is shown as it was written, from a file and from a link', async () => {
  await openFile('note.triptych.json', note);
  await page.locator('.react-flow__node').first().waitFor();
  await expect.poll(() => page.locator('main').innerText()).toContain('> > > > > > > >');
  const code = deflateRawSync(note).toString('base64url');
  await page.goto(`${server.url}#/s/${code}`);
  await page.getByRole('button', { name: /open/i }).first().click();
  await expect.poll(() => page.locator('main').innerText()).toContain('> > > > > > > >');
});

test('a large file is read in a thread of its own, which can be stopped; afterwards the next one opens', async () => {
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  const nodes = Object.fromEntries(
    Array.from({ length: 2000 }, (_, at) => [
      `n${at}`,
      { type: 'prompt', params: { text: 'a' }, position: { x: (at % 50) * 300, y: Math.floor(at / 50) * 300 } },
    ]),
  );
  await openFile(
    'large.triptych.json',
    JSON.stringify({ format: 'triptych', formatVersion: 3, title: 'Large', nodes, wires: {} }),
  );
  await page.locator('.react-flow').waitFor();
  expect(workers.filter((url) => url.includes('parse.worker'))).toHaveLength(1);
  await expect.poll(() => page.workers().filter((worker) => worker.url().includes('parse.worker')).length).toBe(0);
  // One whose worker never answers: the person stops it.
  await page.goto(server.url);
  await context.route('**/*parse.worker*', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: 'self.onmessage = () => { for (;;); }; navigator.locks.request(self.name, () => { self.postMessage("triptych-ready"); return new Promise(() => {}); });',
    }),
  );
  await openFile(
    'endless.triptych.json',
    JSON.stringify({ format: 'triptych', formatVersion: 3, title: 'Endless', nodes, wires: {} }),
  );
  await notice('A large file is being read.').waitFor();
  await button('Cancel').click();
  await expect.poll(() => page.workers().filter((worker) => worker.url().includes('parse.worker')).length).toBe(0);
  expect(await page.getByRole('link', { name: 'Endless' }).count()).toBe(0);
  await openFile('small.triptych.json', note);
  await page.locator('.react-flow__node').first().waitFor();
});

test('a graph whose opening ended the page twice is offered as a file; without site data it opens as ever', async () => {
  await openFile('note.triptych.json', note);
  await page.locator('.react-flow__node').first().waitFor();
  await expect.poll(() => page.evaluate(() => localStorage.getItem('triptych-opening'))).toBe(null);
  const address = page.url();
  // Nothing is drawn any more and nothing takes its leave, as on a page that hangs.
  const broken = await context.newPage();
  await page.close();
  await broken.addInitScript(() => {
    window.requestAnimationFrame = () => 0;
    window.addEventListener('pagehide', (event) => event.stopImmediatePropagation());
  });
  for (const times of [1, 2]) {
    await broken.goto('about:blank');
    await broken.goto(address);
    await expect
      .poll(() =>
        broken
          .evaluate(() => Object.values(JSON.parse(localStorage.getItem('triptych-opening') ?? '{}') as object))
          .catch(() => []),
      )
      .toEqual([times]);
  }
  const next = await context.newPage();
  await broken.close();
  await next.goto(address);
  await next.getByText('This graph ended the page twice while it was opened, so it was not opened again.').waitFor();
  const [file] = await Promise.all([
    next.waitForEvent('download'),
    next.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  expect(readFileSync((await file.path())!, 'utf8')).toContain('"format": "triptych"');
  // Opened once more, it is tried once more; what is drawn is forgotten.
  await next.goto('about:blank');
  await next.goto(address);
  await next.locator('.react-flow__node').first().waitFor();
  await expect.poll(() => next.evaluate(() => localStorage.getItem('triptych-opening'))).toBe(null);
});
