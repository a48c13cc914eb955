// Keeps a sheet's entries in the browser. The first time a session shows a sheet, what was kept of
// it is said, if the sheet is still empty; from then on the sheet is what counts.
export default function keep({ data, setTriggerValue }) {
  const told = JSON.parse(new TextDecoder().decode(data));
  const key = `blame ${told.where}`, now = JSON.stringify(told.texts);
  const seen = `${told.session} ${told.where}`;
  try {
    const store = window.localStorage;
    const before = store.getItem(key);
    window.blameKeptSeen ??= new Set();
    const first = !window.blameKeptSeen.has(seen);
    window.blameKeptSeen.add(seen);
    if (first && now === "{}" && before && before !== "{}") {
      setTriggerValue("found", { where: told.where, texts: JSON.parse(before) });
    } else if (now === "{}") {
      store.removeItem(key);
    } else {
      store.setItem(key, now);
    }
  } catch {
    // A browser that keeps nothing for this page: the sheet works, and a reload empties it.
  }
}
