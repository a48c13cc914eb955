// Which places along an axis are asked for, and when: a few at once, then more ahead of the hand.
const FIRST = 8;       // places asked for first: they come soonest
const PIECE = 40;      // places asked for after that
const RUN = 60;        // and of a run
const PIECES = 3;      // asked for around a hand that has not moved yet
const AROUND = 40;     // places to each side of a hand that has not moved yet
const AHEAD = 20;      // places without a frame are asked for this far ahead of a moving hand
const FURTHER = 50;    // and then up to this far
const BREATH = 10;     // milliseconds between two things said
const PATIENCE = 4000; // milliseconds after which an answer is no longer waited for

// The places to each side of the hand, the nearest first.
function placesAround({ value, next }, most) {
  const places = [value];
  let [up, down] = [value, value];
  for (let i = 0; i < most; i += 1) {
    if (up !== null) up = next(up, 1);
    if (down !== null) down = next(down, -1);
    for (const place of [up, down]) if (place !== null) places.push(place);
  }
  return places;
}

// A run is asked for to its end, and then back to its start; one too long to be kept in pieces. One
// that is trained as it is played is asked for as far `ahead` as it says.
function wantedOfRun(film, axis) {
  const { value, next, ahead = Infinity, behind = Infinity } = axis;
  // What is still to be trained is worked on as long as it plays; else the page tells of it.
  if (axis.still && !axis.plays) return [];
  const places = [value];
  for (const [way, most] of [[1, ahead], [-1, behind]]) {
    for (let at = next(value, way), k = 0; at !== null && k < most; at = next(at, way), k += 1) places.push(at);
  }
  const kept = film.kept.get(axis.name);
  const lacks = (place) => !kept?.frames.has(place) && !axis.refused.has(place);
  // Not one by one as it goes on; but the very next one, where it is the last.
  if (axis.plays && ahead < Infinity && !places.slice(0, Math.min(ahead, places.length) / 2 + 1).some(lacks)) return [];
  const room = Math.floor(0.9 * roomIn(kept));
  const full = kept && kept.frames.size > room - RUN;
  if (full && !places.slice(0, Math.min(2 * RUN, room / 2)).some(lacks)) return [];
  return places.slice(0, room).filter(lacks).slice(0, kept ? RUN : FIRST);
}

function wanted(film, axis) {
  const { moving } = axis;
  if (axis.run) return wantedOfRun(film, axis);
  if (!moving && axis.pieces >= PIECES) return [];
  const kept = film.kept.get(axis.name);
  const lacks = (place) => !kept?.frames.has(place) && !axis.refused.has(place);
  if (moving && !placesAround(axis, AHEAD).some(lacks)) return [];
  const lacking = placesAround(axis, moving ? FURTHER : AROUND).filter(lacks);
  return [...new Set(lacking)].slice(0, kept ? PIECE : FIRST);
}

const axesOf = (film) => [film.axis, ...film.beside].filter(Boolean);

// Where a hand may set out along one axis or another, each has its first frames before either has
// more.
function nextWanted(film) {
  const lacking = axesOf(film).map((axis) => [axis, wanted(film, axis)]).filter(([, values]) => values.length);
  return lacking.find(([axis]) => !film.kept.has(axis.name)) ?? lacking[0] ?? [];
}

// Not in one breath with anything else: what the browser says together goes to one fragment of the
// page, and either the film or the other would not be heard (part.js).
function ask(film) {
  if (film.asking) return;
  film.asking = true;
  setTimeout(() => {
    film.asking = false;
    if (mayAsk()) askNow(film);
    else setTimeout(() => ask(film), BREATH);
  });
}

// A press waits for no timer: browsers draw a frame first, and all that it lights.
function askAtOnce(film) {
  if (mayAsk()) askNow(film);
  else ask(film);
}

function mayAsk() {
  const wire = globalThis.blameWire;
  return performance.now() - (wire?.spoke ?? -Infinity) > BREATH && !wire?.turning?.();
}

function askNow(film) {
  if (!film.axis || !film.trigger) return;
  const { asked, hand } = film;
  // A hand that has set out along one of two axes does not wait for what the other was asked for.
  const instead = asked && hand && hand.name === film.axis.name && hand.name !== asked.name;
  if (asked && !instead) {
    if (performance.now() - asked.since < film.patience) return;
    film.patience *= 2;
  }
  film.asked = null;
  const [axis, values] = nextWanted(film);
  if (!axis) return;
  axis.pieces += 1;
  film.count += 1;
  film.asked = { name: axis.name, values, number: film.count, since: performance.now() };
  const { name, number } = film.asked;
  if (globalThis.blameWire) globalThis.blameWire.asked = film.asked.since;
  film.trigger("ask", { name, values, number });
}

// The places that were asked for and did not come: the first of them may for want of time, and is
// asked for again, but not where nothing came at all, unless that is `still` being trained.
function answeredWith(film, values, still) {
  const { asked } = film;
  film.asked = null;
  film.patience = PATIENCE;
  const axis = axesOf(film).find(({ name }) => name === asked.name);
  if (!axis) return;
  axis.still = still;
  const came = new Set(values);
  const last = asked.values.findLastIndex((place) => came.has(place));
  asked.values.forEach((place, i) => {
    if (!came.has(place) && (i < last || (!came.size && !still))) axis.refused.add(place);
  });
}
