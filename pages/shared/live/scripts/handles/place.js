// Sliders over a chart, one for each handle of its figure, where the chart is drawn now.
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
    node.handles.delete(key);
  }
  for (const told of wanted) {
    const slider = node.handles.get(told.key) ?? makeSlider(node, told.key);
    slider.told = told;
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
  const is = { upright: told.along === "y", knob: told.knob, dark: told.dark, held: node.held?.slider === slider };
  put(slider, "class", ["handle", ...Object.keys(is).filter((look) => is[look])].join(" "));
  put(slider, "aria-label", told.name);
  put(slider, "aria-orientation", told.along === "y" ? "vertical" : "horizontal");
  put(slider, "aria-valuemin", told.low);
  put(slider, "aria-valuemax", told.high);
  put(slider, "aria-valuenow", value);
  // What is not worked out yet is no more than the number under the hand.
  const text = value === told.value ? told.text : `${told.axis} = ${value}`;
  put(slider, "aria-valuetext", text);
  if (slider.says.textContent !== text) slider.says.textContent = text;
  const { left, top } = spotOf(node, told, value);
  slider.style.left = `${left}px`;
  slider.style.top = `${top}px`;
  slider.left = left;
  if (slider.matches(":hover, :focus, .held")) keepInside(node, slider);
}

// Where it is on the chart: if the server is still to answer, where the hand has brought it.
function spotOf(node, told, value) {
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

// What it says stands above it, and within the chart.
function keepInside(node, slider) {
  const half = slider.says.offsetWidth / 2 + MARGIN;
  const middle = Math.min(Math.max(slider.left, half), Math.max(node.clientWidth - half, half));
  slider.says.style.translate = `calc(-50% + ${middle - slider.left}px)`;
  slider.says.classList.toggle("below", slider.offsetTop < 30);
}

// The handle nearest to the hand: those of neighbours may cover one another.
function nearestHandle(node, event) {
  const box = node.getBoundingClientRect();
  const far = (slider) => Math.hypot(slider.left - (event.clientX - box.left), slider.offsetTop - (event.clientY - box.top));
  return [...node.handles.values()].reduce((a, b) => (far(b) < far(a) ? b : a));
}
