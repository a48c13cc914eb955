"""Browser contexts that are kept from test to test: opening a page costs half as much in one."""

from __future__ import annotations

from typing import Any

from tests.browser.chromium import open_context

TOGETHER = "--process-per-site"
"""Chromium's pages of a context live in one process, so that a page finds what others compiled."""


class Visitors:
    """A visitor's context for each kind of screen, tidied up after each test.

    What is compiled is kept as long as a page of the context is open: so one always is.
    """

    def __init__(self, browser: Any, url: str) -> None:
        self._browser = browser
        self._url = url
        self._keepers: dict[str, Any] = {}

    def of(self, **options: Any) -> Any:
        """Return the context with these options, which remembers nothing of other tests."""
        kind = repr(sorted(options.items()))
        if kind not in self._keepers:
            keeper = open_context(self._browser, **options).new_page()
            # An address that opens no session.
            keeper.goto(f"{self._url}/_stcore/health")
            self._keepers[kind] = keeper
        return self._keepers[kind].context

    def pages(self) -> list[Any]:
        """Return every page that is open."""
        return [page for keeper in self._keepers.values() for page in keeper.context.pages]

    def tidy(self, before: list[Any]) -> None:
        """Close the pages that were not open before, and forget what they kept in the browser."""
        keepers = [*self._keepers.values()]
        for page in self.pages():
            if page not in before and page not in keepers:
                page.close()
        for keeper in keepers:
            keeper.evaluate("localStorage.clear()")
            keeper.context.clear_cookies()
