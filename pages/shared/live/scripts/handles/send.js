// What the hand at a handle did, told to Python: one change in flight, the next when it is answered.
const RESTS = 400;       // milliseconds after which a hand that stays still has arrived
const UNHEARD = 4000;    // milliseconds after which an answer is no longer waited for

function tellOfHand(node, change) {
  node.wanted = [...(node.wanted ?? []).filter(({ name }) => name !== change.name), change];
  sendOfHand(node);
}

function sendOfHand(node) {
  clearTimeout(node.again);
  if (!node.wanted?.length && !node.asked) return;
  const waiting = node.asked && performance.now() - node.sentAt < node.patience;
  if (!waiting) {
    const lost = node.asked && !node.wanted.some(({ name }) => name === node.asked.name);
    node.patience = lost ? node.patience * 2 : UNHEARD;
    node.sent = (node.sent ?? 0) + 1;
    node.sentAt = performance.now();
    node.asked = { ...(lost ? node.asked : node.wanted.shift()), number: node.sent };
    node.trigger("moved", node.asked);
    const { name, number, rest } = node.asked;
    if (rest) globalThis.blameFilm?.told(name, (told) => told[node.key]?.seen >= number);
  }
  node.again = setTimeout(() => sendOfHand(node), node.patience);
}

// An answer has come: what was asked may be in it, and what the hand wants next goes out.
function answeredToHand(node) {
  const seen = node.told.seen ?? 0;
  node.sent = Math.max(node.sent ?? 0, seen);
  if (node.asked && seen >= node.asked.number) node.asked = null;
  // What the hand goes on from is what came last, also where that is still to be drawn.
  for (const told of handlesOf(node)) if (node.handles?.has(told.key)) node.handles.get(told.key).told = told;
  if (!node.asked && !node.wanted?.length && !node.held && !node.moving) {
    for (const slider of node.handles?.values() ?? []) Object.assign(slider, { hand: null, echo: false });
  }
  sendOfHand(node);
}
