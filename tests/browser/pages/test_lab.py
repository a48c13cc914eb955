"""The training lab in a browser: its link, a click on the sweep, the way back."""

from tests.browser.hand import arrived
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
    wait_for_answer,
    wait_for_number,
)
from tests.browser.runs import slider

CHART = "[data-testid=chart]"


def test_a_link_restores_kept_runs_view_and_step_on_a_fresh_server(fresh_server, page):
    link = "training_lab?kept=-;b1_1:-0.2&lab_view=Landscape&lab_step=2&learning_rate=0.05"
    open_page(page, f"{fresh_server.url}/{link}")
    page.get_by_text("as they are at step 2").wait_for()
    # A field shows its default for a moment, and then the link's number.
    wait_for_number(page, "learning_rate", 0.05)
    click(page, page.get_by_text("Runs", exact=True))
    said = page.locator(f".st-key-chart_lab_losses {CHART}").get_attribute("aria-label")
    assert "A: b1[1] \N{MINUS SIGN}0.1, learning rate 0.1" in said
    assert "B: b1[1] \N{MINUS SIGN}0.2, learning rate 0.1" in said
    assert "kept=" in page.url
    assert console_problems(page) == []


def test_a_remedy_changes_the_sidebar_and_the_link_and_keeps_the_run(server, page):
    look_up(page, f"{server.url}/training_lab?lab_view=Landscape")
    click(page, page.get_by_role("button", name="Try learning rate 0.025"))
    page.get_by_role("button", name="Load A").wait_for()
    assert "lab_view" not in page.url
    assert number(page, "learning_rate") == 0.025
    assert "learning_rate=0.025" in page.url
    assert "kept=-" in page.url
    page.reload()
    page.get_by_role("button", name="Load A").wait_for()
    settled(page)
    assert number(page, "learning_rate") == 0.025
    click(page, page.get_by_role("button", name="Load A"))
    assert number(page, "learning_rate") == 0.1
    assert "learning_rate" not in page.url.partition("kept")[0]


def test_a_click_on_the_sweep_loads_its_rate(server, page):
    look_up(page, f"{server.url}/training_lab?lab_view=Learning+rates&b1_1=-0.2")
    rates = []
    # Each more than once: a later chart must hear of a point as the first one did.
    for place in (20, 60, 20, 60, 20):
        drawn = page.locator(".st-key-chart_lab_sweep .scatterlayer")
        box = drawn.locator("path.point").nth(place).bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        # A click is on the point that is hovered: not the one before.
        page.mouse.move(5, 5)
        page.locator(".hovertext").first.wait_for(state="detached")
        page.mouse.move(x, y)
        page.locator(".hovertext").first.wait_for()
        messages = page.evaluate("window.messages")
        page.mouse.click(x, y)
        wait_for_answer(page, messages)
        rates.append(number(page, "learning_rate"))
        assert f"learning_rate={rates[-1]:g}" in page.url
    assert rates[0] < rates[1] < 0.1
    assert rates == [*rates[:2], *rates[:2], rates[0]]
    assert console_problems(page) == []


def test_the_way_back_brings_a_pages_choices_back(server, page):
    look_up(page, f"{server.url}/training_lab?lab_view=One+step&lab_step=3")
    page.get_by_text("After 3 of 50 steps").wait_for()
    go_to(page, "Explore", "Does blame fade?")
    settled(page)
    set_number(page, "x_0", 3)
    page.wait_for_url("**x_0=3*")
    # The number is an entry of its own, and the page before it another.
    page.go_back()
    page.wait_for_url(lambda url: "x_0" not in url)
    arrived(page, "x_0", 1)
    page.go_back()
    page.get_by_text("After 3 of 50 steps").wait_for()
    page.wait_for_url("**lab_step=3*")
    # The address of then has no x_0.
    arrived(page, "x_0", 1)
    page.go_forward()
    page.wait_for_url("**/depth*")
    settled(page)
    page.get_by_text("After 3 of 50 steps").wait_for(state="detached")
    page.go_forward()
    page.wait_for_url("**x_0=3*")
    arrived(page, "x_0", 3)


def test_the_way_back_from_a_remedy_undoes_it_everywhere(server, page):
    look_up(page, f"{server.url}/training_lab")
    click(page, page.get_by_role("button", name="Try learning rate 0.025"))
    page.get_by_text("It converged.").wait_for()
    page.go_back()
    page.get_by_text("All hidden neurons are dead").wait_for()
    settled(page)
    assert number(page, "learning_rate") == 0.1
    assert page.get_by_text("Changed: learning rate").count() == 0


def test_the_way_to_a_step_goes_into_the_link(server, page):
    look_up(page, f"{server.url}/training_lab")
    click(page, page.get_by_role("button", name="Step 2"))
    page.get_by_text("After 2 of 50 steps").wait_for()
    page.wait_for_url("**lab_step=2*")
    page.reload()
    page.get_by_text("After 2 of 50 steps").wait_for()


def test_the_step_is_moved_by_keys(server, page):
    look_up(page, f"{server.url}/training_lab?lab_view=One+step")
    slider(page).focus()
    for _ in range(3):
        slider(page).press("ArrowRight")
    page.get_by_text("After 3 of 50 steps").wait_for()
    page.wait_for_url("**lab_step=3*")
    field(page, "steps").fill("2")
    field(page, "steps").press("Enter")
    page.get_by_text("After 2 of 2 steps").wait_for()
