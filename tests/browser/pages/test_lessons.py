"""What only a browser shows: links on a fresh server, history, playing, themes."""

import re

import pytest

from tests.browser.helpers import (
    click,
    console_problems,
    field,
    go_to,
    look_up,
    number,
    open_page,
    set_number,
    settled,
)


@pytest.mark.parametrize("name", ["backward_pass", "training"])
def test_a_link_is_the_first_request_to_a_fresh_server(fresh_server, page, name):
    page.goto(f"{fresh_server.url}/{name}?b1_1=-0.2&W1_0_0=abc")
    field(page, "b1_1").wait_for()
    settled(page)
    assert number(page, "b1_1") == -0.2
    assert number(page, "W1_0_0") == 0.5
    assert page.get_by_text("W1[0, 0] must be a number").count() == 1
    assert page.get_by_text("Page not found").count() == 0
    assert console_problems(page) == []


def test_numbers_survive_pages_reload_back_and_forward(server, page):
    look_up(page, f"{server.url}/forward_pass")
    set_number(page, "W2_1_0", 0.75)
    set_number(page, "b1_1", -0.2)
    go_to(page, "Learn", "Backward pass")
    page.wait_for_url("**/backward_pass?*")
    assert "W2_1_0=0.75" in page.url
    page.reload()
    field(page, "W2_1_0").wait_for()
    settled(page)
    assert (number(page, "W2_1_0"), number(page, "b1_1")) == (0.75, -0.2)
    page.go_back()
    page.wait_for_url("**/forward_pass?*")
    settled(page)
    assert (number(page, "W2_1_0"), number(page, "b1_1")) == (0.75, -0.2)
    page.go_forward()
    page.wait_for_url("**/backward_pass?*")
    settled(page)
    assert (number(page, "W2_1_0"), number(page, "b1_1")) == (0.75, -0.2)


def test_an_emptied_cell_keeps_the_number_of_before_and_says_so(server, page):
    look_up(page, f"{server.url}/backward_pass")
    cell = field(page, "x_0")
    cell.fill("")
    cell.press("Tab")
    page.locator(".sheet .trouble").filter(has_text="Nothing is written here").wait_for()
    assert "x_0" not in page.url
    cell.press("Escape")
    assert number(page, "x_0") == 1


def test_play_advances_and_stops_at_the_end(server, page):
    look_up(page, f"{server.url}/training?steps=3")
    title = page.get_by_text("After 3 of 3 steps")
    page.get_by_role("button", name="Play").click()
    title.wait_for()
    page.get_by_role("button", name="Play").wait_for()
    assert console_problems(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_paper_is_as_the_reader_has_set_the_screen(server, page, scheme):
    page.emulate_media(color_scheme=scheme)
    look_up(page, server.url)
    paper = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert (paper == "rgb(21, 24, 29)") == (scheme == "dark")


def test_the_picture_is_drawn_with_the_readers_numbers(server, page):
    look_up(page, f"{server.url}/backward_pass?b1_1=-0.2")
    picture = page.locator("svg[aria-label^='Network of widths']")
    picture.wait_for()
    assert "gate shut" in picture.get_attribute("aria-label")
    assert picture.get_by_text("d_z1 +2.5").count() == 1
    assert picture.get_by_text("neuron 1, shut").count() == 1


def test_the_way_to_the_knife_edge_keeps_the_numbers_and_its_link_restores_the_choice(server, page):
    look_up(page, f"{server.url}/relu_gate")
    set_number(page, "b2_0", 0.3)
    page.get_by_role("link", name="See one rounding bit decide").click()
    page.wait_for_url("**/knife_edge?b2_0=0.3")
    settled(page)
    click(page, page.get_by_text("neuron 0", exact=True).first)
    page.wait_for_url("**knife_neuron=*")
    page.reload()
    page.get_by_text("In float64 z1[0] is 2.2").wait_for()
    settled(page)
    assert number(page, "b2_0") == 0.3
    assert console_problems(page) == []


def test_a_link_restores_the_nudge_and_a_drag_moves_its_curve(fresh_server, page):
    open_page(page, f"{fresh_server.url}/what_if?quantity=b1%5B1%5D&nudge=-0.2")
    page.get_by_text("b1[1] moves from \u22120.1 to \u22120.3").wait_for()
    set_number(page, "b1_1", 0.3)
    page.get_by_text("b1[1] moves from 0.3 to 0.1").wait_for()
    assert "quantity=" in page.url
    assert "nudge=-0.2" in page.url
    click(page, page.get_by_role("button", name="Turn around"))
    page.wait_for_url("**nudge=0.2*")
    assert console_problems(page) == []


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("gradient_check?h=1e-14&checked=b2%5B0%5D", "Error of the difference quotients of b2[0]"),
        ("depth?layers=20&scale=1.2", "By layer, from 1 to 20"),
    ],
)
def test_links_restore_the_choices_of_the_pages_that_test_blame(server, page, link, said):
    look_up(page, f"{server.url}/{link}")
    page.locator(f"[data-testid=chart][aria-label^='{said}']").first.wait_for()
    page.reload()
    page.locator(f"[data-testid=chart][aria-label^='{said}']").first.wait_for()
    assert console_problems(page) == []


def test_choices_survive_a_way_to_another_page_and_the_smallest_goes_into_the_link(server, page):
    look_up(page, f"{server.url}/depth")
    chart = page.locator("[data-testid=chart]").first
    first, formula = chart.get_attribute("aria-label"), page.locator(".katex").first
    product = formula.text_content()
    field(page, "chain_seed").fill("3")
    field(page, "chain_seed").press("Enter")
    page.wait_for_url("**/depth?chain_seed=3")
    page.wait_for_function(
        "([chart, first]) => chart.ariaLabel !== first", arg=[chart.element_handle(), first]
    )
    settled(page)
    # Only what is drawn of the chains has run: it is what the address shows.
    answered = chart.get_attribute("aria-label"), formula.text_content()
    assert answered[1] != product
    look_up(page, page.url)
    settled(page)
    assert (chart.get_attribute("aria-label"), formula.text_content()) == answered
    slider = page.locator(".st-key-layers [role=slider], .st-key-layers input").first
    slider.focus()
    for _ in range(11):
        slider.press("ArrowLeft")
    page.wait_for_url(re.compile(r"layers=1(&|$)"))
    settled(page)
    page.get_by_role("heading", name="The product of factors").wait_for(state="detached")
    go_to(page, "Explore", "What if?")
    page.wait_for_url("**/what_if*")
    settled(page)
    field(page, "nudge").fill("")
    field(page, "nudge").press("Tab")
    settled(page)
    assert number(page, "nudge") == 0.1
    go_to(page, "Explore", "Does blame fade?")
    page.wait_for_url(re.compile(r"/depth\?(?=.*layers=1(&|$))(?=.*chain_seed=3)"))
    page.get_by_text("no way back").wait_for()
