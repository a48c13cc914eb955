"""Every number that a source prints stands on the page it belongs to, and what is wrong is said."""

import pytest

from blame.exercise.library.compare import compare
from blame.exercise.library.library import LIBRARY
from pages.shared.lessons.published import SOON
from tests.pages.app import file_of, open_page

PAGES = ("forward_pass", "backward_pass", "training")
BLAME = ("d_", "dW", "db")


def belonging(entry, page):
    """Return the published numbers of a page."""
    found = []
    for updates in entry.moments:
        for number in compare(entry, updates) if updates <= SOON else ():
            of_blame = number.name.startswith(BLAME)
            where = "training" if updates else "backward_pass" if of_blame else "forward_pass"
            if where == page:
                found.append(number)
    return found


@pytest.mark.parametrize("key", LIBRARY)
def test_what_is_published_stands_beside_what_is_true(key):
    entry = LIBRARY[key]
    app = open_page("home", exercise=key)
    assert not any("could not be used" in element.value for element in app.markdown)
    for page in PAGES:
        app.switch_page(file_of(page)).run()
        assert not app.exception
        (link,) = (app.query_params["exercise"],) if "exercise" in app.query_params else (None,)
        assert link in (key, [key])
        said = " ".join(element.value for element in app.markdown)
        expected = belonging(entry, page)
        for number in expected:
            assert number.sentence in said
            assert ("worked out" in number.sentence) == (not number.agrees)
        if not expected:
            assert "as published" not in said
