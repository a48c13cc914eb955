"""A visit to the edition without a server: every page, a change, a play, a download, a link."""

import re
import time
import zipfile

import pytest

from pages.shared.state.menu import SECTIONS
from tests.browser.hand import drag, item, shown, wait_until
from tests.browser.helpers import (
    console_problems,
    go_to,
    number,
    open_page,
    set_number,
    settled,
    watch_console,
)
from tests.exercises import notebook_with
from tests.static.edition import open_visitor, wait_until_kept

pytestmark = pytest.mark.browser
PROGRESS = "#edition-progress"
SPOIL_THE_MEMORY = """async () => {
  const cache = await caches.open("blame");
  const [key] = (await cache.keys()).filter(({ url }) => url.includes("/memory-"));
  const whole = await (await cache.match(key)).arrayBuffer();
  await cache.put(key, new Response(whole.slice(0, 1000)));
}"""


@pytest.fixture(scope="module")
def visitor(browser, edition):
    """A browser that goes on from visit to visit."""
    context = open_visitor(browser)
    context.asked = []
    context.on("request", lambda request: context.asked.append(request.url))
    yield context
    context.close()


@pytest.fixture(scope="module")
def page(visitor, edition):
    """A page that has come by a deep link, and stays."""
    page = visitor.new_page()
    watch_console(page)
    page.goto(f"{edition}/backward_pass?b1_1=-0.2", wait_until="commit")
    page.locator(PROGRESS).get_by_text(re.compile(r"of \d+\.\d MB")).wait_for()
    settled(page)
    return page


def test_the_zip_holds_the_whole_folder(site):
    with zipfile.ZipFile(site / "blame.zip") as packed:
        held = {name for name in packed.namelist() if not name.endswith("/")}
    top = site / "blame"
    assert held == {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()}
    assert {"index.html", "backward_pass/index.html", "service_worker.js"} <= held


def test_a_part_that_does_not_come_is_told(browser, edition):
    context = open_visitor(browser)
    context.route("**/parts/python-*.bin", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{edition}/", wait_until="commit")
    page.locator(PROGRESS).get_by_text("This browser could not start the app").wait_for()
    context.close()


def test_a_folder_that_is_opened_as_files_says_how_to_start_it(browser, site):
    context = open_visitor(browser)
    page = context.new_page()
    page.goto((site / "blame" / "index.html").as_uri())
    page.locator(PROGRESS).get_by_text("python3 -m http.server").wait_for()
    context.close()


def test_a_first_visit_by_a_deep_link_shows_progress_and_then_the_numbers(page, edition):
    assert page.locator(PROGRESS).count() == 0
    assert page.url == f"{edition}/backward_pass?b1_1=-0.2"
    assert number(page, "b1_1") == -0.2
    true = notebook_with(b1_1=-0.2).backward()
    assert shown(page, "loss") == pytest.approx(float(true.loss), rel=5e-4)
    blame = item(page, "dW1[1, 0]").get_attribute("aria-label")
    assert f"= {true.weight_gradients[0][1, 0]:g}," in blame


def test_a_changed_number_is_answered_and_stands_in_the_address(page):
    set_number(page, "W1_0_0", 0.75)
    true = notebook_with(b1_1=-0.2, W1_0_0=0.75).backward()
    assert shown(page, "loss") == pytest.approx(float(true.loss), rel=5e-4)
    assert "W1_0_0=0.75" in page.url


def test_a_dragged_number_moves_the_picture_and_the_sheet(page):
    drag(page, "b1[0]", 30)
    wait_until(page, "b1[0]", 0.6)
    settled(page)
    page.wait_for_url("**b1_0=0.6*")
    true = float(notebook_with(b1_1=-0.2, W1_0_0=0.75, b1_0=0.6).backward().loss)
    until = time.monotonic() + 10
    while abs(shown(page, "loss") - true) > 5e-4 * true and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert shown(page, "loss") == pytest.approx(true, rel=5e-4)


def test_back_forward_and_reload_keep_each_its_numbers(page):
    """The reload meets a kept memory that is of no use, and starts without it."""
    page.go_back()
    page.wait_for_function("!location.search.includes('b1_0=0.6')")
    settled(page)
    page.go_forward()
    page.wait_for_url("**b1_0=0.6*")
    settled(page)
    wait_until_kept(page)
    page.evaluate(SPOIL_THE_MEMORY)
    page.reload()
    settled(page)
    assert page.locator("html").get_attribute("data-remembered") == "no"
    assert number(page, "b1_0") == 0.6
    assert number(page, "W1_0_0") == 0.75


def test_what_is_taken_away_holds_the_numbers(page):
    page.get_by_role("button", name="Take away").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="NumPy program", exact=True).click()
    with open(waiting.value.path(), encoding="utf-8") as text:
        program = text.read()
    assert waiting.value.suggested_filename.endswith(".py")
    assert "0.75" in program
    assert "0.6" in program
    page.keyboard.press("Escape")


def test_every_page_is_drawn_without_an_exception(page):
    first, *sections = SECTIONS.items()
    for section, pages in sections:
        for each in pages:
            go_to(page, section, each.title)
            assert page.url.split("?")[0].endswith(f"/{each.file}")
            assert page.locator("[data-testid=stException]").count() == 0, each.file
            assert page.locator("h1").count() == 1, each.file
    # The last of them has no menu, but a way back.
    page.get_by_text("Back to the map of all pages").click()
    page.wait_for_url(re.compile(r"/(\?.*)?$"))
    settled(page)
    assert page.locator("[data-testid=stException]").count() == 0, first
    assert console_problems(page) == []


def test_a_play_runs_and_a_pause_ends_it(page):
    go_to(page, "Train", "Playground")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("/After [1-9]\\d+ steps/.test(document.body.innerText)")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Play").wait_for()
    page.wait_for_url("**play_step=*")
    settled(page)
    page.wait_for_timeout(600)
    messages = page.evaluate("window.messages")
    page.wait_for_timeout(1500)
    assert page.evaluate("window.messages") == messages
    step = re.search(r"play_step=(\d+)", page.url)[1]
    assert page.get_by_text(re.compile(rf"^After {step} steps")).count()


def test_it_fits_a_phone_in_the_dark(page):
    go_to(page, "Learn", "ReLU gate")
    page.set_viewport_size({"width": 390, "height": 800})
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
        ".match(/\\d+/g).slice(0, 3).every((part) => Number(part) < 80)"
    )
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.emulate_media(color_scheme="light")


def test_the_next_visit_needs_no_network_on_any_page_and_in_two_tabs(page, visitor, edition):
    wait_until_kept(page)
    mine = number(page, "b1_1")
    visitor.set_offline(True)
    try:
        other = visitor.new_page()
        watch_console(other)
        open_page(other, f"{edition}/what_if?b1_1=-0.3")
        assert number(other, "b1_1") == -0.3
        # Python went on with the memory that the first visit has kept.
        assert other.locator("html").get_attribute("data-remembered") == "yes"
        set_number(page, "b1_1", 0.4)
        assert number(other, "b1_1") == -0.3
        set_number(other, "b1_1", 0.7)
        assert mine != number(page, "b1_1") == 0.4
        open_page(other, f"{edition}/")
        assert other.locator("h1").count() == 1
        assert console_problems(other) == []
    finally:
        visitor.set_offline(False)


def test_no_request_left_the_folder(visitor, page, edition):
    """Last: of all that was asked for in this file."""
    assert len(visitor.asked) > 100
    outside = {
        url
        for url in visitor.asked
        if not url.startswith((f"{edition}/", "data:", f"blob:{edition.rsplit('/', 1)[0]}"))
    }
    assert outside == set()
    assert console_problems(page) == []
