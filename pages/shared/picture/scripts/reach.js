// What the hand can reach: the film of a number is asked for when a hand comes near it.
const HOVER = 80;  // milliseconds over a number
const FOCUS = 250; // and at one that has the focus: the Tab key goes through many

function within(item, value) {
  return Math.min(Math.max(value, item.low), item.high) + 0;
}

// What the film of a number is called: numbers that are no exercise's say of what they are.
function filmOf(root, name) {
  return (root.data.kind ? `${root.data.kind}:` : "") + name;
}

// The places that a hand with these keys down moves a number along (film/asks.js).
function axisOf(root, item, value, keys = {}) {
  const next = (from, way) => {
    const to = within(item, moved(from, stepOf(from, keys), way));
    return to === from ? null : to;
  };
  return { name: filmOf(root, item.set), value, next, settle: () => arrive(root, true) };
}

function reach(root, item, keys) {
  clearTimeout(root.reaching);
  globalThis.blameFilm?.near(axisOf(root, item, valueNow(root, item), keys));
}

function listenForReach(root) {
  const later = (group, pause) => {
    clearTimeout(root.reaching);
    if (group?.item.set) root.reaching = setTimeout(() => reach(root, group.item), pause);
  };
  const leave = (event) => {
    clearTimeout(root.reaching);
    const group = itemAt(event.target);
    if (group?.item?.set && !root.held) globalThis.blameFilm?.away(filmOf(root, group.item.set));
  };
  root.stage.addEventListener("pointerover", (event) => root.held || later(itemAt(event.target), HOVER));
  root.stage.addEventListener("pointerout", leave);
  root.stage.addEventListener("focusin", (event) => later(itemAt(event.target), FOCUS));
  root.stage.addEventListener("focusout", leave);
}
