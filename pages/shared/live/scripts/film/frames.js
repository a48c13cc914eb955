// The frames that have come: by axis, then by place along it. Each is what the parts are told at
// rest but for its differences.
const MOST_FILMS = 4;     // kept: those of the axes gone along last
const MOST_FRAMES = 1000; // kept of one film: those nearest to the hand

// What is the page's own and no film's: what was heard, said, asked.
const OWN = ["seen", "session", "typed", "reply", "undo", "redo", "visit"];

async function opened(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

// Add a piece to the film of its axis; another film than the one before begins anew.
function keep(film, { name, stamp }, piece) {
  const before = film.kept.get(name);
  const kept = before?.stamp === stamp ? before : { stamp, frames: new Map() };
  film.kept.delete(name);
  film.kept.set(name, kept);
  piece.values.forEach((value, i) => kept.frames.set(value, { piece, row: piece.rows[i] }));
  const at = film.hand?.name === name ? film.hand.value : film.axis?.name === name ? film.axis.value : null;
  if (kept.frames.size > MOST_FRAMES && at !== null) {
    const places = [...kept.frames.keys()].sort((a, b) => Math.abs(b - at) - Math.abs(a - at));
    for (const place of places.slice(0, kept.frames.size - MOST_FRAMES)) kept.frames.delete(place);
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
    at[path.at(-1)] = row[i + 1];
  }
  return told;
}

// A frame's part with what the page itself knows by now.
function asOfNow(told, now) {
  const shown = { ...told };
  for (const name of OWN) if (now && name in now) shown[name] = now[name];
  return shown;
}
