// What the reader sees until the lesson is there: how much has been fetched and how much is left.
const progress = (() => {
  const NAMES = { python: "Python", library: "its library", packages: "NumPy and Streamlit", app: "Blame" };
  const MEGA = 1e6;
  const parts = Object.entries(EDITION.parts);
  const all = parts.reduce((sum, [, { size }]) => sum + size, 0);
  const fetched = Object.fromEntries(parts.map(([name]) => [name, 0]));
  let box = null;
  let gone = false;
  let told = "";

  const mega = (bytes) => (bytes / MEGA).toFixed(1);

  function words() {
    const done = Object.values(fetched).reduce((sum, bytes) => sum + bytes, 0);
    const names = parts.filter(([name, { size }]) => fetched[name] < size).map(([name]) => NAMES[name]);
    return names.length
      ? `Fetching ${names.join(", ")}: ${mega(done)} of ${mega(all)} MB.`
      : "All is fetched. Starting, a few seconds.";
  }

  function show() {
    if (gone || !document.body) return;
    if (!box) {
      box = document.createElement("div");
      box.id = "edition-progress";
      box.innerHTML =
        '<div><strong>Blame</strong><div role="progressbar" aria-label="Fetching" aria-valuemin="0" ' +
        'aria-valuemax="100"><span></span></div><p role="status"></p></div>';
      document.body.append(box);
    }
    const done = Object.values(fetched).reduce((sum, bytes) => sum + bytes, 0);
    const share = Math.min(100, Math.round((100 * done) / all));
    const bar = box.querySelector("[role=progressbar]");
    bar.setAttribute("aria-valuenow", share);
    bar.firstChild.style.width = `${share}%`;
    const said = told || words();
    const line = box.querySelector("p");
    if (line.textContent !== said) line.textContent = said;
  }

  return {
    show,
    add(name, bytes) {
      fetched[name] = Math.min(fetched[name] + bytes, EDITION.parts[name].size);
      show();
    },
    // What went wrong; stays on screen.
    say(text) {
      told = text;
      gone = false;
      show();
      if (box) box.dataset.failed = "yes";
    },
    end() {
      if (told) return;
      gone = true;
      box?.remove();
      box = null;
    },
  };
})();
