"""The buttons that stand out are read in both themes."""

import re

import pytest

from tests.browser.helpers import look_up
from tests.pages.test_palette import contrast

COLOURS = """(button) => {
  const text = button.querySelector("p") ?? button;
  return [getComputedStyle(text).color, getComputedStyle(button).backgroundColor];
}"""


def _hex(colour):
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_primary_button_is_read_in_either_theme(server, visitor, scheme):
    page = visitor(color_scheme=scheme).new_page()
    look_up(page, f"{server.url}/")
    page.get_by_role("button", name="Your exercise").first.click()
    page.get_by_role("dialog").get_by_role("radio", name="Build").click()
    button = page.locator(".st-key-build_use button")
    button.wait_for()
    for hover in (False, True):
        if hover:
            button.hover()
            page.wait_for_timeout(400)
        ink, ground = button.evaluate(COLOURS)
        assert contrast(_hex(ink), _hex(ground)) >= 4.5, (hover, ink, ground)
