"""The tour on a phone: a step by the mouse, a step by keys, the way on in reach, a reload."""

import pytest

from tests.browser.hand import STEP, drag, item, middle, wait_until
from tests.browser.helpers import (
    console_problems,
    open_page,
    settled,
    wait_for_answer,
)

NARROW = {"width": 390, "height": 844}
FOUND = ".st-key-tour_foot p.sentence[role=status]"
STATE = ".st-key-tour_state p.sentence"
NEXT = ".st-key-tour_next button:visible"
WEIGHT = "W1[0, 0]"
# Once asked to, the page hears each message so many milliseconds after the one before, so that it
# draws what it has between two of them: it does that too where it or the server is busy.
ONE_BY_ONE = """(() => {
  const listen = EventTarget.prototype.addEventListener;
  let last = 0;
  EventTarget.prototype.addEventListener = function (kind, hear, how) {
    const ofSocket = kind === "message" && this instanceof window.WebSocket;
    const late = (event) => {
      const now = performance.now();
      last = Math.max(now, last + (window.apart ?? 0));
      if (last > now) setTimeout(() => hear.call(this, event), last - now);
      else hear.call(this, event);
    };
    listen.call(this, kind, ofSocket ? late : hear, how);
  };
})();"""
APART = 30


@pytest.fixture
def narrow(page):
    """A page as narrow as a phone's, with a mouse."""
    page.set_viewport_size(NARROW)
    yield page
    assert console_problems(page) == []


def wait_for_text(page, selector, text):
    page.wait_for_function(
        "([place, text]) => document.querySelector(place)?.textContent.includes(text)",
        arg=[selector, text],
    )


def test_what_a_step_says_follows_the_hand_however_the_page_was_laid_out(server, narrow):
    """A step has fewer rows than the one before: for a moment its sentences stand there twice."""
    page = narrow
    page.add_init_script(ONE_BY_ONE)
    open_page(page, f"{server.url}/tour")
    page.evaluate(f"window.apart = {APART}")
    messages = page.evaluate("window.messages")
    page.locator(".st-key-tour_to_2 button:visible").click()
    page.get_by_role("heading", name="2. A nudge").wait_for()
    wait_for_answer(page, messages)
    item(page, WEIGHT).focus()
    page.keyboard.press("ArrowRight")
    wait_for_text(page, FOUND, "A nudge of +0.1 changed the loss by \N{MINUS SIGN}0.36")
    wait_for_text(page, STATE, "The weight is 1.1, the loss 0.64. Moved by +0.1: a nudge.")


def test_the_tour_is_walked_by_mouse_and_keys_on_a_narrow_screen(server, narrow):
    page = narrow
    open_page(page, f"{server.url}/tour?x_0=0.9")
    # What will be spoken has its place before.
    assert page.locator(FOUND).text_content() == ""
    assert page.locator(FOUND).evaluate("e => getComputedStyle(e).display") == "block"
    assert page.locator(NEXT).inner_text().endswith("Skip to: A nudge")

    # By the mouse: while it still moves, the picture and the sentence follow, and nothing is named.
    drag(page, WEIGHT, 9 * STEP, drop=False)
    wait_for_text(page, STATE, "the loss is 0.04, below 0.1")
    assert page.locator(STATE).text_content().startswith("\N{CHECK MARK}")
    page.mouse.up()
    wait_for_text(page, FOUND, "Loss. How far the guess, 1.4 × 2 = 2.8,")
    settled(page)

    # The way on is in reach without scrolling, and large enough for a finger.
    page.locator(NEXT, has_text="Next: A nudge").wait_for()
    box = page.locator(NEXT).bounding_box()
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= 844
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tops = {
        one.bounding_box()["y"] for one in page.locator(".st-key-tour_steps button:visible").all()
    }
    assert len(tops) == 1

    # By keys alone.
    page.locator(NEXT).focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="2. A nudge").wait_for()
    settled(page)
    item(page, WEIGHT).focus()
    page.keyboard.press("ArrowRight")
    wait_for_text(page, FOUND, "A nudge of +0.1 changed the loss by \N{MINUS SIGN}0.36")
    assert "tour=2" in page.url
    # The number that has the focus does not lie under the foot.
    page.locator(NEXT, has_text="Next: Past the bottom").wait_for()
    assert middle(page, WEIGHT)[1] < page.locator(".st-key-tour_foot").bounding_box()["y"]

    # A reload finds everything as it was left, and the browser's way back is at the step before.
    page.reload()
    page.get_by_role("heading", name="2. A nudge").wait_for()
    wait_until(page, WEIGHT, 1.1)
    wait_for_text(page, FOUND, "A nudge of +0.1 changed the loss by \N{MINUS SIGN}0.36")
    settled(page)
    marked = page.locator(".st-key-tour_steps button:visible")
    assert [text.endswith("\N{CHECK MARK}") for text in marked.all_inner_texts()] == [
        True,
        True,
        *[False] * 7,
    ]
    page.locator(".st-key-tour_to_7 button:visible").click()
    page.get_by_role("heading", name="7. Why backwards").wait_for()
    for passes in (6, 18, 34):
        page.locator(".st-key-tour_press button:visible").click()
        wait_for_text(page, STATE, f"By nudging: {passes} passes")
    wait_for_text(page, FOUND, "2 × 17 = 34 passes")
    settled(page)
    page.go_back()
    page.get_by_role("heading", name="2. A nudge").wait_for()

    # From a step with a button to one without: what follows the hand still does.
    page.locator(".st-key-tour_to_8 button:visible").click()
    page.get_by_role("heading", name="8. An update").wait_for()
    settled(page)
    page.locator(".st-key-tour_to_9 button:visible").click()
    page.get_by_role("heading", name="9. The notebook").wait_for()
    settled(page)
    item(page, "b2[0]").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    wait_for_text(page, STATE, "The loss is 0.9025, below 1.")
    wait_for_text(page, FOUND, "From a loss of 1.5625 to 0.9025")

    # To the end, and the reader's own number is as it was.
    settled(page)
    page.get_by_role("link", name="Next: Forward pass").click()
    page.get_by_role("heading", name="The forward pass", level=1).wait_for()
    settled(page)
    assert "x_0=0.9" in page.url
    assert "tour" not in page.url.split("?")[1]
    wait_until(page, "x[0]", 0.9)
