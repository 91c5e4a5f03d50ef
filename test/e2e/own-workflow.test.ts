/** A workflow of a person's own, from its file to a take: read, looked over, named by a table, run by ComfyUI. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { beforeEach, expect, test } from 'vitest';
import { jobRoutes, openJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { comfyui } from '../../src/providers/comfyui.ts';
import { startComfyUi, type ComfyDouble } from '../contract/comfyui.ts';
import { button, ended, heading, node, openFile, page, server, serveWith, violations, typeOver } from './stage.ts';

let comfy: ComfyDouble;

serveWith(async () => {
  comfy = await startComfyUi({ checkpoints: ['a.safetensors'] });
  // Nobody listens at the first place; it is found at the other.
  const adapter = { ...comfyui, home: 'http://127.0.0.1:9', ports: [Number(new URL(comfy.url).port)] };
  const jobs = await openJobs({ TRIPTYCH_HOME: mkdtempSync(join(tmpdir(), 'triptych-home-')) }, [adapter]);
  return { routes: jobRoutes(jobs.service), close: () => Promise.all([jobs.close(), comfy.close()]) };
});
beforeEach(() => page.getByRole('link', { name: 'Settings' }).click());

const link = (id: number, from: number, slot: number, to: number, input: number, type: string) =>
  [id, from, slot, to, input, type] as const;
const textNode = (id: number, title: string, clip: number, words: string) => ({
  id,
  type: 'CLIPTextEncode',
  title,
  inputs: [{ name: 'clip', link: clip }],
  widgets_values: [words],
});
const SUBJECT = 'Subject <img src=x onerror=alert(1)>';
/** As the editor saves it. Its author wants the subject said on the negative side, which no wire tells. */
const WORKFLOW = {
  nodes: [
    { id: 1, type: 'CheckpointLoaderSimple', widgets_values: ['a.safetensors'] },
    { id: 2, type: 'EmptyLatentImage', widgets_values: [512, 512, 1] },
    textNode(3, 'Style', 1, 'ink on paper'),
    textNode(4, SUBJECT, 2, 'a boat'),
    {
      id: 5,
      type: 'KSampler',
      inputs: [
        { name: 'model', link: 3 },
        { name: 'positive', link: 4 },
        { name: 'negative', link: 5 },
        { name: 'latent_image', link: 6 },
      ],
      widgets_values: [7, 'fixed', 4, 6.5, 'euler', 'normal', 1],
    },
    {
      id: 6,
      type: 'VAEDecode',
      inputs: [
        { name: 'samples', link: 7 },
        { name: 'vae', link: 8 },
      ],
    },
    { id: 7, type: 'SaveImage', inputs: [{ name: 'images', link: 9 }], widgets_values: ['ink'] },
  ],
  links: [
    link(1, 1, 1, 3, 0, 'CLIP'),
    link(2, 1, 1, 4, 0, 'CLIP'),
    link(3, 1, 0, 5, 0, 'MODEL'),
    link(4, 3, 0, 5, 1, 'CONDITIONING'),
    link(5, 4, 0, 5, 2, 'CONDITIONING'),
    link(6, 2, 0, 5, 3, 'LATENT'),
    link(7, 5, 0, 6, 0, 'LATENT'),
    link(8, 1, 2, 6, 1, 'VAE'),
    link(9, 6, 0, 7, 0, 'IMAGE'),
  ],
};
const at = (x: number) => ({ position: { x, y: 0 } });
const GRAPH = {
  format: 'triptych',
  formatVersion: 4,
  title: 'Ink',
  nodes: {
    prompt: { type: 'prompt', version: 1, ...at(0), params: { text: 'a lighthouse' } },
    seed: { type: 'seed', version: 1, ...at(0), params: { seed: { mode: 'fixed', value: 11 } } },
    image: { type: 'image', version: 1, ...at(400), params: { tier: 'cinematic' } },
  },
  wires: {
    a: { from: { node: 'prompt', socket: 'prompt' }, to: { node: 'image', socket: 'prompt' } },
    b: { from: { node: 'seed', socket: 'seed' }, to: { node: 'image', socket: 'seed' } },
  },
};

const card = () => page.getByRole('region', { name: 'Your workflows' });
const sheet = () => page.getByRole('dialog');
/** Files of a drag, let go of over an element. */
const drop = async (name: string, content: string) => {
  const data = await page.evaluateHandle(
    ([file, body]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([body!], file!, { type: 'application/json' }));
      return transfer;
    },
    [name, content],
  );
  await card().dispatchEvent('dragover', { dataTransfer: data });
  await card().dispatchEvent('drop', { dataTransfer: data });
};
const paste = async (content: string) => {
  await page.evaluate((words) => navigator.clipboard.writeText(words), content);
  await page.keyboard.press('ControlOrMeta+V');
};
const isFocused = (place: Locator) => place.evaluate((element) => element === document.activeElement);
const findComfyUi = async () => {
  await button('Find local servers').focus();
  await page.keyboard.press('Enter');
  const found = page.getByRole('status', { name: 'Local servers' });
  await found.getByRole('button', { name: 'Use it' }).waitFor();
  expect(await isFocused(button('Find local servers'))).toBe(true);
  await found.getByRole('button', { name: 'Use it' }).click();
  await found.getByText('in use').waitFor();
};
/** Goes through a list to an option, as a person does with the keys. */
const choose = async (label: string, words: string) => {
  const field = sheet().getByLabel(label, { exact: true });
  await field.focus();
  await page.keyboard.press('Home');
  while (!(await checked(field)).includes(words)) await page.keyboard.press('ArrowDown');
};
const checked = async (field: Locator) => (await field.locator('option:checked').textContent()) ?? '';

test('a workflow is dropped, one guess is put right, a row names it, and a run asks it; a reload changes nothing', async () => {
  // Nothing is looked for before the button is pressed.
  expect(comfy.asked).toHaveLength(0);
  await findComfyUi();
  await drop('ink.json', JSON.stringify(WORKFLOW));
  await sheet().waitFor();
  expect(await violations()).toEqual([]);
  expect(await checked(sheet().getByLabel('prompt', { exact: true }))).toContain('Style');
  await choose('prompt', 'Subject');
  await choose('negative prompt', 'not used');
  // A script in a title is a title.
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  await sheet().getByRole('button', { name: 'Add to the models' }).click();
  await card().getByText('ink text to image').waitFor();

  await page.goto(`${server.url}#/routing`);
  await button('Edit as a draft').click();
  const row = page.getByRole('article', { name: 'text to image, cinematic' });
  await row.getByLabel('Add a candidate: text to image, cinematic').selectOption({ label: 'ink, ComfyUI' });
  // Before what is always there.
  const up = row.getByRole('button', { name: 'Move ink up' });
  while (await up.isEnabled()) await up.click();
  await page.getByLabel('What changed and why').click();
  await page.keyboard.type('Ink first');
  await page.keyboard.press('Enter');
  await page.getByLabel('What changed and why').waitFor({ state: 'hidden' });

  await page.goto(`${server.url}#/`);
  await openFile('ink.triptych.json', JSON.stringify(GRAPH));
  await node('Image').waitFor();
  await page.getByRole('radio', { name: 'delivery' }).click();
  const before = comfy.hold();
  await button('Run').click();
  await before;
  await heading('Image').click();
  const take = page.getByRole('group', { name: 'A take is being made' });
  await take.getByText(/^ComfyUI is making this/).waitFor();
  // Its first step, of which it tells whoever listens by then.
  await expect.poll(() => comfy.listeners.length).toBe(1);
  await comfy.hold();
  await comfy.hold();
  await take.getByText(/ComfyUI is making this, \d+ %/).waitFor();
  const preview = take.getByRole('img', { name: 'What there is of it so far' });
  await preview.waitFor();
  // And in the card, until there is more than that.
  const onCard = node('Image').getByRole('img', { name: 'What there is of it so far' });
  for (const picture of [preview, onCard])
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  comfy.go();
  expect(await ended()).toMatch(/^Done/);
  expect([await preview.count(), await onCard.count()]).toEqual([0, 0]);
  const sent = comfy.graphs.at(-1)!;
  const [style, subject, seed] = [sent['3']!.inputs['text'], sent['4']!.inputs['text'], sent['5']!.inputs['seed']];
  expect([style, subject, seed]).toEqual(['ink on paper', 'a lighthouse', 11]);
  await node('Image').locator('img').first().waitFor();

  await page.reload();
  await node('Image').locator('img').first().waitFor();
  await page.goto(`${server.url}#/settings`);
  await card().getByText('ink text to image').waitFor();
  expect(comfy.graphs).toHaveLength(1);
});

test('what cannot be a model is refused in a sentence; one that is kept is changed, removed and brought back', async () => {
  const refused = (words: RegExp) => card().getByRole('alert').getByText(words).waitFor();
  // In this format only ComfyUI can say what is what.
  await drop('ink.json', JSON.stringify(WORKFLOW));
  await refused(/^ComfyUI does not answer/);
  await findComfyUi();
  await paste('{"a":1}');
  await refused(/is not a ComfyUI workflow/);
  const load = { class_type: 'LoadImage', inputs: { image: 'example.png' } };
  await paste(JSON.stringify({ 1: load }));
  await refused(/^Nothing in this workflow saves a picture/);
  await paste(JSON.stringify({ 1: { class_type: 'ImageScale', inputs: { image: ['1', 0] } } }));
  await refused(/lead in a circle/);
  await drop('ink.json', JSON.stringify({ ...WORKFLOW, nodes: [...WORKFLOW.nodes, { id: 9, type: 'Unheard' }] }));
  await refused(/^ComfyUI has no node Unheard\./);

  const save = { class_type: 'SaveImage', inputs: { images: ['1', 0] } };
  await paste(JSON.stringify({ 1: load, 2: save, 3: { class_type: 'Unheard', inputs: {} } }));
  await sheet()
    .getByText(/^ComfyUI lacks a node of this workflow: Unheard\./)
    .waitFor();
  await sheet()
    .getByText(/Not found in it: prompt, negative prompt, seed, guidance, strength\./)
    .waitFor();
  await choose('Kind of work', 'image edit');
  await choose('picture to start from', 'not used');
  await sheet()
    .getByText(/^This kind of work starts from a picture/)
    .waitFor();
  expect(await sheet().getByRole('button', { name: 'Add to the models' }).isDisabled()).toBe(true);
  await choose('picture to start from', 'LoadImage');
  await sheet().getByRole('button', { name: 'Add to the models' }).click();
  await card().getByText('My workflow image edit').waitFor();

  await button('Change “My workflow”').click();
  await typeOver(sheet().getByLabel('Name of the model'), 'Copy');
  await page.keyboard.press('Enter');
  await card().getByText('Copy image edit').waitFor();
  await button('Remove “Copy”').click();
  await card().getByText('Copy image edit').waitFor({ state: 'hidden' });
  await page.getByRole('log', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click();
  // Shown again once it is stored again.
  await card().getByText('Copy image edit').waitFor();
  await page.reload();
  await card().getByText('Copy image edit').waitFor();
});
