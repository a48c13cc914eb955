"""The playground in a browser: playing, pausing, links, typed data, a far step."""

import re

from tests.browser.helpers import (
    click,
    console_problems,
    field,
    open_page,
    set_number,
    settled,
    wait_for_answer,
)


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
    open_page(page, f"{fresh_server.url}/playground?{link}&unit=tanh&play_layer=2")
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
    page.get_by_text("After 2000 steps").wait_for()


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
