"""The sheet as it is laid out: on a phone, spoken, and in tabs where layers do not fit."""

import json

import pytest

from pages.shared.live import sheet as sheet_part
from pages.shared.live.sheet_data import order_of, sheet_parts
from tests.browser.helpers import (
    console_problems,
    field,
    open_page,
    set_number,
    wait_for_number,
    watch_console,
)
from tests.browser.sheet.cells import focused
from tests.pages.live.shapes import shaped

SCRIPTS = sheet_part._HERE


@pytest.fixture
def sheet(lesson):
    return lesson


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_every_cell_can_be_touched_and_typed_into(server, visitor, scheme):
    context = visitor(
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
    wait_for_number(page, "W1_0_1", -0.5)
    assert console_problems(page) == []


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
    page.goto("about:blank")
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
