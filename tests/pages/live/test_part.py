"""The script of every part: where one stands in two places, the one that stays goes on."""

import json
import re
import shutil
import subprocess

import pytest

from tests.pages.app import ROOT

SCRIPT = ROOT / "pages/shared/live/scripts/part.js"
# Each place keeps what it was shown.
PLACES = """
const mount = (place, at, told) => wired(
  {
    data: [{ key: "k", wired: true, session: "s", at, told }],
    parentElement: place,
    setTriggerValue() {},
  },
  ({ data: [shown], parentElement }) => { parentElement.push(shown); },
);
const tell = (told) => {
  Object.assign(blameWire.newest.k, { told });
  blameWire.mounted.k?.(told);
};
const [one, other] = [[], []];
"""


def run(acts):
    """Return what the two places were shown."""
    script = SCRIPT.read_text(encoding="utf-8")
    functions = re.findall(r"^function \w+\(.*?^}", script, re.MULTILINE | re.DOTALL)
    told = "\n".join([*functions, PLACES, acts, "console.log(JSON.stringify([one, other]));"])
    done = subprocess.run(["node", "-e", told], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")


def test_the_place_that_stays_goes_on_where_the_one_that_goes_had_come_last():
    one, other = run(
        'mount(one, 2, "new"); const leave = mount(other, 1, "old"); tell("meanwhile"); leave(); '
        'tell("after");'
    )
    assert one == ["new", "meanwhile", "after"]
    # It is not shown what is over.
    assert other == ["new", "meanwhile"]


def test_the_place_that_came_last_goes_on_where_it_is_the_other_that_goes():
    one, other = run(
        'const leave = mount(one, 1, "old"); mount(other, 2, "new"); leave(); tell("after");'
    )
    assert one == ["old"]
    assert other == ["new", "after"]


def test_a_place_that_was_drawn_again_is_not_left_by_what_it_was_drawn_by_before():
    one, _ = run(
        'const before = mount(one, 1, "first"); const now = mount(one, 2, "second"); before(); '
        'tell("after"); now(); tell("never");'
    )
    assert one == ["first", "second", "after"]
