"""Whether another page is on its way, as the wire's script sees it."""

import json
import re
import shutil
import subprocess

import pytest

from tests.pages.app import ROOT

SCRIPT = ROOT / "pages/shared/live/scripts/wire.js"
# A browser that is at a page, and what it tells of: a link that is clicked, a way back.
BROWSER = """
const heard = {};
globalThis.addEventListener = (name, hear) => { heard[name] = hear; };
globalThis.document = { addEventListener: globalThis.addEventListener };
globalThis.location = { origin: "http://here", protocol: "http:", pathname: "/training" };
const wire = { lesson: 3, path: "/training" };
const turning = watchTurns(wire);
const click = (path, how = {}, link = {}) => heard.click({
  button: 0, ...how,
  composedPath: () => [
    { localName: "span" },
    { localName: "a", href: `http://here${path}`, origin: "http://here", protocol: "http:",
      pathname: path, download: "", ...link },
  ],
});
const back = (path) => { location.pathname = path; heard.popstate({}); };
"""

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")


def turning(acts):
    script = SCRIPT.read_text(encoding="utf-8")
    parts = re.findall(
        r"^(?:const TURN .*?$|function \w+\(.*?^})", script, re.MULTILINE | re.DOTALL
    )
    told = "\n".join([*parts, BROWSER, acts, "console.log(JSON.stringify(turning()));"])
    done = subprocess.run(["node", "-e", told], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("acts", "turns"),
    [
        ("", False),
        ('click("/tour");', True),
        # The page itself, another window, another place on the web, no link at all.
        ('click("/training");', False),
        *(
            (f'click("/tour", {{ {key}: true }});', False)
            for key in ("ctrlKey", "metaKey", "shiftKey")
        ),
        ('click("/tour", { button: 1 });', False),
        ('click("/tour", {}, { target: "_blank" });', False),
        ('click("/tour", {}, { origin: "http://there" });', False),
        ('heard.click({ button: 0, composedPath: () => [{ localName: "button" }] });', False),
        # A file or a picture that is saved.
        ('click("/media/run.csv", {}, { download: "run.csv" });', False),
        ('click("/tour", {}, { protocol: "blob:" });', False),
        # Back to another page; back to other numbers of this one.
        ('back("/tour");', True),
        ('back("/training");', False),
        # It is there once a lesson has been laid out, or will not come.
        ('click("/tour"); wire.lesson = 4;', False),
        (
            'click("/tour"); const now = performance.now(); performance.now = () => now + 5000;',
            False,
        ),
    ],
)
def test_a_page_is_on_its_way_from_the_click_until_its_lesson_is_there(acts, turns):
    assert turning(acts) == turns
