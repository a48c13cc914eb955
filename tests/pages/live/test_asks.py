"""Which frames are asked for while a run plays: none one by one, and the last one all the same."""

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
    scripts = [(SCRIPTS / name).read_text("utf-8") for name in ("asks.js", "frames.js")]
    said = f"console.log(JSON.stringify(run({value}, {last}, {json.dumps(kept)})));"
    told = "\n".join([*scripts, ASKED, said])
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
