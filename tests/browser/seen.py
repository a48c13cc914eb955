"""All that a reader sees of the parts that follow a hand, to be compared with another page."""

from __future__ import annotations

import json

from tests.browser.hand import item, middle
from tests.browser.helpers import look_up, settled

# All that a reader sees of the parts: every text and form of picture, receipt, charts, sentences.
SEEN = """() => {
  const hosts = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot);
  const picture = hosts.map((e) => e.shadowRoot.querySelector(".picture")).find(Boolean);
  const drawn = (element) => {
    const {tagName, textContent, attributes} = element;
    const kept = ["d", "class", "stroke-width", "aria-label", "aria-valuenow", "x", "y", "style"];
    const said = kept.map((name) => name === "class"
      ? (element.getAttribute("class") ?? "").replace(/ ?(opened|movable|dim|lit)/g, "")
      : element.getAttribute(name));
    return [tagName, element.children.length ? "" : textContent, ...said];
  };
  const charts = [...document.querySelectorAll("[data-testid=chart]")].map((chart) => {
    const plot = chart.querySelector(".js-plotly-plot");
    return [chart.getAttribute("aria-label"), plot.data,
      [...chart.querySelectorAll(".cartesianlayer path, text")]
        .map((e) => [e.getAttribute("d"), e.textContent])];
  });
  const panel = picture?.querySelector(".receipt");
  const cells = hosts.flatMap((e) => [...e.shadowRoot.querySelectorAll("input[data-name]")]);
  return JSON.stringify({
    picture: [...(picture?.querySelectorAll(".stage svg *") ?? [])].map(drawn),
    receipt: [...(panel?.querySelectorAll(":not(option)") ?? [])].map(drawn),
    charts,
    sentences: [...document.querySelectorAll("p.sentence")].map((e) => e.innerHTML),
    sheet: cells.map((e) => [e.dataset.name, e.value]),
  });
}"""


def near(page, name):
    """Bring the hand near a number, and wait until its film is there; return where the hand is."""
    item(page, name).scroll_into_view_if_needed()
    # Whole pixels, so that so many of them are so many steps.
    x, y = map(round, middle(page, name))
    page.mouse.move(x, y)
    # A film comes in three pieces, and then no more until the hand moves.
    page.wait_for_timeout(1500)
    settled(page)
    return x, y


def seen(page):
    """Return all that is seen once the frame that is due has been shown."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=chart]')]"
        ".every((chart) => chart.dataset.drawn !== 'no')"
    )
    return json.loads(page.evaluate(SEEN))


def visit(page, url, name):
    look_up(page, url)
    item(page, name).wait_for()
    settled(page)


def assert_same(here, there):
    for kind, wanted in there.items():
        assert here[kind] == wanted, kind
