"""A teacher's question: what it covers, the answer, what is handed in, and the teacher's side."""

import re

import pytest

from pages.shared.state.choices import COVERS
from pages.shared.teachers.handed_in import Answered, HandedIn, read, write
from pages.shared.teachers.plan import LESSON_PLAN
from pages.shared.teachers.read_answers import verdict
from tests.exercises import notebook_with
from tests.pages.app import charts, open_page, set_number, words


def texts(app):
    return [element.value for element in app.get("text")]


def answer(app, text):
    app.text_area(key="question_answer").set_value(text)
    next(button for button in app.button if button.label == "Answer").click()
    app.run()
    assert not app.exception
    return app


def notes(app):
    """Return every sentence that a page concludes with."""
    every = [str(each.value) for each in app.markdown]
    said = [text for text in every if text.startswith("- ") or "blame promises" in text]
    return [*said, *(b.label for b in app.button if b.key and b.key.startswith("to_"))]


@pytest.mark.parametrize("page", ["home", "backward_pass", "relu_gate", "training_lab", "what_if"])
def test_what_the_page_concludes_is_covered_until_an_answer_is_given(page):
    link = {"ask": "Why?", "covered": "what to notice", "b1_1": -0.2}
    app = open_page(page, **link)
    assert notes(app) == []
    assert "Covered until you have answered your teacher's question." in words(app)
    # No answer is none.
    answer(app, "   ")
    assert notes(app) == []
    answer(app, "because it is shut")
    assert notes(app) != []
    assert "because it is shut" in texts(app)
    assert "Covered until you" not in words(app)


def test_a_question_without_a_cover_covers_nothing_nor_does_a_cover_without_a_question():
    for link in ({"ask": "Why?"}, {"covered": "the lesson"}, {"ask": " ", "covered": COVERS[2]}):
        app = open_page("backward_pass", b1_1=-0.2, **link)
        assert notes(app) != []
        assert "Covered until" not in words(app)


def test_a_covered_lesson_shows_nothing_that_could_tell():
    app = open_page("relu_gate", ask="Where?", covered="the lesson", inputs="biases", b1_1=-0.2)
    assert charts(app) == []
    assert notes(app) == []
    # Neither do the other lessons, for they would tell too.
    assert "covered until you have answered" in words(app)
    answer(app, "above -0.1")
    assert charts(app) != []


def test_what_is_handed_in_carries_the_answers_the_numbers_and_what_was_done():
    app = open_page("backward_pass", ask="Why?", covered="what to notice", b1_1=-0.2)
    answer(app, "no idea")
    app.button(key="question_anew").click().run()
    answer(app, "its gate is shut")
    set_number(app, "b1_1", 0.5)
    set_number(app, "x_0", 3)
    app.text_input(key="question_name_question").set_value("Mia")
    app.button(key="hand_in_question").click().run()
    (link,) = [each.value for each in app.code if "handed=" in each.value]
    assert re.match(r"http://localhost[^/]*/teachers\?handed=BLAME1-", link)
    ((handed,), broken) = read(link)
    assert broken == 0
    assert handed.name == "Mia"
    assert handed.page == "backward_pass"
    assert handed.answers == (Answered("Why?", ("no idea", "its gate is shut")),)
    assert handed.changes == ("b1[1] = 0.5", "x[0] = 3")
    assert handed.began == {"b1_1": "-0.2"}
    assert handed.now == {"x_0": "3.0", "b1_1": "0.5"} or handed.now == {"x_0": "3", "b1_1": "0.5"}

    teacher = open_page("teachers", handed=link.partition("handed=")[2])
    assert "Mia, Backward pass" in texts(teacher)
    assert "no idea \u2192 its gate is shut" in texts(teacher)
    assert "Changed, in order: b1[1] = 0.5; x[0] = 3" in texts(teacher)


def test_predictions_are_handed_in_and_worked_out_again():
    app = open_page("forward_pass", reading="Predict first", b1_1=-0.2)
    for given in ("-0.1", "9", "1.5625"):
        form = [field for field in app.text_input if str(field.key).startswith("quiz_")]
        form[-1].set_value(given)
        [button for button in app.button if button.label == "Commit"][-1].click()
        app.run()
    app.button(key="hand_in_quiz_forward_pass").click().run()
    assert not app.exception
    (link,) = [each.value for each in app.code if "handed=" in each.value]
    ((handed,), _) = read(link)
    assert [each.given for each in handed.answers] == [("-0.1",), ("9",), ("1.5625",)]
    exercise = notebook_with(b1_1=-0.2)
    marked = [verdict("forward_pass", exercise, each) for each in handed.answers]
    assert marked == ["Right.", "Not right.", "Right."]
    # Other numbers do not ask this, and whoever writes "right" into it is worked out again.
    assert "do not ask" in verdict("forward_pass", notebook_with(x_0=7), handed.answers[0])
    assert verdict("forward_pass", exercise, Answered("x", ("1",), "made up")) == (
        "Not a question of this app."
    )


def test_what_pupils_hand_in_is_shown_as_text_and_as_cells():
    hostile = "=HYPERLINK(1) **bold** <img src=x onerror=alert(1)> [x](javascript:alert(1))"
    codes = [
        write(HandedIn("home", (Answered(hostile, (hostile,)),), name=hostile[:40])),
        write(HandedIn("<b>none</b>", (Answered("q", ("a\tb\nc",)),))),
    ]
    app = open_page("teachers", handed=" ".join(codes))
    assert hostile in texts(app)
    said = [str(e.value) for kind in ("markdown", "html", "caption") for e in app.get(kind)]
    assert not any("onerror" in text or "bold**" in text for text in said)
    (table,) = [each.value for each in app.code if each.value.startswith("name\t")]
    _, first, second = table.split("\n")
    assert first.startswith("'=HYPERLINK")
    assert second.split("\t")[:4] == ["", "a page of another kind", "q", "a b c"]
    assert "part of the link is missing" in " ".join(
        texts(open_page("teachers", handed=codes[0][:-9]))
    )


EXPECTED = {
    # dW2[0, 0] = 2.25 - 1, twice, times a1[0] = 2.2.
    "home": ["W2[0, 0]", "down", "5.5"],
    "forward_pass": ["2.2", "2.25", "1.562"],
    "backward_pass": ["z1[1] = -0.1", "d_a1[1] = -3.75"],
    "relu_gate": ["Above -0.1"],
    "training_lab": ["from 1.5625 to 18.15", "at step 3", "0.1056"],
}


@pytest.mark.parametrize("step", LESSON_PLAN, ids=lambda step: step.page)
def test_the_answers_to_expect_are_true_of_the_link_s_numbers(step):
    said = step.expected(step.exercise)
    plain = said.replace("\u2212", "-")
    assert [part for part in EXPECTED[step.page] if part not in plain] == [], said
    # Of other numbers it says other things.
    others = {"b2[0]": 0.1} if step.page == "training_lab" else {"x[0]": 1.5, "b1[1]": -0.35}
    assert step.expected(step.exercise.with_numbers(others)) != said


def test_a_question_of_the_plan_is_not_answered_on_its_page():
    for step in LESSON_PLAN:
        app = open_page(step.page, **step.numbers, **step.beside)
        assert notes(app) == []
        if step.question:
            assert step.question in texts(app)
            assert len(step.question) <= 200


def test_the_plan_s_answers_are_closed_until_a_teacher_opens_them():
    app = open_page("teachers")
    assert "Expected." not in words(app)
    assert sum("What to expect" in each.label for each in app.expander) == len(LESSON_PLAN)
