/** A ComfyUI workflow that is opened becomes a graph that runs, after a report; one that cannot says what it lacks. */
import { expect, test } from 'vitest';
import { crc32 } from 'node:zlib';
import { ended, heading, node, openFile, page, button, sharePage, violations } from './stage.ts';

sharePage();

const link = (id: number, from: number, slot: number, to: number, input: number, type: string) =>
  [id, from, slot, to, input, type] as const;
const socket = (name: string, at: number) => ({ name, link: at });
const WORKFLOW = {
  version: 0.4,
  nodes: [
    { id: 1, type: 'CheckpointLoaderSimple', pos: [0, 400], size: [315, 98], widgets_values: ['dream.safetensors'] },
    { id: 2, type: 'EmptyLatentImage', pos: [420, 620], size: [315, 106], widgets_values: [1024, 1024, 1] },
    {
      id: 3,
      type: 'CLIPTextEncode',
      pos: [420, 180],
      size: [420, 160],
      inputs: [socket('clip', 1)],
      widgets_values: ['a red teapot on a plinth'],
    },
    {
      id: 4,
      type: 'CLIPTextEncode',
      pos: [420, 390],
      size: [420, 160],
      inputs: [socket('clip', 2)],
      widgets_values: ['people'],
    },
    {
      id: 5,
      type: 'KSampler',
      pos: [900, 180],
      size: [315, 262],
      inputs: [socket('model', 3), socket('positive', 4), socket('negative', 5), socket('latent_image', 6)],
      widgets_values: [77, 'randomize', 20, 6.5, 'euler', 'normal', 1],
    },
    { id: 6, type: 'VAEDecode', pos: [1260, 180], size: [210, 46], inputs: [socket('samples', 7), socket('vae', 8)] },
    {
      id: 7,
      type: 'SaveImage',
      pos: [1500, 180],
      size: [210, 270],
      inputs: [socket('images', 9)],
      widgets_values: ['teapot'],
    },
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
  groups: [{ title: 'Sampling', bounding: [880, 100, 360, 400] }],
};
/** A PNG of one pixel that ComfyUI could have saved. */
function pngWith(text: string): Buffer {
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const body = Buffer.from(`tEXtworkflow\0${text}`, 'latin1');
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  sum.writeUInt32BE(crc32(body));
  const afterHeader = 8 + 25;
  return Buffer.concat([pixel.subarray(0, afterHeader), length, body, sum, pixel.subarray(afterHeader)]);
}

test('a workflow in a PNG is converted: the report says what becomes what, and the graph runs with its seed', async () => {
  await page
    .getByLabel('Graph file')
    .setInputFiles({ name: 'teapot.png', mimeType: 'image/png', buffer: pngWith(JSON.stringify(WORKFLOW)) });
  await button('Convert to a graph…').click();
  const report = page.getByRole('dialog', { name: '“teapot” as a graph' });
  await report.getByRole('row', { name: /^CLIPTextEncode × 2 Prompt/ }).waitFor();
  await report.getByText('dream.safetensors is not asked for').waitFor();
  await report.getByText(/^Steps, sampler and scheduler \(20, euler, normal\)/).waitFor();
  expect(await violations()).toEqual([]);
  await report.getByRole('button', { name: 'Make the graph' }).click();
  await node('Image').waitFor();
  expect(await page.getByLabel('Title of this graph').inputValue()).toBe('teapot');
  await page.getByRole('region', { name: 'Frame Sampling' }).waitFor();
  await heading('Seed').click();
  await expect.poll(() => page.getByRole('textbox', { name: /^Seed/ }).inputValue()).toBe('77');
  await button('Run').click();
  expect(await ended()).toMatch(/^Done: 6 ran/);
});

test('one that cannot be converted names what has no counterpart, and can be a model', async () => {
  const nodes = [
    ...WORKFLOW.nodes,
    { id: 8, type: 'LoraLoader', pos: [0, 0] },
    { id: 9, type: 'LoraLoader', pos: [0, 150] },
  ];
  await openFile('lora.json', JSON.stringify({ ...WORKFLOW, nodes }));
  await page
    .getByText('It cannot be converted to a graph: 1 kind of node has no counterpart here: LoraLoader × 2.')
    .waitFor();
  expect(await button('Convert to a graph…').count()).toBe(0);
  await button('Use as a model…').waitFor();
});
