"""A lesson's page put back into the order it was opened in, so that another test can have it."""

from __future__ import annotations

from typing import Any

from tests.browser.helpers import settled, wait_for_answer

# The notebook's numbers, nothing opened, nothing refused or said, nothing in hand.
_IN_ORDER = """(address) => {
  if (location.href !== address) return false;
  const app = document.querySelector("[data-testid=stApp]");
  if (app?.getAttribute("data-test-script-state") !== "notRunning") return false;
  const hosts = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot);
  const some = (selector) => hosts.some((e) => e.shadowRoot.querySelector(selector));
  const text = (selector) => hosts.map((e) => e.shadowRoot.querySelector(selector))
    .find(Boolean)?.textContent.trim();
  const open = [...document.querySelectorAll("[data-testid=stExpander] details[open]")];
  return some(".item") && !some(".sheet .trouble, .sheet .said, .receipt h2, [aria-invalid=true]")
    && !text(".picture .note") && !open.length && scrollY === 0;
}"""


def in_order(page: Any, server: str) -> bool:
    """Return whether a page shows the backward lesson as if it had just been opened."""
    return page.evaluate(_IN_ORDER, f"{server}/backward_pass")


def put_down(page: Any) -> None:
    """Take the hand off the mouse, the focus from wherever it is, and the pointer away."""
    page.mouse.up()
    page.evaluate(
        "() => { let at = document.activeElement;"
        " while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; at?.blur(); }"
    )
    page.mouse.move(1, 1)


def put_back(page: Any) -> None:
    """Put the hand down, close what is open, and take the notebook's numbers back, where it can."""
    if "/backward_pass" not in page.url:
        return
    page.mouse.up()
    page.keyboard.press("Escape")
    close = page.locator(".receipt").get_by_role("button", name="Close")
    if close.count():
        close.first.click()
    put_down(page)
    # What the Escape key gave back may be under way, and is in the link until it has come.
    page.wait_for_timeout(500)
    settled(page)
    reset = page.get_by_role("button", name="Reset the numbers")
    messages = page.evaluate("window.messages")
    # In one go: an answer on its way may put them back, and the button cannot be pressed then.
    if reset.evaluate("button => !button.disabled && (button.click(), true)"):
        wait_for_answer(page, messages)
    page.evaluate("scrollTo(0, 0)")
