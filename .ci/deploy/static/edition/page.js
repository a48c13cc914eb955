// Streamlit's page talks to a worker instead of a server. The page itself is not changed: it gets a
// WebSocket, and answers for the few addresses it asks a server for.
const ROOT = new URL(".", document.currentScript.src);
const MEDIA = `${ROOT.pathname}media/`;

window.__streamlit = {
  BACKEND_BASE_URL: ROOT.href,
  MAIN_PAGE_BASE_URL: ROOT.href,
  HOST_CONFIG: {
    allowedOrigins: [],
    useExternalAuthToken: false,
    enableCustomParentMessages: false,
    blockErrorDialogs: false,
  },
};

// A folder's address ends in a slash, a page's does not. Once the page's own relative addresses have
// been followed, and before Streamlit looks; those that are looked up later are first made whole.
document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive") return;
  const { pathname, search, hash } = location;
  if (pathname !== ROOT.pathname && pathname.endsWith("/")) {
    for (const script of document.scripts) if (script.src) script.src = script.src;
    for (const icon of document.querySelectorAll("link[rel~=icon]")) icon.href = icon.href;
    history.replaceState(history.state, "", pathname.slice(0, -1) + search + hash);
  }
  progress.show();
});

const sockets = new Map();
const answers = new Map();
let count = 0;

function begin() {
  try {
    const worker = new Worker(new URL(EDITION.worker, ROOT), { type: "module" });
    worker.onmessage = ({ data }) => heard[data.kind]?.(data);
    worker.onerror = (event) => failed(event.message);
    worker.postMessage({ kind: "start", edition: { ...EDITION, root: ROOT.href } });
    return worker;
  } catch (error) {
    failed(String(error));
    return { postMessage() {} };
  }
}

function failed(what) {
  console.error(what);
  progress.say(whyNot(what));
}

function whyNot(what) {
  if (location.protocol === "file:")
    return (
      "From a file a browser does not start the app. Python hands it out: run “python3 -m " +
      "http.server” (“py -m http.server” on Windows) in the app’s folder, and open " +
      "http://localhost:8000."
    );
  if (!navigator.onLine) return "There is no network, and the app has not been kept from an earlier visit.";
  return `This browser could not start the app (${what}). A newer browser may, and loading the page again may help.`;
}

// What a first lesson asks for. It is fetched after what Python starts with, and run while the page
// has nothing else to do: once Python has spoken, all that is left is to draw.
async function bringFirst() {
  const urls = EDITION.first.map((way) => new URL(way, ROOT).href);
  for (const href of urls) {
    const link = document.createElement("link");
    document.head.append(Object.assign(link, { rel: "modulepreload", crossOrigin: "", href }));
  }
  // Not before Streamlit's own script: it looks for the page as soon as it runs.
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done));
  for (const url of urls) await import(url).catch(() => {});
}

const heard = {
  begun: bringFirst,
  fetched: ({ name, bytes }) => progress.add(name, bytes),
  failed: ({ what }) => failed(what),
  starting: ({ remembered }) => {
    document.documentElement.dataset.remembered = remembered ? "yes" : "no";
  },
  message: ({ socket, bytes }) => {
    sockets.get(socket)?.deliver(bytes);
    settle();
  },
  file: ({ id, file }) => {
    answers.get(id)(file);
    answers.delete(id);
  },
};

const worker = begin();

// The first heading on screen ends the waiting; what is kept for the next visit is kept after it.
let settled = false;
function settle() {
  if (settled) return;
  if (!document.querySelector("[data-testid=stMain] :is(h1, [data-testid=stAlert])")) {
    clearTimeout(settle.again);
    settle.again = setTimeout(settle, 50);
    return;
  }
  settled = true;
  progress.end();
  // Nor before there is nothing else to do: on a slow machine the charts are still to come.
  setTimeout(() => (globalThis.requestIdleCallback ?? setTimeout)(keep), 1000);
}

class Socket extends EventTarget {
  constructor(url, protocols) {
    super();
    this.url = String(url);
    this.protocol = "streamlit";
    this.readyState = 0;
    this.number = ++count;
    sockets.set(this.number, this);
    // Third stands the session that the page had before its connection was lost.
    worker.postMessage({ kind: "open", socket: this.number, session: protocols?.[2] ?? "" });
    setTimeout(() => {
      this.readyState = 1;
      this.say(new Event("open"));
    });
  }
  say(event) {
    this.dispatchEvent(event);
    this[`on${event.type}`]?.(event);
  }
  deliver(bytes) {
    this.say(new MessageEvent("message", { data: bytes }));
  }
  send(data) {
    worker.postMessage({ kind: "send", socket: this.number, bytes: data });
  }
  close() {
    worker.postMessage({ kind: "close", socket: this.number });
    this.readyState = 3;
    sockets.delete(this.number);
    setTimeout(() => this.say(new CloseEvent("close", { code: 1000 })));
  }
}
Object.assign(Socket, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 });
// No request leaves the folder: whatever socket is opened, it leads to the worker.
window.WebSocket = Socket;

const fetched = window.fetch.bind(window);
window.fetch = async (what, how) => {
  const url = new URL(what.url ?? what, location.href);
  if (url.pathname.endsWith("/_stcore/health")) return new Response("ok");
  if (url.pathname.endsWith("/_stcore/host-config")) {
    return new Response(JSON.stringify(window.__streamlit.HOST_CONFIG), {
      headers: { "Content-Type": "application/json" },
    });
  }
  if (!url.pathname.startsWith(MEDIA)) return fetched(what, how);
  const found = await made(url);
  if (!found) return new Response(null, { status: 404 });
  const body = how?.method === "HEAD" ? null : found.bytes;
  return new Response(body, { headers: { "Content-Type": found.type } });
};

// A file made for the reader: Python holds it, no server does.
function made(url) {
  return new Promise((done) => {
    answers.set(++count, done);
    worker.postMessage({ kind: "file", id: count, name: url.pathname.split("/").pop() });
  });
}

const click = HTMLAnchorElement.prototype.click;
async function save(url) {
  const found = await made(url);
  if (!found) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([found.bytes], { type: found.type }));
  link.download = found.title || "file";
  click.call(link);
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
const ofMedia = (link) => {
  const url = new URL(link.href || ".", location.href);
  return url.origin === location.origin && url.pathname.startsWith(MEDIA) ? url : null;
};
// Streamlit clicks a link of its own making, the reader one on the page.
HTMLAnchorElement.prototype.click = function () {
  const url = ofMedia(this);
  if (url) save(url);
  else click.call(this);
};
addEventListener(
  "click",
  (event) => {
    const link = event.composedPath().find((node) => node.tagName === "A");
    const url = link && ofMedia(link);
    if (!url) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    save(url);
  },
  true,
);
