// What a reader sees and uses of a player: buttons, a slider, the speed.
const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  play: "M7 5l12 7-12 7z", pause: "M7 5h3.6v14H7zM13.4 5H17v14h-3.6z", stop: "M6 6h12v12H6z",
  start: "M5 5h2.4v14H5zM19 5v14L8.6 12z", back: "M15.5 5v14L6 12z", step: "M8.5 5v14L18 12z",
};
// Chosen for all runs, as long as the page is open.
const chosen = (globalThis.blamePlayer ??= {});

function make(tag, name, parent) {
  const element = document.createElement(tag);
  element.className = name;
  return parent.appendChild(element);
}

function setIcon(button, icon) {
  if (button.icon === icon) return;
  button.icon = icon;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.appendChild(document.createElementNS(SVG, "path")).setAttribute("d", ICONS[icon]);
  button.firstElementChild?.remove();
  button.prepend(svg);
}

function makeButton(bar, name, text) {
  const button = make("button", name, bar);
  button.type = "button";
  setIcon(button, name);
  make("span", "", button).textContent = text;
  return button;
}

function makeControls(parentElement) {
  const node = make("div", "player", parentElement);
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", "The run");
  const bar = make("div", "bar", node);
  const root = { node, at: null, playing: false, told: null };
  beginSending(root, SENDS);
  root.play = makeButton(bar, "play", "Play");
  root.start = makeButton(bar, "start", "Start");
  root.back = makeButton(bar, "back", "Back");
  root.step = makeButton(bar, "step", "Step");
  root.speed = make("select", "speed", bar);
  root.speed.setAttribute("aria-label", "Speed");
  const far = (root.far = make("label", "far", bar));
  make("span", "name", far).textContent = "Go to step";
  root.field = make("input", "field", far);
  Object.assign(root.field, { type: "number", min: 0, step: 1 });
  const row = make("label", "row", node);
  make("span", "name", row).textContent = "Step";
  root.slider = make("input", "slider", row);
  Object.assign(root.slider, { type: "range", min: 0, step: 1 });
  root.count = make("output", "count", row);
  root.training = make("div", "training", node);
  root.progress = make("progress", "progress", root.training);
  root.progress.setAttribute("aria-label", "Training");
  root.trained = make("span", "", root.training);
  node.root = root;
  return root;
}

function drawSpeeds(root) {
  const { speeds, speed } = root.told;
  const said = speeds.join();
  if (root.speed.said !== said) {
    root.speed.said = said;
    const options = speeds.map((k) => new Option(`${k} step${k === 1 ? "" : "s"} a second`, k));
    root.speed.replaceChildren(...options);
  }
  const wanted = chosen[said] ?? speed;
  if (root.speed.value !== String(wanted)) root.speed.value = wanted;
}

function choseSpeed(root) {
  chosen[root.speed.said] = Number(root.speed.value);
}

// The step that is shown: where the hand is, or else what the page shows.
function placeOf(root) {
  return root.at ?? root.told.value;
}

function drawControls(root) {
  const { told, slider } = root;
  const at = placeOf(root);
  if (slider.max !== String(told.last)) slider.max = told.last;
  if (slider.value !== String(at)) slider.value = at;
  const count = `${at} of ${told.last}`;
  // What is told of another step says nothing of this one.
  const says = at === told.value && told.says ? `, ${told.says}` : "";
  slider.setAttribute("aria-valuetext", `step ${count}${says}`);
  if (root.count.textContent !== count) root.count.textContent = count;
  const waits = trains(root);
  const name = root.playing ? "Pause" : waits ? "Stop" : "Play";
  setIcon(root.play, name.toLowerCase());
  drawTraining(root, waits);
  root.far.hidden = !told.grows;
  root.field.max = told.last;
  root.field.disabled = root.playing;
  if (root.field.value !== String(at) && (root.playing || root.node.getRootNode().activeElement !== root.field)) root.field.value = at;
  if (root.play.lastElementChild.textContent !== name) root.play.lastElementChild.textContent = name;
  const none = told.last === 0;
  root.play.disabled = none;
  root.speed.hidden = !told.plays;
  root.play.hidden = !told.plays && !waits;
  slider.disabled = none;
  for (const [button, off] of [[root.start, at === 0], [root.back, at === 0], [root.step, at === told.last]]) {
    // Not disabled: that would take the focus away from under a hand that presses on.
    button.setAttribute("aria-disabled", String(off));
  }
  root.node.dataset.state = root.playing ? (root.waits ? "waits" : "plays") : "rests";
}

function drawTraining(root, waits) {
  const { training, progress, trained, told } = root;
  training.hidden = !waits;
  if (!waits) return;
  progress.max = told.grows.wanted;
  progress.value = told.value;
  const { value, grows: { wanted } } = told;
  trained.textContent = value < wanted ? `Training: ${value} of ${wanted} steps` : "Training the runs beside it";
}
