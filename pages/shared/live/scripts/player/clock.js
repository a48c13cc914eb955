// The clock of a run that plays: a step is shown once its time has come and its frame is there.
const LONGEST = 250; // milliseconds between two frames that count: a sleeping tab does not run on
const QUICK = 16; // milliseconds of a drawing that leaves the browser time enough

function play(root) {
  const { told } = root;
  root.playing = true;
  root.place = placeOf(root) >= told.last ? 0 : placeOf(root);
  // Where it has learnt already there is nothing to wait for.
  root.stops = !(told.grows?.learnt && root.place === placeOf(root));
  root.ticked = performance.now();
  root.free = 0;
  go(root, root.place, false);
  cancelAnimationFrame(root.tick);
  root.tick = requestAnimationFrame(() => tick(root));
}

function pause(root) {
  rest(root, placeOf(root));
}

function rest(root, step) {
  stop(root);
  go(root, step, true);
}

function stop(root) {
  cancelAnimationFrame(root.tick);
  root.playing = root.waits = false;
}

// The first step up to this one at which the run is to end; null where it goes on.
function endOf(root, there) {
  const { name, grows } = root.told;
  if (!grows?.until || !root.stops) return null;
  const stops = film()?.frame(name, there, root.key)?.grows.stops ?? [];
  return stops.find((step) => step > root.at && step <= there) ?? null;
}

function tick(root) {
  if (!root.playing || root.gone) return;
  root.tick = requestAnimationFrame(() => tick(root));
  const now = performance.now();
  const passed = Math.min(now - root.ticked, LONGEST) / 1000;
  root.ticked = now;
  const { name, last } = root.told;
  root.place = Math.min(root.place + passed * Number(root.speed.value), last);
  // After a slow drawing as much time is for what else the browser has to do: the next frames
  // come in it too.
  if (now < root.free) return;
  const due = Math.floor(root.place);
  const next = nextOf(root);
  const there = film()?.reached(name, root.at, due, next) ?? root.at;
  const then = next(there, 1);
  root.waits = then !== null && then <= due;
  // It waits on the last frame it has, and goes on from there.
  if (root.waits) root.place = Math.min(root.place, then);
  const end = there === root.at ? null : endOf(root, there);
  if (end !== null) return rest(root, end);
  if (there !== root.at) {
    go(root, there, false);
    const ended = performance.now();
    root.free = ended - now > QUICK ? ended + (ended - now) : 0;
  } else if (root.waits) film()?.move(axisOf(root, there), false);
  // Of a run that ends before it, the page shows the end.
  if (root.waits && film()?.lacks(name, then)) return rest(root, root.told.grows ? then : there);
  if (there >= last) return pause(root);
  root.node.dataset.state = root.waits ? "waits" : "plays";
}
