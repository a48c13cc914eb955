"""Runs are films: each step is what its own address shows, and to play asks the server nothing."""

import json
import random
import re

import pytest

from tests.browser.helpers import console_problems, look_up, open_page, settled, watch_console
from tests.browser.network import behind_network
from tests.browser.runs import (
    choose_speed,
    let_go,
    player,
    press,
    scrub,
    slider,
    wait_for_film,
    wait_for_rest,
)
from tests.browser.seen import assert_same, seen
from tests.browser.sent import hear_sent
from tests.exercises import notebook_with

SOFTMAX = (
    "training?sizes=3-4-2&units=tanh-softmax&loss=cross_entropy&steps=30&learning_rate=0.5"
    "&x_0=1&x_1=-2&W1_0_0=0.5&W1_1_2=-0.4&W2_0_1=0.7&W2_3_0=-0.3&y_true_0=1"
)
LAB = "training_lab?lab_view=One+step"
CASES = [("training", "step", 50), (SOFTMAX, "step", 30), (LAB, "lab_step", 50)]


@pytest.fixture
def sent(page):
    """What the browser tells the server, as it tells it."""
    messages: list[bytes] = []
    hear_sent(page, messages.append)
    return messages


def seen_of_run(page):
    """Return what is seen, without the sheet: on the other page it may be of other widgets."""
    return seen(page) | {"slider": slider(page).get_attribute("aria-valuetext")}


@pytest.fixture(scope="module")
def other(visitor_of_file):
    """The page of somebody else, to whom a link is sent."""
    page = visitor_of_file().new_page()
    watch_console(page)
    return page


@pytest.mark.parametrize(("path", "name", "last"), CASES, ids=["notebook", "softmax", "lab"])
def test_a_step_is_what_its_address_shows(server, page, other, sent, path, name, last):
    open_page(page, f"{server.url}/{path}")
    wait_for_film(page, name, last + 1)
    settled(page)
    chance = random.Random(path)
    sent.clear()
    frames = {}
    for step in (*chance.sample(range(1, last), 3), 0):
        scrub(page, step)
        # Before it rests there; slow as a test's hand is, it may.
        page.wait_for_function(
            "(text) => [...document.querySelectorAll('p.sentence')]"
            ".some((e) => e.textContent.startsWith(text))",
            arg=f"After {step} of {last} steps",
        )
        frames[step] = seen_of_run(page)
    let_go(page)
    settled(page)
    for step, frame in frames.items():
        look_up(other, f"{server.url}/{path}{'&' if '?' in path else '?'}{name}={step}")
        player(other).wait_for()
        settled(other)
        assert_same(frame, seen_of_run(other))
    assert console_problems(page) == []


def test_to_play_asks_the_server_nothing_and_it_is_told_where_it_rests(server, page, sent):
    open_page(page, f"{server.url}/training")
    choose_speed(page, 20)
    wait_for_film(page, "step", 51)
    settled(page)
    sent.clear()
    press(page, "Play")
    page.get_by_text(re.compile("^After [5-9] of 50")).wait_for()
    playing = list(sent)
    press(page, "Pause")
    wait_for_rest(page)
    assert playing == []
    page.wait_for_url(re.compile(r"step=\d+"))
    at = int(slider(page).input_value())
    page.wait_for_url(f"**step={at}")
    settled(page)
    assert page.get_by_text(f"After {at} of 50 steps").count() == 1
    said = page.locator("p.sentence").first.text_content().rpartition(" ")[2]
    assert float(said) == pytest.approx(float(notebook_with().train().losses[at]), rel=1e-3)
    # By keys: a step on, the end, and the space bar, which plays from the start.
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text(f"After {at + 1} of 50").wait_for()
    page.keyboard.press("End")
    page.get_by_text("After 50 of 50").wait_for()
    page.wait_for_url("**step=50")
    page.keyboard.press(" ")
    page.get_by_text(re.compile(r"^After [1-9]\d? of 50")).wait_for()
    page.keyboard.press(" ")
    wait_for_rest(page)
    page.keyboard.press("Home")
    page.get_by_text("After 0 of 50").wait_for()
    page.wait_for_url(lambda url: "step=" not in url)
    page.go_back()
    page.get_by_text(re.compile(r"^After (?!0)\d+ of 50")).wait_for()
    assert console_problems(page) == []


@pytest.mark.of_server("no line lies between the page and what answers it")
def test_a_run_waits_at_its_last_frame_and_goes_on_over_a_slow_line(server, page):
    with behind_network(server.url) as network:
        open_page(page, f"{network.url}/training")
        choose_speed(page, 60)
        network.delay = 0.5
        press(page, "Play")
        # Never blank, never of two steps: the sentence and the picture are of one.
        for _ in range(20):
            page.wait_for_timeout(60)
            now = json.loads(page.evaluate(ONE_STEP))
            step, said = int(now["sentence"].split()[1]), now["loss"]
            loss = float(notebook_with().train().losses[step])
            assert float(said) == pytest.approx(loss, rel=2e-3, abs=1e-9), now
        network.delay = 0
        page.get_by_text("After 50 of 50").wait_for()
        page.wait_for_url("**step=50")
        assert console_problems(page) == []
        page.goto("about:blank")


ONE_STEP = """() => {
  const hosts = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot);
  const found = hosts.map((e) => e.shadowRoot.querySelector('.item[data-name="loss"]'));
  const loss = found.find(Boolean);
  return JSON.stringify({
    sentence: document.querySelector("p.sentence").textContent,
    loss: loss.getAttribute("aria-label").split(" = ")[1].split(",")[0],
  });
}"""
