// What a hand did, told to Python: one change is under way, and the next one leaves when the answer
// to the one before has come. Sending every movement would make each cancel the run before it, and
// nothing would be seen. Whoever sends has `say`, which tells one change, and `replaces`, which knows
// whether a change stands for one before it.
const UNHEARD = 4000; // milliseconds after which an answer is no longer waited for

function beginSending(root, { say, replaces }) {
  Object.assign(root, { say, replaces, wanted: [], asked: null, sent: 0, sentAt: -Infinity, patience: UNHEARD });
}

function isUnderWay(root) {
  return Boolean(root.asked) || root.wanted.length > 0;
}

function queue(root, change) {
  root.wanted = [...root.wanted.filter((before) => !root.replaces(change, before)), change];
}

function send(root) {
  clearTimeout(root.retry);
  if (!isUnderWay(root)) return;
  const waits = root.asked && performance.now() - root.sentAt < root.patience;
  if (!waits) {
    // What nobody has answered is lost, perhaps with its server. It is said again under the same
    // number, so that it is done once, but less and less often: each time cuts short the answer of
    // a server that is merely slow.
    const lost = root.asked && !root.wanted.some((change) => root.replaces(change, root.asked));
    if (lost) root.patience *= 2;
    else root.asked = { ...root.wanted.shift(), number: (root.sent += 1) };
    root.sentAt = performance.now();
    root.say(root.asked);
  }
  root.retry = setTimeout(() => send(root), root.patience);
}

// An answer has come, to all up to a number. Returns the change that it answers, if any.
function heard(root, seen) {
  const { asked } = root;
  root.sent = Math.max(root.sent, seen);
  root.patience = UNHEARD;
  if (!asked || seen < asked.number) return null;
  root.asked = null;
  return asked;
}

// What is under way is lost with its server: said again at once.
function sayAgain(root) {
  root.sentAt = -Infinity;
}

// The film is shown the answer to a hand at rest, and none before it (film/projector.js).
function filmWaitsFor(root, film, number) {
  globalThis.blameFilm?.told(film, (told) => told[root.key]?.seen >= number);
}
