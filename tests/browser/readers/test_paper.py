"""A lesson on paper: whole, in ink, and no sheet without anything on it."""

import re

import pytest

from tests.browser.helpers import look_up

PAPER = {"A4": 794 - 2 * 45, "Letter": 816 - 2 * 45}
"""The width of a sheet inside its margins, in pixels."""
BEYOND = """(most) => {
  const block = document.querySelector("[data-testid=stMainBlockContainer]");
  const left = block.getBoundingClientRect().left;
  const hosts = [...document.querySelectorAll("*")].map((e) => e.shadowRoot).filter(Boolean);
  const drawn = [block, ...hosts].flatMap(
    (e) => [...e.querySelectorAll(".main-svg, .picture svg, .receipt")]);
  return [drawn.length, drawn.map((e) => e.getBoundingClientRect()).filter((box) => box.width
    && (box.left < left - 1 || box.right > left + most + 1)).length];
}"""


BOXES = """() => [...document.querySelector("[data-testid=stMain]")
  .querySelectorAll("[data-testid=stVerticalBlock]")]
  .filter((e) => parseFloat(getComputedStyle(e).borderTopWidth) > 0 && e.checkVisibility())
  .map((e) => getComputedStyle(e).breakInside)"""
"""Of each box with a frame, whether it may be parted."""


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        ("", "light"),
        ("backward_pass", "dark"),
        ("training", "light"),
        ("playground", "dark"),
        ("by_hand", "light"),
    ],
)
def test_a_lesson_prints_whole_and_in_ink(server, page, name, scheme):
    page.emulate_media(color_scheme=scheme)
    look_up(page, f"{server.url}/{name}")
    page.locator("h1").first.wait_for()
    page.locator("[data-testid=chart], .picture, .st-key-group_of_z1").first.wait_for()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for width in PAPER.values():
        drawn, beyond = page.evaluate(BEYOND, width)
        assert (drawn > 0) == (name != "by_hand")
        assert beyond == 0
    assert {*page.evaluate(BOXES)} <= {"avoid"}
    assert len(page.evaluate(BOXES)) > 5 or name != "by_hand"
    # From paper no link leads on, and what follows the last thing has no sheet of its own.
    links = page.locator("[data-testid=stMain] [data-testid=stPageLink]:visible")
    assert links.count() == (20 if name == "" else 0)
    after = "e => getComputedStyle(e).marginBottom"
    last = page.locator("[data-testid=stMainBlockContainer] > * > [data-testid]:visible").last
    assert last.evaluate(after) == "0px"
    assert not page.locator("[data-testid=stSidebar]").is_visible()
    assert not page.locator("[data-testid=stHeader]").is_visible()
    ink = "getComputedStyle(document.querySelector('h1')).color"
    ground = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    assert page.evaluate(ink) == "rgb(31, 36, 43)"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator("[data-testid=stSidebar]").is_visible()
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert 1 <= sheets <= (4 if name == "by_hand" else 2)


def test_forced_colours_leave_what_is_chosen_and_where_a_slider_stands(server, page):
    page.emulate_media(forced_colors="active")
    widths = """(all) => all.map(
      ([where, what]) => getComputedStyle(document.querySelector(where))[what])"""
    look_up(page, f"{server.url}/depth")
    page.locator("[data-testid=stSlider]").first.wait_for()
    at_a_slider = [
        ["[data-testid=stSlider] [role=group] > div > [data-rac]", "borderTopWidth"],
        ["[data-testid=stSlider] [role=group] > div", "borderBottomWidth"],
    ]
    assert page.evaluate(widths, at_a_slider) == ["4px", "2px"]
    look_up(page, f"{server.url}/training")
    chosen = [
        ["[role=radio][aria-checked=true]", "outlineWidth"],
        ["[data-testid=stCheckbox] label > span + div", "outlineWidth"],
    ]
    assert page.evaluate(widths, chosen) == ["3px", "2px"]
