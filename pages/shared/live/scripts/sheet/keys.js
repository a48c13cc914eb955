// The hand at the cells: typing, stepping, walking, pasting.
const ARROWS = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
const FOCUS = 250; // milliseconds
const FORESEE = 60; // milliseconds after a key that the frame of what stands there is asked for
// One number as it stands: it goes into the field like any text.
const ALONE = /^[^\s,;()[\]{}]*$|^[+\-\u2212]?\d*,\d+$/;

function commit(root, cell) {
  if (!cell.typed) return;
  cell.typed = false;
  const text = cell.input.value;
  if (text.trim() === expected(root, cell)) settle(cell);
  else enter(root, cell, text);
  root.words = "";
  mark(root);
}

// The number that is typed, if it is one as it stands; what else it may mean only Python can tell.
function typedIn(cell) {
  const text = cell.input.value.trim();
  const value = PLAIN.test(text) ? Number(text) : NaN;
  return value >= cell.told.low && value <= cell.told.high ? value : null;
}

// Where its frame has been asked for in time, it is seen before Python has answered.
function enter(root, cell, text) {
  const value = typedIn(cell);
  if (value !== null && globalThis.blameFilm?.move(axisOf(cell, value), true)) {
    globalThis.blameFilm.rest(cell.name);
  }
  tell(root, { name: cell.name, text });
}

function foresee(root, cell) {
  clearTimeout(root.foreseeing);
  root.foreseeing = setTimeout(() => {
    const value = cell.typed ? typedIn(cell) : null;
    if (value !== null) globalThis.blameFilm?.foresee(cell.name, value);
  }, FORESEE);
}

function listenAtCells(root) {
  const cellOf = (event) => event.target.cell;
  root.body.addEventListener("input", (event) => {
    const cell = cellOf(event);
    if (!cell) return;
    if (root.moving) arrive(root);
    cell.typed = true;
    // What was said of the text before is true of this one no longer.
    cell.trouble = cell.said = "";
    mark(root);
    foresee(root, cell);
  });
  root.body.addEventListener("focusin", (event) => {
    const cell = cellOf(event);
    if (!cell) return;
    root.held = cell;
    cell.began = expected(root, cell);
    drawButtons(root);
    reach(root, cell);
  });
  root.body.addEventListener("focusout", (event) => {
    const cell = cellOf(event);
    if (!cell) return;
    clearTimeout(root.reaching);
    arrive(root);
    commit(root, cell);
    globalThis.blameFilm?.away(cell.name);
  });
  root.body.addEventListener("paste", (event) => paste(root, cellOf(event), event));
  root.body.addEventListener("keydown", (event) => {
    const cell = cellOf(event);
    if (!cell || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (ARROWS[event.key]) step(root, cell, event, ARROWS[event.key]);
    else if (event.key === "Enter") walk(root, cell, event.shiftKey ? -1 : 1);
    else if (event.key === "Escape" && canGiveUp(cell)) giveUp(root, cell);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

// The film of a number is asked for once the focus has stayed with it for a while.
function reach(root, cell) {
  clearTimeout(root.reaching);
  root.reaching = setTimeout(() => {
    const from = Number(expected(root, cell));
    if (!cell.typed && Number.isFinite(from)) globalThis.blameFilm?.near(axisOf(cell, from));
  }, FOCUS);
}

function paste(root, cell, event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!cell || ALONE.test(text.trim())) return;
  event.preventDefault();
  arrive(root);
  settle(cell);
  show(cell, text.trim().replace(/\s+/g, " "));
  tell(root, { name: cell.name, text, pasted: true });
}

// Down the columns, from one matrix into the next, as in a spreadsheet.
function walk(root, cell, way) {
  arrive(root);
  commit(root, cell);
  const lines = root.lines.filter(([first]) => first.input.offsetParent);
  const at = lines.findIndex((line) => line.includes(cell));
  const line = lines[at + way];
  if (!line) return;
  const { input } = line[Math.min(lines[at].indexOf(cell), line.length - 1)];
  input.focus();
  input.select();
}

function canGiveUp(cell) {
  return cell.typed || cell.trouble || (cell.began !== undefined && cell.began !== cell.input.value);
}

// Escape gives back the number of before.
function giveUp(root, cell) {
  if (cell.typed || cell.trouble) {
    settle(cell);
    show(cell, expected(root, cell));
    mark(root);
    return;
  }
  clearTimeout(root.pause);
  root.moving = null;
  show(cell, cell.began);
  const value = Number(cell.began);
  globalThis.blameFilm?.move(axisOf(cell, value), true);
  globalThis.blameFilm?.rest(cell.name);
  tell(root, { name: cell.name, value, rest: true });
}

function back(root, way) {
  arrive(root);
  root.words = "";
  tell(root, { back: way });
}

// Ctrl+Z while the focus is in the sheet or in a picture of its numbers; half-typed text has an undo of its own.
function backOf(root, event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const path = event.composedPath();
  const [target] = path;
  if (!path.includes(root) && !path.some((node) => node.classList?.contains("picture") && !node.dataset.kind)) return null;
  if (target.tagName === "INPUT" && (!target.cell || target.cell.typed)) return null;
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? "redo" : "undo";
  return key === "y" && !event.shiftKey ? "redo" : null;
}
