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


def run(acts, tells="console.log(JSON.stringify([one, other]));"):
    """Return what the two places were shown, or what else is told."""
    script = SCRIPT.read_text(encoding="utf-8")
    parts = re.findall(
        r"^(?:const QUIET.*?$|function \w+\(.*?^})", script, re.MULTILINE | re.DOTALL
    )
    told = "\n".join([*parts, PLACES, acts, tells])
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


SPEAKS = """
const said = [];
const say = (...all) => said.push(all);
globalThis.blameWire = { newest: {}, mounted: {}, session: "s", at: 1, say };
let speak;
wired(
  { data: [{ key: "k", wired: true, session: "s", at: 1, told: {} }], parentElement: one },
  ({ setTriggerValue }) => { speak = setTriggerValue; },
);
const told = () => console.log(JSON.stringify(said));
"""


def test_what_is_said_in_one_breath_with_what_asks_for_a_film_is_said_a_little_later():
    both = 'speak("moved", 1); speak("moved", 2); '
    all_of_it = [["k__moved", 1], ["k__moved", 2]]
    assert run(SPEAKS, f"{both}told();") == all_of_it
    just_now = "blameWire.asked = performance.now(); "
    assert run(f"{SPEAKS}{just_now}{both}", "told();") == []
    assert run(f"{SPEAKS}{just_now}{both}", "setTimeout(told, 100);") == all_of_it
    long_ago = "blameWire.asked = performance.now() - 2 * QUIET; "
    assert run(f"{SPEAKS}{long_ago}{both}", "told();") == all_of_it


def test_what_is_said_while_another_page_is_turned_to_waits_until_it_is_there():
    turning = "let turns = true; blameWire.turning = () => turns; "
    # What goes on waiting would keep this from ending.
    told = "setTimeout(() => { told(); process.exit(); }, 150);"
    assert run(f'{SPEAKS}{turning}speak("moved", 1);', told) == []
    there = "setTimeout(() => { turns = false; }, 50); "
    said = run(f'{SPEAKS}{turning}{there}speak("moved", 1);', told)
    assert said == [["k__moved", 1]]
