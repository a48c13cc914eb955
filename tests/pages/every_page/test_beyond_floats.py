"""Where a loss or blame is no number no page speaks of it: it says so, and comes back with one."""

import pytest

from tests.fuzz.watch import troubles
from tests.pages.app import PAGES, figures, open_page, tell_sheet, words

OF_NO_EXERCISE = ("expression", "playground", "teachers", "tour")
SAID = "is too large for a float"
CASES = {
    "the share of one output is 1": {"units": "relu-softmax", "loss": "bce", "y_true": "0.01"},
    "the share of the right class is 0": {
        "sizes": "1-2", "units": "softmax", "loss": "cross_entropy", "y_true": "0,1",
        "x_0": "1000000", "W1": "1,0",
    },
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", CASES)
def test_no_page_shows_what_is_no_number(page, name):
    app = open_page(page, **CASES[name])
    assert troubles(app) == []
    assert app.title
    refused = any(SAID in text.value for text in app.text)
    assert refused == (page not in OF_NO_EXERCISE)


@pytest.mark.parametrize("page", ["forward_pass", "backward_pass", "training", "glossary"])
def test_a_lesson_goes_and_comes_back_with_its_numbers(page):
    app = open_page(page, **CASES["the share of the right class is 0"] | {"x_0": "1"})
    before = words(app)
    assert not any(SAID in text.value for text in app.text)
    tell_sheet(app, name="x[0]", text="1000000")
    assert troubles(app) == []
    assert any(SAID in text.value for text in app.text)
    tell_sheet(app, name="x[0]", text="1")
    assert words(app) == before
    assert not any(SAID in text.value for text in app.text)


@pytest.mark.parametrize("nudge", [5, 100, -100])
@pytest.mark.parametrize(
    "link",
    [
        {"units": "softmax", "loss": "bce_sum", "y_true": "0,1", "x_0": "9"},
        {"units": "sigmoid", "loss": "cross_entropy", "y_true": "1,0", "x_0": "9"},
    ],
)
def test_a_nudge_that_leads_beyond_the_floats_shows_no_number_for_it(link, nudge):
    app = open_page("what_if", sizes="1-2", quantity="W1[0, 0]", nudge=nudge, **link)
    assert troubles(app) == []
    beyond = (nudge > 0) == (link["units"] == "softmax") and (link["units"], nudge) != (
        "sigmoid",
        5,
    )
    assert ("The loss there is beyond what floats hold" in words(app)) == beyond
    points = [trace["name"] for trace in figures(app)[0]["data"]]
    assert ("nudged" in points) != beyond
    assert {"true loss", "promise of blame", "today"} <= {*points}
