// Samples that are dragged on the map. The chart knows nothing of it: a press near a sample is heard
// before the chart hears it, and a press elsewhere is left to it.
const NEAR = { mouse: 14, pen: 18, touch: 24 }; // pixels from a sample within which it is taken
const TAKEN = 3; // pixels after which a hand has moved it
const UNANSWERED = 5000; // milliseconds after which a place that was let go is shown no longer
const MAP = ".st-key-chart_playground_map [data-testid=chart]";
const RING = "position:absolute;width:20px;height:20px;margin:-10px;box-sizing:border-box;" +
  "border:3px solid currentColor;border-radius:50%;pointer-events:none;z-index:3";
let told = { places: [], picked: null };
let say = () => {};
let held = null;
let ring = null;

function axesOf(chart) {
  const layout = chart.plot?._fullLayout;
  return layout?.xaxis && layout.yaxis ? [layout.xaxis, layout.yaxis] : null;
}

// Where a place of the map is in the chart, in pixels, and back; never outside the axes.
function pixelsOf(axes, place) {
  return axes.map((axis, k) => axis._offset + axis.d2p(place[k]));
}

function placeOf(axes, pixels) {
  return axes.map((axis, k) => {
    const along = Math.min(Math.max(pixels[k] - axis._offset, 0), axis._length);
    return axis.p2d(along);
  });
}

function nearest(chart, event) {
  const axes = axesOf(chart);
  if (!axes) return null;
  const box = chart.getBoundingClientRect();
  const at = [event.clientX - box.left, event.clientY - box.top];
  let found = null, least = NEAR[event.pointerType] ?? NEAR.mouse;
  told.places.forEach((place, row) => {
    const [x, y] = pixelsOf(axes, place);
    const far = Math.hypot(x - at[0], y - at[1]);
    if (far <= least) [found, least] = [row, far];
  });
  return found === null ? null : { row: found, chart, axes };
}

function show(chart, [x, y]) {
  ring ??= document.createElement("div");
  ring.style.cssText = `${RING};left:${x}px;top:${y}px`;
  if (ring.parentElement !== chart) chart.append(ring);
}

function hide() {
  clearTimeout(hide.later);
  ring?.remove();
}

function stop(event) {
  event.stopPropagation();
  if (event.cancelable) event.preventDefault();
}

function take(event) {
  const chart = event.target.closest?.(MAP);
  if (!chart || event.button !== 0 || !event.isPrimary) return;
  const found = nearest(chart, event);
  if (!found) return;
  held = { ...found, x: event.clientX, y: event.clientY, moved: false };
  stop(event);
}

function follow(event) {
  if (!held || !event.isPrimary) return;
  if (Math.hypot(event.clientX - held.x, event.clientY - held.y) >= TAKEN) held.moved = true;
  if (!held.moved) return;
  const box = held.chart.getBoundingClientRect();
  held.place = placeOf(held.axes, [event.clientX - box.left, event.clientY - box.top]);
  show(held.chart, pixelsOf(held.axes, held.place));
  stop(event);
}

function drop(event) {
  if (!held || !event.isPrimary) return;
  const { row, place, chart, axes } = held;
  held = null;
  if (place) {
    hide.later = setTimeout(hide, UNANSWERED);
    say("dropped", { row, x: place[0], y: place[1] });
  } else if (told.picked !== null) {
    // One is picked, and this is where it goes: onto another.
    const box = chart.getBoundingClientRect();
    const [x, y] = placeOf(axes, [event.clientX - box.left, event.clientY - box.top]);
    say("dropped", { row: told.picked, x, y });
  } else say("dropped", { row });
}

function cancel() {
  held = null;
  hide();
}

// What makes the chart click, or a phone's page scroll, of a press that took a sample.
function quiet(event) {
  if (held) stop(event);
}

const HEARD = {
  pointerdown: take, pointermove: follow, pointerup: drop, pointercancel: cancel,
  mousedown: quiet, touchstart: quiet, touchmove: quiet,
};

export default ({ data, setTriggerValue }) => {
  [told] = data;
  say = setTriggerValue;
  hide();
  const options = { capture: true, passive: false };
  for (const [name, hear] of Object.entries(HEARD)) document.addEventListener(name, hear, options);
  return () => {
    for (const [name, hear] of Object.entries(HEARD)) document.removeEventListener(name, hear, options);
    hide();
  };
};
