// Keeps in the browser what the next visit needs, so that it needs no network.
const ASKED_AT_ONCE = 4;

async function keep() {
  // Not on plain http, unless it is this very machine: there a browser keeps nothing.
  if (!navigator.serviceWorker || !window.caches || !navigator.onLine) return;
  try {
    await navigator.serviceWorker.register(new URL("service_worker.js", ROOT), { scope: ROOT.href });
    const answer = await fetched(new URL("edition.json", ROOT), { cache: "no-cache" });
    if (answer.ok) await keepAll(await answer.json());
  } catch (error) {
    console.info("not kept for a visit without a network:", String(error));
  }
}

// The pages last: they name the files, and must not be newer than what is kept of these.
async function keepAll({ files, pages }) {
  const cache = await caches.open(EDITION.cache);
  const left = files.map((way) => new URL(way, ROOT).href);
  const wanted = new Set(left);
  const fetchSome = async () => {
    for (let url = left.pop(); url; url = left.pop()) {
      if (!(await cache.match(url))) await cache.add(url);
    }
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, fetchSome));
  for (const way of pages) {
    const url = new URL(way, ROOT).href;
    wanted.add(url);
    await cache.add(new Request(url, { cache: "no-cache" }));
  }
  await keepMemory();
  const own = new Set([...EDITION.files, EDITION.memory].map((way) => new URL(way, ROOT).href));
  for (const { url } of await cache.keys()) {
    if (!wanted.has(url) && !own.has(url)) await cache.delete(url);
  }
  document.documentElement.dataset.kept = "yes";
}

// The worker has it (memory.js).
function keepMemory() {
  return new Promise((done) => {
    heard.kept = done;
    worker.postMessage({ kind: "keep" });
  });
}
