// What the hand did, told to Python: one change in flight, and the next when that is answered.
const PAUSE = 400;     // milliseconds after which a hand that stays still has arrived
const PLAIN = /^-?\d*\.?\d+(e[+-]?\d+)?$/;  // a number as Python writes it
const GIVE_UP = 4000;  // milliseconds after which an answer is no longer waited for

function tell(root, message) {
  // A newer step of the same number stands for the one before it.
  const stale = (other) => "value" in message && "value" in other && other.name === message.name;
  root.wanted = [...root.wanted.filter((other) => !stale(other)), message];
  send(root);
}

function send(root) {
  clearTimeout(root.retry);
  if (!root.wanted.length && !root.asked) return;
  const waiting = root.asked && performance.now() - root.sentAt < root.patience;
  if (!waiting) {
    // What nobody has answered is lost, perhaps with its server: it is said again under the same
    // number, so that it is done once, and less and less often.
    if (root.asked) root.patience *= 2;
    else root.asked = { ...root.wanted.shift(), number: ++root.sent };
    root.sentAt = performance.now();
    root.trigger("said", root.asked);
    const { name, number, rest, text } = root.asked;
    if (rest || text !== undefined) globalThis.blameFilm?.told(name, (told) => told[root.key]?.seen >= number);
  }
  root.retry = setTimeout(() => send(root), root.patience);
}

function answered(root, before) {
  const { seen, session } = root.data;
  root.sent = Math.max(root.sent, seen);
  root.patience = GIVE_UP;
  if (root.asked && seen >= root.asked.number) root.asked = null;
  // A server that was started again knows nothing of what is under way.
  if (before && before.session !== session) root.sentAt = -Infinity;
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
  const follows = globalThis.blameFilm?.move(axisOf(cell, kept, event));
  if (!follows) tell(root, { ...root.moving, rest: false });
  wait(root);
}

function next(cell, from, keys, times) {
  const size = stepOf(from, keys, cell.told.step);
  const value = moved(from, cell.told.whole ? Math.max(1, Math.round(size)) : size, times);
  return Math.min(Math.max(value, cell.told.low), cell.told.high) + 0;
}

// The places that a hand with these keys down moves a number along (film/asks.js).
function axisOf(cell, value, keys = {}) {
  const along = (from, way) => {
    const to = next(cell, from, keys, way);
    return to === from ? null : to;
  };
  return { name: cell.name, value, next: along };
}

function wait(root) {
  clearTimeout(root.pause);
  root.pause = setTimeout(() => (root.wanted.length || root.asked ? wait(root) : arrive(root)), PAUSE);
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
