"""Play the playground for a long time, and read how much memory server and browser hold."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.browser import resident
from tests.browser.helpers import open_page, set_number, settled
from tests.browser.runs import choose_speed, press
from tests.browser.server import Server

PAGE = "playground?data=moons"
FASTEST = 400
# What follows is counted in pictures: what leaks, leaks with each of them.
_COUNT = """() => {
  window.pictures = 0;
  let before = "";
  setInterval(() => {
    const said = document.body.innerText.match(/After \\d+ steps?: loss [^,]*/);
    if (said && said[0] !== before) window.pictures += 1;
    before = said ? said[0] : before;
  }, 50);
}"""


@dataclass(frozen=True)
class Reading:
    """What is held after some pictures, in megabytes; `nodes` counts the page's DOM nodes."""

    pictures: int
    server: float
    heap: float
    nodes: int


class LongPlay:
    """A page of the playground that plays one run after the other, each from another seed."""

    def __init__(self, context: Any, server: Server) -> None:
        self.page = context.new_page()
        self._server = server
        self._browser = context.new_cdp_session(self.page)
        self._browser.send("Performance.enable")
        self._runs = 0
        open_page(self.page, f"{server.url}/{PAGE}")
        choose_speed(self.page, FASTEST)
        self.page.evaluate(_COUNT)

    def play(self, seconds: float) -> None:
        """Play on until so many seconds have passed; runs that end are followed by others."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._stands():
                self._begin_anew()
            self.page.wait_for_timeout(200)

    def read(self) -> Reading:
        """Return what is held at the end of a run, once the garbage is gone."""
        self.page.get_by_role("button", name="Play").wait_for()
        settled(self.page)
        # The picture before stays under the new one for a second.
        self.page.wait_for_timeout(1500)
        for _ in range(2):
            self._browser.send("HeapProfiler.collectGarbage")
        found = self._browser.send("Performance.getMetrics")["metrics"]
        metrics = {metric["name"]: metric["value"] for metric in found}
        return Reading(
            self.page.evaluate("pictures"),
            resident(self._server),
            metrics["JSHeapUsedSize"] / 2**20,
            int(metrics["Nodes"]),
        )

    def _stands(self) -> bool:
        return bool(self.page.get_by_role("button", name="Play").count())

    def _begin_anew(self) -> None:
        # A seed that has not been used: runs that were kept would pile up.
        self._runs += 1
        if self.page.get_by_text("After 0 steps").count() == 0:
            press(self.page, "Start")
        self.page.get_by_text("After 0 steps").wait_for()
        set_number(self.page, "weights_seed", 100 + self._runs)
        press(self.page, "Play")
        self.page.get_by_role("button", name="Pause").wait_for()
