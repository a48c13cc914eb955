// What the hand at a handle did, and what is answered to it (sending.js).
const RESTS = 400; // milliseconds after which a hand that stays still has arrived

const SENDS = {
  replaces: (change, before) => change.name === before.name,
  say(change) {
    this.trigger("moved", change);
    if (change.rest) filmWaitsFor(this, change.name, change.number);
  },
};

function tellOfHand(node, change) {
  queue(node, change);
  send(node);
}

// An answer has come: what was asked may be in it, and what the hand wants next goes out.
function answeredToHand(node) {
  heard(node, node.told.seen ?? 0);
  // What the hand goes on from is what came last, also where that is still to be drawn.
  for (const told of handlesOf(node)) if (node.handles?.has(told.key)) node.handles.get(told.key).told = told;
  if (!isUnderWay(node) && !node.held && !node.moving) {
    for (const slider of node.handles?.values() ?? []) Object.assign(slider, { hand: null, echo: false });
  }
  send(node);
}
