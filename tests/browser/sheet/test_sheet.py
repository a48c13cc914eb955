"""The sheet in a browser: what is typed, pasted and stepped; its focus."""

import pytest

from blame.exercise.presets import NOTEBOOK
from tests.browser.hand import shown, wait_until
from tests.browser.helpers import (
    console_problems,
    field,
    number,
    open_page,
    set_number,
    settled,
    wait_for_number,
)
from tests.browser.network import behind_network
from tests.browser.sheet.cells import focused, paste, trouble
from tests.exercises import number_of


@pytest.fixture
def sheet(lesson):
    return lesson


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("1,5", 1.5, "1,5 is read as 1.5."),
        ("1/2", 0.5, None),
        ("\u22120.3", -0.3, None),
        (".25", 0.25, None),
    ],
)
def test_what_is_typed_is_read_and_said(sheet, text, value, said):
    set_number(sheet, "W1_1_0", text)
    wait_for_number(sheet, "W1_1_0", value)
    assert shown(sheet, "W1[1, 0]") == value
    assert f"W1_1_0={value}" in sheet.url
    notes = sheet.locator(".sheet .said").all_inner_texts()
    assert notes == ([said] if said else [])
    assert console_problems(sheet) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Nothing is written here"),
        ("abc", "'abc' is not a number"),
        ("1e400", "too large for a computer's floats"),
        ("0.5 0.3", "two numbers where one fits"),
    ],
)
def test_what_cannot_be_read_stays_until_escape_and_says_why(sheet, text, why):
    cell = field(sheet, "W1_1_0")
    cell.fill(text)
    cell.press("Tab")
    trouble(sheet, why)
    assert cell.get_attribute("aria-invalid") == "true"
    note = sheet.locator(f"#{cell.get_attribute('aria-describedby').split()[0]}")
    assert why in note.inner_text()
    assert note.get_attribute("aria-live") == "polite"
    assert cell.input_value() == text
    assert "W1_1_0" not in sheet.url
    assert shown(sheet, "W1[1, 0]") == 0.8
    # An answer to something else takes neither the text nor the sentence away.
    set_number(sheet, "x_0", 2)
    assert cell.input_value() == text
    trouble(sheet, why)
    cell.press("Escape")
    assert number(sheet, "W1_1_0") == 0.8
    assert cell.get_attribute("aria-invalid") is None
    assert sheet.locator(".sheet .trouble").count() == 0


def test_a_pasted_matrix_fills_the_cells_from_there_on(sheet):
    paste(sheet, "W1_0_0", "[[0.5, 0.3],\n [-1., 2.]]")
    sheet.get_by_text("4 cells are filled, W1[0, 0] to W1[1, 1].").wait_for()
    settled(sheet)
    names = ("W1_0_0", "W1_0_1", "W1_1_0", "W1_1_1")
    assert [number(sheet, name) for name in names] == [0.5, 0.3, -1, 2]
    sheet.keyboard.press("Control+z")
    wait_for_number(sheet, "W1_1_1", 0.2)
    assert [number(sheet, name) for name in names] == [0.5, -0.3, 0.8, 0.2]


def test_what_is_left_over_of_a_paste_is_said(sheet):
    paste(sheet, "b2_0", "0.5 0.3 0.7")
    sheet.get_by_text("2 cells are filled, b2[0] to y_true; 1 number is left over.").wait_for()
    assert (number(sheet, "b2_0"), number(sheet, "y_true")) == (0.5, 0.3)


def test_a_pasted_number_waits_for_enter_like_any_text(sheet):
    field(sheet, "x_0").fill("")
    paste(sheet, "x_0", "1,5")
    assert field(sheet, "x_0").input_value() == "1,5"
    field(sheet, "x_0").press("Enter")
    wait_for_number(sheet, "x_0", 1.5)


@pytest.mark.parametrize(
    ("key", "presses", "value"),
    [
        ("W1_0_0", ["ArrowUp", "ArrowUp"], 0.7),
        ("W1_0_0", ["ArrowDown"], 0.4),
        ("W1_0_0", ["Shift+ArrowUp"], 1.5),
        ("W1_0_0", ["Alt+ArrowDown"], 0.49),
        ("learning_rate", ["ArrowUp"], 0.11),
        ("steps", ["ArrowDown"], 49),
        ("steps", ["Alt+ArrowUp"], 51),
    ],
)
def test_arrow_keys_step(sheet, key, presses, value):
    field(sheet, key).focus()
    for press in presses:
        sheet.keyboard.press(press)
    assert number(sheet, key) == value
    sheet.wait_for_url(f"**{key}={value}*")
    settled(sheet)
    assert number(sheet, key) == value
    # However many steps: one change.
    sheet.keyboard.press("Control+z")
    wait_for_number(sheet, key, number_of(NOTEBOOK, key))
    sheet.wait_for_url(lambda url: key not in url)


def test_a_key_steps_from_what_is_typed_once_that_is_read(sheet):
    cell = field(sheet, "b1_0")
    cell.fill("2.5")
    cell.press("ArrowUp")
    assert number(sheet, "b1_0") == 2.6
    cell.fill("1/4")
    cell.press("ArrowUp")
    wait_for_number(sheet, "b1_0", 0.25)


def test_escape_gives_back_the_number_of_before(sheet):
    field(sheet, "b1_0").focus()
    for _ in range(3):
        sheet.keyboard.press("ArrowUp")
    assert number(sheet, "b1_0") == 0.4
    sheet.keyboard.press("Escape")
    assert number(sheet, "b1_0") == 0.1
    wait_until(sheet, "b1[0]", 0.1)
    sheet.keyboard.type("9")
    sheet.keyboard.press("Escape")
    assert number(sheet, "b1_0") == 0.1


def test_keys_walk_as_in_a_spreadsheet(sheet):
    field(sheet, "x_1").focus()
    way = [
        ("Enter", "W1[0, 1]"), ("Enter", "W1[1, 1]"), ("Enter", "b1[1]"), ("Enter", "W2[0, 0]"),
        ("Shift+Enter", "b1[0]"), ("Tab", "b1[1]"), ("Shift+Tab", "b1[0]"),
        ("Shift+Enter", "W1[1, 0]"),
    ]  # fmt: skip
    for key, name in way:
        sheet.keyboard.press(key)
        assert focused(sheet) == name, key


@pytest.mark.of_server("no line lies between the page and what answers it")
def test_what_is_typed_while_an_answer_is_under_way_stays(server, page):
    with behind_network(server.url) as network:
        open_page(page, f"{network.url}/backward_pass")
        network.delay = 0.3
        field(page, "W1_0_0").fill("0.7")
        page.keyboard.press("Enter")
        assert focused(page) == "W1[1, 0]"
        page.keyboard.type("0.12")
        page.keyboard.press("ArrowLeft")
        page.wait_for_url("**W1_0_0=0.7*")
        page.wait_for_timeout(800)
        assert field(page, "W1_1_0").input_value() == "0.12"
        assert focused(page) == "W1[1, 0]"
        # The caret is where it was.
        page.keyboard.type("9")
        assert field(page, "W1_1_0").input_value() == "0.192"
        page.keyboard.press("Enter")
        page.wait_for_url("**W1_1_0=0.192*")
        settled(page)
        assert shown(page, "W1[1, 0]") == 0.192
        page.goto("about:blank")
