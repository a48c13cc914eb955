"""A film under the hand: what is shown at any place is what that number's own address shows."""

from __future__ import annotations

import random

import pytest

from tests.browser.hand import STEP, arrived, item, middle, shown, wait_until
from tests.browser.helpers import console_problems, settled, watch_console
from tests.browser.network import behind_network
from tests.browser.seen import assert_same, near, seen, visit
from tests.exercises import notebook_with

CASES = [
    ("", "x[0]"),
    ("forward_pass", "W1[0, 0]"),
    ("backward_pass", "W1[0, 0]"),
    ("backward_pass?sizes=3-4-2&units=tanh-softmax&loss=cross_entropy", "b1[1]"),
    ("relu_gate", "b1[0]"),
    ("what_if", "W2[0, 0]"),
    ("gradient_check", "W2[0, 0]"),
    ("knife_edge", "W2[0, 0]"),
]


# Whether a hand is shown the frame of its place, and not the nearest, or has had its answer.
AT = "([name, place]) => !blameFilm.holds() || blameFilm.at(name) === place"


@pytest.fixture(scope="module")
def other(visitor_of_file):
    """The page of somebody else, to whom a link is sent."""
    page = visitor_of_file().new_page()
    watch_console(page)
    return page


@pytest.mark.parametrize(("path", "name"), CASES, ids=[path or "home" for path, _ in CASES])
def test_a_frame_is_what_its_address_shows(server, page, other, asked, path, name):
    visit(page, f"{server.url}/{path}", name)
    chance = random.Random(path)
    x, y = near(page, name)
    before = shown(page, name)
    asked.clear()
    page.mouse.down()
    frames = {}
    for steps in chance.sample(range(-8, 9), 3):
        page.mouse.move(x + (steps + (1 if steps >= 0 else -1)) * STEP, y, steps=3)
        page.mouse.move(x + steps * STEP, y, steps=2)
        there = round(before + steps / 10, 6)
        wait_until(page, name, there)
        # On a busy machine its frame may still be to come.
        page.wait_for_function(AT, arg=[name, there])
        frames[steps] = seen(page)
    assert asked == [], "the server is told nothing while there are frames"
    page.mouse.up()
    page.wait_for_function("() => !globalThis.blameFilm.holds()")
    last = round(before + steps / 10, 6)
    settled(page)
    assert_same(seen(page), frames[steps])
    assert shown(page, name) == last
    for steps, frame in frames.items():
        number = name.replace("[", "_").replace(", ", "_").replace("]", "")
        value = round(before + steps / 10, 6)
        glue = "&" if "?" in path else "?"
        visit(other, f"{server.url}/{path}{glue}{number}={value}", name)
        assert_same(frame, seen(other))
    assert console_problems(page) + console_problems(other) == []


def test_escape_in_the_midst_of_a_film_goes_back(server, page):
    visit(page, f"{server.url}/backward_pass", "b1[0]")
    x, y = near(page, "b1[0]")
    before = seen(page)
    page.mouse.down()
    page.mouse.move(x + 5 * STEP, y, steps=5)
    wait_until(page, "b1[0]", 0.6)
    page.keyboard.press("Escape")
    wait_until(page, "b1[0]", 0.1)
    page.mouse.up()
    arrived(page, "b1_0", 0.1)
    assert_same(seen(page), before)
    assert "b1_0" not in page.url


def test_the_keys_are_shown_frames_too_in_picture_and_sheet(server, page, asked):
    visit(page, f"{server.url}/backward_pass", "b1[0]")
    cell = page.locator('input[data-name="b1[0]"]')
    for place, start in ((item(page, "b1[0]"), 0.1), (cell, 0.5)):
        place.focus()
        page.wait_for_timeout(2000)
        asked.clear()
        for k in range(1, 5):
            page.keyboard.press("ArrowUp")
            wait_until(page, "b1[0]", round(start + k / 10, 6))
            loss = notebook_with(b1_0=round(start + k / 10, 6)).backward().loss
            assert shown(page, "loss") == pytest.approx(float(loss), rel=1e-3)
        assert asked == []
        arrived(page, "b1_0", round(start + 0.4, 6))
    page.wait_for_url("**b1_0=0.9")
    assert console_problems(page) == []


@pytest.mark.of_server("no line lies between the page and what answers it")
def test_a_film_that_comes_late_is_shown_when_it_comes(server, page):
    with behind_network(server.url) as network:
        visit(page, f"{network.url}/backward_pass", "W1[0, 0]")
        network.delay = 0.3
        x, y = middle(page, "W1[0, 0]")
        page.mouse.move(x, y)
        page.mouse.down()
        for k in range(1, 8):
            page.mouse.move(x + k * STEP, y)
            page.wait_for_timeout(20)
        loss = notebook_with(W1_0_0=1.2).backward().loss
        wait_until(page, "W1[0, 0]", 1.2)
        page.wait_for_function(LOSS_IS, arg=float(loss))
        network.delay = 10
        # From here on the server is too far away to have a part in it.
        for k in (6, 5, 3, 8):
            page.mouse.move(x + k * STEP, y)
            wait_until(page, "W1[0, 0]", round(0.5 + k / 10, 6))
            loss = notebook_with(W1_0_0=round(0.5 + k / 10, 6)).backward().loss
            page.wait_for_function(LOSS_IS, arg=float(loss))
        network.delay = 0
        page.mouse.up()
        arrived(page, "W1_0_0", 1.3)
        assert console_problems(page) == []
        page.goto("about:blank")


@pytest.mark.of_server("no line lies between the page and what answers it")
def test_a_number_that_is_typed_is_seen_before_the_server_has_answered(server, page):
    with behind_network(server.url) as network:
        visit(page, f"{network.url}/backward_pass", "W1[0, 0]")
        cell = page.locator('input[data-name="W1[0, 0]"]')
        cell.fill("1.23")
        page.wait_for_function("blameFilm.counts()['W1[0, 0]'] > 0")
        network.delay = 10
        cell.press("Enter")
        page.wait_for_function(LOSS_IS, arg=float(notebook_with(W1_0_0=1.23).backward().loss))
        wait_until(page, "W1[0, 0]", 1.23)
        assert "W1_0_0" not in page.url
        network.delay = 0
        page.wait_for_url("**W1_0_0=1.23")
        # What Python refuses is shown nowhere.
        cell.fill("1e7")
        cell.press("Enter")
        page.locator("[data-key=W1] .note .trouble").wait_for()
        assert shown(page, "W1[0, 0]") == 1.23
        assert console_problems(page) == []
        page.goto("about:blank")


LOSS_IS = """(loss) => {
  const hosts = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot);
  const found = hosts.map((e) => e.shadowRoot.querySelector(`.item[data-name="loss"]`));
  const said = found.find(Boolean)?.getAttribute("aria-label").split(" = ")[1];
  return Math.abs(Number(said) / loss - 1) < 1e-3;
}"""


@pytest.mark.of_server("no line lies between the page and what answers it")
def test_a_hand_that_outruns_its_film_waits_at_a_frame_and_goes_on(server, page):
    with behind_network(server.url) as network:
        visit(page, f"{network.url}/backward_pass", "W1[0, 0]")
        x, y = near(page, "W1[0, 0]")
        network.delay = 0.3
        page.mouse.down()
        page.mouse.move(x + 60 * STEP, y, steps=20)
        page.wait_for_timeout(100)
        # It waits at a frame: picture and loss are of one number.
        at = shown(page, "W1[0, 0]")
        assert 1.5 < at < 6.5
        loss = notebook_with(W1_0_0=at).backward().loss
        assert shown(page, "loss") == pytest.approx(float(loss), rel=1e-3)
        wait_until(page, "W1[0, 0]", 6.5)
        page.wait_for_function(LOSS_IS, arg=float(notebook_with(W1_0_0=6.5).backward().loss))
        page.mouse.up()
        arrived(page, "W1_0_0", 6.5)
        assert console_problems(page) == []
        page.goto("about:blank")


def test_another_number_changed_makes_another_film(server, page):
    visit(page, f"{server.url}/backward_pass", "W1[0, 0]")
    near(page, "W1[0, 0]")
    page.locator('input[data-name="b1[0]"]').fill("0.7")
    page.keyboard.press("Enter")
    arrived(page, "b1_0", 0.7)
    x, y = near(page, "W1[0, 0]")
    page.mouse.down()
    page.mouse.move(x + 3 * STEP, y, steps=3)
    wait_until(page, "W1[0, 0]", 0.8)
    loss = notebook_with(b1_0=0.7, W1_0_0=0.8).backward().loss
    page.wait_for_function(LOSS_IS, arg=float(loss))
    page.mouse.up()
    arrived(page, "W1_0_0", 0.8)


def test_two_hands_one_with_keys(server, page):
    visit(page, f"{server.url}/backward_pass", "W1[0, 0]")
    near(page, "W2[0, 0]")
    x, y = near(page, "W1[0, 0]")
    page.mouse.down()
    page.mouse.move(x + 5 * STEP, y, steps=5)
    wait_until(page, "W1[0, 0]", 1.0)
    item(page, "W2[0, 0]").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.mouse.up()
    arrived(page, "W1_0_0", 1.0)
    arrived(page, "W2_0_0", 1.2)
    loss = notebook_with(W1_0_0=1.0, W2_0_0=1.2).backward().loss
    page.wait_for_function(LOSS_IS, arg=float(loss))
    assert console_problems(page) == []


# Each value that the picture has shown a number at, from now on.
RECORD = """(name) => {
  const hosts = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot);
  const find = (root) => root.querySelector(`.item[data-name="${name}"]`);
  const root = hosts.map((e) => e.shadowRoot).find(find);
  window.shownAt = [];
  const look = () => {
    const now = Number(find(root).getAttribute("aria-valuenow"));
    if (now !== shownAt.at(-1)) shownAt.push(now);
    requestAnimationFrame(look);
  };
  look();
}"""


def test_two_hands_a_finger_in_the_picture_and_keys_in_the_sheet(server, visitor):
    context = visitor(has_touch=True)
    page = context.new_page()
    watch_console(page)
    visit(page, f"{server.url}/backward_pass", "W1[0, 0]")
    x, y = near(page, "W1[0, 0]")
    fingers = context.new_cdp_session(page)

    def finger(kind, *steps):
        at = [{"x": x + k * STEP, "y": y} for k in steps]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    finger("touchStart", 0)
    for k in range(1, 6):
        finger("touchMove", k)
    wait_until(page, "W1[0, 0]", 1.0)
    page.evaluate(RECORD, "W1[0, 0]")
    page.locator('input[data-name="W2[0, 0]"]').focus()
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    arrived(page, "W2_0_0", 1.2)
    page.wait_for_url("**W1_0_0=1.0&W2_0_0=1.2")
    loss = notebook_with(W1_0_0=1.0, W2_0_0=1.2).backward().loss
    page.wait_for_function(LOSS_IS, arg=float(loss))
    # The finger goes on from where it is, and no answer has shown it anywhere else.
    for k in range(6, 9):
        finger("touchMove", k)
    wait_until(page, "W1[0, 0]", 1.3)
    loss = notebook_with(W1_0_0=1.3, W2_0_0=1.2).backward().loss
    page.wait_for_function(LOSS_IS, arg=float(loss))
    finger("touchEnd")
    arrived(page, "W1_0_0", 1.3)
    page.wait_for_url("**W1_0_0=1.3&W2_0_0=1.2")
    assert page.evaluate("shownAt") == sorted(page.evaluate("shownAt"))
    assert page.evaluate("shownAt[0]") == 1.0
    assert console_problems(page) == []


def test_a_hand_that_leaves_the_window_takes_its_number_along(server, page):
    visit(page, f"{server.url}/backward_pass", "b1[0]")
    x, y = near(page, "b1[0]")
    page.mouse.down()
    page.mouse.move(x - 3 * STEP, y, steps=3)
    wait_until(page, "b1[0]", -0.2)
    # Out at the left and let go there.
    page.mouse.move(-60, y, steps=5)
    page.mouse.up()
    page.wait_for_function("() => !globalThis.blameFilm.holds()")
    settled(page)
    there = shown(page, "b1[0]")
    assert there == pytest.approx(0.1 - (x + 60) // STEP / 10)
    page.wait_for_url(f"**b1_0={there}*")
    # It holds nothing any more.
    page.mouse.move(x, y, steps=3)
    page.wait_for_timeout(300)
    assert shown(page, "b1[0]") == there
    assert console_problems(page) == []


def test_a_film_stays_small_in_the_browser(server, page):
    visit(page, f"{server.url}/backward_pass", "W1[0, 0]")
    for name in ("W1[0, 0]", "W1[1, 0]", "b1[0]", "b1[1]", "W2[0, 0]", "y_true"):
        near(page, name)
    counts = page.evaluate("globalThis.blameFilm.counts()")
    assert len(counts) <= 4
    assert all(frames <= 1000 for frames in counts.values())
