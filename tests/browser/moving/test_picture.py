"""The living network by hand: dragged, typed, opened, watched; compared with blame."""

import json

import pytest

from blame.exercise.presets import NOTEBOOK
from tests.browser.hand import STEP, arrived, bars, drag, item, middle, shown, wait_until
from tests.browser.helpers import (
    console_problems,
    look_up,
    number,
    open_page,
    set_number,
    settled,
    wait_for_number,
)
from tests.exercises import SYMBOLS, by_link_name, notebook_with


def test_dragging_a_weight_moves_everything(lesson):
    drag(lesson, "W1[0, 0]", 10 * STEP)
    arrived(lesson, "W1_0_0", 1.5)
    lesson.wait_for_url("**/backward_pass?W1_0_0=1.5")
    back = notebook_with(W1_0_0=1.5).backward()
    assert shown(lesson, "loss") == pytest.approx(float(back.loss), rel=1e-3)
    assert float(bars(lesson)["dW1[1, 0]"]) == pytest.approx(back.weight_gradients[0][1, 0], 1e-3)
    assert "Changed: W1[0, 0]" in lesson.locator("[data-testid=stSidebar]").inner_text()
    assert console_problems(lesson) == []


def test_charts_and_sidebar_follow_while_the_hand_is_moving(lesson):
    drag(lesson, "b1[0]", 5 * STEP, drop=False)
    wait_until(lesson, "b1[0]", 0.6)
    wait_for_number(lesson, "b1_0", 0.6)
    gradient = notebook_with(b1_0=0.6).backward().weight_gradients[0][1, 0]
    assert float(bars(lesson)["dW1[1, 0]"]) == pytest.approx(gradient, 1e-3)
    lesson.keyboard.press("Escape")
    lesson.mouse.up()
    arrived(lesson, "b1_0", 0.1)
    # A hand that rests for long is in the link too, until the answer to the key has come.
    lesson.wait_for_url("**/backward_pass")


def test_arrow_keys_go_fine_and_coarse_and_escape_goes_back(lesson):
    weight = item(lesson, "W2[1, 0]")
    weight.focus()
    for keys, value in {
        "ArrowRight": -1.4,
        "Shift+ArrowRight": -0.4,
        "Alt+ArrowLeft": -0.41,
    }.items():
        lesson.keyboard.press(keys)
        wait_until(lesson, "W2[1, 0]", value)
    arrived(lesson, "W2_1_0", -0.41)
    lesson.keyboard.press("Escape")
    arrived(lesson, "W2_1_0", -1.5)
    lesson.wait_for_url("**/backward_pass")


def test_a_number_is_typed_and_a_wrong_one_is_named_where_it_stands(lesson):
    item(lesson, "x[1]").dblclick()
    field = lesson.locator(".field input")
    field.fill("two")
    field.press("Enter")
    message = lesson.locator(".field .message")
    message.filter(has_text="'two' is not a number").wait_for()
    assert field.input_value() == "two"
    field.fill("9999999")
    field.press("Enter")
    message.filter(has_text="x[1] goes from \u22121,000,000 to 1,000,000.").wait_for()
    field.fill("-2,5")
    field.press("Enter")
    arrived(lesson, "x_1", -2.5)
    lesson.wait_for_url("**?x_1=-2.5")


def test_what_is_typed_is_not_lost_to_a_press_on_another_number(lesson):
    item(lesson, "W1[0, 0]").dblclick()
    lesson.locator(".field input").fill("0.9")
    drag(lesson, "W2[0, 0]", -3 * STEP)
    for key, value in (("W1_0_0", 0.9), ("W2_0_0", 0.7)):
        arrived(lesson, key, value)
        lesson.wait_for_url(f"**{key}={value}*")
    item(lesson, "b1[0]").dblclick()
    lesson.locator(".field input").fill("two")
    item(lesson, "W2[0, 0]").click()
    lesson.locator(".picture .note").filter(has_text="'two' is not a number").wait_for()
    assert number(lesson, "b1_0") == 0.1


@pytest.mark.parametrize("hand", ["keys", "a drag"])
def test_what_a_hand_has_just_moved_is_undone_at_once(server, page, hand):
    # Nothing else was done that could be undone.
    open_page(page, f"{server.url}/backward_pass")
    if hand == "keys":
        item(page, "W1[0, 0]").press("ArrowUp")
    else:
        drag(page, "W1[0, 0]", STEP)
    # Before the hand is taken to rest, and before it is answered.
    page.keyboard.press("Control+z")
    page.locator(".sheet button[aria-label^=Redo][aria-disabled=false]").wait_for()
    arrived(page, "W1_0_0", 0.5)
    wait_until(page, "W1[0, 0]", 0.5)
    page.wait_for_url("**/backward_pass")
    page.keyboard.press("Control+Shift+z")
    arrived(page, "W1_0_0", 0.6)


def step_then_type(page, key, stepped, typed):
    """Step a number in the picture up to `stepped`, let the hand rest, type it in the sidebar."""
    item(page, SYMBOLS[key]).focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**?{key}={stepped}")
    arrived(page, key, stepped)
    set_number(page, key, typed)
    wait_until(page, SYMBOLS[key], typed)


def test_escape_does_not_bring_back_what_was_before_another_change(lesson):
    step_then_type(lesson, "b1_0", 0.2, 2)
    item(lesson, "b1[0]").click()
    lesson.locator(".receipt h2").filter(has_text="b1[0]").wait_for()
    lesson.keyboard.press("Escape")
    lesson.wait_for_timeout(800)
    assert number(lesson, "b1_0") == 2


def test_a_press_let_go_outside_the_picture_holds_nothing(lesson):
    x, y = middle(lesson, "z1[0]")
    lesson.mouse.move(x, y)
    lesson.mouse.down()
    lesson.mouse.move(20, y, steps=5)
    lesson.mouse.up()
    step_then_type(lesson, "W1_0_0", 0.6, 3)


def test_a_number_opened_at_once_after_a_drag_does_not_take_it_back(lesson):
    for steps, name in ((2, "z1[1]"), (-2, "d_z1[0]"), (2, "z1[1]")):
        drag(lesson, "W2[0, 0]", steps * STEP)
        item(lesson, name).click()
        wanted = 1.2 if steps > 0 else 1.0
        lesson.locator(".receipt h2").filter(has_text=name).wait_for()
        arrived(lesson, "W2_0_0", wanted)
        wait_until(lesson, "W2[0, 0]", wanted)
        assert shown(lesson, "loss") == pytest.approx(
            float(notebook_with(W2_0_0=wanted).backward().loss), rel=1e-3
        )


def test_enter_opens_and_types_escape_leaves_the_number(lesson):
    item(lesson, "y_true").focus()
    lesson.keyboard.press("Enter")
    field = lesson.locator(".field input")
    field.wait_for()
    assert field.get_attribute("aria-label") == "Type a number for y_true"
    lesson.keyboard.type("7")
    lesson.keyboard.press("Escape")
    field.wait_for(state="hidden")
    settled(lesson)
    assert number(lesson, "y_true") == 1


def test_receipts_open_one_another_down_to_the_loss(lesson):
    panel = lesson.locator(".receipt")
    heading = panel.locator("h2")
    item(lesson, "dW1[1, 1]").click()
    heading.filter(has_text="dW1[1, 1]").wait_for()
    assert heading.inner_text() == "dW1[1, 1] = \u22127.5"
    assert "2 × 1 × (\u22121.5) × 2.5 = \u22127.5" in panel.locator(".path .numbers").inner_text()
    for name, value in {
        "d_z1[1]": "\u22123.75",
        "d_a1[1]": "\u22123.75",
        "d_loss_y": "+2.5",
    }.items():
        panel.locator(f'[data-opens="{name}"]').first.click()
        heading.filter(has_text=f"{name} = {value}").wait_for()
    panel.locator('[data-opens="y_pred"]').first.click()
    heading.filter(has_text="y_pred = 2.25").wait_for()
    panel.get_by_role("button", name="Close").click()
    heading.wait_for(state="detached")
    assert console_problems(lesson) == []


def test_a_number_is_picked_from_a_list_and_its_paths_light_up(lesson):
    lesson.locator(".receipt select").select_option("d_x[0]")
    lesson.locator(".receipt h2").filter(has_text="d_x[0] = +2.375").wait_for()
    rows = lesson.locator(".path")
    assert rows.count() == 2
    rows.first.hover()
    lit = lambda: lesson.locator(".edge:not(.dim)").count()  # noqa: E731
    lit_titles = lesson.locator(".edge:not(.dim) title").all_text_contents
    assert lit() == 3, "one path crosses W1, W2 and the edge to the loss"
    assert any(t.startswith("W1[0, 0]") for t in lit_titles())


def test_the_flow_is_stepped_and_said(server, page):
    open_page(page, server.url)
    sentence = page.locator(".sentence")
    page.get_by_role("button", name="Next", exact=True).click()
    # The stages come when they are first asked for.
    sentence.filter(has_text="1 of 10").wait_for()
    assert sentence.inner_text().startswith("1 of 10. Weighted sums")
    assert sentence.get_attribute("role") == "status"
    assert item(page, "z1[0]").get_attribute("class").count("unknown") == 0
    assert "unknown" in item(page, "loss").get_attribute("class")
    assert "z1 = x @ W1 + b1" in page.locator(".lines").inner_text()
    for _ in range(9):
        page.get_by_role("button", name="Next", exact=True).click()
    assert "The loss goes from 1.5625 to 18.1476, a change of +16.5851" in sentence.inner_text()
    assert item(page, "b2[0]").locator("text").text_content() == "b2 \u22120.2"
    page.get_by_role("button", name="Show all").click()
    assert item(page, "b2[0]").locator("text").text_content() == "b2 0.05"
    assert console_problems(page) == []


def test_the_flow_plays_pauses_and_keeps_still_for_those_who_ask(server, page):
    for motion, dots in {"no-preference": True, "reduce": False}.items():
        page.emulate_media(reduced_motion=motion)
        open_page(page, server.url)
        page.locator(".speed").select_option("slow")
        page.get_by_role("button", name="Watch it flow").click()
        page.locator(".sentence").filter(has_text="1 of 10").wait_for()
        assert (page.locator(".dot").count() > 0) == dots
        page.get_by_role("button", name="Pause").click()
        said = page.locator(".sentence").inner_text()
        page.wait_for_timeout(300)
        assert page.locator(".sentence").inner_text() == said
        assert console_problems(page) == []


def test_a_finger_drags_on_a_phone(server, visitor):
    context = visitor(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    open_page(page, f"{server.url}/backward_pass")
    settled(page)
    item(page, "W1[0, 0]").scroll_into_view_if_needed()
    x, y = middle(page, "W1[0, 0]")
    touch = context.new_cdp_session(page)
    point = lambda dx: [{"x": x + dx, "y": y}]  # noqa: E731
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": point(0)})
    for dx in range(4, 64, 4):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": point(dx)})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_url("**W1_0_0=1.5*")


def test_long_numbers_stay_inside_the_page(server, page):
    page.set_viewport_size({"width": 390, "height": 844})
    look_up(page, f"{server.url}/?x_0=-123456.789&W1_0_0=1e-17&W2_0_0=999999&b2_0=1e6")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390


def test_every_movable_number_is_named_and_has_a_value(lesson):
    found = json.loads(
        lesson.locator(".board").evaluate(
            """(board) => JSON.stringify([...board.querySelectorAll("[role=spinbutton]")].map((e) =>
              [e.dataset.name, Number(e.getAttribute("aria-valuenow")), e.tabIndex]))"""
        )
    )
    numbers = by_link_name(NOTEBOOK)
    expected = {s: numbers[n] for n, s in SYMBOLS.items() if n not in ("learning_rate", "steps")}
    assert {name: value for name, value, _ in found} == expected
    assert all(tab == 0 for _, _, tab in found)


def test_a_number_left_for_another_still_goes_into_the_link(lesson):
    # Faster than an answer, and than the hand is taken to rest.
    for name, key in (("W2[0, 0]", "ArrowDown"), ("x[1]", "ArrowUp"), ("b1[0]", "ArrowUp")):
        item(lesson, name).press(key)
    drag(lesson, "W1[0, 0]", 5 * STEP)
    item(lesson, "W2[1, 0]").press("ArrowUp")
    numbers = {"W2_0_0": 0.9, "x_1": 2.1, "b1_0": 0.2, "W1_0_0": 1, "W2_1_0": -1.4}
    for name, value in numbers.items():
        arrived(lesson, name, value)
        lesson.wait_for_url(f"**{name}={value}*")
        assert shown(lesson, SYMBOLS[name]) == value
    back = notebook_with(**numbers).backward()
    assert shown(lesson, "loss") == pytest.approx(float(back.loss), rel=1e-3)
