// The opened number: what it is, how it came about, and its paths to the loss.
const OWN_WORDS = /\b(formula|symbols|numbers|number|open|lines)\b/;

function html(tag, className, text, parent) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  // Names, numbers and code are no language's words.
  if (OWN_WORDS.test(className)) element.translate = false;
  if (parent) parent.appendChild(element);
  return element;
}

function openNumber(root, name) {
  root.opened = name;
  root.classList.toggle("tapped", name !== "");
  drawPicture(root);
  root.telling = root.sought = name;
  tell(root);
}

// Not before a number under way is answered: with whatever a page says it sends what its inputs
// hold, and an input that has not heard of the number yet would take it back.
function tell(root) {
  if (root.telling === undefined || isUnderWay(root) || root.moving) return;
  root.trigger("opened", { name: root.telling });
  root.telling = undefined;
}

function opener(root, name, text, className, parent) {
  const button = html("button", className, text, parent);
  button.type = "button";
  button.dataset.opens = name;
  return button;
}

function drawFactor(root, factor, list) {
  const row = html("li", "factor", undefined, list);
  row.dataset.quantity = factor.opens;
  opener(root, factor.opens, factor.name, "open", row).title = `Open ${factor.opens}`;
  html("span", "origin", factor.origin, row);
  const bar = html("span", "track", undefined, row);
  const fill = html("span", `fill f-${factor.tone}${factor.negative ? " negative" : ""}`, undefined, bar);
  fill.style.width = `${Math.round(50 * factor.share)}%`;
  html("span", `number t-${factor.tone}`, factor.text, row);
}

// What is folded away of a long sum, until the reader opens it.
function drawMore(root, more, panel) {
  const fold = html("details", "more", undefined, panel);
  html("summary", "", more.title, fold);
  const lines = html("div", "formula", undefined, fold);
  for (const line of more.lines) html("div", "", line, lines);
  const list = html("ul", "factors", undefined, fold);
  for (const factor of more.factors) drawFactor(root, factor, list);
}

function drawPaths(root, paths, panel) {
  html("h3", "", paths.title, panel);
  const list = html("ul", "paths", undefined, panel);
  for (const row of paths.rows) {
    const item = html("li", "path", undefined, list);
    item.tabIndex = 0;
    html("span", "symbols", row.symbols, item);
    html("span", `numbers t-${row.tone}`, row.numbers, item);
    item.dataset.through = row.through.join("\n");
  }
  if (paths.rest) html("p", "rest", paths.rest, panel);
  if (paths.sum) html("p", "sum", paths.sum, panel);
}

// Make one tree like another, touching only what differs: a receipt changes with every movement of
// the hand, and mostly in its numbers.
function patch(old, wanted) {
  if (old.nodeType === 3) {
    if (old.data !== wanted.data) old.data = wanted.data;
    return;
  }
  for (const { name, value } of wanted.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  const [mine, theirs] = [[...old.childNodes], [...wanted.childNodes]];
  if (mine.length !== theirs.length || mine.some((node, i) => node.nodeName !== theirs[i].nodeName)) {
    old.replaceChildren(...theirs);
    return;
  }
  mine.forEach((node, i) => patch(node, theirs[i]));
}

function listenInReceipt(root) {
  const { panel } = root;
  panel.addEventListener("click", (event) => {
    if (event.target.closest(".save")) savePicture(root);
    const opened = event.target.closest("[data-opens]");
    if (!opened) return;
    root.follow = true;
    openNumber(root, opened.dataset.opens);
  });
  panel.addEventListener("change", (event) => openNumber(root, event.target.value));
  const light = (event) => {
    const row = event.target.closest("[data-through]");
    const only = row ? row.dataset.through.split("\n") : null;
    if (String(only) === String(root.only)) return;
    root.only = only;
    relight(root);
  };
  panel.addEventListener("pointerover", light);
  panel.addEventListener("focusin", light);
  const leave = () => root.only && ((root.only = null), relight(root));
  panel.addEventListener("pointerleave", leave);
  panel.addEventListener("focusout", leave);
}

function drawReceipt(root) {
  const { panel } = root;
  const isKnown = (name) => !root.known || root.known.has(name);
  const { hint } = root.data, names = root.data.names.filter(isKnown);
  // At a stage nothing is told of what is found later.
  let { receipt } = root.data;
  if (receipt && !isKnown(receipt.name)) receipt = null;
  if (receipt?.related && !isKnown(receipt.related.name)) receipt = { ...receipt, related: null };
  const text = JSON.stringify([receipt, hint, names.length]);
  if (panel.shows === text) return;
  panel.shows = text;
  const wanted = html("section", "receipt");
  wanted.setAttribute("aria-label", "The opened number");
  fillReceipt(root, receipt, names, wanted);
  patch(panel, wanted);
  panel.querySelector("select").value = receipt ? receipt.name : "";
  if (root.sought === (receipt && receipt.name)) keepInSight(root);
  root.sought = null;
  // Closing takes away the button that had the focus.
  const closed = root.data.quiet && root.parts.get(`item ${root.receipt}`);
  if (root.follow) (receipt ? panel.querySelector("h2") : closed || panel.querySelector("select")).focus({ preventScroll: true });
  root.follow = false;
  root.receipt = receipt && receipt.name;
}

function fillReceipt(root, receipt, names, panel) {
  const top = html("div", "top", undefined, panel);
  const select = html("select", "pick", undefined, top);
  select.setAttribute("aria-label", "Open a number");
  select.add(new Option("Open a number", ""));
  select.setAttribute("translate", "no");
  for (const name of names) select.add(new Option(name, name));
  const save = html("button", "save", "SVG", top);
  save.type = "button";
  save.title = "Save the picture as an SVG file";
  if (!receipt) {
    html("p", "hint", root.data.hint, panel);
    return;
  }
  opener(root, "", "Close", "close", top);
  const heading = html("h2", "", undefined, panel);
  heading.tabIndex = -1;
  heading.dataset.quantity = receipt.name;
  heading.translate = false;
  html("span", "", receipt.made ? `${receipt.name} ` : `${receipt.name} = `, heading);
  html("span", `t-${receipt.tone}`, receipt.value, heading);
  html("p", "said", receipt.said, panel);
  if (receipt.made) {
    const made = html("p", "said made", `${receipt.made} `, panel);
    // With the numbers of this page: its address holds them.
    html("a", "", "See rounding decide: the knife edge", made).href = `knife_edge${location.search}`;
  }
  const formula = html("div", "formula", undefined, panel);
  for (const line of receipt.formula) html("div", "", line, formula);
  for (const line of receipt.steps) html("div", "step", line, formula);
  if (receipt.why) html("p", "said", receipt.why, panel);
  if (receipt.factors.length) {
    html("h3", "", "Made of", panel);
    const list = html("ul", "factors", undefined, panel);
    for (const factor of receipt.factors) drawFactor(root, factor, list);
  }
  if (receipt.more) drawMore(root, receipt.more, panel);
  if (receipt.paths) drawPaths(root, receipt.paths, panel);
  if (receipt.nudge) html("p", "nudge", receipt.nudge, panel);
  if (receipt.related) opener(root, receipt.related.name, receipt.related.text, "open related", panel).dataset.quantity = receipt.related.name;
}

// What is lit: one path under the pointer, else the stage of the flow, else the opened number.
function relight(root) {
  const stage = root.stages.length && root.at >= 0 ? root.stages[root.at] : null;
  root.lit = new Set(root.only || (stage ? stage.lit : root.data.lit) || []);
  root.known = stage ? knownAt(root) : root.data.unknown?.length ? allBut(root.data.unknown) : null;
  root.texts = stage ? stage.texts : null;
  drawPicture(root);
}
