"""Predict, then look: the lesson is covered until its questions are answered."""

import pytest

from blame.example import Example
from blame.presets import random_example
from blame.quiz import MAKERS, questions
from tests.pages.app import example_of, figures, open_page, words

LESSONS = sorted({maker.lesson for maker in MAKERS.values()})


def commit(app, question, given):
    """Answer a question and commit."""
    if question.choices:
        app.radio(key=f"quiz_{question.key}").set_value(given)
    else:
        app.text_input(key=f"quiz_{question.key}").set_value(given)
    button = next(b for b in app.button if b.form_id == f"form_{question.key}")
    button.click().run()
    assert not app.exception, app.exception


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_covered_until_all_is_answered(lesson):
    app = open_page(lesson, reading="Predict first")
    asked = questions(lesson, Example())
    assert not figures(app)
    assert not app.get("bidi_component")
    assert f"{len(asked)} to go" in words(app)
    for question in asked:
        assert question.reason not in words(app)
        commit(app, question, str(question.answer))
        assert question.reason in words(app)
    assert f"{len(asked)} of {len(asked)} right" in words(app)
    assert figures(app) or app.get("bidi_component")


def test_a_wrong_answer_is_told_why_and_still_opens_the_lesson():
    app = open_page("backward_pass", reading="Predict first")
    question, last = questions("backward_pass", Example())
    commit(app, question, "abc")
    assert "Write a number" in words(app)
    assert not figures(app)
    commit(app, question, "5/4")
    text = words(app)
    assert "**Not quite.**" in text
    assert "the 2 is left out" in text
    commit(app, last, "5.5")
    assert "1 of 2 right" in words(app)
    assert figures(app)


def test_what_the_reader_typed_is_shown_as_text():
    app = open_page("backward_pass", reading="Predict first")
    question, _ = questions("backward_pass", Example())
    commit(app, question, "1e-3")
    assert "1e-3" in [element.value for element in app.get("text")]


def test_new_numbers_ask_anew_and_their_seed_is_shown():
    app = open_page("relu_gate", reading="Predict first")
    for question in questions("relu_gate", Example()):
        commit(app, question, str(question.answer))
    app.button(key="quiz_new").click().run()
    assert example_of(app) == random_example(1)
    assert app.session_state["seed"] == 1
    assert "3 to go" in words(app)
    app.button(key="quiz_new").click().run()
    assert example_of(app) == random_example(2)
    assert app.session_state["seed"] == 2


def test_the_cover_can_be_lifted():
    app = open_page("forward_pass", reading="Predict first")
    app.button(key="quiz_show").click().run()
    assert not app.exception
    assert figures(app)
    app.number_input(key="x_0").set_value(3.0).run()
    assert not figures(app)
    app.segmented_control(key="reading").set_value("Read").run()
    assert figures(app)
