// The hand in motion and at rest, and what is said of it (sending.js).
const PAUSE = 400;     // milliseconds after which a hand that stays still has arrived
const PLAIN = /^-?\d*\.?\d+(e[+-]?\d+)?$/;  // a number as Python writes it

const SENDS = {
  // A newer step of the same number stands for the one before it.
  replaces: (message, before) => "value" in message && "value" in before && before.name === message.name,
  say(message) {
    this.trigger("said", message);
    const { name, number, rest, text } = message;
    if (rest || text !== undefined) filmWaitsFor(this, name, number);
  },
};

function tell(root, message) {
  queue(root, message);
  send(root);
}

function answered(root, before) {
  const { seen, session } = root.data;
  heard(root, seen);
  // A server that was started again knows nothing of what is under way.
  if (before && before.session !== session) sayAgain(root);
  send(root);
}

// Whether a number is on its way to Python, so that an answer which left before does not count.
function underWay(root, name) {
  const about = (message) => message && (message.name === name || message.pasted || message.back);
  return about(root.asked) || root.wanted.some(about) || (root.moving && root.moving.name === name);
}

// The number that a cell holds once all that is under way has been answered.
function expected(root, cell) {
  const said = [root.asked, ...root.wanted].filter((one) => one?.name === cell.name && "value" in one);
  return said.length ? String(said.at(-1).value) : cell.text;
}

function step(root, cell, event, times) {
  if (root.moving && root.moving.name !== cell.name) arrive(root);
  const shown = cell.input.value;
  const plain = PLAIN.test(shown);
  // What is half typed is read by Python before a key steps from there.
  if (cell.typed && !plain) return commit(root, cell);
  const from = Number(plain ? shown : expected(root, cell));
  const kept = next(cell, from, event, times);
  settle(cell);
  show(cell, String(kept));
  root.moving = { name: cell.name, value: kept };
  // A film follows the hand where there is one; Python is told where it rests.
  const follows = globalThis.blameFilm?.move(axisOf(cell, kept, event, () => arrive(root)));
  if (!follows) tell(root, { ...root.moving, rest: false });
  wait(root);
}

function next(cell, from, keys, times) {
  const size = stepOf(from, keys, cell.told.step);
  const value = moved(from, cell.told.whole ? Math.max(1, Math.round(size)) : size, times);
  return Math.min(Math.max(value, cell.told.low), cell.told.high) + 0;
}

// The places that a hand with these keys down moves a number along (film/asks.js).
function axisOf(cell, value, keys = {}, settle = undefined) {
  const along = (from, way) => {
    const to = next(cell, from, keys, way);
    return to === from ? null : to;
  };
  return { name: cell.name, value, next: along, settle };
}

function wait(root) {
  clearTimeout(root.pause);
  root.pause = setTimeout(() => (isUnderWay(root) ? wait(root) : arrive(root)), PAUSE);
}

// Once the hand rests, or goes elsewhere, everything follows, the words and the link included.
function arrive(root) {
  clearTimeout(root.pause);
  const { moving } = root;
  root.moving = null;
  if (!moving) return;
  globalThis.blameFilm?.rest(moving.name);
  tell(root, { ...moving, rest: true });
}
