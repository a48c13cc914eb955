"""Who has asked for less motion gets none of ours."""

from __future__ import annotations

from tests.browser.hand import STEP, item, middle, wait_until
from tests.browser.helpers import set_number
from tests.browser.states import visit

# Collects every transition, animation and moving dot of ours that takes time.
_WATCH = """() => {
  window.moved = [];
  const ours = (e) => e.getRootNode() !== document || e.closest("[data-testid=chart]");
  const look = () => {
    const roots = [...document.querySelectorAll("*")].map((e) => e.shadowRoot).filter(Boolean);
    if (roots.some((root) => root.querySelector("animateMotion"))) window.moved.push("a dot");
    for (const a of [document, ...roots].flatMap((root) => root.getAnimations())) {
      const { target } = a.effect;
      if (ours(target) && a.effect.getComputedTiming().duration > 0)
        window.moved.push(a.transitionProperty || a.animationName);
    }
    requestAnimationFrame(look);
  };
  look();
}"""


def moved(server, page, motion):
    """Return what moves while the flow is stepped through and a number is changed."""
    page.emulate_media(reduced_motion=motion)
    visit(page, server.url)
    page.evaluate(_WATCH)
    for _ in range(2):
        page.get_by_role("button", name="Next", exact=True).click()
        page.wait_for_timeout(150)
    found = set(page.evaluate("window.moved"))
    visit(page, f"{server.url}/backward_pass")
    page.evaluate(_WATCH)
    set_number(page, "b1_1", 0.4)
    # Frames of a film under the hand.
    item(page, "W1[0, 0]").scroll_into_view_if_needed()
    x, y = middle(page, "W1[0, 0]")
    page.mouse.move(x, y)
    page.wait_for_function("() => blameFilm.counts()['W1[0, 0]'] > 0")
    page.mouse.down()
    page.mouse.move(x + 6 * STEP, y, steps=6)
    wait_until(page, "W1[0, 0]", 1.1)
    assert page.evaluate("() => blameFilm.holds()")
    page.wait_for_timeout(150)
    page.mouse.up()
    found |= set(page.evaluate("window.moved"))
    return found


def test_less_motion_is_none(server, page):
    assert moved(server, page, "no-preference") >= {"a dot", "opacity"}
    assert moved(server, page, "reduce") == set()
