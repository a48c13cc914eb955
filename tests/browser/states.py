"""The states of the app that are looked at as a whole: every page, and what opens on some."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from blame import LIBRARY
from blame.expression.library.library import EXPRESSIONS
from blame.expression.unfold import unfolded_text
from tests.browser.helpers import open_page, wait_for_answer
from tests.pages.app import PAGES


def _open_hints(page: Any) -> None:
    for summary in page.locator("[data-testid=stExpander] summary").all():
        summary.click()
    page.locator("[data-testid=stExpander] [data-testid=stCode]").last.wait_for()


def _take_away(page: Any) -> None:
    page.get_by_role("button", name="Take away").click()
    page.locator("[data-testid=stPopoverBody] button").first.wait_for()


def _menu(page: Any) -> None:
    page.locator("[data-testid=stTopNavSection]").first.click()
    page.locator("[data-testid=stTopNavDropdownLink]").first.wait_for()


def _one_stage_on(page: Any) -> None:
    page.get_by_role("button", name="Next", exact=True).click()


def _your_exercise(page: Any) -> None:
    page.get_by_role("button", name="Your exercise").first.click()
    page.get_by_role("dialog").locator("[class*=st-key-library_list] button").last.wait_for()


def _open_a_number(page: Any) -> None:
    page.locator('.item[data-name="dW1[1, 1]"]').click()
    page.locator(".receipt h2").filter(has_text="dW1[1, 1]").wait_for()


def _open_blame(page: Any) -> None:
    page.locator('.item[data-name="d_b"]').click()
    page.locator(".receipt h2").filter(has_text="d_b").wait_for()


def _find_the_slope(page: Any) -> None:
    page.locator('.item[data-name="W1[0, 0]"]').focus()
    page.keyboard.press("ArrowRight")
    page.locator("[class*=st-key-tour_foot] strong", has_text="Slope.").wait_for()


_LARGE = unfolded_text(LIBRARY["mazur"].exercise)
"""An expression of some forty nodes."""
_XOR = (
    "sizes=2-2-1&n_samples=4&units=tanh-sigmoid&loss=bce&x=0,0;0,1;1,0;1,1&y_true=0;1;1;0"
    "&W1=.4,-.7;.9,.3&b1=0,.1&W2=.8;-.6&b2=.2"
)


@dataclass(frozen=True)
class State:
    """A page as it is after following a link and, where given, doing something."""

    link: str
    then: Callable[[Any], None] = lambda page: None


STATES = {page: State("" if page == "home" else page) for page in PAGES} | {
    "home": State("", _one_stage_on),
    "forward_pass": State("forward_pass", _open_hints),
    "backward_pass": State("backward_pass", _open_a_number),
    "by_hand": State("by_hand", _open_hints),
    "glossary": State("glossary?word=delta", _menu),
    "teachers": State("teachers", _take_away),
    "training_lab": State("training_lab?kept=-;b1_1:-0.2"),
    "expression": State(f"expression?text={quote(EXPRESSIONS['two-ways'].text)}", _open_blame),
    "a large expression": State(f"expression?text={quote(_LARGE)}"),
    "tour": State("tour?tour=2", _find_the_slope),
    "the tour's gate": State("tour?tour=5"),
    "the tour's end": State("tour?tour=9&x_0=0.9"),
    "playground": State("playground?play_step=40&data=moons&samples=40"),
    "the lab's rates": State("training_lab?lab_view=Learning+rates"),
    "the lab's landscape": State("training_lab?lab_view=Landscape"),
    "the lab's step": State("training_lab?lab_view=One+step"),
    "samples' blame": State(
        "playground?play_step=40&samples=40&play_view=Blame+by+sample&test_share=20&rates=1@10"
        "&kept_play=data%3Dthree+arms%2Cstep%3D30"
    ),
    "covered": State("backward_pass?reading=Predict+first"),
    "another exercise": State("backward_pass?exercise=postnetwork-softmax", _your_exercise),
    "several samples": State(f"relu_gate?{_XOR}"),
    "a teacher's question": State("relu_gate?ask=Why%3F&b1_1=-0.2"),
}
"""Name -> state; the pages by their own names."""


def visit(page: Any, url: str) -> None:
    """Go to an address and wait until the server has nothing more to say, and all is drawn."""
    open_page(page, url)
    page.locator("h1").first.wait_for()
    wait_for_answer(page, 0)
