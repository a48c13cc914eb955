// The code of a part: PART is its name, STYLES its style sheet. Its scripts follow, and the last of
// them hands its `draw` over, and `hear` for what comes with the code.
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(STYLES);

function dress(root) {
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

let hears = () => {};

function blamePart(draw, hear = () => {}) {
  hears = hear;
  const parts = (globalThis.blameParts ??= {});
  // Those mounted before this code had come wait for it; see mount.js.
  const waiting = parts[PART]?.waiting ?? [];
  parts[PART] = {
    draw(component) {
      dress(component.parentElement.getRootNode());
      return draw(component);
    },
  };
  for (const mount of waiting) mount();
}

export default ({ data }) => hears(data[0]);
