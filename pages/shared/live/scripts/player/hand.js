// Where the hand is in a run. While it moves the film follows it; where it rests the server is told.
const PAUSE = 400;     // milliseconds after which a hand that stays still has arrived
const NEAR = 10;       // frames to each side of a hand, of a run that is trained as it is played
const SECONDS_AHEAD = 3; // and so far ahead of one that plays
const MOST_AHEAD = 60;

const film = () => globalThis.blameFilm;

// The places to go to from one: every so many steps, as fast as it plays, or one by one.
function nextOf(root, plays = root.playing || root.scrubs) {
  const { last, grows, speeds } = root.told;
  const stride = (plays && grows?.strides[speeds.indexOf(Number(root.speed.value))]) || 1;
  return (from, way) => {
    if (way > 0) return from >= last ? null : Math.min((Math.floor(from / stride) + 1) * stride, last);
    return from <= 0 ? null : (Math.ceil(from / stride) - 1) * stride;
  };
}

function axisOf(root, value, next = nextOf(root)) {
  const { name, grows } = root.told;
  const axis = { name, value, next, run: true, plays: root.playing };
  if (!grows) return axis;
  // What is there on the way to a far place is shown meanwhile.
  const from = root.scrubs ? root.told.value : null;
  if (!root.playing) return { ...axis, from, ahead: NEAR, behind: NEAR };
  const pictures = (SECONDS_AHEAD * Number(root.speed.value)) / (next(0, 1) ?? 1);
  return { ...axis, from, ahead: Math.max(NEAR, Math.min(pictures, MOST_AHEAD)), behind: 0 };
}

function reach(root) {
  if (root.told.plays && !trains(root)) film()?.near(axisOf(root, placeOf(root), nextOf(root, true)));
}

// Whether the step that was asked for is still being trained.
function trains(root) {
  return root.at === null && (root.told.grows?.wanted ?? null) !== null;
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

const SENDS = {
  // The step where the hand was last is what counts.
  replaces: () => true,
  say(change) {
    this.trigger("moved", change);
    if (this.playing || this.at === null) return;
    const { name } = this.told;
    film()?.rest(name);
    filmWaitsFor(this, name, change.number);
  },
};

function tell(root) {
  clearTimeout(root.pause);
  if (root.at !== null) say(root, root.at);
}

function say(root, step) {
  queue(root, { step, of: root.told.grows?.of ?? "" });
  send(root);
}

// A far step is trained piece by piece: the next is asked for once the last has come.
function trainOn(root) {
  if (isUnderWay(root)) return;
  const { halts } = root;
  root.halts = false;
  if (!trains(root)) return;
  if (halts) rest(root, root.told.value);
  else say(root, root.told.grows.wanted);
}

// The server has said something.
function answered(root, before) {
  const { told } = root;
  const anew = before && before.session !== told.session;
  const other = before && !anew && before.grows?.of !== told.grows?.of;
  if (other) {
    // Another run: it is at the step that the page says.
    stop(root);
    clearTimeout(root.pause);
    root.at = null;
    root.wanted = [];
  }
  if (anew || other) root.asked = null;
  const asked = heard(root, told.seen);
  if (asked && !root.playing && !root.wanted.length && asked.step === root.at) root.at = null;
  if (root.at === null) trainOn(root);
  else {
    root.at = Math.min(root.at, told.last);
    // Numbers have changed, or the server: what is on screen is of the step that it knows of.
    const lost = !root.asked && told.value !== root.at && !film()?.holds(told.name);
    if (anew || lost) tell(root);
  }
  send(root);
}
