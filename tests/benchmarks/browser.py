"""How fast a page answers in Chromium, beside a bare page with as many minimal charts."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.row import Row
from tests.browser.chromium import open_browser, open_context
from tests.browser.helpers import field, open_page, settled
from tests.browser.network import behind_network
from tests.browser.server import Server, serve

BARE = Path(__file__).with_name("bare_app.py")
PAGES = dict.fromkeys(
    (
        "forward_pass",
        "backward_pass",
        "relu_gate",
        "training",
        "what_if",
        "gradient_check",
        "knife_edge",
        "training_lab",
        "training_lab?lab_view=Learning+rates",
        "training_lab?lab_view=Landscape",
    ),
    "b1_0",
) | {"depth": "chain_seed", "playground?data=moons&play_step=100": "weights_seed"}
"""Page -> the input that is changed; every chart of the page depends on it."""
CHANGES = 7
KEY, HOLD = 100, 150
"""Milliseconds from key to key of a hand that types, and from the last to the Enter key."""
STARTS = 3
SESSIONS = 20
DELAYS = (0.05, 0.15)
"""Seconds each way."""
QUIET = 500
"""Milliseconds without any change in a chart after which the last one counts as drawn."""
CHART = ":is([data-testid=chart], [data-testid=stPlotlyChart])"
"""Ours, and Streamlit's own on the bare page."""
WATCH = """
window.lastChart = 0;
window.keyAt = 0;
const CHART = "SELECTOR";
const inChart = (node) => node.closest && (node.closest(CHART) || node.querySelector(CHART));
// What lights up where it stands is drawn already.
const isLight = (change) => ["data-quantity", "data-face"].includes(change.attributeName);
new MutationObserver((changes) => {
  const seen = (c) => !isLight(c)
      && inChart(c.target.nodeType === 1 ? c.target : c.target.parentElement)
      && (c.target.closest?.(CHART) || [...c.addedNodes].some(inChart));
  if (changes.some(seen))
    window.lastChart = performance.now();
}).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
addEventListener("keydown", (event) => {
  if (event.key === "Enter") window.keyAt = performance.now();
}, true);
""".replace("SELECTOR", CHART)
_DRAWN = f"() => lastChart > keyAt && performance.now() - lastChart > {QUIET}"
CHARTS = "() => document.querySelectorAll('.js-plotly-plot .main-svg').length"


def rows() -> list[Row]:
    """Measure everything and return one row each."""
    with open_browser() as browser:
        each = [row for page, key in PAGES.items() for row in redraw(browser, page, key)]
        return [
            *each,
            _middle("typed by a hand", each[::2]),
            _middle("put in and entered at once", each[1::2]),
            start(browser),
            first_visit(browser),
            *(far(browser, delay) for delay in DELAYS),
            *memory(browser),
        ]


def _middle(how: str, rows: list[Row]) -> Row:
    middle = median(row.ratio for row in rows if row.ratio is not None)
    return Row(f"the median of the numbers {how}", "", "", middle, "at most 0.7", middle <= 0.7)


def redraw(browser: Any, name: str, key: str) -> tuple[Row, Row]:
    """One number to the last chart drawn: typed by a hand, and put in and entered at once."""
    with ExitStack() as stack:
        ours = _visit(stack, browser, stack.enter_context(serve()), f"/{name}")
        charts = ours.locator(CHART).count()
        bare = _visit(stack, browser, stack.enter_context(_bare(charts)), "/")
        rows = []
        for turn, (enter, how) in enumerate(((typed, "typed"), (put, "put"))):
            times: tuple[list[float], list[float]] = ([], [])
            for change in range(CHANGES + 2):
                for page, widget, kept in ((ours, key, times[0]), (bare, "number", times[1])):
                    # The page in front is the one that is drawn at full speed.
                    page.bring_to_front()
                    kept.append(enter(page, widget, _value(widget, change + 20 * turn)))
            # The first two warm up what is imported and compiled on first use.
            mine, other = median(times[0][2:]), median(times[1][2:])
            rows.append(
                Row(
                    f"{name}: one change, {how}, to the last of {charts} charts / bare page",
                    f"{mine:.0f} ms",
                    f"{other:.0f} ms",
                    mine / other,
                    "at most 0.8",
                    mine / other <= 0.8,
                )
            )
    return rows[0], rows[1]


def _value(key: str, change: int) -> float:
    # Neither the seed of the start nor the one before.
    return change + 2 if key.endswith("seed") else round(0.3 + 0.01 * change, 2)


def put(page: Any, key: str, value: float) -> float:
    """Put a number into its field and enter it at once, as nobody types."""
    field(page, key).fill(str(value))
    return _entered(page, key)


def typed(page: Any, key: str, value: float) -> float:
    """Type a number key by key and enter it."""
    field(page, key).select_text()
    field(page, key).press_sequentially(str(value), delay=KEY)
    page.wait_for_timeout(HOLD)
    return _entered(page, key)


def _entered(page: Any, key: str) -> float:
    field(page, key).press("Enter")
    page.wait_for_function(_DRAWN)
    return float(page.evaluate("lastChart - keyAt"))


def start(browser: Any) -> Row:
    """A server started, a page asked for at once, to its first chart."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(STARTS):
        for server, path, kept in (
            (serve(), "/backward_pass", times[0]),
            (_bare(1), "/", times[1]),
        ):
            with server as running, ExitStack() as stack:
                page = _page(stack, browser)
                page.goto(running.url + path)
                page.wait_for_function(CHARTS)
                kept.append(time.monotonic() - running.started)
    mine, other = median(times[0]), median(times[1])
    return Row(
        "fresh server to the first chart / bare page",
        f"{mine:.2f} s",
        f"{other:.2f} s",
        mine / other,
        "at most 1.0",
        mine / other <= 1.0,
    )


def first_visit(browser: Any) -> Row:
    """What comes over the line until a first visitor sees a page with a chart."""
    sizes: list[tuple[int, int]] = []
    for server, path in ((serve(), "/backward_pass"), (_bare(1), "/")):
        with server as running, ExitStack() as stack:
            page = _page(stack, browser)
            told = page.context.new_cdp_session(page)
            told.send("Network.enable")
            received: list[int] = []
            told.on(
                "Network.loadingFinished", lambda e, to=received: to.append(e["encodedDataLength"])
            )
            told.on(
                "Network.webSocketFrameReceived",
                lambda e, to=received: to.append(len(e["response"]["payloadData"]) * 3 // 4),
            )
            open_page(page, running.url + path)
            page.wait_for_function(CHARTS)
            page.wait_for_timeout(1000)
            sizes.append((int(sum(received)), len(received)))
    (mine, pieces), (other, others) = sizes
    return Row(
        f"first visit to the first chart, {pieces} and {others} pieces / bare page",
        f"{mine / 1e6:.1f} MB",
        f"{other / 1e6:.1f} MB",
        mine / other,
        "at most 0.4",
        mine / other <= 0.4,
    )


def far(browser: Any, delay: float) -> Row:
    """One number typed and entered over a slow line, to the last chart drawn."""
    with ExitStack() as stack:
        times: list[list[float]] = [[], []]
        pages = []
        for server, path, key in ((serve(), "/backward_pass", "b1_0"), (_bare(1), "/", "number")):
            running = stack.enter_context(server)
            line = stack.enter_context(behind_network(running.url, delay))
            page = _page(stack, browser)
            page.goto(line.url + path)
            page.wait_for_function(CHARTS)
            settled(page)
            pages.append((page, key))
        for change in range(CHANGES):
            for (page, key), kept in zip(pages, times, strict=True):
                page.bring_to_front()
                kept.append(typed(page, key, _value(key, change)))
        mine, other = (median(kept[1:]) for kept in times)
    most = 2000 * delay + 100
    return Row(
        f"backward_pass: one change, typed, over {1000 * delay:.0f} ms each way / bare page",
        f"{mine:.0f} ms",
        f"{other:.0f} ms",
        mine / other,
        f"at most {most:.0f} ms",
        mine <= most,
    )


def memory(browser: Any) -> list[Row]:
    """Resident memory after the first page, and what each of 20 open sessions adds."""
    first: list[float] = []
    each: list[float] = []
    for server, path in ((serve(), "/backward_pass"), (_bare(1), "/")):
        with server as running, ExitStack() as stack:
            _visit(stack, browser, running, path)
            first.append(resident(running))
            for _ in range(SESSIONS - 1):
                _visit(stack, browser, running, path)
            each.append((resident(running) - first[-1]) / (SESSIONS - 1))
    return [
        Row("memory after the first page", f"{first[0]:.0f} MB", f"{first[1]:.0f} MB",
            first[0] / first[1], "", None),
        Row(f"memory per session over {SESSIONS} sessions", f"{each[0]:.2f} MB",
            f"{each[1]:.2f} MB", each[0] / each[1] if each[1] > 0 else None, "", None),
    ]  # fmt: skip


def resident(server: Server) -> float:
    """Return the server's resident memory in megabytes."""
    status = Path(f"/proc/{server.pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def processor(pid: int) -> float:
    """Return the seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    # utime and stime, the 14th and 15th of all, with two before the bracket.
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _bare(charts: int) -> Any:
    # From a folder without settings: as anyone starts it.
    return serve(BARE, BARE.parent, {"BARE_CHARTS": str(charts)})


def _page(stack: ExitStack, browser: Any) -> Any:
    context = open_context(browser)
    stack.callback(context.close)
    context.add_init_script(WATCH)
    return context.new_page()


def _visit(stack: ExitStack, browser: Any, server: Server, path: str) -> Any:
    page = _page(stack, browser)
    open_page(page, server.url + path)
    page.wait_for_function(CHARTS)
    settled(page)
    return page
