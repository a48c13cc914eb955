"""The sheet in a browser: what is typed, pasted, stepped and undone; its focus and its words."""

import json

import pytest

from blame.exercise.presets import NOTEBOOK, drawn
from pages.shared.live import sheet as sheet_part
from pages.shared.live.sheet_data import order_of, sheet_parts
from tests.browser.chromium import open_context
from tests.browser.hand import STEP, arrived, drag, shown, wait_until
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
    watch_console,
)
from tests.browser.network import behind_network
from tests.exercises import number_of
from tests.pages.live.shapes import shaped

SCRIPTS = sheet_part._HERE
PASTE = """(input, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const paste = { clipboardData, bubbles: true, cancelable: true, composed: true };
  if (!input.dispatchEvent(new ClipboardEvent("paste", paste))) return;
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
}"""


@pytest.fixture
def sheet(lesson):
    return lesson


def paste(page, key, text):
    field(page, key).focus()
    field(page, key).evaluate(PASTE, text)


def trouble(page, text):
    """Wait for a sentence beside a cell that is refused."""
    page.locator(".sheet .trouble").filter(has_text=text).wait_for()


def focused(page):
    """Return the name of the cell that holds the focus."""
    return page.evaluate(
        """() => {
          const { activeElement: host } = document;
          return host?.shadowRoot?.activeElement?.dataset.name ?? null;
        }"""
    )


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_every_cell_can_be_touched_and_typed_into(server, browser, scheme):
    context = open_context(
        browser,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        color_scheme=scheme,
    )
    page = context.new_page()
    watch_console(page)
    open_page(page, f"{server.url}/backward_pass")
    page.locator("[data-testid=stExpandSidebarButton]").click()
    cells = page.locator(".sheet input, .sheet button")
    cells.last.scroll_into_view_if_needed()
    assert cells.count() == 14 + 4
    for box in [cell.bounding_box() for cell in cells.all()]:
        assert box["height"] >= 44
        assert box["width"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    cell = field(page, "W1_0_1")
    # A number pad lacks the minus, and on some the point.
    assert cell.get_attribute("inputmode") == "text"
    cell.tap()
    page.get_by_role("button", name="A step up").tap()
    wait_for_number(page, "W1_0_1", -0.2)
    assert focused(page) == "W1[0, 1]"
    set_number(page, "W1_0_1", "-0,5")
    assert number(page, "W1_0_1") == -0.5
    assert console_problems(page) == []
    context.close()


def test_every_cell_is_spoken_by_its_name_and_place(sheet):
    cell = sheet.get_by_role("textbox", name="W1[0, 1], weight from x[0] to neuron 1")
    assert cell.get_attribute("data-name") == "W1[0, 1]"
    names = sheet.locator(".sheet input").evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert len(set(names)) == 14


def draw_alone(page, exercise):
    """Draw the sheet of an exercise, on a page of its own."""
    scripts = [
        SCRIPTS / "paper.js",
        SCRIPTS / "part.js",
        *sheet_part.SCRIPTS,
    ]
    code = "\n".join(path.read_text(encoding="utf-8") for path in scripts)
    styles = sheet_part.STYLES.read_text(encoding="utf-8")
    head = f"const PART = 'alone', STYLES = {json.dumps(styles)};\n"
    parts = sheet_parts(exercise)
    data = {"session": "", "visit": 1, "seen": 0, "reply": None, "undo": False, "redo": False}
    data |= {"parts": parts, "texts": dict.fromkeys(order_of(parts), "0.5")}
    page.set_content("<div id=host style='width: 240px'></div>")
    page.add_script_tag(content=head + code, type="module")
    # A module runs when it will.
    page.wait_for_function("() => globalThis.blameParts?.alone")
    page.evaluate(
        """(data) => {
          window.said = [];
          const shadow = host.attachShadow({ mode: "open" });
          const parentElement = shadow.appendChild(document.createElement("div"));
          const setTriggerValue = (name, value) => window.said.push(value);
          blameParts.alone.draw({ data: [{ told: data }], parentElement, setTriggerValue });
        }""",
        data,
    )


def test_a_layer_is_chosen_by_its_tab_where_all_do_not_fit(page):
    draw_alone(page, shaped((2, 3, 4, 2)))
    tabs = page.get_by_role("tab")
    assert tabs.all_inner_texts() == ["Layer 1", "Layer 2", "Layer 3"]

    def seen():
        return page.locator(".part:visible").evaluate_all("all => all.map((p) => p.dataset.key)")

    assert seen() == ["x", "W1", "b1", "y_true"]
    tabs.first.press("ArrowRight")
    assert seen() == ["x", "W2", "b2", "y_true"]
    # Enter goes from the input to what is shown.
    page.locator("input[data-name='x[1]']").press("Enter")
    assert focused(page) == "W2[0, 1]"
    page.locator("input[data-name='W2[0, 1]']").fill("1/3")
    page.keyboard.press("Tab")
    assert page.evaluate("window.said") == [{"name": "W2[0, 1]", "text": "1/3", "number": 1}]
    tabs.last.click()
    assert seen() == ["x", "W3", "b3", "y_true"]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


def test_two_layers_need_no_tabs(page):
    draw_alone(page, shaped((2, 2, 1)))
    assert page.get_by_role("tab").count() == 0
    assert page.locator(".part:visible").count() == 6
