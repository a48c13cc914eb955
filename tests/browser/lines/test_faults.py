"""What goes wrong between browser and server: a crash, two tabs, a sleeping phone."""

import re

import pytest

from tests.browser.chromium import open_context
from tests.browser.hand import STEP, arrived, drag, item, middle, shown
from tests.browser.helpers import (
    click,
    console_problems,
    number,
    open_page,
    set_number,
    settled,
    wait_for_answer,
    watch_console,
)
from tests.browser.long_play import LongPlay
from tests.browser.moving.test_handles import middle as middle_of
from tests.browser.network import behind_network
from tests.browser.runs import go_to_step, press, slider, wait_for_film, wait_for_rest, wait_past
from tests.browser.server import Switch, serve
from tests.exercises import NAMES, notebook_with

PATIENCE = 60_000
"""Milliseconds within which a page must have found its server again by itself."""
SLEEP = 8
"""Seconds that the phone sleeps: longer than the server waits for a sign of life."""
GIVE_UP = 4500
"""Milliseconds after which the picture has said again what nobody answered."""
PING = {"STREAMLIT_SERVER_WEBSOCKET_PING_INTERVAL": "2"}
# Threads come and go with every answer, and glibc gives each a heap of its own to fill.
STEADY = {"MALLOC_ARENA_MAX": "1"}


@pytest.fixture(scope="module")
def switch(browser):
    """A server that can be switched off and on again."""
    switch = Switch()
    switch.on()
    yield switch
    switch.off()


def wait_for_state(page, state):
    """Wait for what Streamlit says of its connection."""
    sign = f"[data-testid=stApp][data-test-connection-state={state}]"
    page.locator(sign).wait_for(timeout=PATIENCE)


def crash(page, switch):
    switch.off()
    wait_for_state(page, "PINGING_SERVER")


def come_back(page, start):
    """Start what was missing, and wait until the page has found it by itself."""
    messages = page.evaluate("window.messages")
    start()
    wait_for_state(page, "CONNECTED")
    wait_for_answer(page, messages)


def no_exception(page):
    assert page.locator("[data-testid=stException]").count() == 0


@pytest.mark.parametrize("hand", ["holds on", "lets go"])
@pytest.mark.of_server("it has none that could be killed")
def test_a_drag_survives_a_crash_of_the_server(switch, page, hand):
    open_page(page, f"{switch.url}/backward_pass?b1_1=-0.2")
    set_number(page, "x_0", 1.25)
    click(page, page.get_by_text("3 hidden", exact=True))
    # Found by then, and not what the stage itself opens.
    click(page, item(page, "dW2[1, 0]"))
    x, y = middle(page, "W1[0, 0]")
    drag(page, "W1[0, 0]", 5 * STEP, drop=False)
    crash(page, switch)
    page.mouse.move(x + 10 * STEP, y, steps=5)
    if hand == "lets go":
        page.mouse.up()
        # Long enough for the picture to say it once more, and for that to be lost too.
        page.wait_for_timeout(GIVE_UP)
    come_back(page, switch.on)
    if hand == "holds on":
        page.mouse.move(x + 12 * STEP, y, steps=2)
        page.mouse.up()
    value = {"holds on": 1.7, "lets go": 1.5}[hand]
    arrived(page, "W1_0_0", value)
    page.wait_for_url(f"**x_0=1.25&W1_0_0={value}&b1_1=-0.2")
    back = notebook_with(b1_1=-0.2, x_0=1.25, W1_0_0=value).backward()
    assert shown(page, "W1[0, 0]") == value
    assert shown(page, "loss") == pytest.approx(float(back.loss), rel=1e-3)
    # What no link holds: the opened number and the stage.
    page.locator(".receipt h2").filter(has_text="dW2[1, 0] = ").wait_for()
    assert page.get_by_role("radio", name="3 hidden").is_checked()
    drag(page, "b1[0]", 5 * STEP)
    arrived(page, "b1_0", 0.6)
    assert shown(page, "b1[0]") == 0.6
    no_exception(page)


@pytest.mark.of_server("it has none that could be killed")
def test_a_play_of_a_lesson_survives_a_crash_of_the_server(switch, page):
    open_page(page, f"{switch.url}/training")
    set_number(page, "learning_rate", 0.05)
    set_number(page, "seed", 5)
    click(page, page.get_by_text("Log scale", exact=True))
    wait_for_film(page, "step", 51)
    press(page, "Play")
    page.get_by_text(re.compile("^After [3-9] of 50")).wait_for()
    crash(page, switch)
    numbers = {name: number(page, name) for name in NAMES}
    step = int(slider(page).input_value())
    # The frames are in the browser: it plays on without a server.
    wait_past(page, step + 2)
    # So does a hand that takes the step on the loss curve, and lets go of it.
    x, y = middle_of(page.get_by_role("slider", name="The step of the run"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 200, y, steps=5)
    page.mouse.up()
    wait_for_rest(page)
    step = int(slider(page).input_value())
    page.get_by_text(f"After {step} of 50").wait_for()
    come_back(page, switch.on)
    settled(page)
    assert int(slider(page).input_value()) == step
    page.wait_for_url(f"**step={step}")
    page.get_by_text(f"After {step} of 50").wait_for()
    assert {name: number(page, name) for name in numbers} == numbers
    assert number(page, "seed") == 5
    assert page.locator(".st-key-log_loss input").is_checked()
    press(page, "Play")
    wait_past(page, step + 2)
    no_exception(page)


def wait_for_frames_ahead(page, count):
    """Wait until the browser has so many frames more of the playground's run than it has shown."""
    page.wait_for_function(
        """(count) => {
          const hosts = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot);
          const found = hosts.map((e) => e.shadowRoot.querySelector(".player input[type=range]"));
          const at = Number(found.find(Boolean).value);
          return blameFilm.reached("play_step", at, at + count, (from) => from + 1) === at + count;
        }""",
        arg=count,
    )


@pytest.mark.of_server("it has none that could be killed")
def test_a_play_of_the_playground_survives_a_crash_of_the_server(switch, page):
    open_page(page, f"{switch.url}/playground?data=xor&play_view=Nothing+more")
    set_number(page, "weights_seed", 3)
    go_to_step(page, 30)
    page.get_by_text("After 30 steps").wait_for()
    page.get_by_role("button", name="Play", exact=True).click()
    page.get_by_text(re.compile(r"^After [5-9]\d steps")).wait_for()
    wait_for_frames_ahead(page, 20)
    crash(page, switch)
    step = int(slider(page).input_value())
    # It plays on as far as its frames go, and goes on once there is a server.
    wait_past(page, step + 5)
    come_back(page, switch.on)
    wait_past(page, step + 100)
    press(page, "Pause")
    wait_for_rest(page)
    step = int(slider(page).input_value())
    page.get_by_text(f"After {step} steps").wait_for()
    page.wait_for_url(f"**play_step={step}**")
    assert number(page, "weights_seed") == 3
    chosen = page.locator(".st-key-data [data-baseweb=select], .st-key-data input").first
    assert "XOR" in (chosen.inner_text() or chosen.input_value())
    assert "data=xor" in page.url
    press(page, "Play")
    wait_past(page, step + 10)
    no_exception(page)


def test_two_tabs_of_one_browser_do_not_meddle(server, context):
    tabs = []
    for value in (0.75, -0.25):
        tab = context.new_page()
        watch_console(tab)
        open_page(tab, f"{server.url}/backward_pass?W1_0_0={value}")
        tabs.append(tab)
    first, second = tabs
    first.bring_to_front()
    drag(first, "b1[0]", 5 * STEP)
    arrived(first, "b1_0", 0.6)
    second.bring_to_front()
    set_number(second, "b1_0", -0.4)
    for tab, numbers in ((first, (0.75, 0.6)), (second, (-0.25, -0.4))):
        tab.bring_to_front()
        tab.reload()
        settled(tab)
        arrived(tab, "b1_0", numbers[1])
        assert (number(tab, "W1_0_0"), number(tab, "b1_0")) == numbers
        loss = notebook_with(W1_0_0=numbers[0], b1_0=numbers[1]).backward().loss
        assert shown(tab, "loss") == pytest.approx(float(loss), rel=1e-3)
        assert console_problems(tab) == []


@pytest.mark.of_server("it has none that gives a sleeping phone up")
def test_a_phone_wakes_from_its_sleep(browser):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with serve(environment=PING) as server, behind_network(server.url) as network:
        context = open_context(browser, **phone)
        page = context.new_page()
        open_page(page, f"{network.url}/backward_pass?b1_1=-0.2&x_0=1.25")
        item(page, "W1[0, 0]").wait_for()
        drag(page, "W1[0, 0]", 5 * STEP)
        arrived(page, "W1_0_0", 1)
        sleeping = context.new_cdp_session(page)
        sleeping.send("Page.setWebLifecycleState", {"state": "frozen"})
        network.drop()
        page.wait_for_timeout(1000 * SLEEP)
        sleeping.send("Page.setWebLifecycleState", {"state": "active"})
        come_back(page, network.back)
        assert shown(page, "W1[0, 0]") == 1
        drag(page, "b1[0]", 5 * STEP)
        arrived(page, "b1_0", 0.6)
        page.wait_for_url("**x_0=1.25&W1_0_0=1*b1_0=0.6&b1_1=-0.2")
        loss = notebook_with(b1_1=-0.2, x_0=1.25, W1_0_0=1, b1_0=0.6).backward().loss
        assert shown(page, "loss") == pytest.approx(float(loss), rel=1e-3)
        no_exception(page)
        context.close()


@pytest.mark.of_server("it has none whose memory could grow")
def test_memory_stays_flat_while_the_playground_plays(browser):
    with serve(environment=STEADY) as server:
        context = open_context(browser)
        playing = LongPlay(context, server)
        playing.play(8)
        before = playing.read()
        playing.play(16)
        after = playing.read()
        context.close()
    pictures = after.pictures - before.pictures
    assert pictures >= 20
    # A picture kept would hold on to some hundred nodes and some hundred kilobytes on both sides.
    assert after.nodes - before.nodes <= 100
    assert (after.server - before.server) / pictures <= 0.06
    assert (after.heap - before.heap) / pictures <= 0.15
