"""A network that is slow: what the hand did last holds, and nothing it did is lost."""

import time

import pytest

from blame.practise.challenges import CHALLENGES
from tests.benchmarks.slow import PICTURE, visit
from tests.browser.chromium import open_context
from tests.browser.hand import STEP, arrived, bars, drag, item, middle, shown
from tests.browser.helpers import (
    console_problems,
    look_up,
    number,
    open_page,
    set_number,
    settled,
    watch_console,
)
from tests.browser.network import behind_network
from tests.exercises import notebook_with

pytestmark = pytest.mark.of_server("no line lies between the page and what answers it")
SLOW = 0.3
"""Seconds each way."""


@pytest.fixture(scope="module")
def line(server, one_page):
    """A line to the server that can be slowed down."""
    with behind_network(server.url) as line:
        yield line
        one_page.goto("about:blank")


@pytest.fixture
def network(line):
    """The same, with what is under way let through at the end."""
    yield line
    line.delay = 0
    time.sleep(2 * SLOW)


@pytest.mark.parametrize("milliseconds", [50, 300])
def test_a_drag_over_a_slow_network_ends_on_the_exact_value(network, page, milliseconds):
    open_page(page, f"{network.url}/backward_pass")
    item(page, "W1[0, 0]").wait_for()
    settled(page)
    network.delay = milliseconds / 1000
    drag(page, "W1[0, 0]", 10 * STEP, drop=False)
    x, y = middle(page, "W1[0, 0]")
    # To and fro, faster than any answer comes.
    for place in (14, 3, 20, 7, 12, 13):
        page.mouse.move(x + place * STEP, y, steps=4)
        page.wait_for_timeout(40)
    page.mouse.up()
    value = 1.8
    page.wait_for_url(f"**W1_0_0={value}")
    arrived(page, "W1_0_0", value)
    assert shown(page, "W1[0, 0]") == value
    back = notebook_with(W1_0_0=value).backward()
    assert shown(page, "loss") == pytest.approx(float(back.loss), rel=1e-3)
    assert float(bars(page)["dW1[1, 0]"]) == pytest.approx(back.weight_gradients[0][1, 0], 1e-3)
    assert console_problems(page) == []


def test_a_click_that_leaves_before_an_answer_arrives_takes_nothing_back(network, page):
    open_page(page, f"{network.url}/backward_pass")
    item(page, "W2[0, 0]").wait_for()
    settled(page)
    network.delay = SLOW
    item(page, "W2[0, 0]").focus()
    page.keyboard.press("Enter")
    settled(page)
    page.keyboard.type("1.2")
    page.keyboard.press("Enter")
    # The browser's field still holds 1, and says so with the click.
    assert number(page, "W2_0_0") == 1
    page.get_by_role("button", name="Next", exact=True).click()
    page.wait_for_url("**W2_0_0=1.2*")
    page.get_by_role("radio", name="1 loss", exact=False).wait_for()
    settled(page)
    arrived(page, "W2_0_0", 1.2)
    assert shown(page, "W2[0, 0]") == 1.2
    loss = notebook_with(W2_0_0=1.2).backward().loss
    assert shown(page, "loss") == pytest.approx(float(loss), rel=1e-3)
    # A hand that comes later may have the number of before.
    page.wait_for_timeout(1500)
    set_number(page, "W2_0_0", 1)
    settled(page)
    assert shown(page, "W2[0, 0]") == 1
    assert console_problems(page) == []


@pytest.mark.parametrize(
    ("path", "button", "seen"),
    [
        ("training", "Step", lambda page: page.get_by_text("After 3 of 50 steps").wait_for()),
        (
            "backward_pass",
            "Next",
            lambda page: page.get_by_role("radio", name="3 hidden", checked=True).wait_for(),
        ),
        (
            "challenges",
            "Next",
            lambda page: page.wait_for_url(f"**challenge={list(CHALLENGES)[3]}*"),
        ),
        ("what_if?nudge=50", "Ten times smaller", lambda page: arrived(page, "nudge", 0.05)),
    ],
    ids=["step", "stage", "challenge", "nudge"],
)
def test_quick_clicks_over_a_slow_network_all_count(network, page, path, button, seen):
    look_up(page, f"{network.url}/{path}")
    page.get_by_role("button", name=button, exact=True).wait_for()
    settled(page)
    network.delay = SLOW
    for _ in range(3):
        page.get_by_role("button", name=button, exact=True).click()
        page.wait_for_timeout(150)
    seen(page)
    assert console_problems(page) == []


def test_a_first_visit_brings_what_is_on_screen_and_no_more(server, browser):
    context = open_context(browser)
    page = context.new_page()
    watch_console(page)
    seen = visit(page, f"{server.url}/", slow=False)
    page.wait_for_function(PICTURE)
    settled(page)
    # They have made room for the page's own.
    assert page.locator("#first-words").count() == 0
    assert page.locator("[data-testid=stMain] h1").bounding_box()["y"] < 100
    page.wait_for_timeout(500)
    # No charts, no listing to colour, no letters of a kind that no text there has.
    unseen = (
        "PlotlyChart",
        "CodeBlock",
        "SyntaxHighlighter",
        "rehype-katex",
        "Italic",
        "DataFrame",
    )
    assert [name for name in seen.files if name.startswith(unseen) or "Italic" in name] == []
    assert any(name.startswith("SourceSansVF-Upright") for name in seen.files)
    assert sum(seen.files.values()) < 1_000_000
    icons = [size for name, size in seen.files.items() if name.startswith("MaterialSymbols")]
    assert 0 < sum(icons) < 30_000
    # As an icon, not as the word it is written by.
    undo = page.locator(".st-key-reset [data-testid=stIconMaterial]")
    assert (
        undo.evaluate(
            "e => { const r = document.createRange(); r.selectNodeContents(e);"
            " return r.getBoundingClientRect().width }"
        )
        < 30
    )
    assert console_problems(page) == []
    context.close()
