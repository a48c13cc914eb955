"""What the browser tests do on a page: type a number, wait until all is drawn, read the console."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from blame.exercise.names import name_in_link
from tests.exercises import NAMES

APP = "[data-testid=stApp]"
# Settled: the script has ended, nothing on screen is of an earlier run, every chart is drawn.
SETTLED = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  if (!app || app.getAttribute("data-test-script-state") !== "notRunning") return false;
  if (document.querySelector("[data-testid=stSkeleton], [data-stale=true]")) return false;
  const places = [...document.querySelectorAll("[class*=st-key-chart_]")];
  return places.every((place) => {
    const chart = place.querySelector("[data-testid=chart], [data-testid=stPlotlyChart]");
    return chart && chart.dataset.drawn !== "no" && chart.querySelector(".main-svg");
  });
}"""
POLL = 50
"""Milliseconds between two looks; to look at each frame would cost the browser a tenth more."""
# A page under a path asks there first, gets 404 and falls back to the root: Streamlit's own way.
_STREAMLITS_OWN = re.compile(r"/[a-z_]+/_stcore/(health|host-config)$")


def settled(page: Any) -> None:
    """Wait until the script has run to its end and every chart is drawn."""
    page.wait_for_function(SETTLED, polling=POLL)


def open_page(page: Any, url: str) -> None:
    """Go to an address and wait until it has settled."""
    page.goto(url)
    settled(page)


def turn_to(page: Any, url: str) -> None:
    """Go to an address of the app as the browser's own way back and forward does: no new document.

    It takes a fifth of the time of opening it, for tests that are not about opening a page.
    """
    messages = page.evaluate("window.messages")
    page.evaluate(
        "url => { history.pushState({}, '', url); dispatchEvent(new PopStateEvent('popstate')); }",
        url,
    )
    wait_for_answer(page, messages)


def look_up(page: Any, url: str) -> None:
    """Turn to an address in a page that shows the app, and open it in one that does not yet."""
    here, there = urlsplit(page.url), urlsplit(url)
    (turn_to if here.netloc == there.netloc else open_page)(page, url)


def field(page: Any, key: str) -> Any:
    """Return the sheet's cell of a number, spelled as in links, or the input of a widget's key."""
    name = name_in_link(key)
    is_cell = name != key or key in NAMES
    return page.locator(f'input[data-name="{name}"]' if is_cell else f".st-key-{key} input")


def set_number(page: Any, key: str, value: float | str) -> None:
    """Type a value into a number field, press Enter and wait for the answer."""
    messages = page.evaluate("window.messages")
    field(page, key).fill(str(value))
    field(page, key).press("Enter")
    wait_for_answer(page, messages)


def click(page: Any, target: Any) -> None:
    """Click something that makes the script run, and wait for the answer."""
    messages = page.evaluate("window.messages")
    target.click()
    wait_for_answer(page, messages)


def go_to(page: Any, section: str, title: str) -> None:
    """Go to another page by the menu, and wait until it has settled."""
    page.locator("[data-testid=stTopNavSection]").filter(has_text=section).click()
    click(page, page.locator("[data-testid=stTopNavDropdownLink]").filter(has_text=title))


def wait_for_answer(page: Any, messages: int) -> None:
    """Wait until the server has said more than `messages`, has fallen silent, and all is drawn."""
    page.wait_for_function(
        "before => window.messages > before && performance.now() - window.lastMessage > 300",
        arg=messages,
        polling=POLL,
    )
    settled(page)


def wait_for_number(page: Any, key: str, value: float) -> None:
    """Wait until a field shows a number."""
    page.wait_for_function(
        """([key, name, value]) => {
          const hosts = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot);
          const roots = [document, ...hosts.map((e) => e.shadowRoot)];
          const cells = roots.map((e) => e.querySelector(`input[data-name="${name}"]`));
          const found = cells.find(Boolean) ?? document.querySelector(`.st-key-${key} input`);
          return found && found.value !== "" && Number(found.value) === value;
        }""",
        arg=[key, name_in_link(key), value],
        polling=POLL,
    )


def number(page: Any, key: str) -> float:
    """Return the number that a field shows."""
    return float(field(page, key).input_value())


def watch_console(page: Any) -> list[str]:
    """Start collecting the errors of a page; the list grows as they come."""
    problems: list[str] = []

    def heard(message: Any) -> None:
        place = (message.location or {}).get("url", "")
        if message.type == "error" and not _STREAMLITS_OWN.search(place):
            problems.append(f"console: {message.text} ({place})")

    page.on("console", heard)
    page.on("pageerror", lambda error: problems.append(f"page error: {error}"))
    page.console_problems = problems
    return problems


def console_problems(page: Any) -> list[str]:
    """Return the errors the page has had so far, without Streamlit's own two 404 lines."""
    return list(page.console_problems)
