"""On a phone, and on a desk at 200 %: nothing scrolls sideways, is cut off or is covered."""

from __future__ import annotations

import pytest

from tests.browser.chromium import open_context
from tests.browser.helpers import settled
from tests.browser.states import STATES, visit

ZOOMED = {"width": 640, "height": 500}
"""A screen of 1280 x 1000 at 200 %."""
PHONE = {"width": 390, "height": 844}

_PROBLEMS = r"""() => {
  const main = document.querySelector("[data-testid=stMain]"), wide = innerWidth, found = [];
  const up = (e) => e.parentElement || e.getRootNode().host;
  const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflowX);
  const boxed = (e) => { for (e = up(e); e && e !== main; e = up(e)) if (scrolls(e)) return true; };
  const say = (e) => `${e.tagName} ${(e.ariaLabel || e.textContent || e.className).slice(0, 50)}`;
  if (document.scrollingElement.scrollWidth > wide) found.push("the page scrolls sideways");
  if (main.scrollWidth > main.clientWidth) found.push("the lesson scrolls sideways");
  const every = (root) => [...root.querySelectorAll("*")].flatMap(
    (e) => [e, ...(e.shadowRoot ? every(e.shadowRoot) : [])]);
  const shown = every(main).filter((e) => {
    const box = e.getBoundingClientRect();
    // Formulas are in the page twice, once for screen readers only; Plotly measures off the page.
    return box.width > 1 && box.height > 1 && !e.closest(".katex-mathml, #js-plotly-tester")
      && e.checkVisibility({opacityProperty: true, visibilityProperty: true});
  });
  const controls = shown.filter((e) =>
    e.matches("button, a[href], select, textarea, summary, [role=spinbutton], .item"));
  const texts = shown.filter((e) =>
    [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
  for (const e of new Set([...controls, ...texts])) {
    const { left, right } = e.getBoundingClientRect();
    if ((left < -1 || right > wide + 1) && !boxed(e)) found.push(`beyond the edge: ${say(e)}`);
  }
  for (const e of shown.filter((e) => e.textContent.trim())) {
    const style = getComputedStyle(e);
    if (/hidden|clip/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1)
      found.push(`cut off: ${say(e)}`);
  }
  for (const e of controls) {
    if (e.disabled || boxed(e) && e.closest("[role=radiogroup]")) continue;
    e.scrollIntoView({block: "center", behavior: "instant"});
    const box = e.getBoundingClientRect();
    const top = e.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!top || !(e.contains(top) || top.contains(e)))
      found.push(`covered: ${say(e)} by ${top && say(top)}`);
  }
  const items = controls.filter((e) => e.matches(".item"))
    .map((e) => [e, e.getBoundingClientRect()]);
  items.forEach(([e, a], i) => items.slice(i + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    if (across > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
      found.push(`one on another: ${say(e)} and ${say(other)}`);
  }));
  return found;
}"""


@pytest.fixture(scope="module")
def page(browser):
    """One page for all states, with two pixels of the screen for each of its own."""
    context = open_context(browser, viewport=ZOOMED, device_scale_factor=2)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", STATES)
def test_all_has_room(server, page, name):
    page.set_viewport_size(ZOOMED)
    visit(page, f"{server.url}/{STATES[name].link}")
    assert page.evaluate(_PROBLEMS) == [], "at 200 %"
    page.set_viewport_size(PHONE)
    # The charts and the network are drawn anew.
    page.wait_for_timeout(300)
    settled(page)
    assert page.evaluate(_PROBLEMS) == [], "on a phone"
