// The projector: while a hand is at a place that has a frame, every part on screen shows it, all in
// one animation frame, and the server is told nothing. The wire's answers wait until the hand has
// let go: they are of where it was.
const SETTLED = 100; // milliseconds after a change that a new film is asked for
const LOST = 15000;  // milliseconds after which the answer to a hand at rest is no longer waited for

function makeProjector() {
  const film = {
    kept: new Map(), hand: null, axis: null, beside: [], asked: null, count: 0, patience: PATIENCE,
    session: null, lesson: null, trigger: null, mounted: null, films: {}, due: false,
  };

  function forget() {
    Object.assign(film, { hand: null, axis: null, beside: [], asked: null });
    film.kept.clear();
  }

  // Something else has changed: the film is of what was before.
  function drop(name) {
    film.kept.delete(name);
    for (const axis of film.beside) if (axis.name === name) Object.assign(axis, { pieces: 0, refused: new Set() });
    if (film.axis?.name !== name) return;
    // A run is all made anew once a hand comes back to it.
    if (film.axis.run && !film.hand) film.axis = null;
    if (!film.axis) return;
    Object.assign(film.axis, { pieces: 0, moving: false, refused: new Set() });
    setTimeout(() => ask(film), SETTLED);
  }

  // Those `beside` are the ones that the hand may yet set out along.
  function along(axis, moving, beside = [], say = ask) {
    const before = axesOf(film);
    const follow = (each, moves) => {
      const { refused = new Set(), pieces = 0, moving: moved } = before.find(({ name }) => name === each.name) ?? {};
      return { ...each, refused, pieces, moving: moves || (each === axis && Boolean(moved)) };
    };
    film.axis = follow(axis, moving);
    film.beside = moving ? [] : beside.map((each) => follow(each, false));
    say(film);
  }

  // The frame a hand is shown: that of its place, or else the nearest on the way there.
  function shownAt(hand) {
    const frames = film.kept.get(hand.name)?.frames;
    if (!frames) return null;
    if (frames.has(hand.value)) return hand.value;
    const from = hand.shown ?? hand.from ?? hand.near ?? null;
    if (from === null) return null;
    // The place it was near before it set out is none on its way.
    const isOn = (place) => (place - from) * (hand.value - place) >= 0 && (place !== from || from !== hand.near);
    const between = [...frames.keys()].filter(isOn);
    return between.length ? between.reduce((a, b) => (Math.abs(b - hand.value) < Math.abs(a - hand.value) ? b : a)) : hand.shown;
  }

  function project() {
    film.due = false;
    const { hand } = film;
    const place = hand && shownAt(hand);
    const frame = place !== null && film.kept.get(hand?.name)?.frames.get(place);
    if (!frame) return;
    hand.shown = place;
    const { newest, mounted } = globalThis.blameWire;
    for (const [key, told] of Object.entries(build(frame))) mounted[key]?.(asOfNow(told, newest[key]?.told));
  }

  function soon() {
    if (film.due) return;
    film.due = true;
    requestAnimationFrame(project);
  }

  return {
    // A hand is near a number, and may take it from here; at a place that goes two ways, the other too.
    near(axis, ...beside) {
      if (film.trigger && !film.hand) along(axis, false, beside, askAtOnce);
    },

    // A number is being typed: that one place is asked for.
    foresee(name, value) {
      if (!film.trigger || film.hand) return;
      along({ name, value, next: () => null }, false);
      film.axis.pieces = 0;
    },

    // It has gone elsewhere without taking it.
    away(name) {
      if (!film.hand && film.axis?.name === name) Object.assign(film, { axis: null, beside: [] });
    },

    // A hand has moved a number. "shown": its frame follows; "waits": that is still to come, and the
    // last one stays; "comes": there is none at all yet; "": the server has to be told.
    move(axis, rests) {
      const { hand } = film;
      if (!film.trigger) return "";
      if (hand && hand.name !== axis.name) {
        // Two hands. Where the other one is the server does not know: it is told, or else it would
        // show that number where it was.
        if (hand.since === null) hand.settle?.();
        return "";
      }
      // From where it was near it sets out: what lies between is shown until its own place has come.
      const near = film.axis?.name === axis.name ? film.axis.value : null;
      film.hand = { shown: null, near, ...hand, ...axis, since: null, answered: null };
      if (!rests) along(axis, true);
      const place = shownAt(film.hand);
      // A run that plays moves in an animation frame: a later one would be the next.
      if (place !== null) (axis.plays ? project : soon)();
      if (place === axis.value) return "shown";
      const comes = film.asking || film.asked?.name === axis.name;
      if (comes && !film.axis?.refused.has(axis.value)) return place === null ? "comes" : "waits";
      film.hand = null;
      return "";
    },

    // The hand rests, and the server is told so: what it answers then is shown.
    rest(name) {
      const { hand } = film;
      if (hand?.name !== name) return;
      hand.since = performance.now();
      // Of a run that is trained as it is played no more is asked for than is looked at.
      if (hand.ahead !== undefined) film.axis = null;
      if (hand.shown === null && shownAt(hand) === null && film.asked?.name !== name) film.hand = null;
    },

    // What the answer to that looks like.
    told(name, answered) {
      if (film.hand?.name === name && film.hand.since !== null) film.hand.answered = answered;
    },

    // The wire has come: whether it is shown.
    heard({ session, lesson, films, told }) {
      if (session !== film.session || lesson !== film.lesson) forget();
      Object.assign(film, { session, lesson });
      film.films = films;
      for (const [name, { stamp }] of film.kept) if (films[name] !== stamp) drop(name);
      const { hand } = film;
      if (!hand) return true;
      const rests = hand.since !== null && (hand.answered?.(told) || performance.now() - hand.since > LOST);
      if (rests || (hand.shown !== null && !film.kept.has(hand.name))) {
        film.hand = null;
        return true;
      }
      if (hand.shown === null) return true;
      project();
      return false;
    },

    // Whether a hand is shown frames now, any or one along this axis.
    holds: (name) => film.hand !== null && (name === undefined || film.hand.name === name),

    // The place that a hand along this axis is shown.
    at: (name) => (film.hand?.name === name ? shownAt(film.hand) : null),

    // How far a run has frames one after the other, from a step and up to another.
    reached(name, from, to, next) {
      const frames = film.kept.get(name)?.frames;
      let at = from;
      for (let then = next(at, 1); then !== null && then <= to && frames?.has(then); then = next(at, 1)) at = then;
      return at;
    },

    // What a part is told in a frame.
    frame(name, place, key) {
      const frame = film.kept.get(name)?.frames.get(place);
      return frame && build(frame)[key];
    },

    // Whether there will be no frame of a place, ever.
    lacks: (name, place) => !film.trigger || (film.axis?.name === name && film.axis.refused.has(place)),

    // How many are kept of each film.
    counts: () => Object.fromEntries([...film.kept].map(([name, { frames }]) => [name, frames.size])),

    // A part was mounted anew in the midst of it.
    again() {
      if (film.hand && film.hand.shown !== null) soon();
    },

    // On a page that has no films nobody is asked for one.
    mounted(trigger) {
      const here = (film.mounted = {});
      film.trigger = trigger;
      return () => {
        if (film.mounted === here) film.trigger = null;
      };
    },

    async came(data) {
      const end = data.indexOf(10);
      const head = JSON.parse(new TextDecoder().decode(data.subarray(0, end)));
      if (head.session !== film.session || head.lesson !== film.lesson) forget();
      Object.assign(film, { session: head.session, lesson: head.lesson });
      const { asked } = film;
      if (!asked || head.number !== asked.number) return ask(film);
      film.films = { ...film.films, [head.name]: head.stamp };
      const body = data.slice(end + 1);
      const piece = body.length ? await opened(body) : { values: [] };
      // What has come since may have made it another's.
      if (film.asked !== asked) return;
      answeredWith(film, piece.values, head.still);
      if (piece.values.length && film.films[head.name] === head.stamp) keep(film, head, piece);
      if (film.hand?.name === head.name) soon();
      ask(film);
    },
  };
}

const projector = (globalThis.blameFilm ??= makeProjector());

export default function (component) {
  const leave = projector.mounted(component.setTriggerValue);
  projector.came(component.data);
  return leave;
}
