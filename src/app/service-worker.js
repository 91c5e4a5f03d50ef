/**
 * Keeps the whole app for days without a network. The build writes the list of files and its version in place of the
 * two
 * names below. Hashed files never change, so a kept one is used, of whatever release; everything else is asked for
 * first,
 * and when nobody answers comes from one release: the newest that came whole. Graphs and pictures are not its business:
 * they live in IndexedDB.
 */
/* global FILES, VERSION */
const PREFIX = 'triptych-';
const NAME = `${PREFIX}${VERSION}`;
/** Lies in a copy that has all the code of its release. */
const WHOLE = 'offline-copy-is-whole';
/** Held by each page that runs a release, under the release's name. */
const LOCK = 'triptych-release-';
const PAGE = './';
const SCOPE = new URL(self.registration.scope).pathname;

const isHashed = (/** @type {string} */ file) => file.startsWith('assets/');
const addressOf = (/** @type {string} */ file) => new URL(file, self.registration.scope).href;

self.addEventListener('install', (event) => {
  event.waitUntil(begin().then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => {
  event.waitUntil(dropOlder().then(() => self.clients.claim()));
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const file = pathname.slice(SCOPE.length);
  if (request.method !== 'GET' || origin !== self.location.origin || file.startsWith('gateway/')) return;
  event.respondWith(isHashed(file) ? kept(request).then((copy) => copy ?? fetch(request)) : asked(request, file));
  // What did not come before is tried again at every start.
  if (request.mode === 'navigate') event.waitUntil(complete().then(dropOlder));
});

/**
 * A release that is served again after another goes behind it: the order of the copies is the order of their releases.
 */
async function begin() {
  const names = await copies();
  if (names.includes(NAME) && names.at(-1) !== NAME) await caches.delete(NAME);
  await complete();
}

/** Fetches what the copy of this release lacks. A file that does not come is no reason to do without the others. */
async function complete() {
  const copy = await caches.open(NAME);
  const there = new Set((await copy.keys()).map(({ url }) => url));
  const missing = FILES.filter((file) => !there.has(addressOf(file)));
  const came = await Promise.all(missing.map((file) => keep(copy, file).catch(() => false)));
  const lacksCode = missing.some((file, at) => !came[at] && (file === PAGE || isHashed(file)));
  if (!lacksCode && !there.has(addressOf(WHOLE))) await copy.put(WHOLE, new Response(''));
}

/** @param {Cache} copy @param {string} file @returns {Promise<boolean>} whether it is kept now */
async function keep(copy, file) {
  // An earlier release has it already, or it is fetched past what the browser may still hold of an earlier one.
  const answer = isHashed(file)
    ? ((await kept(addressOf(file))) ?? (await fetch(file)))
    : await fetch(file, { cache: 'no-cache' });
  if (!answer.ok) return false;
  // Where a file is not there, some servers answer with the page.
  if (isHashed(file) && answer.headers.get('Content-Type')?.includes('text/html')) return false;
  // The server may have gone on to the next release by now; its page needs files that are not in this copy.
  if (file === PAGE && !(await answer.clone().text()).includes(`content="${VERSION}"`)) return false;
  await copy.put(file, answer);
  return true;
}

/** @param {Request | string} request */
const kept = (request) => caches.match(request, { ignoreSearch: true });

/** @param {Request} request @param {string} file */
async function asked(request, file) {
  try {
    const answer = await fetch(request);
    // While a server is set up anew, its page may be missing for a moment.
    const isPageMissing = answer.status >= 400 && request.mode === 'navigate' && file === '';
    return (isPageMissing && (await fromCopy(request))) || answer;
  } catch (lost) {
    const copy = await fromCopy(request);
    if (copy) return copy;
    throw lost;
  }
}

/** @param {Request} request */
async function fromCopy(request) {
  const cacheName = await newestWhole();
  if (cacheName === undefined) return kept(request);
  const page = request.mode === 'navigate' ? await caches.match(PAGE, { cacheName }) : undefined;
  return (await caches.match(request, { cacheName, ignoreSearch: true })) ?? page ?? kept(request);
}

/**
 * The name of the copy of the newest release that came whole; where none did, of the newest that has its page. Copies
 * are looked into without being opened: opening one that was dropped meanwhile would begin it anew.
 */
async function newestWhole() {
  const newestFirst = (await copies()).reverse();
  for (const mark of [WHOLE, PAGE]) {
    for (const cacheName of newestFirst) if (await caches.match(mark, { cacheName })) return cacheName;
  }
  return undefined;
}

/** Earlier releases go once this one is whole, but for those that run in some tab: it may still need their code. */
async function dropOlder() {
  // A worker that was replaced may still be here when its own copy is gone, and must not begin it anew.
  if (!(await caches.match(WHOLE, { cacheName: NAME }))) return;
  const names = await copies();
  const older = isNewest() ? names.filter((name) => name !== NAME) : names.slice(0, names.indexOf(NAME));
  const running = await releasesRunning();
  const unused = running ? older.filter((name) => !running.has(name)) : older.slice(0, -1);
  await Promise.all(unused.map((name) => caches.delete(name)));
}

/** Whether this worker serves the pages and no other is about to: what is not its copy is then of an earlier release. */
function isNewest() {
  const { active, installing, waiting } = self.registration;
  return !installing && !waiting && self.serviceWorker !== undefined && active === self.serviceWorker;
}

/** The copies of releases that tabs run; nothing where the browser cannot tell. */
async function releasesRunning() {
  const held = (await self.navigator.locks?.query())?.held;
  return held && new Set(held.map(({ name }) => name.replace(LOCK, PREFIX)));
}

/** The names of all copies, in the order in which they were begun. */
const copies = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));
