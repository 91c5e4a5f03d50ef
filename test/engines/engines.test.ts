/** The built app in the engines that `npm test` does not have. */
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../src/gateway/server.js';
import { ensureBuilt } from '../../src/setup/build.js';
import { artifactsOf, RECORDED } from '../rig/template-artifacts.ts';
import { findEngines } from './find-engines.js';
import { openFirefox } from './firefox.ts';
import { pageIn, type Page } from './page.ts';
import { openWebkit } from './webkit.ts';

const paths = findEngines();
const ENGINES = [
  ['Firefox', () => openFirefox(paths.firefox)],
  ['WebKit', () => openWebkit(paths.webkit, paths.screen)],
] as const;

/** What may differ from what Chromium made, and why. */
const MAY_DIFFER: Readonly<Record<string, string>> = {
  'two-moves grab.image': 'a frame of a clip that was decoded; decoders differ',
  'two-moves again.video': 'made from that frame',
  'two-moves stitch.video': 'clips that were decoded',
  'loop loop.video': 'the seam is looked for in decoded frames',
  'loop sheet.image': 'decoded frames',
  'stabilise before.image': 'decoded frames',
  'stabilise after.image': 'decoded frames',
};
/** Engines that cannot always play what they encoded, though ffmpeg decodes it: WebKitGTK 2.50 with GStreamer 1.22. */
const MAY_NOT_PLAY: readonly string[] = ['WebKit'];
/** A run of the largest template in a slow engine, in milliseconds. */
const RUN_MS = 300_000;
const STATUS = '[role=status][aria-label="Run"]';
const card = (title: string) => `[data-node-type][aria-label="${title}"]`;

describe.each(ENGINES)('%s', (name, openEngine) => {
  let server: Awaited<ReturnType<typeof serve>>;
  let page: Page;
  beforeAll(async () => {
    server = await serve(await ensureBuilt(), 0);
    page = pageIn(await openEngine());
    await page.open(server.url);
  });
  afterAll(async () => {
    await page?.engine.close();
    await server?.close();
  });

  const status = () => page.textOf(STATUS);
  async function run(): Promise<string> {
    const began = () => page.call(() => document.querySelector('[data-run]')?.getAttribute('data-run'));
    const before = await began();
    await page.click('button', 'Run');
    await expect.poll(began).not.toBe(before);
    await expect.poll(status, { timeout: RUN_MS }).toMatch(/^(Done|Failed|Cancelled)/);
    return (await status())!;
  }
  async function openTemplate(id: string): Promise<string> {
    await page.seen('[aria-label="Screens"]');
    await page.call((to) => void (location.hash = `#/t/${to}`), id);
    const graph = () => page.call(() => /^#\/g\/(\w+)$/.exec(location.hash)?.[1]);
    await expect.poll(graph, { message: id }).toBeTruthy();
    await expect.poll(status, { message: id }).toMatch(/to run/);
    return (await graph())!;
  }
  const statusOf = (title: string) =>
    page.call((of) => document.querySelector(of)?.getAttribute('data-status'), card(title));

  test('every template makes the bytes that Chromium made, but for what comes from a decoded clip', async () => {
    const differences: string[] = [];
    const excused: string[] = [];
    for (const [id, recorded] of Object.entries(RECORDED)) {
      const graph = await openTemplate(id);
      await page.click('[role=radio]', 'draft');
      const outcome = await run();
      if (!outcome.startsWith('Done')) differences.push(`${id}: ${outcome}`);
      const nodes = (outcome.match(/\d+ (ran|from)/g) ?? []).map(parseFloat).reduce((sum, count) => sum + count, 0);
      await expect.poll(() => page.call(artifactsOf, { graph, nodes })).toBeTruthy();
      const made = (await page.call(artifactsOf, { graph, nodes })) ?? {};
      for (const [at, hash] of Object.entries(recorded)) {
        if (made[at] === hash) continue;
        const reason = MAY_DIFFER[`${id} ${at}`];
        if (reason && made[at]) excused.push(`${id} ${at}: ${reason}`);
        else differences.push(`${id} ${at}: ${made[at] ?? 'not made'}`);
      }
    }
    console.log(`${name} ${page.engine.version}, other bytes than in Chromium: ${excused.join('; ') || 'none'}`);
    expect(differences).toEqual([]);
  });

  test('the main job: a template, a run, a verdict, the still as a file; a reload keeps all of it', async () => {
    await openTemplate('product-hero');
    await page.click('[role=radio]', 'delivery');
    await run();
    await page.click(`${card('Image')} .node__head`);
    await page.press('a');
    const accepted = '[aria-label="Take 1, accepted"]';
    await page.seen(accepted);
    const { name: file, bytes } = await page.download(() => page.click(`${card('Deliver still')} button`, 'Download'));
    expect(file).toBe('hero-1920x1080.png');
    expect([...bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    await expect
      .poll(() => page.call(() => document.querySelector('[data-saved]')?.getAttribute('data-saved')))
      .toBe('yes');

    await page.reload();
    await page.seen(card('Image'));
    await expect.poll(status).toMatch(/cached/);
    await page.click(`${card('Image')} .node__head`);
    await page.seen(accepted);
    const width = () =>
      page.call((of) => document.querySelector<HTMLImageElement>(of)?.naturalWidth, `${card('Grade')} img`);
    await expect.poll(width).toBeGreaterThan(100);
    expect(await run()).toMatch(/^(Done: 0 ran|Failed)/);
  });

  test('a clip is made, played and handed out whole; an engine without an encoder says so', async () => {
    if ((await statusOf('Animate')) === 'failed') {
      expect(await page.textOf(`${card('Animate')} [role=alert]`)).toMatch(
        /This browser (cannot encode video|has no encoder)/,
      );
      return;
    }
    const playing = () =>
      page.call(
        (of) => {
          const { error, currentTime } = document.querySelector<HTMLVideoElement>(of) ?? { currentTime: 0 };
          return error ? `it does not play. ${error.message}` : currentTime > 0 ? 'it plays' : 'it waits';
        },
        `${card('Animate')} video`,
      );
    await expect.poll(playing).toMatch(MAY_NOT_PLAY.includes(name) ? /^it plays|^it does not play/ : /^it plays/);
    console.log(`${name}, its own clip: ${await playing()}`);
    const { bytes } = await page.download(() => page.click(`${card('Deliver clip')} button`, 'Download'));
    const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
    const track = (await input.getPrimaryVideoTrack())!;
    let packets = 0;
    for await (const packet of new EncodedPacketSink(track).packets()) packets += packet.byteLength > 0 ? 1 : 0;
    expect([track.displayWidth, track.displayHeight, packets]).toEqual([1280, 720, 48]);
  });

  test('after the first visit it starts, opens a template and runs it without a network', async () => {
    await expect
      .poll(() => page.call(async () => (await navigator.serviceWorker.ready).active?.state))
      .toBe('activated');
    await server.close();
    await page.reload();
    await openTemplate('seed-explorer');
    expect(await run()).toMatch(/^Done: \d+ ran/);
  });
});
