"""The playground in a browser: playing, pausing, links, typed data, a far step."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.helpers import (
    click,
    console_problems,
    field,
    look_up,
    open_page,
    set_number,
    settled,
    wait_for_answer,
    watch_console,
)
from tests.browser.runs import (
    choose_speed,
    go_to_step,
    let_go,
    player,
    press,
    scrub,
    slider,
    wait_past,
)
from tests.browser.sent import hear_sent


@pytest.fixture
def sent(page):
    """What the browser tells the server, as it tells it."""
    messages: list[bytes] = []
    hear_sent(page, messages.append)
    return messages


def quiet(page):
    """Wait a moment, and then see that the server is left in peace."""
    page.wait_for_timeout(600)
    messages = page.evaluate("window.messages")
    page.wait_for_timeout(1500)
    assert page.evaluate("window.messages") == messages


SPOT = """([x, y]) => {
  const chart = document.querySelector(".st-key-chart_playground_map [data-testid=chart]");
  const { xaxis, yaxis } = chart.plot._fullLayout, box = chart.getBoundingClientRect();
  return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)];
}"""
"""Where a place of the map is on screen."""


def csv_of(url):
    """Return the samples in an address, each with its target."""
    text = parse_qs(urlsplit(url).query).get("csv", [""])[0]
    return [[float(part) for part in line.split(",")] for line in text.splitlines()]


def step_shown(page):
    text = page.get_by_text(re.compile(r"^After \d+ step")).first.inner_text()
    return int(re.search(r"\d+", text)[0])


def test_play_pause_and_the_link_of_where_it_stopped(server, page):
    look_up(page, f"{server.url}/playground?data=xor")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("/After [1-9]\\d+ steps/.test(document.body.innerText)")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Play").wait_for()
    page.wait_for_url("**play_step=*")
    settled(page)
    step = step_shown(page)
    assert f"play_step={step}" in page.url
    quiet(page)
    loss = page.get_by_text(re.compile(rf"^After {step} steps")).first.inner_text()
    page.reload()
    page.get_by_text(loss).first.wait_for()
    assert console_problems(page) == []


def test_a_link_restores_data_network_and_step_on_a_fresh_server(fresh_server, page):
    link = "data=my+own&csv=1,2,0%0A2,1,1%0Ax,1,1&hidden_layers=2&width_2=3&play_step=40"
    open_page(
        page, f"{fresh_server.url}/playground?{link}&unit=tanh&play_layer=2&play_view=Neurons"
    )
    page.get_by_text("After 40 steps").wait_for()
    page.get_by_text("line 3: 'x' is not a number").wait_for()
    chart = page.locator(".st-key-chart_playground_neurons [data-testid=chart]")
    assert chart.get_attribute("aria-label").count("neuron") == 3
    assert console_problems(page) == []


def test_a_far_step_shows_how_far_it_is_can_be_stopped_and_is_reached(server, page):
    open_page(page, f"{server.url}/playground?data=moons&samples=200&hidden_layers=3&width_1=8")
    go_to_step(page, 2000)
    page.get_by_text(re.compile(r"Training: \d+ of 2000 steps")).wait_for()
    press(page, "Stop")
    page.get_by_role("button", name="Play", exact=True).wait_for()
    settled(page)
    stopped = step_shown(page)
    assert 0 < stopped < 2000
    page.wait_for_url(f"**play_step={stopped}**")
    quiet(page)
    further = stopped + 200
    go_to_step(page, further)
    page.get_by_text(f"After {further} steps").wait_for()
    quiet(page)
    # The same from a link, on a page that has just been opened.
    page.reload()
    page.get_by_text(f"After {further} steps").wait_for()
    set_number(page, "width_2", 7)
    page.get_by_text("After 0 steps").wait_for()
    assert console_problems(page) == []


# What is shown of a step, read in one breath: it may be of a run that plays.
SHOWN = """() => JSON.stringify({
  sentences: [...document.querySelectorAll("p.sentence")].map((e) => e.innerHTML),
  charts: [...document.querySelectorAll("[data-testid=chart]")].map((chart) => {
    const plot = chart.querySelector(".js-plotly-plot");
    const { shapes, annotations, xaxis } = plot.layout;
    return [chart.getAttribute("aria-label"), plot.data, shapes, annotations, xaxis.range];
  }),
})"""


def test_to_play_asks_for_frames_alone_and_each_is_what_its_address_shows(
    server, page, context, sent
):
    link = "playground?data=xor"
    open_page(page, f"{server.url}/{link}")
    choose_speed(page, 20)
    settled(page)
    sent.clear()
    press(page, "Play")
    frames = {}
    for past in (7, 30):
        wait_past(page, past)
        frame = json.loads(page.evaluate(SHOWN))
        frames[int(frame["sentences"][0].split()[1])] = frame
    choose_speed(page, 400)
    wait_past(page, 100)
    frame = json.loads(page.evaluate(SHOWN))
    frames[int(frame["sentences"][0].split()[1])] = frame
    playing = list(sent)
    assert playing
    assert all(b'"ask"' in told or b"ask" in told for told in playing)
    assert not any(b"moved" in told for told in playing)
    # It ends in the very moment, and the server is told once, and then left in peace.
    state = "node => { node.querySelector('.play').click(); return node.dataset.state; }"
    assert player(page).evaluate(state) == "rests"
    at = int(slider(page).input_value())
    assert at % 20 == 0
    page.wait_for_url(f"**play_step={at}")
    page.get_by_text(f"After {at} steps").wait_for()
    quiet(page)
    settled(page)
    frames[at] = json.loads(page.evaluate(SHOWN))
    other = context.new_page()
    watch_console(other)
    assert len(frames) >= 3
    for step, frame in frames.items():
        look_up(other, f"{server.url}/{link}&play_step={step}")
        other.get_by_text(f"After {step} steps").wait_for()
        settled(other)
        there = json.loads(other.evaluate(SHOWN))
        assert frame["sentences"] == there["sentences"]
        for here, drawn in zip(frame["charts"], there["charts"], strict=True):
            assert here == drawn, (step, here[0])
    assert console_problems(page) == []


def test_what_is_touched_beside_pauses_it_at_the_step_on_screen(server, page):
    look_up(page, f"{server.url}/playground?data=moons")
    press(page, "Play")
    wait_past(page, 20)
    field(page, "play_rate").click()
    page.get_by_role("button", name="Play", exact=True).wait_for()
    settled(page)
    at = step_shown(page)
    assert at >= 20
    set_number(page, "play_rate", 0.1)
    page.get_by_text(f"The learning rate was 0.3 up to step {at}, and is 0.1").wait_for()
    assert step_shown(page) == at
    # A scrub follows the hand, and another choice begins anew.
    scrub(page, at - 5)
    page.get_by_text(f"After {at - 5} steps").wait_for()
    let_go(page)
    page.wait_for_url(f"**play_step={at - 5}**")
    press(page, "Play")
    wait_past(page, at + 5)
    # As a hand does it: what it touches has paused by the time that it types.
    field(page, "weights_seed").click()
    page.get_by_role("button", name="Play", exact=True).wait_for()
    settled(page)
    set_number(page, "weights_seed", 5)
    page.get_by_text("After 0 steps").wait_for()
    page.wait_for_timeout(500)
    assert step_shown(page) == 0
    assert console_problems(page) == []


def test_a_walk_from_new_data_to_a_run_that_has_learnt(server, page):
    look_up(page, f"{server.url}/playground?play_step=20&test_share=20")
    page.get_by_text("After 20 steps").wait_for()
    field(page, "data").click()
    page.get_by_role("option", name="XOR", exact=True).click()
    page.get_by_text("After 0 steps").wait_for()
    page.wait_for_url(lambda url: "data=xor" in url and "play_step" not in url)
    set_number(page, "test_share", 0)
    go_to_step(page, 20)
    page.get_by_text("After 20 steps").wait_for()
    set_number(page, "play_rate", 1)
    page.get_by_text("The learning rate was 0.3 up to step 20, and is 1 from there.").wait_for()
    page.wait_for_url(lambda url: "rates=0.3%4020" in url and "play_step=20" in url)
    click(page, page.get_by_role("button", name="Keep this run"))
    page.wait_for_url("**kept_play=**")
    field(page, "play_until").click()
    page.get_by_role("option", name="it has learnt").click()
    settled(page)
    page.get_by_role("button", name="Play", exact=True).click()
    page.get_by_text("It has learnt: every sample trained on is right").wait_for()
    page.get_by_role("button", name="Play", exact=True).wait_for()
    learnt = step_shown(page)
    assert 20 < learnt < 200
    page.wait_for_url(f"**play_step={learnt}**")
    settled(page)
    page.get_by_text("| A |").or_(page.get_by_role("cell", name="A", exact=True)).first.wait_for()
    # A click on the map: the sample is the reader's own, and the link holds it.
    click(page, page.get_by_text("Edit samples", exact=True))
    settled(page)
    page.locator(".st-key-chart_playground_map .nsewdrag").click(position={"x": 60, "y": 90})
    page.wait_for_url("**data=my+own**")
    page.get_by_text("After 0 steps").wait_for()
    chart = page.locator(".st-key-chart_playground_map [data-testid=chart]")
    page.wait_for_function(
        "node => /with 5 samples/.test(node.ariaLabel)", arg=chart.element_handle()
    )
    # A sample dragged to another place.
    click(page, page.locator(".st-key-edit_way").get_by_text("Move", exact=True))
    for place, hand in (((1, 1), page.mouse.down), ((0.75, 0.4), page.mouse.up)):
        page.mouse.move(*page.evaluate(SPOT, place), steps=4)
        hand()
    page.wait_for_url(
        lambda url: (rows := csv_of(url)) and [round(v, 2) for v in rows[3]] == [0.75, 0.4, 0]
    )
    assert csv_of(page.url)[:3] == [[0, 0, 0], [0, 1, 1], [1, 0, 1]]
    page.get_by_text("After 0 steps").wait_for()
    with page.expect_download() as saved:
        page.get_by_text("Take away").click()
        page.get_by_role("button", name="NumPy program").click()
    assert "y_true = np.array([[0.0], [1.0], [1.0], [0.0]," in saved.value.path().read_text()
    assert console_problems(page) == []


def test_typed_data_answers_and_goes_into_the_link(server, page):
    look_up(page, f"{server.url}/playground?data=my+own")
    page.get_by_text("no good line in the text yet").wait_for()
    messages = page.evaluate("window.messages")
    page.locator(".st-key-csv textarea").fill("0,0,0\n1,1,1")
    page.keyboard.press("Control+Enter")
    wait_for_answer(page, messages)
    page.wait_for_url("**csv=*")
    chart = page.locator(".st-key-chart_playground_map [data-testid=chart]")
    assert "with 2 samples" in chart.get_attribute("aria-label")
    click(page, page.get_by_text("Blame by sample", exact=True))
    page.get_by_text("Agreement").wait_for()
    # A field of numbers reads a comma and a printed minus; no fraction becomes another number.
    rate = page.locator(".st-key-play_rate input")
    for typed, read in (("0,9", "0.9"), ("\u22120.5", "-0.5"), ("1/2", "1"), ("7", "7")):
        rate.press("Control+a")
        for sign in typed:
            page.keyboard.insert_text(sign)
        assert rate.input_value() == read
    assert "only a decimal number" not in rate.evaluate("e => e.validationMessage")
    rate.press("Control+a")
    page.keyboard.insert_text("0,75")
    rate.press("Enter")
    page.wait_for_url("**play_rate=0.75*")
    assert console_problems(page) == []


def test_a_paused_lesson_leaves_the_server_in_peace(server, page):
    look_up(page, f"{server.url}/training")
    page.get_by_role("button", name="Play").click()
    # A busy browser may leave a step out.
    page.get_by_text(re.compile(r"After ([2-9]|\d\d) of 50 steps")).wait_for()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Play").wait_for()
    settled(page)
    quiet(page)


def test_a_challenge_that_a_run_meets_is_told_where_the_reader_is(server, page):
    link = "data=xor&width_1=2&unit=tanh&weights_seed=4&play_step=1000"
    look_up(page, f"{server.url}/playground?{link}")
    page.get_by_text("After 1000 steps").first.wait_for()
    # It is met on the way there: in a run of the answer alone, not of the lesson.
    page.get_by_text("One neuron draws one line").wait_for()
    page.wait_for_url("**met=xor**")
    assert console_problems(page) == []
