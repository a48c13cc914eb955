"""The playground in a browser: playing, pausing, links, typed data, a far step."""

import re
from urllib.parse import parse_qs, urlsplit

from tests.browser.helpers import (
    click,
    console_problems,
    field,
    open_page,
    set_number,
    settled,
    wait_for_answer,
)

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
    open_page(page, f"{server.url}/playground?data=xor")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("/After [1-9]\\d+ steps/.test(document.body.innerText)")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Play").wait_for()
    page.wait_for_url("**play_step=*")
    settled(page)
    step = step_shown(page)
    assert f"play_step={step}" in page.url
    # Paused is paused: the server is left in peace.
    page.wait_for_timeout(600)
    messages = page.evaluate("window.messages")
    page.wait_for_timeout(1500)
    assert page.evaluate("window.messages") == messages
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


def test_a_far_step_is_reached_and_the_timer_ends(server, page):
    open_page(page, f"{server.url}/playground?data=moons&samples=200&hidden_layers=3&width_1=8")
    field(page, "play_step").fill("2000")
    field(page, "play_step").press("Enter")
    page.get_by_text("After 2000 steps").wait_for()
    page.wait_for_timeout(1500)
    messages = page.evaluate("window.messages")
    page.wait_for_timeout(1200)
    assert page.evaluate("window.messages") == messages
    set_number(page, "width_2", 7)
    page.get_by_text("After 0 steps").wait_for()


def test_a_walk_from_new_data_to_a_run_that_has_learnt(server, page):
    open_page(page, f"{server.url}/playground?play_step=20&test_share=20")
    page.get_by_text("After 20 steps").wait_for()
    field(page, "data").click()
    page.get_by_role("option", name="XOR", exact=True).click()
    page.get_by_text("After 0 steps").wait_for()
    page.wait_for_url(lambda url: "data=xor" in url and "play_step" not in url)
    set_number(page, "test_share", 0)
    set_number(page, "play_step", 20)
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
    open_page(page, f"{server.url}/playground?data=my+own")
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
    assert console_problems(page) == []


def test_a_paused_lesson_leaves_the_server_in_peace(server, page):
    open_page(page, f"{server.url}/training")
    page.get_by_role("button", name="Play").click()
    page.get_by_text("After 2 of 50 steps").wait_for()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Play").wait_for()
    settled(page)
    page.wait_for_timeout(600)
    messages = page.evaluate("window.messages")
    page.wait_for_timeout(1500)
    assert page.evaluate("window.messages") == messages
