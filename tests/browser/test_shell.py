"""The app in a real browser."""

import pytest

from tests.browser.helpers import console_problems, number, open_page, set_number
from tests.pages.app import PAGES


@pytest.mark.parametrize("page_name", PAGES)
def test_page_draws_without_a_console_error(server, page, page_name):
    path = "" if page_name == "home" else page_name
    open_page(page, f"{server.url}/{path}")
    set_number(page, "b1_0", 0.3)
    assert number(page, "b1_0") == 0.3
    assert "b1_0=0.3" in page.url
    assert console_problems(page) == []
