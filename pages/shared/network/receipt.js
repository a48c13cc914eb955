// The opened number: what it is, how it came about, and its paths to the loss.
function html(tag, className, text, parent) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  if (parent) parent.appendChild(element);
  return element;
}

function openNumber(root, name) {
  root.opened = name;
  drawPicture(root);
  root.trigger("opened", { name });
}

function opener(root, name, text, className, parent) {
  const button = html("button", className, text, parent);
  button.type = "button";
  button.addEventListener("click", () => {
    root.follow = true;
    openNumber(root, name);
  });
  return button;
}

function drawFactor(root, factor, list) {
  const row = html("li", "factor", undefined, list);
  opener(root, factor.opens, factor.name, "open", row).title = `Open ${factor.opens}`;
  const bar = html("span", "track", undefined, row);
  const fill = html("span", `fill f-${factor.tone}${factor.negative ? " negative" : ""}`, undefined, bar);
  fill.style.width = `${Math.round(50 * factor.share)}%`;
  html("span", `number t-${factor.tone}`, factor.text, row);
  html("span", "origin", factor.origin, row);
}

function drawPaths(root, paths, panel) {
  html("h3", "", paths.title, panel);
  const list = html("ul", "paths", undefined, panel);
  for (const row of paths.rows) {
    const item = html("li", "path", undefined, list);
    item.tabIndex = 0;
    html("span", "symbols", row.symbols, item);
    html("span", `numbers t-${row.tone}`, row.numbers, item);
    const light = (names) => () => {
      root.only = names;
      relight(root);
    };
    item.addEventListener("pointerenter", light(row.through));
    item.addEventListener("focus", light(row.through));
    item.addEventListener("pointerleave", light(null));
    item.addEventListener("blur", light(null));
  }
  if (paths.rest) html("p", "rest", paths.rest, panel);
  if (paths.sum) html("p", "sum", paths.sum, panel);
}

function drawReceipt(root) {
  const { receipt, names } = root.data;
  const { panel } = root;
  const text = JSON.stringify([receipt, names.length]);
  if (panel.shows === text) return;
  const focused = root.follow || panel.contains(root.getRootNode().activeElement);
  const scrolled = panel.name === (receipt && receipt.name) ? panel.scrollTop : 0;
  panel.shows = text;
  panel.name = receipt && receipt.name;
  panel.replaceChildren();
  const top = html("div", "top", undefined, panel);
  const select = html("select", "pick", undefined, top);
  select.setAttribute("aria-label", "Open a number");
  select.add(new Option("Open a number", ""));
  for (const name of names) select.add(new Option(name, name));
  select.value = receipt ? receipt.name : "";
  select.addEventListener("change", () => openNumber(root, select.value));
  if (!receipt) {
    html("p", "hint", root.data.hint, panel);
    return;
  }
  const close = html("button", "close", "Close", top);
  close.type = "button";
  close.addEventListener("click", () => openNumber(root, ""));
  const heading = html("h2", "", undefined, panel);
  heading.tabIndex = -1;
  html("span", "", `${receipt.name} = `, heading);
  html("span", `t-${receipt.tone}`, receipt.value, heading);
  html("p", "said", receipt.said, panel);
  const formula = html("div", "formula", undefined, panel);
  for (const line of receipt.formula) html("div", "", line, formula);
  if (receipt.factors.length) {
    html("h3", "", "Made of", panel);
    const list = html("ul", "factors", undefined, panel);
    for (const factor of receipt.factors) drawFactor(root, factor, list);
  }
  if (receipt.paths) drawPaths(root, receipt.paths, panel);
  if (receipt.nudge) html("p", "nudge", receipt.nudge, panel);
  if (receipt.related) opener(root, receipt.related.name, receipt.related.text, "open related", panel);
  panel.scrollTop = scrolled;
  if (focused) heading.focus({ preventScroll: true });
  root.follow = false;
}

// What is lit: one path under the pointer, else the stage of the flow, else the opened number.
function relight(root) {
  const stage = root.stages.length && root.at >= 0 ? root.stages[root.at] : null;
  root.lit = new Set(root.only || (stage ? stage.lit : root.data.lit) || []);
  root.known = stage ? knownAt(root) : null;
  root.texts = stage ? stage.texts : null;
  drawPicture(root);
}
