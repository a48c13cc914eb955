"""Every state of the app, as a reader may come to it: light and dark, at 200 % and on a phone.

One page is opened for each, and looked at in all these ways: opening it is what costs.
"""

from __future__ import annotations

import warnings

import pytest

from tests.browser.chromium import SIZE
from tests.browser.helpers import console_problems, settled
from tests.browser.readers.look import (
    AXE,
    COLOURS,
    KNOWN,
    faint_texts,
    findings,
    seen,
    themed,
    without_room,
)
from tests.browser.states import STATES, visit

NARROW = ("backward_pass", "by_hand", "training_lab")
"""Looked at 320 pixels wide too, 1280 at 400 %, where the menu and the inputs are folded away."""
ZOOMED = {"width": 640, "height": 500}
"""A screen of 1280 x 1000 at 200 %."""
PHONE = {"width": 390, "height": 844}
_visited: set[str] = set()


@pytest.fixture(scope="module", autouse=True)
def axe():
    """axe-core's script."""
    if not AXE.exists():
        pytest.skip("axe-core is missing: npm ci --prefix tests/node")
    return AXE.read_text(encoding="utf-8")


def unfold(page):
    """Show the inputs, which a page that was narrow has folded away."""
    if page.locator("[data-testid=stSidebar][aria-expanded=false]").count():
        page.locator("[data-testid=stExpandSidebarButton]").click()
        page.locator("[data-testid=stSidebar][aria-expanded=true]").wait_for()
    settled(page)


@pytest.mark.parametrize("name", STATES)
def test_nothing_shuts_a_reader_out_and_all_has_room(server, page, axe, name):
    page.emulate_media(color_scheme="light")
    page.console_problems.clear()
    # Narrow first: a page that becomes narrow keeps its inputs open over the lesson.
    page.set_viewport_size(ZOOMED)
    visit(page, f"{server.url}/{STATES[name].link}")
    assert without_room(page) == [], "at 200 %"
    for size in (PHONE, SIZE):
        page.set_viewport_size(size)
        # The charts and the network are drawn anew.
        page.wait_for_timeout(300)
        settled(page)
        if size == PHONE:
            assert without_room(page) == [], "on a phone"
    unfold(page)
    STATES[name].then(page)
    for theme, rules in (("light", None), ("dark", COLOURS)):
        themed(page, theme)
        assert not (new := findings(page, axe, rules)), f"{theme}:\n" + "\n".join(new)
        assert faint_texts(page) == [], theme
    assert console_problems(page) == []
    _visited.add(name)


def test_nothing_shuts_a_reader_out_on_a_narrow_phone(server, page, axe):
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 844})
    for name in NARROW:
        visit(page, f"{server.url}/{STATES[name].link}")
        STATES[name].then(page)
        assert not (new := findings(page, axe)), f"{name}:\n" + "\n".join(new)
    _visited.add("phone")


def test_what_is_known_is_still_there():
    if _visited == {*STATES, "phone"}:
        # As a warning, so that the summary of the tests names it.
        for known in KNOWN:
            warnings.warn(f"{known.rule} in {known.part}: {known.why}", pytest.PytestWarning, 2)
        assert set(KNOWN) == seen, "take out what has been mended"
