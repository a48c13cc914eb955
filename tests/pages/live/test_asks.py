"""Which frames are asked for, and when: of a run that plays, and under a hand that sets out."""

import json
import shutil
import subprocess

import pytest

from tests.pages.app import ROOT

SCRIPTS = ROOT / "pages/shared/live/scripts/film"
ASKED = """
const run = (value, last, kept) => wantedOfRun(
  { kept: new Map([["play_step", { frames: new Map(kept.map((at) => [at, {}])), each: 1 }]]) },
  {
    name: "play_step", value, refused: new Set(), plays: true, ahead: 60, behind: 4,
    next: (at, way) => (at + 20 * way > last || at + 20 * way < 0 ? null : at + 20 * way),
  },
);
"""

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")


def asked(value, last, kept):
    return run(ASKED, f"console.log(JSON.stringify(run({value}, {last}, {json.dumps(kept)})));")


def run(*acts):
    scripts = [(SCRIPTS / name).read_text("utf-8") for name in ("asks.js", "frames.js")]
    told = "\n".join([*scripts, *acts])
    done = subprocess.run(["node", "-e", told], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_the_last_step_of_a_run_that_plays_is_asked_for_though_it_is_the_only_one_left():
    behind = list(range(1900, 1981, 20))
    assert asked(1980, 2000, behind) == [2000]
    assert asked(1980, 2000, [*behind, 2000]) == []


def test_while_half_of_what_lies_ahead_is_there_nothing_is_asked_for():
    there = list(range(920, 1000 + 20 * 40, 20))
    assert asked(1000, 9000, there) == []
    # Less than half: the rest is asked for at once.
    fewer = list(range(920, 1000 + 20 * 20, 20))
    assert asked(1000, 9000, fewer)[:2] == [1400, 1420]


# A hand between two axes, x and y, and what is asked for, with when that was.
SET_OUT = """
const began = performance.now(), told = [];
const next = (at, way) => at + way;
const axis = (name) => ({ name, value: 0, next, refused: new Set(), pieces: 0 });
const film = {
  kept: new Map(), hand: null, axis: axis("x"), beside: [axis("y")], asked: null, count: 0,
  patience: PATIENCE, trigger: (_, { name, number }) => told.push([name, number]),
};
globalThis.blameWire = { spoke: -Infinity };
const tell = () => console.log(JSON.stringify(told));
"""


def test_a_hand_that_sets_out_along_the_other_axis_does_not_wait():
    sets_out = 'film.hand = { name: "y" }; film.axis = { ...axis("y"), moving: true }; '
    assert run(SET_OUT, "askAtOnce(film); askNow(film); tell();") == [["x", 1]]
    assert run(SET_OUT, f"askAtOnce(film); {sets_out}askNow(film); tell();") == [["x", 1], ["y", 2]]
    # Along the one that was asked for it does.
    goes_on = 'film.hand = { name: "x" }; film.axis.moving = true; '
    assert run(SET_OUT, f"askAtOnce(film); {goes_on}askNow(film); tell();") == [["x", 1]]
    # What was not answered in time is asked for again, but less often.
    late = "askAtOnce(film); film.asked.since -= 1.5 * PATIENCE; askNow(film); "
    assert run(SET_OUT, f"{late}tell();") == [["x", 1], ["x", 2]]
    later = "film.asked.since -= 1.5 * PATIENCE; askNow(film); "
    assert run(SET_OUT, f"{late}{later}tell();") == [["x", 1], ["x", 2]]
    # To set out elsewhere is no lateness.
    assert run(
        SET_OUT,
        f"askAtOnce(film); {sets_out}askNow(film); console.log(film.patience === PATIENCE);",
    )


def test_a_press_asks_at_once_but_not_in_one_breath_with_what_is_said():
    assert run(SET_OUT, "askAtOnce(film); tell();") == [["x", 1]]
    assert run(SET_OUT, "askAtOnce(film); console.log(blameWire.asked >= began);")
    spoke = "blameWire.spoke = performance.now(); askAtOnce(film); "
    assert run(SET_OUT, f"{spoke}tell();") == []
    assert run(SET_OUT, f"{spoke}setTimeout(tell, 200);") == [["x", 1]]
    long_ago = "blameWire.spoke = performance.now() - 2 * BREATH; askAtOnce(film); "
    assert run(SET_OUT, f"{long_ago}tell();") == [["x", 1]]


def test_nothing_is_asked_for_while_another_page_is_turned_to():
    turning = "let turns = true; blameWire.turning = () => turns; askAtOnce(film); "
    # What goes on waiting would keep this from ending.
    end = "setTimeout(() => { tell(); process.exit(); }, 100);"
    assert run(SET_OUT, turning, end) == []
    assert run(SET_OUT, turning, "turns = false; ", end) == [["x", 1]]
