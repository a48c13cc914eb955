"""Browser contexts that are kept from test to test: opening a page costs half as much in one."""

from __future__ import annotations

from typing import Any

from tests.browser.chromium import SIZE, open_context
from tests.browser.order import put_down

TOGETHER = "--process-per-site"
"""Chromium's pages of a context live in one process, so that a page finds what others compiled."""
_FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"


class Visitors:
    """A visitor's context for each kind of screen, tidied up after each test.

    What is compiled is kept as long as a page of the context is open: so one always is. `known` is
    a visitor whom the edition without a server knows: no others are kept of that.
    """

    def __init__(self, browser: Any, url: str, known: Any = None) -> None:
        self._browser = browser
        self._url = url
        self._keeps = known is None
        self._contexts: dict[str, Any] = {} if known is None else {repr([]): known}

    def of(self, **options: Any) -> Any:
        """Return the context with these options, which remembers nothing of other tests."""
        kind = repr(sorted(options.items()))
        if kind not in self._contexts:
            self._contexts[kind] = open_context(self._browser, **options)
            if self._keeps:
                # An address that opens no session.
                self._contexts[kind].new_page().goto(f"{self._url}/_stcore/health")
        return self._contexts[kind]

    def pages(self) -> list[Any]:
        """Return every page that is open, but for those that are there for what is compiled."""
        first = 1 if self._keeps else 0
        return [page for context in self._contexts.values() for page in context.pages[first:]]

    def tidy(self, before: list[Any]) -> None:
        """Close the pages that were not open before, and forget what is kept in the browser."""
        for context in self._contexts.values():
            for page in context.pages:
                if page.url.startswith("http"):
                    page.evaluate(_FORGET)
            context.clear_cookies()
        for page in self.pages():
            if page not in before:
                page.close()


def as_new(page: Any) -> None:
    """Take all that a test has set from a page, but for what it shows."""
    put_down(page)
    page.set_viewport_size(SIZE)
    unset = dict.fromkeys(("media", "color_scheme", "reduced_motion", "forced_colors"), "null")
    page.emulate_media(**unset)
    page.console_problems.clear()
