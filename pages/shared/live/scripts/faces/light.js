// One quantity, all its faces: what is lit, and in which of the page's roots. Only a mark is set, so
// nothing moves, and nobody is told.
const LOOK = `
/* Whatever a part's own style sheet says of the outline; but what has the focus keeps its ring. */
:is(input, button, li, h2)[data-face]:not(#_, :focus) {
  outline: 2px solid var(--face); outline-offset: 1px;
  background-color: color-mix(in srgb, var(--face) 12%, transparent);
}
input[data-face]:not(#_, :focus) { outline-offset: -1px; }
:is(li, h2)[data-face] { border-radius: 4px; }
:host, :root { --face: light-dark(#8f6400, #ffcf4d); }
.picture.dark { --face: #ffcf4d; }
svg g.item[data-face]:not(:focus-visible) > .hit { stroke: var(--face); stroke-width: 2.5px; stroke-dasharray: none; fill: color-mix(in srgb, var(--face) 22%, transparent); }
svg path.edge[data-face] { opacity: 1; filter: drop-shadow(0 0 1px var(--face)) drop-shadow(0 0 3px var(--face)); }
g.point[data-face] path { stroke: var(--face) !important; stroke-width: 3px !important; stroke-opacity: 1 !important; }
.plot-container text[data-face] { text-decoration: underline 2px; font-weight: 700 !important; }
.katex-html [data-face] > :not(.mspace) { background-color: color-mix(in srgb, var(--face) 26%, transparent); box-shadow: 0 2px 0 var(--face); }
::highlight(face) { background-color: color-mix(in srgb, #f2b705 34%, transparent); text-decoration: underline 2px; }
@media (forced-colors: active) {
  :is(input, button, li, h2)[data-face]:not(#_) { outline-color: Highlight; }
  .katex-html [data-face] > :not(.mspace) { outline: 2px solid Highlight; }
  svg g.item[data-face] > .hit, g.point[data-face] path { stroke: Highlight !important; forced-color-adjust: none; }
}
@media print { :is(input, button, li, h2)[data-face]:not(#_) { outline: none; background: none; } }
`;

const LATER = 250; // milliseconds
const faces = {
  hovered: null, focused: null, touched: null, marked: new Set(), sheet: null, due: false, later: null,
};

function rootsOf() {
  const own = globalThis.blameRoots ?? new Set();
  for (const root of own) if (root !== document && !root.host?.isConnected) own.delete(root);
  return new Set([document, ...own]);
}

function dressed(root) {
  if (!faces.sheet) {
    faces.sheet = new CSSStyleSheet();
    faces.sheet.replaceSync(LOOK);
  }
  if (!root.adoptedStyleSheets.includes(faces.sheet)) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, faces.sheet];
  }
}

const wantedNow = () => faces.hovered ?? faces.touched ?? faces.focused;

// Where the page has a formula of its own, an x there is not the x of the exercise beside it.
const isApart = () => document.querySelector(".st-key-expression_entry") !== null;
const besideIt = (root) => root.host?.closest("[data-testid=stSidebar]") && isApart();

// Mark every face of what is wanted, and no other.
function lightFaces() {
  faces.due = false;
  const wanted = wantedNow(), marked = new Set();
  if (wanted) {
    for (const root of rootsOf()) {
      dressed(root);
      if (root === document) nameBars();
      if (besideIt(root)) continue;
      for (const element of root.querySelectorAll("[data-quantity]")) {
        if (element.dataset.quantity && areFaces(quantitiesOf(element), wanted)) marked.add(element);
      }
    }
    nameFactors(wanted, marked);
  }
  for (const element of faces.marked) if (!marked.has(element)) element.removeAttribute("data-face");
  for (const element of marked) if (!element.hasAttribute("data-face")) element.setAttribute("data-face", "");
  faces.marked = marked;
  lightTexts(wanted);
  watchChanges(Boolean(wanted));
}

function lightSoon() {
  if (faces.due) return;
  faces.due = true;
  requestAnimationFrame(lightFaces);
}

// What is drawn anew under a light is lit as well, a little later: a film draws at each frame, and its
// hand must not wait for this.
const watcher = new MutationObserver(() => {
  faces.later ??= setTimeout(() => {
    faces.later = null;
    lightSoon();
  }, LATER);
});

function watchChanges(on) {
  watcher.disconnect();
  if (!on) return;
  const what = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["data-quantity"] };
  for (const root of rootsOf()) watcher.observe(root === document ? document.body : root, what);
}

function want(by, quantities) {
  const before = String(wantedNow());
  faces[by] = quantities?.length ? quantities : null;
  if (String(wantedNow()) !== before) lightSoon();
}
