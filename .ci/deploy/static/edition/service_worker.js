// Answers from what keep.js has kept; asks the network for all else.
const CACHE = "CACHE_NAME";
const PAGES = new Set(PAGE_NAMES);
const SCOPE = new URL(self.registration.scope);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(SCOPE.href)) return;
  const way = url.pathname.slice(SCOPE.pathname.length);
  if (request.mode === "navigate") {
    if (way === "" || PAGES.has(way.replace(/\/$/, ""))) event.respondWith(page(request, way));
  } else {
    event.respondWith(kept(request));
  }
});

async function kept(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
}

// A page below a slash names its files one folder up; the one at the root, and any without a slash,
// beside it.
async function page(request, way) {
  const cache = await caches.open(CACHE);
  const home = new URL(way.endsWith("/") ? `${[...PAGES][0]}/` : "", SCOPE).href;
  return (await cache.match(home)) ?? fetch(request);
}
