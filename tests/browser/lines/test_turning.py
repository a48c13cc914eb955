"""A hand that reaches for a number while another page is on its way does not hold it up."""

from __future__ import annotations

from tests.browser.hand import item
from tests.browser.helpers import console_problems, look_up, open_page, settled

# The way to another page and what asks for a film, both before the server has heard of either.
BOTH = """url => {
  history.pushState({}, "", url);
  dispatchEvent(new PopStateEvent("popstate"));
  blameFilm.near({ name: "W1[0, 0]", value: 0.25, next: (at, way) => at + way / 100 });
}"""


def test_the_page_comes_though_a_film_is_asked_for_on_the_way(server, page):
    open_page(page, f"{server.url}/backward_pass")
    for _ in range(3):
        item(page, "W1[0, 0]").wait_for()
        settled(page)
        page.evaluate(BOTH, f"{server.url}/knife_edge")
        page.get_by_role("heading", name="The knife edge").first.wait_for()
        look_up(page, f"{server.url}/backward_pass")
    assert console_problems(page) == []
