"""A small, fixed part of the fuzzing; `python -m tests.fuzz` runs as much as one likes."""

from __future__ import annotations

from collections import Counter
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.state.choices import CHOICES
from tests.fuzz.clicking import use
from tests.fuzz.links import DEFAULTS, Entry, Link, make_link
from tests.fuzz.opening import open_link, read_alone, start
from tests.fuzz.watch import NO_NUMBER, bad_tokens, carried, listening, troubles
from tests.pages.app import PAGES

SEED = 7
LINKS, OPENED, SEQUENCES = 4_000, 60, 25


def test_thousands_of_links_are_read_as_they_were_made():
    met: Counter[str] = Counter()
    for number in range(LINKS):
        link = make_link(SEED, number)
        met.update(f"{entry.kind} {entry.name}" for entry in link.entries)
        assert read_alone(link) == [], f"{link.label}: {link.page}?{link.query}"
    for name in [*DEFAULTS, *CHOICES]:
        assert met[f"good {name}"] > 20, f"the links never set {name}"
        assert met[f"wrong {name}"] > 20, f"the links never get {name} wrong"
    assert sum(count for what, count in met.items() if what.startswith("nearly")) > 1000
    assert sum(count for what, count in met.items() if what.startswith("foreign")) > 1000


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_from_random_links(page):
    for number in range(PAGES.index(page), OPENED, len(PAGES)):
        link = make_link(SEED, number)
        assert link.page == page
        assert open_link(link) == [], f"{link.label}: {link.page}?{link.query}"


@pytest.mark.parametrize("number", range(SEQUENCES))
def test_pages_bear_random_use(number):
    assert use(SEED, number, steps=6) == []


@pytest.mark.parametrize(
    ("page", "query"),
    [
        # NumPy's generator takes the sign of -0.0 for a negative scale.
        ("depth", "scale=-0.0"),
    ],
)
def test_what_once_failed_opens(page, query):
    entries = tuple(
        Entry(name, tuple(texts), "good", float(texts[0]))
        for name, texts in parse_qs(query, keep_blank_values=True).items()
    )
    assert open_link(Link("once failed", page, entries)) == []


def test_what_a_page_must_not_show_is_seen():
    def script() -> None:
        import warnings

        import streamlit as st

        warnings.warn("divided by zero", RuntimeWarning, stacklevel=1)
        st.markdown("The loss is nan.")
        st.caption("An infinite wait in Nancy, information, inference.")
        st.plotly_chart({"data": [{"type": "bar", "y": [1.0], "text": ["inf"]}]})

    with listening() as heard:
        app = AppTest.from_function(script).run()
    assert any("divided by zero" in said for said in heard)
    found = troubles(app)
    assert len(found) == 2, found
    assert "markdown says 'nan'" in found[0]
    assert "plotly_chart 0: .data[].text[] says 'inf'" in found[1]
    assert bad_tokens('{"a": [NaN]}') == ["holds the token NaN"]
    assert bad_tokens('{"y": {"dtype": "f8", "bdata": "AAAAAAAA+H8="}}')
    assert bad_tokens('{"y": {"dtype": "f8", "bdata": "AAAAAAAA8D8="}}') == []
    assert NO_NUMBER.search("Infinity")
    assert not NO_NUMBER.search("infinite, nano, banana")


def test_what_the_network_is_drawn_from_is_looked_at():
    said = [carried(part.proto) for part in start("home").run().get("bidi_component")]
    assert any('"d_loss_y"' in data and "Loss " in data for data in said)


def test_a_wrong_expectation_is_told():
    link = Link("made up", "home", (Entry("b1_1", ("0.5",), "good", 0.25),))
    assert any("b1_1 is 0.5 in the session" in said for said in open_link(link))
    link = Link("made up", "home", (Entry("b1_1", ("0.5",), "wrong"),))
    assert "b1[1] is not named in the message" in open_link(link)
    assert read_alone(link)
