// Python in a worker: fetches the parts, starts Streamlit's Runtime and passes its messages on.
const waiting = [];
let edition = null;
let server = null;
self.onmessage = ({ data }) => {
  if (data.kind !== "start") return waiting.push(data);
  edition = data.edition;
  start().catch((error) => postMessage({ kind: "failed", what: String(error) }));
};

const at = (way) => new URL(way, edition.root).href;

// What the browser may keep (keep.js fills the rest). Not everywhere: on plain http it has none.
const kept = () => (self.caches ? caches.open(edition.cache).catch(() => null) : null);

async function part(name) {
  const { way } = edition.parts[name];
  const cache = await kept();
  let answer = await cache?.match(at(way));
  if (!answer) {
    answer = await fetch(at(way));
    if (!answer.ok) throw new Error(`${way}: ${answer.status}`);
    cache?.put(at(way), answer.clone()).catch(() => {});
  }
  const counted = new TransformStream({
    transform(piece, to) {
      postMessage({ kind: "fetched", name, bytes: piece.length });
      to.enqueue(piece);
    },
  });
  return new Response(answer.body.pipeThrough(counted).pipeThrough(new DecompressionStream("gzip")));
}

async function start() {
  const parts = Object.fromEntries(Object.keys(edition.parts).map((name) => [name, part(name)]));
  // Pyodide asks for its own two files by the names it knows; it gets our parts.
  const ours = {
    "pyodide.asm.wasm": async () =>
      new Response((await parts.python).body, { headers: { "Content-Type": "application/wasm" } }),
    "python_stdlib.zip": () => parts.library,
  };
  const fetched = self.fetch.bind(self);
  self.fetch = (what, how) => {
    const own = ours[String(what.url ?? what).split("/").pop()];
    return own ? own() : fetched(what, how);
  };
  const core = at(`${edition.core}/`);
  const { loadPyodide } = await import(`${core}pyodide.mjs`);
  const python = await loadPyodide({ indexURL: core, lockFileContents: edition.lock });
  const unfold = async (name, folder) => {
    python.FS.mkdirTree(folder);
    python.unpackArchive(await (await parts[name]).arrayBuffer(), "zip", { extractDir: folder });
  };
  await unfold("packages", python.runPython("import site; site.getsitepackages()[0]"));
  await unfold("app", edition.home);
  postMessage({ kind: "starting" });
  python.globals.set("home", edition.home);
  const booted = python.runPython(`
import importlib, pathlib, sys
sys.path.insert(0, home)
importlib.invalidate_caches()
import boot
boot.Server(pathlib.Path(home))
`);
  await booted.start();
  server = booted;
  self.onmessage = ({ data }) => handle(data);
  waiting.forEach(handle);
}

function handle(message) {
  if (message.kind === "open") {
    const send = (proxy) => {
      const view = proxy.getBuffer("u8");
      const bytes = view.data.slice().buffer;
      view.release();
      postMessage({ kind: "message", socket: message.socket, bytes }, [bytes]);
    };
    server.connect(message.socket, send, message.session);
  } else if (message.kind === "send") {
    server.receive(message.socket, new Uint8Array(message.bytes));
  } else if (message.kind === "close") {
    server.disconnect(message.socket);
  } else if (message.kind === "file") {
    postMessage({ kind: "file", id: message.id, file: file(message.name) });
  }
}

function file(name) {
  try {
    const found = server.media_file(name);
    const [bytes, type, title] = found.toJs();
    found.destroy();
    return { bytes, type, title };
  } catch {
    return null;
  }
}
