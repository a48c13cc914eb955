// The frames that have come: by axis, then by place along it. Each is what the parts are told at
// rest but for its differences.
const MOST_FILMS = 4;     // kept: those of the axes gone along last
const MOST_FRAMES = 1000; // kept of one film: those nearest to the hand
const MOST_TEXT = 16e6;   // characters of one film, as it came

// What is the page's own and no film's: what was heard, said, asked.
const OWN = ["seen", "session", "typed", "reply", "undo", "redo", "visit"];

async function opened(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const text = await new Response(stream).text();
  const piece = JSON.parse(text);
  piece.rest = restored(piece.rest, piece.shared);
  piece.each = text.length / Math.max(1, piece.values.length);
  return piece;
}

// How many frames of a film are kept: of one that is large fewer.
function roomIn(kept) {
  return Math.min(MOST_FRAMES, Math.floor(MOST_TEXT / (kept?.each ?? 1)));
}

// How far a place is from the hand: in a run, what lies behind is farther than all that is to come.
function far(place, at, run) {
  return run && place < at ? 1e9 + at - place : Math.abs(place - at);
}

// Add a piece to the film of its axis; another film than the one before begins anew.
function keep(film, { name, stamp }, piece) {
  const before = film.kept.get(name);
  const kept = before?.stamp === stamp ? before : { stamp, frames: new Map() };
  film.kept.delete(name);
  film.kept.set(name, kept);
  piece.values.forEach((value, i) => kept.frames.set(value, { piece, row: piece.rows[i] }));
  kept.each = Math.max(kept.each ?? 0, piece.each);
  const most = roomIn(kept);
  const { run } = film.axis?.name === name ? film.axis : {};
  const at = film.hand?.name === name ? film.hand.value : film.axis?.name === name ? film.axis.value : null;
  if (kept.frames.size > most && at !== null) {
    const places = [...kept.frames.keys()].sort((a, b) => far(b, at, run) - far(a, at, run));
    for (const place of places.slice(0, kept.frames.size - most)) kept.frames.delete(place);
  }
  while (film.kept.size > MOST_FILMS) film.kept.delete(film.kept.keys().next().value);
}

// What the parts are told in a frame: what stays as at rest is shared, so that it is known to.
function build({ piece, row }) {
  const told = { ...piece.rest };
  const ours = new Set([told]);
  for (let i = 0; i < row.length; i += 2) {
    const path = piece.paths[row[i]];
    let at = told;
    for (const step of path.slice(0, -1)) {
      if (!ours.has(at[step])) {
        at[step] = Array.isArray(at[step]) ? [...at[step]] : { ...at[step] };
        ours.add(at[step]);
      }
      at = at[step];
    }
    at[path.at(-1)] = restored(row[i + 1], piece.shared, at[path.at(-1)]);
  }
  return told;
}

// A frame's part with what the page itself knows by now.
function asOfNow(told, now) {
  const shown = { ...told };
  for (const name of OWN) if (now && name in now) shown[name] = now[name];
  return shown;
}
