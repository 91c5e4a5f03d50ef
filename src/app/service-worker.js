/**
 * Keeps the whole app for days without a network. The build writes the list of files and its version in place of the two
 * names below. Hashed files never change, so the kept copy is used; everything else is asked for first, and the copy serves
 * when nobody answers. Graphs and pictures are not its business: they live in IndexedDB.
 */
/* global FILES, VERSION */
const NAME = `triptych-${VERSION}`;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  event.respondWith(url.pathname.includes('/assets/') ? kept(request).then((copy) => copy ?? fetch(request)) : asked(request));
});

/** @param {Request} request */
const kept = (request) => caches.match(request, { ignoreSearch: true });

/** @param {Request} request */
async function asked(request) {
  try {
    return await fetch(request);
  } catch (lost) {
    const copy = (await kept(request)) ?? (request.mode === 'navigate' ? await caches.match('./') : undefined);
    if (copy) return copy;
    throw lost;
  }
}

/** The version before stays, for tabs that still run it. */
async function tidy() {
  const own = (await caches.keys()).filter((name) => name.startsWith('triptych-') && name !== NAME);
  await Promise.all(own.slice(0, -1).map((name) => caches.delete(name)));
}
