"""By the Tab key alone: everything is reached in turn, the focus shows, and nothing holds it."""

from __future__ import annotations

import pytest

from tests.browser.helpers import field, number, wait_for_answer
from tests.browser.states import STATES, visit
from tests.exercises import SYMBOLS

MOST = 140
"""More stops than any page has."""
# What is focused, whether it can be seen, and whether the stop before looks different by now: that
# is what shows the focus.
_STOP = r"""() => {
  const look = (parts) => JSON.stringify(parts.map((p) => {
    const s = getComputedStyle(p);
    return [s.outline, s.boxShadow, s.borderColor, s.backgroundColor, s.stroke, s.strokeWidth,
      s.textDecoration];
  }));
  const before = !window.walked || window.walked.look !== look(window.walked.parts);
  let e = document.activeElement;
  while (e.shadowRoot && e.shadowRoot.activeElement) e = e.shadowRoot.activeElement;
  if (e === document.body) return {before};
  const parts = [...e.querySelectorAll("*")].slice(0, 8);
  for (let p = e; p && parts.length < 13; p = p.parentElement) parts.push(p);
  window.walked = {parts, look: look(parts)};
  let opacity = 1;
  for (let p = e; p; p = p.parentElement || p.getRootNode().host)
    opacity *= getComputedStyle(p).opacity;
  const box = e.getBoundingClientRect();
  // Streamlit's switches are drawn by what stands beside an input nobody sees.
  const seen = (opacity > 0.2 || e.matches("input[role=switch], input[type=checkbox]"))
    && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  const own = e.tagName !== "INPUT" && e.dataset.name;
  const name = own || e.ariaLabel || e.textContent.trim() || e.tagName;
  return {name, key: (e.closest("[class*=st-key-]") || {className: ""}).className, seen, before,
    main: e.matches("[data-testid=stMain]"), tag: e.tagName};
}"""
_STILL = "*, *::before, *::after { transition: none !important; animation: none !important; }"


def walk(page):
    """Press Tab until the page is left, and return every stop."""
    page.add_style_tag(content=_STILL)
    # What lies under the pointer looks focused already.
    page.mouse.move(0, 0)
    stops = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stops:
            stops[-1]["shows"] = stops[-1]["seen"] and stop["before"]
        if "name" not in stop:
            return stops
        stops.append(stop)
    raise AssertionError(f"the focus is held: {[stop['name'] for stop in stops[-6:]]}")


def hidden(stops):
    """Return the stops at which the focus cannot be seen, but for the page's own scrolling."""
    return [stop["name"] for stop in stops if not stop["shows"] and not stop["main"]]


def test_every_number_of_the_network_is_reached_in_order(server, page):
    visit(page, f"{server.url}/backward_pass")
    stops = walk(page)
    assert hidden(stops) == []
    names = [stop["name"] for stop in stops]
    for symbol in SYMBOLS.values():
        # A cell of the sheet says after its name what it is.
        assert any(name == symbol or name.startswith(f"{symbol},") for name in names), symbol
    wanted = ["x[0]", "W1[0, 0]", "dW1[0, 0]", "z1[0]", "d_z1[0]", "W2[0, 0]", "y_pred", "loss"]
    picture = [stop["name"] for stop in stops if stop["tag"] == "g"]
    assert [name for name in picture if name in wanted] == wanted
    ours = ["Open a number", "SVG", "Close", "d_z1[0]", "Download plot", "One scale for all"]
    assert set(ours) <= set(names)
    assert not any(stop["tag"] == "svg" for stop in stops)


def test_numbers_not_found_yet_are_no_stops(server, page):
    visit(page, server.url)
    page.get_by_role("button", name="Next", exact=True).click()
    # The Tab key goes on from where the last click was.
    page.locator("h1").click()
    stops = walk(page)
    assert hidden(stops) == []
    names = [stop["name"] for stop in stops]
    assert "z1[0]" in names
    assert "d_loss_y" not in names
    assert {"Watch it flow", "Play"} & set(names)
    assert {"Back", "Next", "Show all", "slowmediumfast"} <= set(names)


def test_the_lab_is_reached_and_its_rates_are_taken_by_keys(server, edition, page):
    visit(page, f"{server.url}/training_lab?lab_view=Learning+rates")
    stops = walk(page)
    assert hidden(stops) == []
    keys = " ".join(stop["key"] for stop in stops)
    for key in ("remedy_0", "lab_view", "best_rate", "limit_rate"):
        assert f"st-key-{key}" in keys
    assert any(stop["name"].startswith("learning rate") for stop in stops)
    # A click on a mark of the sweep does what these two ways do.
    said = page.locator(".st-key-best_rate button").inner_text()
    page.locator(".st-key-best_rate button").focus()
    messages = page.evaluate("window.messages")
    page.keyboard.press("Enter")
    wait_for_answer(page, messages)
    assert said.endswith(f", {number(page, 'learning_rate')}")
    # Some eighty rates end at a loss of exactly 0, and the middle one is taken. The edition without
    # a server has a power's last bit from the browser, and with it other ends of the eighty.
    assert number(page, "learning_rate") in ((0.0294, 0.0303) if edition else (0.0294,))
    field(page, "learning_rate").focus()
    messages = page.evaluate("window.messages")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("0.05")
    page.keyboard.press("Enter")
    wait_for_answer(page, messages)
    chart = page.locator(".st-key-chart_lab_sweep [data-testid=chart]")
    assert "This run: 0.05" in chart.get_attribute("aria-label")


def test_a_receipt_is_opened_and_closed_by_keys_and_keeps_the_focus(server, page):
    visit(page, f"{server.url}/backward_pass")
    focused = """() => {
      let e = document.activeElement;
      while (e.shadowRoot && e.shadowRoot.activeElement) e = e.shadowRoot.activeElement;
      return e.ariaLabel || e.textContent;
    }"""
    page.locator(".receipt [data-opens='d_z1[0]']").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"({focused})().startsWith('d_z1[0] = ')")
    page.get_by_role("button", name="Close").focus()
    page.keyboard.press("Enter")
    page.locator(".receipt h2").wait_for(state="detached")
    assert page.evaluate(focused) == "Open a number"


@pytest.mark.parametrize(("name", "tag"), [("training_lab", "TABLE"), ("backward_pass", "SPAN")])
def test_a_table_or_formula_that_scrolls_is_reached(server, visitor, name, tag):
    page = visitor(viewport={"width": 320, "height": 844}).new_page()
    visit(page, f"{server.url}/{STATES[name].link}")
    assert tag in [stop["tag"] for stop in walk(page)]


def test_the_menu_is_one_key_away(server, page):
    visit(page, f"{server.url}/backward_pass?b1_1=-0.2")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the menu"
    box = page.locator("#skip-to-menu").bounding_box()
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("!!document.activeElement.closest('[data-testid=stTopNav]')")
    assert page.url.endswith("/backward_pass?b1_1=-0.2")
    # It is out of sight again, and does not stand in the way of a click.
    box = page.locator("#skip-to-menu").bounding_box()
    assert box["y"] + box["height"] <= 0
