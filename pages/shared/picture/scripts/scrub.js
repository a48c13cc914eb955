// Moving a number by hand: by dragging or by the arrow keys. What is typed leaves from here too.
const PIXELS = 6;      // of dragging for one step
const PAUSE = 400;     // milliseconds after which a hand that stays still has arrived
const BREATH = 150;    // milliseconds between two things said

const SENDS = {
  // A text may be refused: the number that it follows is not dropped for it.
  replaces: (change, before) => change.name === before.name && (change.text === undefined) === (before.text === undefined),
  say(change) {
    this.trigger("moved", change);
    if (change.rest) filmWaitsFor(this, filmOf(this, change.name), change.number);
  },
};

// A film follows the hand where there is one, and Python is told where it rests. Else it is told as
// the hand moves (sending.js).
function want(root, item, value, rest, keys) {
  const { moving } = root;
  const film = globalThis.blameFilm;
  if (moving && moving.item.id !== item.id) settle(root);
  keepGood(root, item, film);
  const kept = orHalted(root, item, within(item, value));
  if (root.before && root.before.id === item.id) root.before.last = kept;
  const follows = film?.move(axisOf(root, item, kept, keys), rest) ?? "";
  root.hand = { id: item.id, value: kept };
  root.echo = follows === "shown" || follows === "waits" ? null : echoOf(root, item);
  if (follows === "shown") reached(root, item, kept);
  if (rest || !follows) queue(root, changeOf(root, item, kept, rest));
  if (rest) film?.rest(filmOf(root, item.set));
  root.moving = rest ? null : { item, value: kept };
  if (root.echo) showEcho(root);
  wake(root, rest);
  send(root);
}

// A number that the hand has left for another one rests, and its last value must not be lost.
function settle(root) {
  const { item, value } = root.moving;
  queue(root, changeOf(root, item, value, true));
  globalThis.blameFilm?.rest(filmOf(root, item.set));
}

function changeOf(root, item, value, rest) {
  return { name: item.set, id: item.id, value, rest, before: root.good?.value };
}

function wake(root, rest) {
  clearTimeout(root.pause);
  if (!rest) root.pause = setTimeout(() => arrive(root, false), PAUSE);
}

// The number under the hand does not wait for the server.
function showEcho(root) {
  const group = root.parts.get(`item ${root.echo.id}`);
  if (group) drawItem(root, group.item, group.place.x, group.place.y, group.parentNode, group.place.most);
}

// Once the hand rests, or lets go, everything follows, the words and the link included.
function arrive(root, now) {
  clearTimeout(root.pause);
  if (!now && isUnderWay(root)) {
    root.pause = setTimeout(() => arrive(root, false), PAUSE);
    return;
  }
  if (root.moving) want(root, root.moving.item, root.moving.value, true);
}

function answered(root) {
  const asked = heard(root, root.data.seen);
  if (asked && asked.text !== undefined) answerTyped(root, asked, root.data.typed);
  else if (asked) answerMoved(root, asked, root.data.halted);
  // The echo goes once the server's own number has come and the hand wants no other.
  if (!isUnderWay(root) && !root.held) root.echo = null;
  if (!isUnderWay(root) && !root.held && !root.moving) root.hand = null;
  send(root);
  tell(root);
  // Once all parts have been told.
  if (root.backs.length) setTimeout(() => goBack(root));
}

// A server that was started again knows neither what is opened nor what is under way: it is told.
function remind(root, opened) {
  sayAgain(root);
  const next = root.wanted[0] || root.asked;
  if (next) next.opened = opened;
  else if (opened !== root.opened) root.trigger("opened", { name: opened });
}

function itemAt(target) {
  return target && target.closest ? target.closest(".item") : null;
}

function valueNow(root, item) {
  const hand = [root.hand, root.echo].find((one) => one && one.id === item.id);
  return hand ? hand.value : item.value;
}

// Where this hand began with a number, unless another has changed it since.
function beforeOf(root, item) {
  const { before } = root;
  return before && before.id === item.id && before.last === valueNow(root, item) ? before : null;
}

function listenForDrags(root) {
  const { svg } = root;
  svg.addEventListener("pointerdown", (event) => {
    // What is typed is not lost. A field that was left with something that is no number stands there
    // to say so, until now.
    if (!isWaiting(root)) {
      leaveField(root);
      closeField(root);
    }
    say(root.note, "");
    endHalt(root);
    const group = itemAt(event.target);
    if (!group || event.button !== 0) return;
    const value = group.item.set ? valueNow(root, group.item) : 0;
    root.held = { group, x: event.clientX, steps: 0, from: value, value, dragged: false };
    if (!group.item.set) return;
    group.setPointerCapture(event.pointerId);
    reach(root, group.item, event);
  });
  svg.addEventListener("pointermove", (event) => {
    const held = root.held;
    if (!held || !held.group.item.set || root.typing) return;
    if (!held.dragged && Math.abs(event.clientX - held.x) < PIXELS) return;
    if (!held.dragged) {
      held.dragged = true;
      root.before = { id: held.group.item.id, value: held.from, last: held.from };
      held.group.focus({ preventScroll: true });
    }
    // Whole steps since the last one, so that Shift and Alt may be pressed and released on the way.
    const steps = Math.trunc((event.clientX - held.x) / PIXELS);
    wake(root, false);
    if (!steps) return;
    held.x += steps * PIXELS;
    held.value = moved(held.value, stepOf(held.value, event), steps);
    want(root, held.group.item, held.value, false, event);
  });
  const release = (event) => {
    const held = root.held;
    root.held = null;
    if (!held) return;
    if (held.dragged) arrive(root, true);
    else if (event.type === "pointerup") openNumber(root, held.group.item.id);
  };
  svg.addEventListener("pointerup", release);
  svg.addEventListener("pointercancel", release);
  // A number that cannot be moved does not hold the pointer: let go outside, nobody would say so.
  svg.addEventListener("pointerleave", () => {
    if (root.held && !root.held.group.item.set) root.held = null;
  });
  svg.addEventListener("click", (event) => {
    if (event.target.opens && !itemAt(event.target)) openNumber(root, event.target.opens);
  });
  svg.addEventListener("dblclick", (event) => {
    const group = itemAt(event.target);
    if (group && group.item.set) startTyping(root, group);
  });
}

const SIGNS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

// The numbers of a picture that is of no exercise have an undo of their own, not the sheet's.
function wayBack(root, event) {
  if (!root.data.kind || !(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? "redo" : "undo";
  return key === "y" && !event.shiftKey ? "redo" : null;
}

// What undoes the exercise's numbers is the sheet. A number of the picture that is on its way comes
// to rest first, and is answered: of two things said together the server hears one.
function waitsToGoBack(root, event) {
  const isBack = (event.ctrlKey || event.metaKey) && !event.altKey && ["y", "z"].includes(event.key.toLowerCase());
  if (!isBack || root.data.kind || !(root.moving || isUnderWay(root))) return false;
  event.preventDefault();
  event.stopPropagation();
  root.backs.push(new KeyboardEvent(event.type, event));
  arrive(root, true);
  return true;
}

function goBack(root) {
  if (root.moving || isUnderWay(root)) return;
  for (const back of root.backs.splice(0)) root.svg.dispatchEvent(back);
}

function listenForKeys(root) {
  root.svg.addEventListener("keydown", (event) => {
    const group = itemAt(event.target), back = wayBack(root, event);
    if (back) {
      event.preventDefault();
      // A number still in motion comes to rest first: what is said in one breath is heard as one.
      const pause = root.moving ? BREATH : 0;
      arrive(root, true);
      setTimeout(() => root.trigger("back", back), pause);
      return;
    }
    if (waitsToGoBack(root, event)) return;
    if (!group || event.ctrlKey || event.metaKey) return;
    const { item } = group;
    if (SIGNS[event.key] && item.set) {
      closeField(root);
      say(root.note, "");
      const value = valueNow(root, item);
      if (!beforeOf(root, item)) root.before = { id: item.id, value };
      want(root, item, moved(value, stepOf(value, event), SIGNS[event.key]), false, event);
    } else if (event.key === "Enter" || event.key === " ") {
      openNumber(root, item.id);
      if (event.key === "Enter" && item.set) startTyping(root, group);
    } else if (event.key === "Escape" && beforeOf(root, item)) {
      if (root.held) root.held.group = { item: {} };
      want(root, item, root.before.value, true);
      root.before = null;
    } else return;
    event.preventDefault();
  });
  // On the stage: a listener for focus makes an SVG a stop of the Tab key.
  root.stage.addEventListener("focusin", (event) => {
    const group = itemAt(event.target);
    if (root.before && group && group.item.id !== root.before.id) root.before = null;
  });
}
