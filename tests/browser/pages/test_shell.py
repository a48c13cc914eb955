"""Every page turned to and used, and what changes many numbers at once.

That each page opens by its address is seen where all states are looked at: test_states.
"""

from urllib.parse import parse_qs, urlparse

import pytest

from blame.exercise.presets import NOTEBOOK, PRESETS, drawn
from pages.shared.state.menu import PROJECTOR, page_of
from tests.browser.hand import STEP, drag
from tests.browser.helpers import (
    click,
    console_problems,
    field,
    look_up,
    number,
    set_number,
)
from tests.exercises import NAMES, SYMBOLS, by_link_name
from tests.pages.app import BESIDE

DRAWN = [name for name in NAMES if name not in ("learning_rate", "steps")]


def choose_the_shut_gate(page):
    page.locator(".st-key-start [role=combobox], .st-key-start input").first.click()
    click(page, page.get_by_role("option", name="Second gate shut"))


def reset(page):
    click(page, page.get_by_role("button", name="Reset the numbers"))


def randomise(page):
    click(page, page.get_by_role("button", name="Randomise"))


def all_but(exercise, **kept):
    return by_link_name(exercise) | kept


@pytest.mark.parametrize("page_name", BESIDE)
def test_page_draws_without_a_console_error(server, page, page_name):
    path = "" if page_name == "home" else page_name
    look_up(page, f"{server.url}/{path}")
    if page_name == PROJECTOR:
        # No sheet on the wall: the picture's numbers are dragged.
        drag(page, "b1[0]", 2 * STEP)
        page.wait_for_url("**b1_0=0.3*")
        assert console_problems(page) == []
        return
    name, value = ("weights_seed", 3) if page_of(path or "home").own_inputs else ("b1_0", 0.3)
    set_number(page, name, value)
    assert number(page, name) == value
    assert f"{name}={value}" in page.url
    assert console_problems(page) == []


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (reset, all_but(NOTEBOOK, steps=7)),
        (choose_the_shut_gate, all_but(PRESETS["gate_shut"].exercise, steps=7)),
        (randomise, all_but(drawn(NOTEBOOK, 1), steps=7, learning_rate=0.2)),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_what_changes_many_numbers_changes_fields_address_and_picture(server, page, use, expected):
    look_up(page, f"{server.url}/?W1_0_0=0.75&x_0=3&learning_rate=0.2&steps=7")
    field(page, "x_0").wait_for()
    use(page)
    assert {name: number(page, name) for name in NAMES} == expected
    address = parse_qs(urlparse(page.url).query)
    # The link says what the reader set out from, and what differs from that.
    (start,) = address.pop("exercise", ["notebook"])
    assert (start == "gate_shut") == (use is choose_the_shut_gate)
    before = by_link_name(PRESETS[start].exercise)
    assert {name: float(value) for name, (value,) in address.items()} == {
        name: value for name, value in expected.items() if value != before[name]
    }
    for name in DRAWN:
        item = page.locator(f'.item[data-name="{SYMBOLS[name]}"]')
        assert float(item.get_attribute("aria-valuenow")) == expected[name], name
