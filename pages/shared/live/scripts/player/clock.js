// The clock of a run that plays: a step is shown once its time has come and its frame is there.
const LONGEST = 250; // milliseconds between two frames that count: a sleeping tab does not run on

function play(root) {
  const { told } = root;
  root.playing = true;
  root.place = placeOf(root) >= told.last ? 0 : placeOf(root);
  root.ticked = performance.now();
  go(root, root.place, false);
  cancelAnimationFrame(root.tick);
  root.tick = requestAnimationFrame(() => tick(root));
}

function pause(root) {
  cancelAnimationFrame(root.tick);
  root.playing = root.waits = false;
  go(root, placeOf(root), true);
}

function tick(root) {
  if (!root.playing || root.gone) return;
  root.tick = requestAnimationFrame(() => tick(root));
  const now = performance.now();
  const passed = Math.min(now - root.ticked, LONGEST) / 1000;
  root.ticked = now;
  const { name, last } = root.told;
  root.place = Math.min(root.place + passed * Number(root.speed.value), last);
  const due = Math.floor(root.place);
  const there = film()?.reached(name, root.at, due) ?? root.at;
  root.waits = there < due;
  // It waits on the last frame it has, and goes on from there.
  if (root.waits) root.place = there + Math.min(root.place - there, 1);
  if (there !== root.at) go(root, there, false);
  else if (root.waits) film()?.move(axisOf(root, there), false);
  if (root.waits && film()?.lacks(name, there + 1)) return pause(root);
  if (there >= last) return pause(root);
  root.node.dataset.state = root.waits ? "waits" : "plays";
}
