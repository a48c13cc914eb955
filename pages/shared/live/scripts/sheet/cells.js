// The cells: laid out once for a shape, then written in place. Text goes in as text only.
function make(tag, className, parent, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  if (parent) parent.appendChild(element);
  return element;
}

function layOut(root, parts) {
  const shape = JSON.stringify(parts);
  if (shape === root.shape) return;
  root.shape = shape;
  root.cells = new Map();
  root.lines = [];
  root.body.replaceChildren();
  const layers = [...new Set(parts.map((part) => part.layer).filter(Boolean))];
  root.layers = layers.length > MOST_LAYERS ? layers : [];
  if (root.layers.length && !root.layers.includes(root.layer)) [root.layer] = root.layers;
  root.tabs = null;
  const places = {};
  for (const part of parts) {
    const where = part.rates ? "rates" : "network";
    places[where] ??= make("div", `grid ${where}`, root.body);
    if (part.layer && root.layers.length && !root.tabs) places[where].appendChild(makeTabs(root));
    layPart(root, part, places[where]);
  }
  showLayer(root);
}

function layPart(root, part, parent) {
  const columns = part.rows[0].length;
  const box = make("div", "part", parent);
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", part.meaning ? `${part.title}, ${part.meaning}` : part.title);
  box.dataset.key = part.key;
  box.dataset.layer = part.layer;
  box.classList.toggle("wide", columns > 1);
  if (columns === 1 && part.rows.length > 1) box.classList.add("tall");
  const head = make("div", "head", box);
  make("span", part.rates ? "word" : "symbol", head, part.title).translate = Boolean(part.rates);
  if (part.meaning) make("span", "meaning", head, part.meaning);
  const matrix = make("div", part.rates ? "cells" : "cells matrix", box);
  matrix.style.setProperty("--columns", columns);
  if (columns > 3) matrix.classList.add("many");
  const note = make("div", "note", box);
  note.id = `note-${part.key}`;
  note.setAttribute("aria-live", "polite");
  for (const row of part.rows) {
    root.lines.push(row.map((told) => layCell(root, told, matrix, note, part.layer)));
  }
}

function layCell(root, told, parent, note, layer) {
  const input = make("input", "", parent);
  input.translate = false;
  Object.assign(input, { type: "text", inputMode: "text", autocomplete: "off", spellcheck: false });
  input.setAttribute("aria-label", told.label);
  input.setAttribute("aria-describedby", "hint");
  input.setAttribute("autocapitalize", "off");
  input.setAttribute("enterkeyhint", "done");
  if (told.own) {
    // What the exercise's source calls it, where the number leaves room.
    const place = make("span", "place", parent);
    place.dataset.own = told.own;
    place.appendChild(input);
  }
  input.dataset.name = input.dataset.quantity = told.name;
  input.title = told.label;
  const cell = { name: told.name, told, input, note, layer, text: "", trouble: "", said: "", typed: false };
  input.cell = cell;
  root.cells.set(told.name, cell);
  return cell;
}

function show(cell, text) {
  if (cell.input.value !== text) cell.input.value = text;
}

// The cell holds a number again: nothing half typed, nothing refused.
function settle(cell) {
  cell.typed = false;
  cell.trouble = cell.said = "";
}

function write(root) {
  const { texts, reply } = root.data;
  const fresh = reply && reply.number > root.replied && reply.number <= root.data.seen;
  if (fresh) {
    root.replied = reply.number;
    root.words = reply.words;
    for (const [name, said] of Object.entries(reply.said)) hear(root, name, said, reply);
  }
  for (const cell of root.cells.values()) {
    // The numbers may be ahead of the layout.
    if (!(cell.name in texts)) continue;
    const changed = cell.text !== texts[cell.name];
    cell.text = texts[cell.name];
    if (underWay(root, cell.name) || cell.typed) continue;
    if (cell.trouble && !changed) continue;
    if (changed && !(fresh && cell.name in reply.said)) cell.said = cell.trouble = "";
    if (!cell.trouble) show(cell, cell.text);
  }
  mark(root);
}

function hear(root, name, said, reply) {
  const cell = root.cells.get(name);
  if (!cell || cell.typed) return;
  const refused = reply.refused.includes(name);
  cell.trouble = refused ? said : "";
  cell.said = refused ? "" : said;
}

function mark(root) {
  const notes = new Map();
  for (const cell of root.cells.values()) {
    cell.input.classList.toggle("refused", Boolean(cell.trouble));
    if (cell.trouble) cell.input.setAttribute("aria-invalid", "true");
    else cell.input.removeAttribute("aria-invalid");
    const noted = cell.trouble || cell.said;
    cell.input.setAttribute("aria-describedby", noted ? `${cell.note.id} hint` : "hint");
    const lines = notes.get(cell.note) ?? notes.set(cell.note, []).get(cell.note);
    if (noted) lines.push([cell.trouble ? "trouble" : "said", noted]);
  }
  for (const [note, lines] of notes) {
    const now = JSON.stringify(lines);
    if (note.now === now) continue;
    note.now = now;
    note.replaceChildren(...lines.map(([kind, text]) => make("div", kind, null, text)));
  }
  // What we said last counts: a browser's translator changes what stands there.
  if (root.summary.says === root.words) return;
  root.summary.textContent = root.words;
  root.summary.says = root.words;
}
