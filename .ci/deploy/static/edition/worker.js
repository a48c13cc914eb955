// Python in a worker: fetches the parts, starts Streamlit's Runtime and passes its messages on.
const waiting = [];
let edition = null;
let server = null;
self.onmessage = ({ data }) => {
  if (data.kind !== "start") return waiting.push(data);
  edition = data.edition;
  start()
    .catch(again)
    .catch((error) => postMessage({ kind: "failed", what: String(error) }));
};

// A memory that an earlier visit has kept may be of no use: then without it.
async function again(error) {
  if (!memory.used) throw error;
  console.info("started anew:", String(error));
  await memory.forget();
  await start();
}

const at = (way) => new URL(way, edition.root).href;

const fetched = self.fetch.bind(self);

// What the browser may keep (keep.js fills the rest). Not everywhere: on plain http it has none.
const kept = () => (self.caches ? caches.open(edition.cache).catch(() => null) : null);

async function part(name) {
  const { way } = edition.parts[name];
  const cache = await kept();
  let answer = await cache?.match(at(way));
  if (!answer) {
    answer = await fetched(at(way));
    if (!answer.ok) throw new Error(`${way}: ${answer.status}`);
    cache?.put(at(way), answer.clone()).catch(() => {});
  }
  const counted = new TransformStream({
    transform(piece, to) {
      postMessage({ kind: "fetched", name, bytes: piece.length });
      to.enqueue(piece);
    },
  });
  const body = answer.body.pipeThrough(counted);
  // What comes after Python is opened by it (bundle.py).
  return new Response(
    name in edition.folders ? body : body.pipeThrough(new DecompressionStream("gzip")),
  );
}

// A copy of the bytes that Python has.
function bytesOf(proxy) {
  const view = proxy.getBuffer("u8");
  const bytes = view.data.slice().buffer;
  view.release();
  return bytes;
}

const OPEN = `
from compression import zstd
lambda packed: zstd.decompress(packed.to_bytes())
`;
const BOOT = `
import importlib, pathlib, sys
home = "HOME"
sys.path.insert(0, home)
importlib.invalidate_caches()
import boot
app = pathlib.Path(home)
boot.prepare(app)
`;

async function start() {
  const remembered = await memory.isKept(at(edition.memory));
  // With a memory come the files that Python opens.
  const parts = {};
  for (const [name, { size }] of Object.entries(edition.parts)) {
    if (!remembered || !(name in edition.folders)) parts[name] = part(name);
    else postMessage({ kind: "fetched", name, bytes: size });
  }
  postMessage({ kind: "begun" });
  // Compiled as it comes, before Pyodide's script is there to ask for it.
  const compiled = WebAssembly.compileStreaming(
    parts.python.then(({ body }) => new Response(body, { headers: { "Content-Type": "application/wasm" } })),
  );
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await compiled;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
  // Pyodide asks for its own two files by the names it knows; it gets our parts.
  const ours = {
    "pyodide.asm.wasm": () => new Response(),
    "python_stdlib.zip": () => parts.library,
  };
  self.fetch = (what, how) => {
    const own = ours[String(what.url ?? what).split("/").pop()];
    return own ? own() : fetched(what, how);
  };
  const core = at(`${edition.core}/`);
  const known = await memory.settings(core, edition.folders);
  const { loadPyodide } = await import(`${core}pyodide.mjs`);
  // Pyodide itself says nothing when it is not given what it asks for, and waits.
  const broken = new Promise((_, refuse) => compiled.catch(refuse));
  const begun = loadPyodide({ indexURL: core, lockFileContents: edition.lock, ...known });
  const python = await Promise.race([begun, broken]);
  const opened = {};
  if (!memory.used) {
    const open = python.runPython(OPEN);
    for (const [name, folder] of Object.entries(edition.folders)) {
      opened[name] = bytesOf(open(await (await parts[name]).arrayBuffer()));
      unfold(python.FS, folder, opened[name]);
    }
    open.destroy();
  }
  postMessage({ kind: "starting", remembered: memory.used });
  python.runPython(memory.used ? "boot.come_back(app)" : BOOT.replace("HOME", edition.folders.app));
  if (known._makeSnapshot) memory.make(python, opened);
  const booted = python.runPython("boot.Server(app)");
  await booted.start();
  server = booted;
  self.onmessage = ({ data }) => handle(data);
  waiting.forEach(handle);
}

function handle(message) {
  if (message.kind === "keep") {
    // Where there is no room for it, the next visit is slower.
    memory
      .keep()
      .catch(() => {})
      .finally(() => postMessage({ kind: "kept" }));
  } else if (message.kind === "open") {
    const send = (proxy) => {
      const bytes = bytesOf(proxy);
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
