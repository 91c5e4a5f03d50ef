/** What screens say of services: servers that are looked for, models and their limits, why not, what there is so far. */
import { expect, test } from 'vitest';
import { startA1111 } from '../contract/a1111.ts';
import { startComfyUi } from '../contract/comfyui.ts';
import { startOpenai } from '../contract/openai.ts';
import { startRunway } from '../contract/runway.ts';
import { row } from '../rig/two-services.ts';
import { ONE_IMAGE, publishRows, withServices } from './services.ts';
import { button, ended, fileWith, heading, node, openFile, page, server, violations } from './stage.ts';

const served = withServices(async () => {
  const doubles = {
    comfy: await startComfyUi({ checkpoints: ['ink.safetensors'] }),
    // Each step is a look at it: long enough for a page to look as well.
    a1111: await startA1111({ steps: 8 }),
    openai: await startOpenai(),
    runway: await startRunway(),
  };
  const env = {
    TRIPTYCH_COMFYUI_URL: doubles.comfy.url,
    TRIPTYCH_A1111_URL: doubles.a1111.url,
    TRIPTYCH_OPENAI_URL: `${doubles.openai.url}/v1`,
    OPENAI_API_KEY: 'test-key',
    TRIPTYCH_RUNWAY_URL: `${doubles.runway.url}/v1`,
    RUNWAYML_API_SECRET: 'test-key',
  };
  return { doubles, env };
});
const card = (name: string) => page.getByRole('article', { name, exact: true });
const candidates = () => page.getByRole('region', { name: 'Route' });
const among = (provider: string, model: string) => ({ provider, model });
/** Opens a graph whose image these candidates can be asked for. */
async function openRouted(all: readonly object[], graph: object = ONE_IMAGE) {
  await publishRows([{ ...row('text to image', '', ''), candidates: all, fallbacks: 2 }]);
  await page.goto(`${server.url}#/`);
  await openFile('routed.triptych.json', JSON.stringify(graph));
  await node('Image').waitFor();
  await page.getByRole('radio', { name: 'delivery' }).click();
}

test('servers of this computer are looked for when the button is pressed and at no other time; of one that is gone it is said', async () => {
  const { comfy, a1111 } = served().doubles;
  await page.goto(`${server.url}#/settings`);
  await card('ComfyUI').waitFor();
  expect([comfy.asked.length, a1111.asked.length]).toEqual([0, 0]);
  const found = page.getByRole('status', { name: 'Local servers' });
  await button('Find local servers').focus();
  await page.keyboard.press('Enter');
  const at = ({ url }: { readonly url: string }) => url.replace('http://', '');
  await found.getByText(`There is ComfyUI at ${at(comfy)}.`).waitFor();
  await found.getByText(`There is Stable Diffusion web UI at ${at(a1111)}.`).waitFor();
  expect(await found.getByText('in use').count()).toBe(2);
  await card('ComfyUI')
    .getByText(/^works, tested at/)
    .waitFor();
  await comfy.close();
  await page.keyboard.press('Enter');
  await found.getByText(`ComfyUI does not answer at ${at(comfy)} any more.`).waitFor();
  expect(await found.getByText('in use').count()).toBe(1);
  await card('ComfyUI')
    .getByText(/Tried at/)
    .waitFor();
  await a1111.close();
  await page.keyboard.press('Enter');
  await found.getByText(/^Nothing answers at /).waitFor();
  expect(await violations()).toEqual([]);
});

test('all models of a service unfold by keyboard; one that its vendor closed is named with its date, there and where a node asks for it', async () => {
  await page.goto(`${server.url}#/settings`);
  const fal = card('fal');
  const more = fal.getByRole('button', { name: /^and \d+ more$/ });
  await more.focus();
  const rest = Number(/\d+/.exec((await more.textContent())!)![0]);
  const named = async () => (await fal.getByText(/^\d+ models: /).textContent())!.split(', ').length;
  const before = await named();
  await page.keyboard.press('Enter');
  expect(await named()).toBe(before + rest);
  await page.keyboard.press('Enter');
  expect(await named()).toBe(before);
  await card('OpenAI')
    .getByText('Not made any more: Sora 2 (since 2026-09-24), Sora 2 Pro (since 2026-09-24).')
    .waitFor();

  const clip = {
    ...ONE_IMAGE,
    nodes: {
      ...ONE_IMAGE.nodes,
      animate: {
        type: 'animate',
        version: 1,
        position: { x: 600, y: 0 },
        params: { tier: 'cinematic' },
        pinned: among('openai', 'openai/sora-2'),
      },
    },
    wires: {
      ...ONE_IMAGE.wires,
      c: { from: { node: 'image', socket: 'image' }, to: { node: 'animate', socket: 'image' } },
    },
  };
  await openRouted([among('runway', 'runway/gen4-image')], clip);
  await heading('Animate').click();
  await candidates()
    .getByRole('listitem')
    .getByText(/retired since 2026-09-24/)
    .waitFor();
});

test('the picture that a web UI has so far is in the card and with the takes while it works, and goes when it is done', async () => {
  await openRouted([among('a1111-local', 'local/checkpoint')]);
  await page.goto(`${server.url}#/settings`);
  await card('Stable Diffusion web UI').getByRole('button', { name: 'Look for it' }).click();
  await card('Stable Diffusion web UI')
    .getByText(/^works, tested at/)
    .waitFor();
  await page.goBack();
  await button('Run').click();
  await heading('Image').click();
  const soFar = { name: 'What there is of it so far' };
  const shown = [node('Image'), page.getByRole('group', { name: 'A take is being made' })];
  for (const place of shown) {
    const picture = place.getByRole('img', soFar);
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  }
  expect(await ended()).toMatch(/^Done/);
  expect(await page.getByRole('img', soFar).count()).toBe(0);
  await node('Image').locator('img').first().waitFor();
});

test('what the next model takes of the inputs, and what not, stands beside them and on the card', async () => {
  const { nodes, wires } = ONE_IMAGE;
  const graph = {
    ...ONE_IMAGE,
    nodes: { ...nodes, prompt: { ...nodes.prompt, params: { text: 'a perfume bottle', negative: 'blur' } } },
    wires,
  };
  await openRouted([among('runway', 'runway/gen4-image')], graph);
  await heading('Image').click();
  const inputs = page.getByRole('tabpanel').getByRole('list', { name: 'Wires' });
  await inputs.getByText('Negative prompt ignored: Gen-4 Image has none.').waitFor();
  await inputs.getByText('Not taken by Gen-4 Image.').waitFor();
  await inputs.getByText('Gen-4 Image takes up to 3 pictures.').waitFor();
  await node('Image')
    .getByRole('img', { name: 'Negative prompt ignored: Gen-4 Image has none. Gen-4 Image takes up to 3 pictures.' })
    .waitFor();
  expect(await violations()).toEqual([]);
});

test('no match, no key and offline are three sentences, each with the way to where it is mended', async () => {
  const { comfy } = served().doubles;
  await comfy.close();
  await page.goto(`${server.url}#/settings`);
  await card('ComfyUI').getByRole('button', { name: 'Look for it' }).click();
  await card('ComfyUI')
    .getByText(/Tried at/)
    .waitFor();
  await openRouted([
    among('openai', 'openai/gpt-image-2'),
    among('fal', 'bfl/flux-schnell'),
    among('comfyui-local', 'local/checkpoint'),
  ]);
  await heading('Image').click();
  await candidates().getByText('No match (cannot take: seeds).').waitFor();
  await candidates().getByText('No key for fal.').waitFor();
  await candidates()
    .getByText(/^Offline: /)
    .waitFor();
  await candidates().getByRole('link', { name: 'Enter it' }).click();
  await expect.poll(() => card('fal').getAttribute('data-meant')).toBe('true');
});

test('a notice that waits for a hand covers nothing that can be pressed, with the inspector and without', async () => {
  await openRouted([among('runway', 'runway/gen4-image')]);
  await page.goto(`${server.url}#/routing`);
  const table = JSON.stringify({
    format: 'triptych-routing',
    formatVersion: 1,
    id: 'house',
    name: 'House',
    version: 9,
    note: '',
    publishedAt: '2026-11-27T00:00:00.000Z',
    rows: [row('text to image', 'runway', 'runway/gen4-image')],
  });
  for (const name of ['one.json', 'two.json'])
    await page.getByLabel('Routing table file').setInputFiles(fileWith(name, table));
  await button('Back to the draft before').waitFor();
  await page.goBack();
  await heading('Image').click();
  await candidates().waitFor();
  /** What has its middle below a notice, and is not scrolled out of its own column. */
  const covered = () =>
    page.evaluate(() => {
      const isIn = (element: Element | null, x: number, y: number) => {
        const box = element?.getBoundingClientRect();
        return !box || (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
      };
      const notices = [...document.querySelectorAll('.notice')];
      const controls = [...document.querySelectorAll('.editor :is(button, input, select, textarea, summary, a)')];
      return controls
        .filter((control) => {
          const { x, y, width, height } = control.getBoundingClientRect();
          const [middle, line] = [x + width / 2, y + height / 2];
          const isSeen = width > 0 && isIn(control.closest('.side__body'), middle, line);
          return isSeen && notices.some((notice) => isIn(notice, middle, line));
        })
        .map((control) => control.textContent || control.getAttribute('aria-label'));
    });
  const panel = page.getByRole('tabpanel');
  for (const width of [1280, 820]) {
    await page.setViewportSize({ width, height: 720 });
    for (const place of [panel.getByText('About this node'), panel.getByRole('textbox').first()]) {
      await place.scrollIntoViewIfNeeded();
      expect(await covered()).toEqual([]);
    }
    await button('Inspector, checklist and history').click();
    await panel.waitFor({ state: 'hidden' });
    await expect.poll(covered).toEqual([]);
    await button('Inspector, checklist and history').click();
    await panel.waitFor();
  }
});
