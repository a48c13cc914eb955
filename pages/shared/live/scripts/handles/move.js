// The hand at a handle: dragging it, its arrow keys, Escape. A film follows it where there is one.
const HOVERS = 80;    // milliseconds over a handle after which its film is asked for
const FOCUSED = 250;  // and at one that has the focus: the Tab key goes through many
const TAKEN = 3;      // pixels after which a hand has taken it
const WAYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

// What goes along a run is moved by the run's player: it has one hand, whatever that is laid on.
function runOf(slider) {
  return slider.told.run ? globalThis.blameRuns?.[slider.told.axis] : null;
}

function valueAt(slider) {
  return runOf(slider)?.at() ?? slider.hand ?? slider.told.value;
}

function wantAt(node, slider, value, rest, grid) {
  const { told } = slider;
  const kept = keptWithin(told, value);
  if (node.moving && node.moving.told.axis !== told.axis) settleAt(node, node.moving);
  if (node.before?.slider === slider) node.before.last = kept;
  if (told.run) return wantOfRun(node, slider, kept, rest);
  const film = globalThis.blameFilm;
  const follows = film?.move(axisAt(node, told, kept, grid), rest) ?? "";
  slider.hand = kept;
  slider.echo = follows !== "shown" && follows !== "waits";
  if (rest) film?.rest(told.axis);
  if (rest || (!follows && told.follows)) tellOfHand(node, { name: told.axis, value: kept, rest });
  node.moving = rest ? null : slider;
  wakeAt(node, rest);
  drawSlider(node, slider);
}

function wantOfRun(node, slider, step, rest) {
  const run = runOf(slider);
  const follows = run?.go(step);
  slider.hand = step;
  slider.echo = Boolean(run) && follows !== "shown" && follows !== "waits";
  if (rest) run?.rest();
  drawSlider(node, slider);
}

// What the hand has left for another one rests where it was.
function settleAt(node, slider) {
  globalThis.blameFilm?.rest(slider.told.axis);
  tellOfHand(node, { name: slider.told.axis, value: slider.hand, rest: true });
  node.moving = null;
}

function wakeAt(node, rest) {
  clearTimeout(node.pause);
  // What is written into the page's own choices lays it out anew: not in the midst of a drag.
  if (!rest && !(node.held && !node.moving?.told.follows)) node.pause = setTimeout(() => arriveAt(node, false), RESTS);
}

function arriveAt(node, now) {
  clearTimeout(node.pause);
  const { moving } = node;
  if (!moving) return;
  if (!now && isUnderWay(node)) {
    node.pause = setTimeout(() => arriveAt(node, false), RESTS);
    return;
  }
  wantAt(node, moving, moving.hand, true, gridOfKeys(moving.told, moving.hand, {}));
}

function begunAt(node, slider) {
  const { before } = node;
  return before?.slider === slider && before.last === valueAt(slider) ? before : null;
}

function nearTo(node, slider, grid) {
  clearTimeout(node.nearing);
  if (slider.told.run) runOf(slider)?.near();
  else {
    const beside = [...node.handles.values()].filter((other) => other !== slider && other.left === slider.left && other.top === slider.top);
    const axes = beside.map((other) => axisAt(node, other.told, valueAt(other), gridOfDrag(node, other.told, valueAt(other), {})));
    globalThis.blameFilm?.near(axisAt(node, slider.told, valueAt(slider), grid), ...axes.filter(({ name }) => name !== slider.told.axis));
  }
}

function listenAtSlider(node, slider) {
  const soonNear = (pause, grid) => {
    clearTimeout(node.nearing);
    node.nearing = setTimeout(() => nearTo(node, slider, grid(slider.told, valueAt(slider))), pause);
  };
  const away = () => {
    clearTimeout(node.nearing);
    if (!node.held && !slider.told.run) globalThis.blameFilm?.away(slider.told.axis);
  };
  slider.addEventListener("pointerover", () => {
    keepInside(node, slider);
    if (!node.held) soonNear(HOVERS, (told, value) => gridOfDrag(node, told, value, {}));
  });
  slider.addEventListener("pointerout", away);
  slider.addEventListener("focus", () => {
    keepInside(node, slider);
    if (!node.held) soonNear(FOCUSED, (told, value) => gridOfKeys(told, value, {}));
    if (node.before && node.before.slider !== slider) node.before = null;
  });
  slider.addEventListener("blur", () => {
    arriveAt(node, true);
    away();
  });
  slider.addEventListener("pointerdown", (event) => takeAt(node, event));
  slider.addEventListener("keydown", (event) => pressAt(node, slider, event));
}

function takeAt(node, event) {
  if (event.button !== 0) return;
  const { currentTarget } = event;
  const among = nearestHandles(node, event);
  const held = { among, x: event.clientX, y: event.clientY, taken: false };
  holdAt(node, held, among[0], event);
  currentTarget.setPointerCapture(event.pointerId);
  event.preventDefault();
  event.stopPropagation();
  const go = (where) => dragTo(node, where);
  const leave = () => {
    for (const [name, heard] of [["pointermove", go], ["pointerup", leave], ["pointercancel", leave]]) {
      currentTarget.removeEventListener(name, heard);
    }
    if (node.held === held) {
      node.held = null;
      arriveAt(node, true);
      if (held.taken) runOf(held.slider)?.rest();
    }
    drawSlider(node, held.slider);
  };
  currentTarget.addEventListener("pointermove", go);
  currentTarget.addEventListener("pointerup", leave);
  currentTarget.addEventListener("pointercancel", leave);
}

function holdAt(node, held, slider, event) {
  const before = held.slider;
  const value = valueAt(slider);
  Object.assign(held, { slider, from: value, keys: keysOf(event) });
  begin(node, held, value, event);
  node.held = held;
  slider.focus({ preventScroll: true });
  for (const each of [before, slider]) if (each) drawSlider(node, each);
  nearTo(node, slider, held.grid);
}

function keysOf({ shiftKey, altKey }) {
  return shiftKey ? "shift" : altKey ? "alt" : "";
}

function begin(node, held, value, event) {
  const { told } = held.slider;
  held.grid = gridOfDrag(node, told, value, event);
  held.wish = told.log ? Math.log10(held.grid.start) : value;
}

// The value goes as far as the chart says that the hand went, as it is drawn now: where an axis grows
// under the hand, or a curve grows flat, the next pixel counts for more.
function dragTo(node, event) {
  const { held } = node;
  if (!held) return;
  if (!held.taken) {
    const [right, down] = [Math.abs(event.clientX - held.x), Math.abs(event.clientY - held.y)];
    const along = held.among.length > 1 && down > right ? "y" : held.among.length > 1 ? "x" : held.slider.told.along;
    if ((along === "x" ? right : down) < TAKEN) return;
    held.taken = true;
    const taken = held.among.find((slider) => slider.told.along === along) ?? held.slider;
    if (taken !== held.slider) holdAt(node, held, taken, event);
    node.before = { slider: taken, value: held.from, last: held.from };
  }
  const { slider } = held, { told } = slider;
  const by = told.along === "x" ? event.clientX - held.x : event.clientY - held.y;
  [held.x, held.y] = [event.clientX, event.clientY];
  if (keysOf(event) !== held.keys) {
    held.keys = keysOf(event);
    begin(node, held, valueAt(slider), event);
  }
  const [low, high] = told.log ? [Math.log10(told.low), Math.log10(told.high)] : [told.low, told.high];
  const far = by * perPixel(node, told) * (held.keys === "alt" ? 0.1 : 1);
  held.wish = Math.min(Math.max(held.wish + far, low), high);
  wakeAt(node, false);
  const wished = told.log ? 10 ** held.wish : held.wish;
  const value = keptWithin(told, placeOn(held.grid, indexOn(held.grid, wished)));
  if (value !== valueAt(slider)) wantAt(node, slider, value, false, held.grid);
}

function pressAt(node, slider, event) {
  if (event.ctrlKey || event.metaKey) return;
  const { told } = slider;
  const value = valueAt(slider);
  if (told.run && ["Home", "End"].includes(event.key)) {
    wantAt(node, slider, event.key === "Home" ? told.low : told.high, false);
  } else if (WAYS[event.key]) {
    const grid = gridOfKeys(told, value, event);
    if (!begunAt(node, slider)) node.before = { slider, value };
    wantAt(node, slider, placeOn(grid, WAYS[event.key]), false, grid);
  } else if (event.key === "Escape" && begunAt(node, slider)) {
    const { before } = node;
    // The hand that still holds it holds it no more.
    node.held = null;
    wantAt(node, slider, before.value, true, gridOfKeys(told, before.value, {}));
    node.before = null;
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
