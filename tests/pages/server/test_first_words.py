"""What a page is about stands in Streamlit's own page, before any of its scripts."""

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit import file_util

from pages.shared.server.connection_word import ConnectionWord
from pages.shared.server.first_words import first_words, with_first_words
from pages.shared.state.menu import page_of
from tests.pages.app import PAGES, open_page
from tests.pages.server.test_middleware import answer_of, inner

PAGE = (Path(file_util.get_static_dir()) / "index.html").read_bytes()
WORDED = {"relu_gate", "projector"}
"""Pages whose title is worded from the reader's numbers."""
FOLLOWS = {"forward_pass", "relu_gate", "projector", "tour"}
"""Pages whose first sentence is, or depends on the step."""


def said(body):
    """Return the browser's title and the paragraphs of the first words, as a reader sees them."""
    text = body.decode()
    (box,) = re.findall(r'<div id="first-words"[^>]*>(.*?)</div>', text, re.S) or [""]
    parts = re.findall(r"<p[^>]*>(.*?)</p>", box, re.S)
    (tab,) = re.findall(r"<title>(.*?)</title>", text)
    return unescape(tab), [unescape(re.sub("<[^>]*>", "", part)) for part in parts]


@pytest.mark.parametrize("page", PAGES)
def test_what_is_read_first_is_what_the_page_says(page):
    tab, (title, lead, waits) = said(with_first_words(PAGE, f"/school/{page}"))
    app = open_page(page)
    assert tab == ("Blame" if page == "home" else f"{page_of(page).title} \u2013 Blame")
    assert title == (page_of(page).title if page in WORDED else app.title[0].value)
    shown = [re.sub(r"\*+", "", str(each.value)) for each in app.markdown]
    if page not in FOLLOWS:
        assert lead in shown
    elif page_of(page).invitation:
        assert lead == f"{page_of(page).invitation}."
    assert waits == "The rest is on its way."


def test_the_page_that_is_sent_has_them_by_its_address():
    app, _ = inner(body=PAGE)
    for path, title in (("/", "Blame"), ("/training", "Training"), ("/x/what_if/", "What if?")):
        _, headers, body = answer_of(ConnectionWord(app), path, accept="text/html")
        assert said(body)[1][0] == title
        assert int(headers[b"content-length"]) == len(body)
        assert body.index(b"first-words") < body.index(b'id="root"')
    # A name of no page is Home's, as Streamlit shows it.
    assert said(with_first_words(PAGE, "/<script>alert(1)</script>"))[1][0] == "Blame"


def test_a_lesson_that_a_teacher_may_have_covered_is_not_told():
    body = with_first_words(PAGE, "/backward_pass", "ask=Why%3F&covered=the+lesson")
    assert said(body) == ("Backward pass \u2013 Blame", [])


def test_the_first_words_stand_beside_the_sidebar_where_there_is_one():
    for path, query, beside in (
        ("/training", "", True),
        ("/tour", "", False),
        ("/training", "embed=true", False),
    ):
        body = with_first_words(PAGE, path, query)
        assert (b'id="first-words" class="beside"' in body) == beside
    assert {words.alone for words in first_words().values()} == {True, False}


def test_a_page_without_a_body_is_left_as_it_is():
    assert with_first_words(b"<html></html>", "/") == b"<html></html>"
