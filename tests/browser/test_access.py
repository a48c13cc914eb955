"""Every page as axe-core finds it, light and dark; and the texts of pictures, which it leaves out.

axe-core comes from npm; without it these tests say how to get it.
"""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.browser.chromium import open_context
from tests.browser.states import STATES, visit
from tests.pages.test_palette import contrast

AXE = Path(__file__).parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = ("backward_pass", "by_hand", "training_lab")
"""Looked at 320 pixels wide too, 1280 at 400 %, where the menu and the inputs are folded away."""


class Known(NamedTuple):
    """A finding that stays: in what Streamlit draws, or wrong."""

    rule: str
    part: str
    """A selector of the part it lies in."""
    why: str


KNOWN = (
    Known(
        "region",
        "[data-floating-ui-portal]",
        "Streamlit draws an open part of the menu at the end of the page, outside its landmarks.",
    ),
    Known(
        "list",
        "[data-testid=stSidebarNavItems]",
        "Streamlit's menu on a phone is a list whose sections are no items of it.",
    ),
    Known(
        "listitem",
        "[data-testid=stSidebarNavItems]",
        "Its pages, Streamlit's too, stand in the sections, so in no list of their own.",
    ),
    Known(
        "scrollable-region-focusable",
        "[data-testid=stMarkdownContainer] :is(table, .katex-display)",
        "A table or formula that scrolls by itself: Chromium and Firefox let the Tab key reach "
        "one; axe-core looks at the markup. test_keyboard holds that.",
    ),
)
_seen: set[Known] = set()
_visited: set[str] = set()

_RUN = """async (parts) => {
  const found = await axe.run(document, {resultTypes: ["violations"], elementRef: true});
  return found.violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id, impact: rule.impact, html: node.html, why: node.failureSummary,
    where: node.target.flat().join(" "), inside: parts.filter((part) => node.element.closest(part)),
  })));
}"""
# Theme changes are faded in, and the living network hears of them a moment later.
_THEMED = """(dark) => {
  const app = getComputedStyle(document.querySelector("[data-testid=stApp]"));
  const shadows = [...document.querySelectorAll("*")].map((e) => e.shadowRoot).filter(Boolean);
  const pictures = shadows.map((root) => root.querySelector(".picture")).filter(Boolean);
  return app.colorScheme === (dark ? "dark" : "light") &&
    pictures.every((picture) => picture.classList.contains("dark") === dark) &&
    document.getAnimations().every((a) => a.playState !== "running" || !a.transitionProperty);
}"""
_TEXTS = """() => {
  const roots = [document, ...[...document.querySelectorAll("*")].map((e) => e.shadowRoot)];
  return roots.filter(Boolean).flatMap((root) => [...root.querySelectorAll("svg text")])
    .filter((text) => text.textContent.trim()
      && text.checkVisibility({opacityProperty: true, visibilityProperty: true}))
    .map((text) => {
      let opacity = Number(getComputedStyle(text).fillOpacity);
      for (let e = text; e; e = e.parentElement) opacity *= getComputedStyle(e).opacity;
      return [text.textContent, getComputedStyle(text).fill, opacity];
    });
}"""


@pytest.fixture(scope="module", autouse=True)
def axe():
    """axe-core's script."""
    if not AXE.exists():
        pytest.skip("axe-core is missing: npm ci --prefix tests/node")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(browser, axe):
    """One page for all states: each is a new document anyway."""
    context = open_context(browser)
    yield context.new_page()
    context.close()


def findings(page, axe):
    """Return what axe finds that is new, and note what is known."""
    page.evaluate(axe)
    new = []
    for found in page.evaluate(_RUN, [known.part for known in KNOWN]):
        known = [k for k in KNOWN if k.rule == found["rule"] and k.part in found["inside"]]
        _seen.update(known)
        if not known:
            new.append("{impact} {rule}: {where}\n  {html}\n  {why}".format(**found))
    return new


def faint_texts(page):
    """Return the texts inside SVGs that stand out too little from the page."""
    background = page.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    )
    paper = _channels(background)
    faint = []
    for text, fill, opacity in page.evaluate(_TEXTS):
        ink = [p + (i - p) * opacity for i, p in zip(_channels(fill), paper, strict=True)]
        if contrast(_hex(ink), _hex(paper)) < 4.5:
            faint.append((text, fill, round(opacity, 2)))
    return faint


def _channels(colour):
    return [float(part) for part in re.findall(r"[\d.]+", colour)[:3]]


def _hex(channels):
    return "#" + "".join(f"{round(c):02x}" for c in channels)


@pytest.mark.parametrize("name", STATES)
def test_nothing_shuts_a_reader_out(server, page, axe, name):
    page.emulate_media(color_scheme="light")
    visit(page, f"{server.url}/{STATES[name].link}")
    STATES[name].then(page)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.wait_for_function(_THEMED, arg=theme == "dark")
        assert not (new := findings(page, axe)), f"{theme}:\n" + "\n".join(new)
        assert faint_texts(page) == [], theme
    _visited.add(name)


def test_nothing_shuts_a_reader_out_on_a_phone(server, browser, axe):
    context = open_context(browser, viewport={"width": 320, "height": 844})
    page = context.new_page()
    for name in PHONE:
        visit(page, f"{server.url}/{STATES[name].link}")
        STATES[name].then(page)
        assert not (new := findings(page, axe)), f"{name}:\n" + "\n".join(new)
    context.close()
    _visited.add("phone")


def test_what_is_known_is_still_there():
    if _visited == {*STATES, "phone"}:
        # As a warning, so that the summary of the tests names it.
        for known in KNOWN:
            warnings.warn(f"{known.rule} in {known.part}: {known.why}", pytest.PytestWarning, 2)
        assert set(KNOWN) == _seen, "take out what has been mended"
