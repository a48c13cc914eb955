"""The sheet's changes: undone, redone, and each one entry of the browser's history."""

import pytest

from blame.exercise.presets import NOTEBOOK, drawn
from tests.browser.hand import STEP, arrived, drag, shown
from tests.browser.helpers import (
    click,
    console_problems,
    field,
    go_to,
    number,
    open_page,
    set_number,
    settled,
    wait_for_answer,
    wait_for_number,
)
from tests.browser.sheet.cells import paste


@pytest.fixture
def sheet(lesson):
    return lesson


def test_a_sheet_is_never_mounted_anew(sheet):
    field(sheet, "W1_0_0").evaluate("cell => { window.first = cell; }")
    set_number(sheet, "W1_0_0", 0.7)
    click(sheet, sheet.get_by_role("button", name="Randomise"))
    click(sheet, sheet.get_by_role("button", name="Reset the numbers"))
    go_to(sheet, "Learn", "Training")
    settled(sheet)
    assert field(sheet, "W1_0_0").evaluate("cell => cell === window.first")


def test_undo_and_redo_over_typed_dragged_and_drawn_numbers(server, page):
    # What was done before can be undone too: here nothing was.
    open_page(page, f"{server.url}/backward_pass")
    set_number(page, "x_0", 3)
    drag(page, "b1[0]", 5 * STEP)
    arrived(page, "b1_0", 0.6)
    page.wait_for_url("**b1_0=0.6*")
    click(page, page.get_by_role("button", name="Randomise"))
    assert number(page, "x_0") == drawn(NOTEBOOK, 1).x[0]
    undo = page.get_by_role("button", name="Undo")
    redo = page.get_by_role("button", name="Redo")
    click(page, undo)
    assert (number(page, "x_0"), number(page, "b1_0")) == (3, 0.6)
    # With the keys too, where the focus is in the picture.
    page.locator('.item[data-name="b1[0]"]').focus()
    messages = page.evaluate("window.messages")
    page.keyboard.press("Control+z")
    wait_for_answer(page, messages)
    assert (number(page, "x_0"), number(page, "b1_0")) == (3, 0.1)
    click(page, undo)
    assert number(page, "x_0") == 1
    assert undo.get_attribute("aria-disabled") == "true"
    assert "?" not in page.url
    for _ in range(3):
        click(page, redo)
    assert number(page, "x_0") == drawn(NOTEBOOK, 1).x[0]
    assert redo.get_attribute("aria-disabled") == "true"
    assert console_problems(page) == []


@pytest.mark.parametrize("way", ["Randomise", "a paste", "a drag", "Reset"])
def test_one_change_is_one_entry_of_the_history(server, page, way):
    open_page(page, f"{server.url}/backward_pass?W1_0_0=0.75&x_0=3&b2_0=0.5")
    before = page.evaluate("history.length")
    if way == "Randomise":
        click(page, page.get_by_role("button", name="Randomise"))
    elif way == "Reset":
        click(page, page.get_by_role("button", name="Reset the numbers"))
    elif way == "a paste":
        paste(page, "W1_0_0", "1 2\n3 4")
        page.wait_for_url("**W1_1_1=4*")
    else:
        drag(page, "b1[0]", 5 * STEP)
        page.wait_for_url("**b1_0=0.6*")
    settled(page)
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    wait_for_number(page, "W1_0_0", 0.75)
    wait_for_number(page, "b1_0", 0.1)
    settled(page)
    assert (number(page, "x_0"), number(page, "b2_0"), number(page, "b1_0")) == (3, 0.5, 0.1)
    assert shown(page, "x[0]") == 3


def test_a_change_of_page_is_one_entry_and_keeps_the_numbers(server, page):
    open_page(page, f"{server.url}/forward_pass?b1_1=-0.2")
    before = page.evaluate("history.length")
    go_to(page, "Learn", "Backward pass")
    page.wait_for_url("**/backward_pass?b1_1=-0.2")
    settled(page)
    assert page.evaluate("history.length") == before + 1
    set_number(page, "x_0", 3)
    assert page.evaluate("history.length") == before + 2
    page.go_back()
    wait_for_number(page, "x_0", 1)
    assert number(page, "b1_1") == -0.2
    page.go_back()
    page.wait_for_url("**/forward_pass?b1_1=-0.2")
    settled(page)
    assert number(page, "b1_1") == -0.2
