// What a reader has opened, kept by the browser alone: the server hears of it once a visit, where a
// page shows it. A browser that keeps nothing (a private window, a sandboxed frame) is no trouble.
const KEPT = "blame_seen";
const MOST = 100;
let told = "";

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT));
    return Array.isArray(found) ? found.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}

function keep(names) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(names.slice(0, MOST)));
  } catch {
    // It stays known for this visit.
  }
}

export default ({ data, setTriggerValue }) => {
  const [{ seen, session, asks, forget }] = data;
  const before = forget ? [] : kept();
  const all = [...new Set([...seen, ...before])];
  keep(all);
  // Once a visit: a name that the server does not know would be told for ever.
  if (!asks || told === session || all.length === seen.length) return;
  told = session;
  setTriggerValue("kept", all.slice(0, MOST));
};
