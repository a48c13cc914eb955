"""Handles on curves: a hand, keys or a finger move them along a film, and the link has the rest."""

from __future__ import annotations

import pytest

from tests.browser.helpers import console_problems, look_up, open_page, settled, watch_console
from tests.browser.moving.test_runs import seen_of_run
from tests.browser.readers.test_touch import PHONE
from tests.browser.runs import press, wait_for_film, wait_for_rest
from tests.browser.runs import slider as run_slider
from tests.browser.seen import assert_same, seen
from tests.browser.sent import hear_sent
from tests.exercises import notebook_with


def handle(page, name):
    return page.get_by_role("slider", name=name).first


def middle(slider):
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    return round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)


def value(slider):
    return float(slider.get_attribute("aria-valuenow"))


def let_go(page):
    page.mouse.up()
    page.wait_for_function("() => !globalThis.blameFilm.holds()")
    settled(page)


def opened(page, url, name, go=look_up):
    go(page, url)
    slider = handle(page, name)
    slider.wait_for()
    settled(page)
    return slider


# Whether the point is under the hand, but for half a step: its frame may still be to come.
UNDER = """(x) => {
  const { left, width } = document.querySelector(".handle.held").getBoundingClientRect();
  return Math.abs(left + width / 2 - x) <= 6.5;
}"""


def in_motion(said):
    """Return whether the browser tells the server of a hand that moves."""
    return b"__moved" in said and b'"rest":false' in said


@pytest.fixture(scope="module")
def other(visitor_of_file):
    """The page of somebody else, to whom a link is sent."""
    page = visitor_of_file().new_page()
    watch_console(page)
    return page


CASES = [
    ("relu_gate", "b1[0], the bias of neuron 0", "b1_0"),
    ("relu_gate?sweep=b1[1]", "b1[1], the bias of neuron 1", "b1_1"),
    ("what_if", "The nudge of", "nudge"),
    ("forward_pass", "y_pred, moved by b2[0]", "b2_0"),
]


@pytest.mark.parametrize(("path", "name", "link"), CASES, ids=[f"{c[0]} {c[2]}" for c in CASES])
def test_a_drag_on_a_curve_shows_what_its_link_shows(server, page, other, path, name, link):
    told = []
    hear_sent(page, lambda said: told.append(in_motion(said)))
    slider = opened(page, f"{server.url}/{path}", name)
    x, y = middle(slider)
    began = value(slider)
    page.mouse.move(x, y)
    page.wait_for_timeout(2500)
    settled(page)
    told.clear()
    page.mouse.down()
    page.mouse.move(x - 24, y, steps=4)
    page.wait_for_function("() => globalThis.blameFilm.holds()")
    page.wait_for_function(UNDER, arg=x - 24)
    frame = seen(page)
    there = value(slider)
    assert there < began
    assert not any(told), "the server is told nothing while there are frames"
    let_go(page)
    assert value(slider) == there
    assert_same({**seen(page), "sheet": None}, {**frame, "sheet": None})
    page.wait_for_url(f"**{link}={there}*")
    assert told, "where the hand rests is told: it would have been heard"
    glue = "&" if "?" in path else "?"
    opened(other, f"{server.url}/{path}{glue}{link}={there}", name)
    assert_same(frame, seen(other))
    # Escape in the midst of the next drag leaves what was let go of.
    x, y = middle(slider)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=4)
    page.wait_for_function("(there) => document.querySelector('.handle.held')", arg=there)
    page.keyboard.press("Escape")
    page.mouse.up()
    page.wait_for_function("() => !globalThis.blameFilm.holds()")
    settled(page)
    assert value(slider) == there
    assert console_problems(page) == []


def test_what_a_handle_says_has_the_printed_minus(server, page):
    slider = opened(page, f"{server.url}/relu_gate?b1_0=-1.5", "b1[0], the bias of neuron 0")
    slider.focus()
    says = slider.locator(".says")
    says.wait_for()
    assert says.text_content().startswith("b1[0] = \N{MINUS SIGN}1.5, z1[0]")
    assert "-" not in says.text_content()


def test_keys_move_a_rate_by_factors_and_the_verdict_with_it(server, page):
    slider = opened(page, f"{server.url}/training_lab?lab_view=Learning+rates", "learning rate")
    slider.focus()
    page.wait_for_timeout(1500)
    page.keyboard.press("Shift+ArrowLeft")
    page.wait_for_function("""() => document.querySelector("p.sentence").innerText
      .startsWith("Learning rate 0.0316: It converged")""")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**learning_rate=0.0282*")
    # The address may come first.
    page.locator("[aria-valuetext='learning rate 0.0282']").first.wait_for()
    page.keyboard.press("Escape")
    page.wait_for_function("() => !location.search.includes('learning_rate')")
    assert value(slider) == 0.1
    # The start of the run goes along both axes of the landscape, by the way that the hand sets out.
    # In a new document, where no film of before is kept.
    url = f"{server.url}/training_lab?lab_view=Landscape"
    across = opened(page, url, "along W1[1, 0]", open_page)
    up = handle(page, "along W2[0, 0]")
    began = value(across), value(up)
    x, y = middle(across)
    page.mouse.move(x, y)
    # Which way it will set out nobody knows: there are frames for both.
    page.wait_for_function("() => Object.keys(globalThis.blameFilm.counts()).length === 2")
    page.mouse.down()
    page.mouse.move(x + 3, y - 20, steps=5)
    let_go(page)
    page.wait_for_url("**W2_0_0=*")
    assert value(across) == began[0]
    assert value(up) > began[1]
    assert console_problems(page) == []


def test_a_finger_moves_a_handle_sideways_and_the_page_up_and_down(server, visitor):
    context = visitor(**PHONE)
    page = context.new_page()
    watch_console(page)
    slider = opened(page, f"{server.url}/relu_gate", "b1[0], the bias of neuron 0")
    fingers = context.new_cdp_session(page)

    def swipe(right, down):
        x, y = middle(slider)
        touch = "Input.dispatchTouchEvent"
        fingers.send(touch, {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for k in range(1, 9):
            at = {"x": x + right * k / 8, "y": y + down * k / 8}
            fingers.send(touch, {"type": "touchMove", "touchPoints": [at]})
            page.wait_for_timeout(30)
        fingers.send(touch, {"type": "touchEnd", "touchPoints": []})

    scrolled = "() => document.querySelector('[data-testid=stMain]').scrollTop"
    box = slider.bounding_box()
    assert (box["width"], box["height"]) == (44, 44)
    swipe(-60, 0)
    page.wait_for_url("**b1_0=-*")
    settled(page)
    moved, top = value(slider), page.evaluate(scrolled)
    assert moved < 0.1
    swipe(0, -100)
    page.wait_for_function(f"(top) => ({scrolled})() > top + 50", arg=top)
    assert value(slider) == moved
    assert console_problems(page) == []


STEP = "The step of the run"


def step_shown(page, step, last=50):
    page.wait_for_function(
        "(text) => [...document.querySelectorAll('p.sentence')]"
        ".some((e) => e.textContent.startsWith(text))",
        arg=f"After {step} of {last} steps",
    )


def test_the_step_goes_along_the_loss_curve_by_hand_and_by_keys(server, page, other):
    told = []
    hear_sent(page, told.append)
    step = opened(page, f"{server.url}/training", STEP)
    wait_for_film(page, "step", 51)
    settled(page)
    x, y = middle(step)
    page.mouse.move(x, y)
    page.mouse.down()
    told.clear()
    for far in (300, 420, 160):
        page.mouse.move(x + far, y, steps=6)
        at = int(value(step))
        step_shown(page, at)
        # The marker is under the hand, but for half a step, and the player goes with it.
        page.wait_for_function(
            "(at) => document.querySelector('.handle').ariaValueNow == at", arg=at
        )
        assert abs(middle(step)[0] - (x + far)) <= 13
        assert int(run_slider(page).input_value()) == at
    # A test's hand is slow: it may rest on its way.
    assert [said for said in told if b"player_step__moved" not in said] == []
    frame = seen_of_run(page)
    page.mouse.up()
    page.wait_for_url(f"**step={at}")
    assert told, "where the hand rests is told: it would have been heard"
    settled(page)
    assert_same(seen_of_run(page), frame)
    loss = float(notebook_with().train().losses[at])
    said = step.get_attribute("aria-valuetext")
    assert said.startswith(f"step {at} of 50, loss ")
    assert float(said.rpartition(" ")[2]) == pytest.approx(loss, rel=1e-3)
    opened(other, f"{server.url}/training?step={at}", STEP)
    assert_same(frame, seen_of_run(other))
    # Escape in the midst of a drag goes back to where that began.
    x, y = middle(step)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 200, y, steps=4)
    page.wait_for_function("(at) => document.querySelector('.handle').ariaValueNow > at", arg=at)
    page.keyboard.press("Escape")
    page.mouse.up()
    step_shown(page, at)
    page.wait_for_function("() => !globalThis.blameFilm.holds()")
    assert page.url.endswith(f"step={at}")
    # By keys, and a key takes over from a run that plays.
    step.focus()
    for key, there in (("ArrowRight", at + 1), ("PageUp", at + 11), ("End", 50), ("Home", 0)):
        page.keyboard.press(key)
        step_shown(page, there)
        assert value(step) == there
    press(page, "Play")
    step_shown(page, 2)
    step.press("ArrowRight")
    wait_for_rest(page)
    at = int(run_slider(page).input_value())
    assert at >= 3
    page.wait_for_url(f"**step={at}")
    settled(page)
    assert value(step) == at
    assert console_problems(page) == []
