"""The path: three doors, a map under the menu's names, one way on, what has been opened."""

import pytest

from pages.shared.path.next_page import minutes_said
from pages.shared.path.seen import known
from pages.shared.state.menu import HOME, SECTIONS, lessons, next_of, page_of
from tests.pages.app import PAGES, file_of, open_page, words


def links(app):
    return [link.proto.label for link in app.main.get("page_link")]


def test_the_way_on_leads_through_every_lesson_once_and_back_to_the_map():
    walked = ["tour"]
    while (after := next_of(page_of(walked[-1])).file) != HOME:
        walked.append(after)
        assert len(walked) < 100, "it goes round in a circle"
    assert len(walked) == len(set(walked))
    assert set(walked) == {page.file for page in lessons()}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_but_home_ends_with_one_next(page):
    # The tour is walked step by step: its last one ends it.
    app = open_page(page, **({"tour": 9} if page == "tour" else {}))
    found = [label for label in links(app) if label.startswith(("Next:", "Back to the"))]
    if page == HOME:
        # It has its doors.
        assert found == []
        return
    after = next_of(page_of(page))
    wanted = "Back to the map of all pages" if after.file == HOME else f"Next: {after.title}"
    assert found == [wanted]
    assert links(app)[-1] == wanted


def test_home_has_three_doors_and_a_map_under_the_menus_names():
    app = open_page(HOME)
    said = words(app)
    for door in ("I have an exercise", "I am new to this", "I have a wrong number"):
        assert f"**{door}**" in said
    mapped = links(app)[2:]
    listed = [page for pages in SECTIONS.values() for page in pages if page.file != HOME]
    assert mapped == [page.title for page in listed]
    assert all(page.invitation and page.invitation in said for page in listed)
    assert all(page.minutes > 0 for page in lessons())


def test_what_has_been_opened_is_marked_and_nothing_else():
    app = open_page(HOME)
    assert "seen" not in words(app.main).split()
    assert "forget_seen" not in [button.key for button in app.button]
    app.switch_page(file_of("training")).run()
    app.switch_page(file_of(HOME)).run()
    marked = [caption.value for caption in app.main.caption if caption.value.endswith("seen")]
    assert len(marked) == 1
    assert marked[0].startswith(page_of("training").invitation)
    app.button(key="forget_seen").click().run()
    assert not app.exception
    assert not [caption for caption in app.main.caption if caption.value.endswith("seen")]


def test_of_what_a_browser_says_only_pages_are_taken_up():
    assert known(["training", "no_page", 3, None, ["training"], "<b>", HOME]) == ["training", HOME]


def test_minutes_are_said_where_they_are_known():
    assert minutes_said(5) == " About 5 minutes."
    assert minutes_said(1) == " About 1 minute."
    assert minutes_said(0) == ""
