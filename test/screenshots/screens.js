/**
 * What there is to look at: every screen by its address, and the editor as it is with something open in it.
 * @typedef {import('playwright').Page} Page
 */

const TEMPLATE = 'product-hero';

/** A graph with results, of which one is accepted, by an address without a sign of the language. @param {Page} page */
export async function makeGraph(page) {
  await goTo(page, `/t/${TEMPLATE}`);
  await page.waitForURL(/#\/g\/[\w-]+$/);
  await page.locator('[data-node-id="clip"]').waitFor();
  // Planned, so that a run finds what it is to make.
  await page.locator('[data-node-id="image"][data-status]').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-node-id="image"][data-status="done"]').waitFor({ timeout: 120_000 });
  await page.locator('[data-node-id="clip"]:is([data-status="done"], [data-status="cached"])').waitFor({
    timeout: 120_000,
  });
  await chooseImage(page);
  await page.keyboard.press('a');
  await page.locator('.take[data-fate="accepted"]').waitFor();
  await page.keyboard.press('Escape');
  return new URL(page.url()).hash.slice(1);
}

/** @param {Page} page @param {string} place */
export async function goTo(page, place) {
  await page.evaluate((hash) => void (location.hash = hash), place);
  await page.locator('main:not([aria-busy="true"])').first().waitFor();
}

/** @param {Page} page */
const chooseImage = (page) => page.locator('[data-node-id="image"] .node__head').click();

/**
 * Each with what leads there, from the screen at its place, and the key that leads back.
 * @type {readonly { name: string; place(graph: string): string; open?(page: Page): Promise<unknown>; close?: string }[]}
 */
export const SCREENS = [
  { name: 'gallery', place: () => '/' },
  { name: 'editor', place: (graph) => graph },
  { name: 'editor-node', place: (graph) => graph, open: chooseImage, close: 'Escape' },
  {
    name: 'editor-finder',
    place: (graph) => graph,
    async open(page) {
      await page.locator('.react-flow__pane').click({ position: { x: 12, y: 12 } });
      await page.keyboard.press('Space');
      await page.getByRole('option').first().waitFor();
    },
    close: 'Escape',
  },
  {
    name: 'editor-palette',
    place: (graph) => graph,
    async open(page) {
      await page.keyboard.press('Control+k');
      await page.getByRole('option').first().waitFor();
    },
    close: 'Escape',
  },
  {
    name: 'editor-shortcuts',
    place: (graph) => graph,
    async open(page) {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
    close: 'Escape',
  },
  {
    name: 'editor-menu',
    place: (graph) => graph,
    async open(page) {
      await page.locator('[data-node-id="image"] .node__head').click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
    close: 'Escape',
  },
  ...['form', 'shots', 'batch', 'review', 'compare', 'versions', 'lesson'].map((side) => ({
    name: side,
    place: (/** @type {string} */ graph) => `${graph}/${side}`,
  })),
  ...['results', 'routing', 'catalog', 'campaign', 'audit', 'lessons', 'class', 'settings', 'comfyui'].map((name) => ({
    name,
    place: () => `/${name}`,
  })),
];
