"""What a hand is shown before the frame of its own place has come."""

import json
import shutil
import subprocess

import pytest

from tests.pages.app import ROOT

SCRIPTS = ROOT / "pages/shared/live/scripts/film"
# A hand is near 0, and sets out before the frames around 0 come; each shows its own place.
SET_OUT = """
const shown = [], told = { number: null };
globalThis.requestAnimationFrame = (show) => setTimeout(show);
globalThis.blameWire = { newest: {}, mounted: { part: ({ place }) => shown.push(place) } };
const film = makeProjector();
film.mounted((_, asked) => { told.number ??= asked.number; });
film.heard({ session: "s", lesson: 1, films: {}, told: {} });
const axis = (value) => ({ name: "x", value, next: (at, way) => at + way });
film.near(axis(0));
async function come(values) {
  const { number } = told;
  const head = { session: "s", lesson: 1, name: "x", stamp: "1", number, still: false };
  const rows = values.map((value) => [0, value]);
  const rest = { part: { place: 0 } }, paths = [["part", "place"]];
  const piece = JSON.stringify({ rest, rows, values, paths, shared: [] });
  const packed = new Blob([piece]).stream().pipeThrough(new CompressionStream("gzip"));
  const body = new Uint8Array(await new Response(packed).arrayBuffer());
  const line = new TextEncoder().encode(`${JSON.stringify(head)}\\n`);
  const sent = new Uint8Array([...line, ...body]);
  await film.came(sent);
  setTimeout(() => { console.log(JSON.stringify([first, shown])); process.exit(); }, 50);
}
"""

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")


def shown(value, came):
    """Return what was said to the hand as it set out, and the places that it was shown."""
    names = ("restored.js", "frames.js", "asks.js", "projector.js")
    scripts = [(SCRIPTS / name).read_text("utf-8").partition("export default")[0] for name in names]
    acts = f"const first = film.move(axis({value}), false); come({json.dumps(came)});"
    done = subprocess.run(
        ["node", "-e", "\n".join([*scripts, SET_OUT, acts])],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("value", "came", "places"),
    [
        (1, [0, 1, -1, 2, -2], [1]),
        # The nearest on the way there, none beyond it, none behind.
        (3, [0, 1, -1, 2, -2], [2]),
        (-3, [0, 1, -1, 2, -2], [-2]),
        (3, [0, 5, -1], []),
        # Where it was is no frame that follows it.
        (3, [0], []),
    ],
)
def test_what_lies_between_a_hand_and_where_it_set_out_is_shown(value, came, places):
    assert shown(value, came) == ["comes", places]
