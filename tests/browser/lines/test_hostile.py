"""Hostile text in a real browser: nothing of it runs, and no stranger's server is called."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest

from pages.shared.state.choices import CHOICES
from tests.browser.helpers import field, look_up, open_page, settled, wait_for_answer
from tests.exercises import NAMES
from tests.pages.app import PAGES

STRANGER = "192.0.2.1"
"""An address set aside for examples: nobody answers there."""
SHORT = "<img src=x onerror=window.hit=1>"
"""What fits into the fields for numbers."""
HOSTILE = (
    f"{SHORT}<svg onload=window.hit=1>"
    f"![x](http://{STRANGER}/x.png)"
    "[x](javascript:window.hit=1)"
    "<script>window.hit=1</script>"
)
OPENED = [
    page
    for page in PAGES
    if page not in ("backward_pass", "forward_pass", "knife_edge", "gradient_check", "relu_gate")
]
"""Those left out are made of the same parts as the other lessons."""
# What a browser would have to hold for any of it to work.
_MADE = f"""() => [
  ...document.querySelectorAll(
    "[onerror], [onload], [src*='{STRANGER}'], [href*='{STRANGER}'], [href^='javascript'], iframe"
  ),
  ...[...document.querySelectorAll("script")].filter((s) => s.textContent.includes("hit")),
].map((element) => element.outerHTML)"""


@pytest.fixture(scope="module")
def watched(server, visitor_of_file):
    """A page, and the list of requests it makes to anyone but the server."""
    page = visitor_of_file().new_page()
    page.strange_requests = []

    def asked(request) -> None:
        if not request.url.startswith((server.url, "data:", "blob:")):
            page.strange_requests.append(request.url)

    page.on("request", asked)
    return page


def assert_harmless(page) -> None:
    """Check that nothing ran, nothing was built from the text, and nobody else was asked."""
    assert page.evaluate("window.hit") is None
    assert page.evaluate(_MADE) == []
    assert page.strange_requests == []


@pytest.mark.parametrize("name", OPENED)
def test_a_hostile_link_does_nothing(server, watched, name):
    ways = dict.fromkeys([*NAMES, *CHOICES, "kept", "ask", HOSTILE], HOSTILE) | {"data": "my own"}
    open_page(watched, f"{server.url}/{'' if name == 'home' else name}?{urlencode(ways)}")
    # It is on the screen, as text.
    assert watched.get_by_text(SHORT).count() > 0
    assert_harmless(watched)


@pytest.mark.of_server("its host itself answers an address that no page has")
def test_a_hostile_path_does_nothing(server, watched):
    watched.goto(f"{server.url}/{quote(HOSTILE, safe='')}")
    settled(watched)
    assert_harmless(watched)


def test_hostile_typing_does_nothing(server, watched):
    def type_in(key: str, text: str = HOSTILE, kind: str = "input", enter: str = "Enter") -> None:
        messages = watched.evaluate("window.messages")
        place = watched.locator(f".st-key-{key} {kind}").first
        place.fill(text)
        place.press(enter)
        wait_for_answer(watched, messages)
        assert_harmless(watched)

    open_page(watched, f"{server.url}/playground?data=my%20own")
    # Not in the first line, which may hold names.
    type_in("csv", f"1,2,0\n{HOSTILE}", "textarea", "Control+Enter")
    assert watched.get_by_text("is not a number").count() > 0
    look_up(watched, f"{server.url}/challenges")
    type_in("challenge_code")
    watched.get_by_text("is no challenge").first.wait_for()
    look_up(watched, f"{server.url}/teachers")
    type_in("to_question")
    watched.get_by_text("ask=%3Cimg").first.wait_for()
    look_up(watched, f"{server.url}/by_hand")
    type_in("hand_loss", SHORT)
    look_up(watched, f"{server.url}/backward_pass?reading=Predict%20first")
    answer = watched.get_by_role("textbox", name="Your answer")
    answer.fill(SHORT)
    answer.press("Enter")
    watched.get_by_text("Write a number").wait_for()
    assert_harmless(watched)


def test_a_field_says_how_much_it_takes(server, watched):
    look_up(watched, f"{server.url}/challenges")
    field(watched, "challenge_code").fill("hit-kill")
    watched.get_by_text("8/3000").wait_for()
    look_up(watched, f"{server.url}/by_hand")
    # Its fields are too narrow for Streamlit's count.
    watched.get_by_text("up to 40 characters").wait_for()
