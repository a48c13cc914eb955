"""An exercise of one's own in a real browser: pasted, built, chosen; changed, reloaded, shared."""

import pytest

from blame.exercise.library.library import LIBRARY
from tests.browser.helpers import field, number, open_page, wait_for_number

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


def dialog(page, way):
    """Open the dialog at one of its ways, from the start page's own button."""
    page.get_by_role("button", name="Bring your exercise").click()
    shown = page.get_by_role("dialog")
    shown.wait_for()
    shown.get_by_text(way, exact=True).click()
    return shown


def loss_shown(page):
    return page.locator('.item[data-name="loss"]').first.inner_text()


def holds(page, server, shape, name, value, link):
    """The exercise stands on another page, can be changed, and survives a reload and its link."""
    page.get_by_role("dialog").wait_for(state="detached")
    page.wait_for_function(f"() => location.search.includes({link!r})")
    page.locator(f".item[data-name='{shape}']").first.wait_for()
    before = loss_shown(page)
    cell = field(page, name)
    if not cell.is_visible():
        page.get_by_test_id("stExpandSidebarButton").click()
    cell.fill(str(value))
    cell.press("Enter")
    page.wait_for_function(f"() => location.search.includes('={value}')")
    page.wait_for_function(
        "before => document.querySelector('[data-testid=stMain]') && before", arg=before
    )
    address = page.url
    page.reload()
    page.locator(f".item[data-name='{shape}']").first.wait_for()
    assert page.url == address
    assert number(page, name) == value
    other = page.context.new_page()
    other.goto(address)
    other.locator(f".item[data-name='{shape}']").first.wait_for()
    assert number(other, name) == value
    assert loss_shown(other) == loss_shown(page) != before
    other.close()


def test_a_pasted_listing_is_used_changed_reloaded_and_shared(server, sized):
    open_page(sized, server.url)
    shown = dialog(sized, "Paste")
    shown.get_by_label("Your exercise as text").fill(LISTING)
    shown.get_by_role("button", name="Read it").click()
    shown.get_by_text("Understood: 2-3-1, tanh, identity").wait_for()
    shown.get_by_role("button", name="Use this exercise").click()
    holds(sized, server, "W1[0, 2]", "x_0", 0.75, "sizes=2-3-1")


def test_a_built_network_is_used_changed_reloaded_and_shared(server, sized):
    open_page(sized, server.url)
    shown = dialog(sized, "Build")
    for label, text in (("Inputs", "3"), ("Samples", "2")):
        shown.get_by_label(label, exact=True).fill(text)
        shown.get_by_label(label, exact=True).press("Enter")
    shown.get_by_text("3-2-1, relu, identity").wait_for()
    shown.get_by_text("2 samples").wait_for()
    shown.get_by_role("button", name="Use this exercise").click()
    holds(sized, server, "x[0, 2]", "x_0_2", 0.75, "sizes=3-2-1")


def test_an_exercise_of_the_library_is_chosen_changed_reloaded_and_shared(server, sized):
    open_page(sized, server.url)
    shown = dialog(sized, "Library")
    shown.get_by_label("Find").fill("softmax cross entropy kushwaha")
    shown.get_by_label("Find").press("Enter")
    shown.get_by_text(f"1 of {len(LIBRARY)} public exercises").wait_for()
    shown.get_by_role("button", name="Open").click()
    holds(sized, server, "W1[2, 1]", "x_0", 0.75, "exercise=postnetwork-softmax")


def test_undo_brings_the_exercise_of_before_back_whatever_its_shape(server, page):
    open_page(page, f"{server.url}/backward_pass?exercise=mazur")
    page.locator(".item[data-name='W2[1, 1]']").first.wait_for()
    page.get_by_role("button", name="Your exercise").click()
    shown = page.get_by_role("dialog")
    shown.get_by_text("Library", exact=True).click()
    shown.get_by_label("Find").fill("nielsen")
    shown.get_by_label("Find").press("Enter")
    shown.get_by_role("button", name="Open").click()
    page.wait_for_url("**exercise=nielsen-ch3*")
    field(page, "W1_0_0").wait_for()
    assert field(page, "W2_1_1").count() == 0
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url("**exercise=mazur*")
    wait_for_number(page, "W2_1_1", 0.55)
    page.locator(".item[data-name='W2[1, 1]']").first.wait_for()
