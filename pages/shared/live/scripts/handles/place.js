// Sliders over a chart, one for each handle of its figure, where the chart is drawn now.
const MANY = 4;   // handles whose ways are all shown
const MARGIN = 4; // pixels between what a handle says and the end of the chart

function handlesOf(node) {
  return node.told.figure.layout.meta?.handles ?? [];
}

function placeHandles(node) {
  const wanted = handlesOf(node);
  node.handles ??= new Map();
  const keys = new Set(wanted.map(({ key }) => key));
  for (const [key, slider] of node.handles) {
    if (keys.has(key)) continue;
    slider.remove();
    slider.line?.remove();
    node.handles.delete(key);
  }
  for (const told of wanted) {
    const slider = node.handles.get(told.key) ?? makeSlider(node, told.key);
    slider.told = told;
    if (told.track) drawTrack(node, slider);
    drawSlider(node, slider);
  }
}

function makeSlider(node, key) {
  const slider = document.createElement("div");
  slider.setAttribute("role", "slider");
  slider.tabIndex = 0;
  slider.says = slider.appendChild(document.createElement("span"));
  slider.says.className = "says";
  node.handles.set(key, slider);
  node.appendChild(slider);
  listenAtSlider(node, slider);
  return slider;
}

// Only where it is another: most stand still in a frame.
function put(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

function drawSlider(node, slider) {
  const { told } = slider;
  const value = slider.echo ? slider.hand : told.value;
  // Of many the ways they go would cover one another: each shows its own once a hand is there.
  const quiet = handlesOf(node).length > MANY;
  const is = { upright: told.along === "y", knob: told.knob, dark: told.dark, quiet, held: node.held?.slider === slider };
  put(slider, "class", ["handle", ...Object.keys(is).filter((look) => is[look])].join(" "));
  put(slider, "aria-label", told.name);
  put(slider, "aria-orientation", told.along === "y" ? "vertical" : "horizontal");
  put(slider, "aria-valuemin", told.low);
  put(slider, "aria-valuemax", told.high);
  put(slider, "aria-valuenow", value);
  // What is not worked out yet is no more than the number under the hand.
  const text = value === told.value ? told.text : told.run ? `step ${value}` : `${told.axis} = ${value}`;
  put(slider, "aria-valuetext", text);
  const said = printed(text);
  if (slider.says.textContent !== said) slider.says.textContent = said;
  const { left, top } = spotOf(node, told, value);
  slider.style.left = `${left}px`;
  slider.style.top = `${top}px`;
  Object.assign(slider, { left, top });
  if (slider.matches(":hover, :focus, .held")) keepInside(node, slider);
}

// A handle whose chart has no place for it goes along a line of its own, one below the other.
const END = 12;    // pixels from the chart's side to the end of the line
const ROW = 48;    // from one line to the next

function trackOf(node, { track, key }) {
  const [low, high] = track;
  const length = Math.max(widthOf(node) - 2 * END, 1);
  const row = handlesOf(node).findLastIndex((other) => other.key === key);
  const rows = handlesOf(node).length;
  return { length, low, per: (high - low) / length, top: node.clientHeight - END - (rows - 1 - row) * ROW - 12 };
}

function drawTrack(node, slider) {
  slider.line ??= node.insertBefore(document.createElement("div"), slider);
  const { length, top } = trackOf(node, slider.told);
  put(slider.line, "class", "track");
  slider.line.textContent = slider.told.axis;
  Object.assign(slider.line.style, { left: `${END}px`, top: `${top}px`, width: `${length}px` });
}

// Where it is on the chart: if the server is still to answer, where the hand has brought it.
function spotOf(node, told, value) {
  if (told.track) {
    const { low, per, length, top } = trackOf(node, told);
    return { left: END + inside((value - low) / per, { _length: length }), top };
  }
  const [across, up] = told.on.map((name) => node.plot._fullLayout[name]);
  let [left, top] = [pixelsAlong(across, told.x), told.y === null ? up._length / 2 : pixelsAlong(up, told.y)];
  if (value !== told.value) {
    const by = told.log ? Math.log10(value / told.value) : value - told.value;
    const pixels = by / perPixel(node, told);
    if (told.along === "x") left = inside(left + pixels, across);
    else top = inside(top + pixels, up);
  }
  return { left: across._offset + left, top: up._offset + top };
}

function pixelsAlong(axis, value) {
  const pixels = axis.d2p(value);
  return Number.isFinite(pixels) ? inside(pixels, axis) : 0;
}

function inside(pixels, { _length }) {
  return Math.min(Math.max(pixels, 0), _length);
}

// What it says stands above it, and within the chart. The browser works that out as it lays the text
// out: to ask it for the width would have it lay out the page in the midst of a frame.
function keepInside(node, { says, left, top }) {
  const room = widthOf(node) - MARGIN - left;
  const by = `max(${MARGIN - left}px, min(-50%, ${room}px - 100%))`;
  if (says.by !== by) says.style.translate = says.by = by;
  says.classList.toggle("below", top < 30);
}

// The handles nearest to the hand: those of neighbours may cover one another, and two may lie on one
// point, one for each way that it goes.
function nearestHandles(node, event) {
  const box = node.getBoundingClientRect();
  const far = (slider) => Math.hypot(slider.left - (event.clientX - box.left), slider.top - (event.clientY - box.top));
  const all = [...node.handles.values()];
  const least = Math.min(...all.map(far));
  const nearest = all.find((slider) => far(slider) === least);
  const there = all.filter((slider) => slider.left === nearest.left && slider.top === nearest.top);
  return [nearest, ...there.filter((slider) => slider.told.along !== nearest.told.along)];
}
