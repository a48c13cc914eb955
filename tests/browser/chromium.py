"""Find and open Chromium, or say what is missing. Playwright is imported only when it is used."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is there is taken: without a frame it opens a page a fifth cheaper."""
TIMEOUT = 20_000
"""Milliseconds after which waiting for anything in the browser fails."""
SIZE = {"width": 1280, "height": 1000}
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    # The rest keeps it from talking to anyone but the server under test.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Counts what the server says, so that a test can tell "not yet answered" from "done": a short run
# can begin and end between two looks at the page. The edition without a server puts a socket of its
# own in the place of the browser's; that one also repeats what it is told (tests/browser/sent.py).
_COUNT_MESSAGES = """
window.messages = 0;
window.lastMessage = 0;
(() => {
  const counting = (Given, repeats) => class extends Given {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => {
        window.messages += 1;
        window.lastMessage = performance.now();
      });
    }
    send(data) {
      if (repeats && window.blameSent)
        window.blameSent(Array.from(new Uint8Array(data), (e) => String.fromCharCode(e)).join(""));
      super.send(data);
    }
  };
  let held = counting(window.WebSocket, false);
  Object.defineProperty(window, "WebSocket", {
    get: () => held,
    set: (Given) => { held = counting(Given, true); },
  });
})();
"""
_waiting = {"milliseconds": TIMEOUT}


def missing() -> str | None:
    """Return what to do to get a browser, or None if there is one."""
    if importlib.util.find_spec("playwright") is None:
        return "Playwright is missing: pip install -r requirements-dev.txt"
    if _executable() is None:
        return "Chromium is missing: apt-get install chromium (or install Google Chrome)"
    return None


def _executable() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def open_browser(*arguments: str) -> Iterator[Any]:
    """Start Chromium, with further arguments, and yield Playwright's Browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_executable(), args=[*_ARGUMENTS, *arguments], timeout=TIMEOUT
        )
        try:
            yield browser
        finally:
            browser.close()


def open_context(browser: Any, **options: Any) -> Any:
    """Return a new context: a visitor with no cookies and no history."""
    context = browser.new_context(**{"viewport": SIZE, "locale": "en-GB", **options})
    context.set_default_timeout(_waiting["milliseconds"])
    context.add_init_script(_COUNT_MESSAGES)
    return context


def wait_longer(milliseconds: int) -> None:
    """Let every context that is opened from now on wait so long."""
    _waiting["milliseconds"] = milliseconds
