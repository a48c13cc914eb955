// The code of a part: PART is its name, STYLES its style sheet. Its scripts follow, and the last of
// them hands its `draw` over, and `hear` for what comes with the code.
const QUIET = 10; // milliseconds between what asks for a film and what is said
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(STYLES);
paper.sheets.add(SHEET);

function dress(root) {
  // Where the faces of a number are looked for (faces/light.js).
  (globalThis.blameRoots ??= new Set()).add(root);
  if (!root.adoptedStyleSheets.includes(SHEET)) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, SHEET];
  }
}

function isDark(element) {
  const probe = getComputedStyle(element).getPropertyValue("--st-background-color").trim();
  const hex = /^#([0-9a-f]{6})/i.exec(probe);
  if (!hex) return matchMedia("(prefers-color-scheme: dark)").matches;
  const value = parseInt(hex[1], 16);
  return ((value >> 16) + ((value >> 8) & 255) + (value & 255)) / 3 < 128;
}

// A part as the wire knows it (wire.js): of what came with it and what came over the wire, the newer
// is shown. One that is not wired speaks for itself.
function wired({ data: [own], parentElement, setTriggerValue }, draw) {
  if (!own.wired) return draw({ data: [own.told], parentElement, setTriggerValue });
  const wire = (globalThis.blameWire ??= { newest: {}, mounted: {} });
  const say = (what, value) => {
    // In one breath with what asks for a film (film/asks.js) one of both would not be heard; nor
    // while another page is turned to (wire.js).
    if (performance.now() - (wire.asked ?? -Infinity) < QUIET || wire.turning?.()) {
      setTimeout(() => say(what, value), QUIET);
      return;
    }
    // What is said before this lesson's wire has come waits for it.
    if (wire.session !== own.session || wire.at < own.at) {
      wire.unsaid = () => say(what, value);
      return;
    }
    wire.spoke = performance.now();
    wire.say(`${own.key}__${what}`, value);
  };
  const { key } = own;
  const show = (told) => draw({ data: [told], parentElement, setTriggerValue: say, key });
  const places = ((wire.places ??= {})[key] ??= new Map());
  places.set(parentElement, show);
  wire.mounted[key] = show;
  const newest = wire.newest[own.key];
  const newer = newest && newest.session === own.session && newest.at > own.at;
  if (!newer) wire.newest[own.key] = { session: own.session, at: own.at, told: own.told };
  const leave = show(wire.newest[own.key].told);
  globalThis.blameFilm?.again();
  return () => {
    if (places.get(parentElement) === show) places.delete(parentElement);
    if (wire.mounted[key] === show) handOn(wire, key, places);
    leave?.();
  };
}

// While a page is laid out anew a part may stand in two places for a moment, and the one that goes
// may have come last: the other one is told what comes, and what has come meanwhile.
function handOn(wire, key, places) {
  delete wire.mounted[key];
  const left = [...places.values()].at(-1);
  if (!left) return;
  wire.mounted[key] = left;
  left(wire.newest[key].told);
}

let hears = () => {};

function blamePart(draw, hear = () => {}) {
  hears = hear;
  const parts = (globalThis.blameParts ??= {});
  // Those mounted before this code had come wait for it; see mount.js.
  const waiting = parts[PART]?.waiting ?? [];
  parts[PART] = {
    draw(component) {
      dress(component.parentElement.getRootNode());
      return wired(component, draw);
    },
  };
  for (const mount of waiting) mount();
}

export default ({ data }) => hears(data[0]);
