"""The glossary's page, and the words on the other pages that lead to it."""

import pytest

from blame.practise.glossary import GLOSSARY
from blame.practise.now import Now
from pages.shared.state.menu import page_of
from pages.shared.words.numbers import printed
from tests.exercises import notebook_with
from tests.pages.app import BESIDE, WORKSHOPS, open_page, set_number, words


def test_every_entry_is_shown_with_its_value_and_the_chosen_one_first():
    app = open_page("glossary", word="kink", b1_1=-0.2)
    text = words(app)
    exercise = notebook_with(b1_1=-0.2)
    for word, entry in GLOSSARY.items():
        assert printed(f"**{word}**: {entry.told(Now.of(exercise))}") in text
        assert entry.live(exercise) in text
    shown = [str(e.value) for e in app.main.markdown if str(e.value).startswith("**")]
    assert shown[0].startswith("**kink**")
    assert [link.proto.label for link in app.get("page_link")] == [
        "See it: The knife edge",
        "Back to the map of all pages",
    ]


def test_values_follow_the_numbers():
    app = open_page("glossary")
    assert "`1.5625`" in words(app)
    set_number(app, "y_true", 2.25)
    assert "`1.5625`" not in words(app)


@pytest.mark.parametrize("page", sorted(set(BESIDE) - WORKSHOPS - {"home", "glossary", "teachers"}))
def test_the_words_of_a_lesson_lead_to_the_glossary(page):
    links = [link.proto.label for link in open_page(page, b1_1=-0.2).get("page_link")]
    assert page_of(page).words
    assert set(page_of(page).words) <= set(links)
    assert set(page_of(page).words) <= set(GLOSSARY)


@pytest.mark.parametrize(
    "link",
    [
        {"exercise": "mazur"},
        {"exercise": "jay-3-3-3-3"},
        {"sizes": "1-1"},
        {"sizes": "2-2-1", "n_samples": 4, "units": "tanh-sigmoid", "bias": "no"},
    ],
    ids=str,
)
def test_every_word_has_its_value_in_any_exercise_or_none(link):
    app = open_page("glossary", **link)
    now = Now.of(app.session_state["exercise"])
    shown = [str(e.value) for e in app.main.markdown if str(e.value).startswith("**")]
    assert len(shown) == len(GLOSSARY)
    for word, entry in GLOSSARY.items():
        (said,) = (text for text in shown if text.startswith(f"**{word}**"))
        value = entry.live(now)
        assert said == printed(f"**{word}**: {entry.told(now)}") + (
            f"  \nNow: `{value}`" if value else ""
        )
