"""A second engine: Firefox walks through the app, drags, types and downloads.

The walk, `firefox.mjs`, is made once, and each test reads one thing from what it found.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlparse
from xml.etree import ElementTree

import pytest

from blame.exercise.export import numpy_script
from blame.exercise.names import link_name, name_in_link
from blame.exercise.presets import NOTEBOOK
from pages.shared.state.menu import SECTIONS
from tests.browser.helpers import SETTLED
from tests.browser.server import serve
from tests.exercises import by_link_name, notebook_with
from tests.pages.app import PAGES

pytestmark = pytest.mark.of_server("the walk in Firefox starts one")
NODE = Path(__file__).parents[2] / "node"
TIMEOUT = 240
"""Seconds after which the walk is given up."""
LINKED = by_link_name(NOTEBOOK) | {
    "x_0": -1.25, "x_1": 0.75, "y_true": 3.0, "W1_0_0": 0.625, "W1_0_1": 1.5, "W1_1_0": -0.3,
    "W1_1_1": 2.0, "b1_0": 1e-3, "b1_1": -0.2, "W2_0_0": 1.1, "W2_1_0": 0.4, "b2_0": 123456.789,
    "learning_rate": 0.02, "steps": 7,
}  # fmt: skip
MENU = [
    {"name": page.file, "section": section, "title": page.title}
    for section, pages in SECTIONS.items()
    for page in pages
    if section
]
WITH_CHARTS = ("forward_pass", "backward_pass", "relu_gate", "training", "what_if", "depth")
DRAGGED = notebook_with(W1_0_0=1.5)
TYPED = notebook_with(W1_0_0=1.5, x_1=-2.5)


def missing() -> str | None:
    """Return what to do to get what is missing, or None."""
    if shutil.which("node") is None:
        return "Node.js is missing: apt-get install nodejs npm"
    if not (NODE / "node_modules" / "puppeteer-core").is_dir():
        return "puppeteer-core is missing: npm ci --prefix tests/node --ignore-scripts"
    if firefox() is None:
        return "Firefox is missing: apt-get install firefox-esr"
    return None


def firefox() -> str | None:
    """Return the path of Firefox."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What Firefox found, on a server that nobody had visited before."""
    if reason := missing():
        pytest.skip(reason)
    with serve() as server:
        job = {
            "url": server.url,
            "firefox": firefox(),
            "downloads": str(tmp_path_factory.mktemp("downloads")),
            "settled": SETTLED,
            "link": f"relu_gate?{urlencode(LINKED)}",
            "keys": [name_in_link(name) for name in LINKED],
            "drag": {"name": "W1[0, 0]", "key": "W1_0_0", "pixels": 60, "value": "1.5"},
            "opened": "dW1[1, 1]",
            "typed": {"name": "x[1]", "key": "x_1", "value": "-2.5"},
            "picture": "blame_network.svg",
            "program": {"label": "NumPy program", "file": "blame_numpy.py"},
            "menu": MENU,
        }
        walk = subprocess.run(
            ["node", str(NODE / "firefox.mjs"), json.dumps(job)],
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
        )
        assert walk.returncode == 0, f"{walk.stderr}\nThe server said:\n{server.log()[-4000:]}"
    return json.loads(walk.stdout)


def part(found, name):
    """Return what one part of the walk found; fail if it was broken off."""
    if isinstance(found[name], dict):
        assert "error" not in found[name], f"{name}: {found[name]['error']}"
    return found[name]


def read(shown):
    """Return the number that a cell shows, with its typographic minus."""
    return float(shown.replace("\u2212", "-"))


def numbers_of(address):
    return {name: float(value[0]) for name, value in parse_qs(urlparse(address).query).items()}


def test_a_link_on_a_fresh_server_brings_every_number(found):
    link = part(found, "link")
    assert {link_name(name): read(shown) for name, shown in link["fields"].items()} == LINKED
    assert numbers_of(link["address"]) == LINKED


def test_a_dragged_number_arrives_in_picture_field_address_and_chart(found):
    drag = part(found, "drag")
    assert float(drag["picture"]) == 1.5
    assert read(drag["field"]) == 1.5
    assert numbers_of(drag["address"]) == {"W1_0_0": 1.5}
    bars = dict(re.split(r"\s{2,}|\u00a0\u00a0", label, maxsplit=1) for label in drag["labels"])
    gradient = DRAGGED.backward().weight_gradients[0][1, 0]
    assert read(bars["dW1[1, 0]"]) == pytest.approx(gradient, 1e-3)


def test_a_click_opens_a_number_and_a_double_click_types_one(found):
    assert numbers_of(part(found, "hand")["address"]) == {"W1_0_0": 1.5, "x_1": -2.5}


def test_the_picture_is_saved(found):
    root = ElementTree.fromstring(part(found, "picture"))
    texts = {"".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert "neuron 0, shut" in texts


def test_the_program_is_downloaded_with_the_numbers_of_the_moment(found):
    assert part(found, "program") == numpy_script(TYPED)


def test_every_page_is_drawn(found):
    part(found, "walk")
    assert sorted(found["pages"]) == PAGES
    for name, page in found["pages"].items():
        assert page["title"], name
        assert page["alerts"] == [], name
    assert all(found["pages"][name]["charts"] for name in WITH_CHARTS)


def test_there_is_no_error_in_the_console(found):
    assert found["problems"] == []
