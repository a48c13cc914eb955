// Above the cells: back, forward, a step down or up of the cell in hand; and the layers' tabs.
const LINES = "http://www.w3.org/2000/svg";
const MOST_LAYERS = 2;  // so many stand below each other
const ICONS = {
  undo: "M7 5 3.5 8.5 7 12M3.5 8.5H12a4 4 0 0 1 0 8H9",
  redo: "m13 5 3.5 3.5L13 12m3.5-3.5H8a4 4 0 0 0 0 8h3",
  less: "M4.5 10h11",
  more: "M4.5 10h11M10 4.5v11",
};

function makeButton(root, parent, icon, label, press) {
  const button = make("button", "", parent);
  button.type = "button";
  button.title = label;
  button.setAttribute("aria-label", label);
  const svg = button.appendChild(document.createElementNS(LINES, "svg"));
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.appendChild(document.createElementNS(LINES, "path")).setAttribute("d", ICONS[icon]);
  // The cell in hand keeps the focus, and the keyboard of a phone stays.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", (event) => {
    if (button.getAttribute("aria-disabled") !== "true") press(event);
  });
  return button;
}

function makeButtons(root) {
  const bar = make("div", "bar", root);
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Changes of the numbers");
  const stepped = (times) => (event) => root.held && step(root, root.held, event, times);
  root.buttons = {
    undo: makeButton(root, bar, "undo", "Undo a change of the numbers (Ctrl+Z)", () => back(root, "undo")),
    redo: makeButton(root, bar, "redo", "Redo a change of the numbers (Ctrl+Shift+Z)", () => back(root, "redo")),
    less: makeButton(root, bar, "less", "A step down (arrow down)", stepped(-1)),
    more: makeButton(root, bar, "more", "A step up (arrow up)", stepped(1)),
  };
  // What else a link holds (a stage, a nudge, a challenge, the seed) the browser's Back undoes.
  root.buttons.undo.title += ". The browser's Back undoes a page's other choices";
  root.buttons.less.classList.add("apart");
}

function drawButtons(root) {
  const able = { undo: root.data.undo, redo: root.data.redo, less: root.held, more: root.held };
  for (const [name, button] of Object.entries(root.buttons)) {
    // Not `disabled`: the focus would be lost with the last change undone.
    button.setAttribute("aria-disabled", String(!able[name]));
  }
}

function makeTabs(root) {
  root.tabs = make("div", "tabs");
  root.tabs.setAttribute("role", "tablist");
  root.tabs.setAttribute("aria-label", "Layer");
  for (const layer of root.layers) {
    const tab = make("button", "", root.tabs, `Layer ${layer}`);
    tab.type = "button";
    tab.setAttribute("role", "tab");
    tab.dataset.layer = layer;
    tab.addEventListener("click", () => choose(root, layer));
  }
  root.tabs.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const at = root.layers.indexOf(root.layer) + by + root.layers.length;
    choose(root, root.layers[at % root.layers.length]);
    root.tabs.querySelector("[aria-selected=true]").focus();
    event.preventDefault();
  });
  return root.tabs;
}

function choose(root, layer) {
  root.layer = layer;
  showLayer(root);
}

function showLayer(root) {
  if (!root.layers.length) return;
  for (const tab of root.tabs.children) {
    const chosen = Number(tab.dataset.layer) === root.layer;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  for (const box of root.body.querySelectorAll(".part")) {
    const layer = Number(box.dataset.layer);
    box.hidden = Boolean(layer) && layer !== root.layer;
  }
}
