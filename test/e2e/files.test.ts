/** What people bring: files of any kind and number, on the first page and on the canvas, each taken for what it is. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { button, heading, node, notice, openTemplate, page, sharePage } from './stage.ts';

sharePage();

interface Brought {
  readonly name: string;
  readonly bytes: readonly number[];
}
const text = (name: string, content: string): Brought => ({ name, bytes: [...Buffer.from(content)] });
const graph = (title: string) =>
  JSON.stringify({
    format: 'triptych',
    formatVersion: 3,
    title,
    nodes: { s: { type: 'seed', version: 1, params: {}, position: { x: 0, y: 0 } } },
    wires: {},
  });
const workflow: Brought = { name: 'made-with-comfy', bytes: [...readFileSync('test/fixtures/comfyui-workflow.png')] };
const cube = text('look', `LUT_3D_SIZE 2\n${'1 1 1\n0 1 1\n1 0 1\n0 0 1\n1 1 0\n0 1 0\n1 0 0\n0 0 0\n'}`);

/** Drops files, or a text, as the browser hands them over. */
const drop = async (onto: string, files: readonly Brought[], dragged?: string) => {
  const data = await page.evaluateHandle(
    ({ all, said }) => {
      const transfer = new DataTransfer();
      for (const { name, bytes } of all) transfer.items.add(new File([new Uint8Array(bytes)], name));
      if (said) transfer.setData('text/uri-list', said);
      return transfer;
    },
    { all: files, said: dragged },
  );
  const box = (await page.locator(onto).first().boundingBox())!;
  const at = { clientX: box.x + Math.min(60, box.width / 2), clientY: box.y + Math.min(14, box.height / 2) };
  await page
    .locator(onto)
    .first()
    .dispatchEvent('drop', { dataTransfer: data, ...at });
};
const titles = () => page.locator('.card__title').allTextContents();

test('several files on the first page: each graph is kept, and one notice names what was not taken and why', async () => {
  await drop('.gallery', [
    text('first', graph('First of two')),
    text('broken.json', '{"format":'),
    text('empty.png', ''),
    text('second.txt', graph('Second of two')),
  ]);
  await notice('2 of 4 files were not taken.').waitFor();
  const told = await page.getByRole('log', { name: 'Notices' }).textContent();
  expect(told).toContain('broken.json: This file is not JSON');
  expect(told).toContain('empty.png: This file is empty.');
  await expect.poll(titles).toEqual(expect.arrayContaining(['First of two', 'Second of two']));
});

test('workflows dropped with others: each is offered by its name, and the rest goes in', async () => {
  const api = (seed: number) =>
    JSON.stringify({ '3': { class_type: 'KSampler', inputs: { seed, steps: 20, cfg: 7, sampler_name: 'euler' } } });
  await drop('.gallery', [text('one.json', api(1)), text('mine', graph('Mine')), text('two.json', api(2))]);
  await notice('one.json is a ComfyUI workflow.').waitFor();
  await notice('two.json is a ComfyUI workflow.').waitFor();
  await expect.poll(() => page.getByLabel('Title of this graph').inputValue()).toBe('Mine');
  const offer = page.getByRole('log', { name: 'Notices' }).locator('.notice').filter({ hasText: 'two.json' });
  await offer.getByRole('button', { name: 'Show it' }).click();
  await page.getByText('KSampler').first().waitFor();
});

test('a picture on the first page begins a graph; one that carries a workflow shows it', async () => {
  await drop('.gallery', [workflow]);
  await page.getByRole('heading', { name: 'made-with-comfy', exact: true }).waitFor();
  await page.getByText('KSampler').first().waitFor();
  await page.getByRole('link', { name: 'Templates' }).click();
  const picture = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(32, 24);
    canvas.getContext('2d')!.fillRect(4, 4, 10, 10);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())];
  });
  await drop('.gallery', [{ name: 'vase.jpg', bytes: picture }]);
  await node('Reference').waitFor();
  expect(await page.getByLabel('Title of this graph').inputValue()).toBe('vase');

  // In a file it travels as the pixels it was decoded to: other browsers decode a JPEG a little otherwise.
  const [saved] = await Promise.all([page.waitForEvent('download'), button('Export').click()]);
  const { media } = JSON.parse(readFileSync((await saved.path())!, 'utf8')) as {
    media: Record<string, { mime: string; name: string }>;
  };
  expect(Object.values(media).map(({ mime, name }) => [mime, name])).toEqual([['image/png', 'vase.jpg']]);
});

test('a LUT dropped on a Grade is its LUT, beside it a Grade of its own; a workflow’s picture is a reference and says what it carries', async () => {
  await openTemplate('Product hero: still to video');
  await drop('[data-node-type="grade"]', [cube]);
  await heading('Grade').click();
  await page.locator('.side .drop').getByText('look').waitFor();
  expect(await page.locator('[data-node-type="grade"]').count()).toBe(1);
  await drop('.react-flow__pane', [cube, workflow]);
  await notice('made-with-comfy carries the ComfyUI workflow it was made with.').waitFor();
  await expect.poll(() => page.locator('[data-node-type="grade"]').count()).toBe(2);
  expect(await page.locator('[data-node-type="reference"]').count()).toBeGreaterThan(0);
  await button('Undo').click();
  await expect.poll(() => page.locator('[data-node-type="grade"]').count()).toBe(1);
  await drop('.react-flow__pane', [], 'https://example.com/picture.png');
  await notice('A web address cannot be opened').waitFor();
});

test('a graph pasted as text opens; files that were read for one graph are not put into another; beside the canvas they are said', async () => {
  const paste = (copied: string) =>
    page.evaluate((said) => {
      const data = new DataTransfer();
      data.setData('text/plain', said);
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, copied);
  await page.getByRole('heading', { name: 'Start with a template' }).waitFor();
  await paste(graph('Pasted as text'));
  await node('Seed').waitFor();
  const other = new URL(page.url()).hash;
  expect(await page.getByLabel('Title of this graph').inputValue()).toBe('Pasted as text');
  await page.getByRole('link', { name: 'Templates' }).click();
  await button('New graph').click();
  await page.locator('.react-flow').waitFor();
  const large = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(2400, 1800);
    canvas.getContext('2d')!.fillRect(4, 4, 1000, 1000);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())];
  });
  // Gone as soon as they were dropped, before any of them can have been read.
  await page
    .locator('.react-flow__pane')
    .first()
    .evaluate(
      (pane, { bytes, hash }) => {
        const data = new DataTransfer();
        for (const name of ['a', 'b', 'c', 'd', 'e', 'f'])
          data.items.add(new File([new Uint8Array(bytes)], `${name}.jpg`));
        pane.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        location.hash = hash;
      },
      { bytes: large, hash: other },
    );
  await node('Seed').waitFor();
  await notice('You went to another graph meanwhile').waitFor();
  expect(await page.locator('[data-node-type="reference"]').count()).toBe(0);
  await drop('.topbar', [cube]);
  await notice('Nothing here takes files.').waitFor();
});

test('an earlier version comes back whole: a table that it did not have is gone', async () => {
  await openTemplate('Seed explorer');
  await page.getByRole('link', { name: 'Batch' }).click();
  await page.locator('.batch__first button').first().click();
  await page.locator('.batch__table').waitFor();
  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('link', { name: 'Timeline and differences' }).click();
  await page.locator('.versions__list button').last().click();
  await button('Restore').click();
  await node('Prompt').first().waitFor();
  await page.getByRole('link', { name: 'Batch' }).click();
  await page.locator('.batch__first').waitFor();
});
