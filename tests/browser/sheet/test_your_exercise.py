"""An exercise of one's own in a real browser: pasted, built, chosen; changed, reloaded, shared."""

import pytest

from blame.exercise.library.library import LIBRARY
from tests.browser.hand import item, shown
from tests.browser.helpers import (
    console_problems,
    field,
    look_up,
    number,
    set_number,
    settled,
    wait_for_number,
)

LISTING = """x = np.array([0.6, -0.2]); y = np.array([0.3])
W1 = np.array([[0.4, -0.7, 0.1], [0.9, 0.3, -0.5]]); b1 = np.array([0.05, 0.0, -0.1])
W2 = np.array([[0.8], [-0.6], [0.2]]); b2 = np.array([0.15])
lr = 0.2
y_pred = np.tanh(x @ W1 + b1) @ W2 + b2
loss = np.mean((y_pred - y) ** 2)
"""
WIDTHS = [1280, 390]


@pytest.fixture(params=WIDTHS)
def sized(request, page):
    """Return a page as wide as a screen, or as a phone."""
    page.set_viewport_size({"width": request.param, "height": 900})
    return page


def dialog(page, way, button="Bring your exercise"):
    """Open the dialog at one of its ways."""
    page.get_by_role("button", name=button).click()
    opened = page.get_by_role("dialog")
    opened.wait_for()
    opened.get_by_text(way, exact=True).click()
    return opened


def holds(page, shape, name, value, link):
    """The exercise stands, can be changed, and survives a reload and its link."""
    page.get_by_role("dialog").wait_for(state="detached")
    page.wait_for_url(f"**{link}*")
    item(page, shape).wait_for()
    before = shown(page, "loss")
    if not field(page, name).is_visible():
        page.get_by_test_id("stExpandSidebarButton").click()
    set_number(page, name, value)
    page.wait_for_url(f"**{value}*")
    address, loss = page.url, shown(page, "loss")
    assert loss != before
    page.reload()
    for reader in (page, page.context.new_page()):
        if reader is not page:
            reader.goto(address)
        item(reader, shape).wait_for()
        settled(reader)
        assert reader.url == address
        assert number(reader, name) == value
        assert shown(reader, "loss") == loss
    assert console_problems(page) == []


def test_a_pasted_listing_is_used_changed_reloaded_and_shared(server, sized):
    look_up(sized, server.url)
    opened = dialog(sized, "Paste")
    opened.get_by_label("Your exercise as text").fill(LISTING)
    opened.get_by_role("button", name="Read it").click()
    opened.get_by_text("Understood: 2-3-1, tanh, identity").wait_for()
    opened.get_by_role("button", name="Use this exercise").click()
    holds(sized, "W1[0, 2]", "x_0", 0.75, "sizes=2-3-1")


def test_a_built_network_is_used_changed_reloaded_and_shared(server, sized):
    look_up(sized, server.url)
    opened = dialog(sized, "Build")
    for label, text in (("Inputs", "3"), ("Samples", "2")):
        opened.get_by_label(label, exact=True).fill(text)
        opened.get_by_label(label, exact=True).press("Enter")
    opened.get_by_text("3-2-1, relu, identity").wait_for()
    opened.get_by_text("2 samples").wait_for()
    opened.get_by_role("button", name="Use this exercise").click()
    holds(sized, "x[0, 2]", "x_0_2", 0.75, "sizes=3-2-1")


def test_an_exercise_of_the_library_is_chosen_changed_reloaded_and_shared(server, sized):
    look_up(sized, server.url)
    opened = dialog(sized, "Library")
    opened.get_by_label("Find").fill("softmax cross entropy kushwaha")
    opened.get_by_label("Find").press("Enter")
    opened.get_by_text(f"1 of {len(LIBRARY)} public exercises").wait_for()
    opened.locator(".st-key-library_postnetwork-softmax button").click()
    holds(sized, "W1[2, 1]", "x_0", 0.75, "exercise=postnetwork-softmax")


@pytest.mark.parametrize("name", ["backward_pass", "relu_gate"])
def test_undo_brings_the_exercise_of_before_back_whatever_its_shape(server, page, name):
    """On a page that shows more of the one than of the other, too."""
    look_up(page, f"{server.url}/{name}?exercise=mazur")
    opened = dialog(page, "Library", "Your exercise")
    opened.get_by_label("Find").fill("kushwaha")
    opened.get_by_label("Find").press("Enter")
    opened.locator(".st-key-library_postnetwork-softmax button").click()
    page.wait_for_url("**exercise=postnetwork-softmax*")
    field(page, "W1_2_1").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url("**exercise=mazur*")
    wait_for_number(page, "W2_1_1", 0.55)
    assert field(page, "W1_2_1").count() == 0
    item(page, "W2[1, 1]").wait_for()
