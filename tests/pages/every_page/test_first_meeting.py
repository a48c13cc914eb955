"""A newcomer opens the notebook: what rounding made meets them as a marked 0 on every page.

And whatever a page says of the blame through that gate, it says what all the others say.
"""

import json
import re

import pytest
from google.protobuf.json_format import MessageToDict

from tests.pages.app import PAGES, open_page, words

STEP = re.compile(r"1e-\d+")
"""A step of the gradient check, which the reader chooses."""
NOISE = re.compile(r"(?<![\w.])\d(?:\.\d+)?e[-\u2212](?:1[3-9]|[2-9]\d|\d{3})(?!\d)")
"""A number that no hand types and no newcomer expects."""
STORY = {"knife_edge"}
"""The page that opens the true digits, to tell how they come about."""
OF_ERRORS = {"chart_check_error", "chart_nudge_gap"}
"""Charts of how large an error is, down to what rounding leaves: that is what they show."""


def texts(value):
    """Return every text in plain JSON, whatever is written as JSON inside it included."""
    if isinstance(value, str):
        if value[:1] in "[{":
            try:
                yield from texts(json.loads(value))
            except ValueError:
                yield value
        else:
            yield value
    elif isinstance(value, dict):
        if value.get("key") in OF_ERRORS:
            return
        for entry in value.values():
            yield from texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from texts(entry)


def noise_on(app):
    """Return every text on a page that shows a number of rounding's own making."""
    found = []

    def walk(block):
        for child in block.children.values():
            if hasattr(child, "children"):
                walk(child)
            elif hasattr(child, "proto"):
                every = texts(MessageToDict(child.proto))
                found.extend(
                    text for text in every if NOISE.search(text) and not STEP.fullmatch(text)
                )

    walk(app._tree)
    return found


@pytest.mark.parametrize("page", PAGES)
def test_no_page_opens_with_a_number_that_rounding_made(page):
    found = noise_on(open_page(page))
    # The story has to be told, or this test sees nothing.
    assert bool(found) == (page in STORY), found


@pytest.mark.parametrize("number", ["W2[1, 0]", "b1[1]", "W1[1, 1]", "y_pred", "d_z1[1]"])
def test_nor_does_a_number_that_is_opened_but_those_themselves(number):
    app = open_page("home")
    app.session_state["home_picture_opened"] = number
    app.session_state["home_picture_watched"] = True
    assert noise_on(app.run()) == []
    app.session_state["home_picture_opened"] = "z1[1]"
    (told,) = noise_on(app.run())
    assert "float64 has 2.7755575615628914e-17" in told


def test_nor_do_sheets_hints_and_examples():
    app = open_page("by_hand")
    for toggle in app.toggle:
        if "hand_numbers" in str(toggle.key):
            toggle.set_value(True)
    app.run()
    assert "d_z1[1] = (-3.75)" in words(app)
    assert noise_on(app) == []
    app.session_state["hand_view"] = "solved"
    assert noise_on(app.run()) == []
    assert "\u22123.75" in words(app)
    example = open_page("my_numbers")
    example.button(key="own_example").click().run()
    assert "z1 = [2.2, 0]" in example.text_area(key="own").value
    assert noise_on(example) == []


def test_every_gradient_of_the_check_agrees():
    said = words(open_page("gradient_check"))
    assert "9 of 9 gradients agree with the difference quotient" in said
    rows = [line for line in said.splitlines() if line.startswith("| **")]
    assert sum("| agrees |" in row for row in rows) == 6
    assert sum("| agrees, from above |" in row for row in rows) == 3


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("training", "it overshoots. Each gradient is right for a small step"),
        ("what_if", "It rose as promised"),
    ],
)
def test_a_loss_that_rises_is_given_its_reason(page, told):
    assert told in words(open_page(page))
    calm = {"b1_1": -0.2} if page == "training" else {"nudge": -0.1}
    assert told not in words(open_page(page, **calm))
