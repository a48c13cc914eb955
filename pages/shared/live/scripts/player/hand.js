// Where the hand is in a run. While it moves the film follows it; where it rests the server is told.
const PAUSE = 400;     // milliseconds after which a hand that stays still has arrived
const GIVE_UP = 4000;  // milliseconds after which an answer is no longer waited for

const film = () => globalThis.blameFilm;

function axisOf(root, value) {
  const { name, last } = root.told;
  const next = (from, way) => (from + way < 0 || from + way > last ? null : from + way);
  return { name, value, next, run: true, plays: root.playing };
}

function reach(root) {
  if (root.told.plays) film()?.near(axisOf(root, placeOf(root)));
}

// Go to a step. `now`: it rests there at once; else once the hand has been still for a while. Returns
// whether a film follows it (film/projector.js).
function go(root, step, now) {
  clearTimeout(root.pause);
  root.at = Math.min(Math.max(step, 0), root.told.last);
  const follows = root.told.plays && film()?.move(axisOf(root, root.at), now);
  if (root.playing) {
    drawControls(root);
    return follows;
  }
  // Where there are no frames the server shows each step; the last one asked for is what counts.
  if (now || !follows) tell(root);
  else root.pause = setTimeout(() => tell(root), PAUSE);
  drawControls(root);
  return follows;
}

// Tell the server the step, one at a time.
function tell(root) {
  clearTimeout(root.pause);
  if (root.at === null) return;
  if (root.asked && performance.now() - root.asked.since < GIVE_UP) {
    root.again = true;
    return;
  }
  const { name } = root.told;
  root.again = false;
  root.sent = Math.max(root.sent, root.told.seen) + 1;
  root.asked = { number: root.sent, step: root.at, since: performance.now() };
  const { number, step } = root.asked;
  root.trigger("moved", { step, number });
  if (!root.playing) {
    film()?.rest(name);
    film()?.told(name, (told) => told[root.key]?.seen >= number);
  }
  clearTimeout(root.retry);
  // What nobody has answered is lost, perhaps with its server.
  root.retry = setTimeout(() => {
    if (root.asked) tell(root);
  }, GIVE_UP + 50);
}

// The server has said something.
function answered(root, before) {
  const { told, asked } = root;
  const anew = before && before.session !== told.session;
  if (anew) root.asked = null;
  else if (asked && told.seen >= asked.number) {
    root.asked = null;
    clearTimeout(root.retry);
    if (!root.playing && !root.again && asked.step === root.at) root.at = null;
  }
  if (root.at === null) return;
  root.at = Math.min(root.at, told.last);
  // Numbers have changed, or the server: what is on screen is of the step that it knows of.
  const lost = !root.asked && told.value !== root.at && !film()?.holds(told.name);
  if (root.again || anew || lost) tell(root);
}
