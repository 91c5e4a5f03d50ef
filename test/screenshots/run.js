/**
 * `npm run screenshots`: every screen, in both themes, at three widths, in each language, for whoever changes one to look
 * at: `test/out/screenshots/index.html` shows them side by side. Says where something is wider than its place.
 * `npm run screenshots -- audit settings` takes only these.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goTo, makeGraph, SCREENS } from './screens.js';
import { startApp } from './start-app.js';

const OUT = join(import.meta.dirname, '../out/screenshots');
const LANGUAGES = ['en', 'de'];
const THEMES = /** @type {const} */ (['light', 'dark']);
const SIZES = [
  [820, 900],
  [1280, 800],
  [1920, 1080],
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => SCREENS.every((screen) => screen.name !== name));
if (unknown.length > 0) {
  console.error(`There is no screen ${unknown.join(', ')}. There are ${SCREENS.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const screens = SCREENS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

const app = await startApp();
mkdirSync(OUT, { recursive: true });
let spills = 0;
try {
  for (const language of LANGUAGES) await photograph(language);
  writeFileSync(join(OUT, 'index.html'), contactSheet());
} finally {
  await app.close();
}
console.log(`${screens.length * LANGUAGES.length * THEMES.length * SIZES.length} pictures: ${join(OUT, 'index.html')}`);
if (spills > 0) process.exitCode = 1;

/** @param {string} language */
async function photograph(language) {
  const page = await app.open(language, { viewport: { width: 1280, height: 800 } });
  const graph = await makeGraph(page);
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    for (const [width = 0, height = 0] of SIZES) {
      await page.setViewportSize({ width, height });
      for (const screen of screens) {
        await goTo(page, screen.place(graph));
        await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
        await screen.open?.(page);
        await page.waitForFunction(areSeenPicturesThere);
        const name = nameOf(screen.name, width, theme, language);
        await page.screenshot({ path: join(OUT, name), animations: 'disabled' });
        for (const spill of await tooWide(page)) {
          spills++;
          console.log(`${name}: ${spill}`);
        }
        if (screen.close) await page.keyboard.press(screen.close);
      }
    }
  }
  await page.context().close();
}

/** Those further down are loaded when somebody scrolls there. */
function areSeenPicturesThere() {
  const isSeen = (/** @type {Element} */ image) => image.getBoundingClientRect().top < innerHeight;
  return [...document.images].every((image) => image.complete || !isSeen(image));
}

/** @param {string} screen @param {number} width @param {string} theme @param {string} language */
function nameOf(screen, width, theme, language) {
  return `${screen}-${width}-${theme}-${language}.png`;
}

/** What of the page does not fit its width. @param {import('playwright').Page} page */
function tooWide(page) {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main')]
      .filter((part) => part.scrollWidth > part.clientWidth + 1)
      .map((part) => `<${part.localName}> is ${part.scrollWidth - part.clientWidth} px wider than its place`),
  );
}

function contactSheet() {
  const columns = LANGUAGES.flatMap((language) => THEMES.map((theme) => [theme, language]));
  const cell = (/** @type {string} */ name) => `<a href="${name}"><img src="${name}" alt="${name}" loading="lazy"></a>`;
  const row = (/** @type {string} */ screen, /** @type {number} */ width) =>
    `<h2>${screen}, ${width} px</h2><div>${columns.map(([theme = '', language = '']) => cell(nameOf(screen, width, theme, language))).join('')}</div>`;
  return `<!doctype html><meta charset="utf-8"><title>Screens</title>
<style>body{margin:24px;font:14px system-ui;background:#888}div{display:grid;grid-template-columns:repeat(${columns.length},1fr);gap:8px}img{width:100%}</style>
${screens.flatMap(({ name }) => SIZES.map(([width = 0]) => row(name, width))).join('\n')}
`;
}
