"""Predict, then look: the lesson is covered until its questions are answered."""

import re

import pytest

from blame.exercise.presets import NOTEBOOK, drawn
from blame.practise.question import mark
from blame.practise.quiz import MAKERS, questions
from pages.shared.practise.predict import field_key
from pages.shared.words.numbers import printed
from tests.pages.app import exercise_of, figures, open_page, pictures, set_number, words

LESSONS = sorted({maker.lesson for maker in MAKERS.values()})


def commit(app, question, given):
    """Answer a question and commit."""
    if question.choices:
        app.radio(key=field_key(question)).set_value(given)
    else:
        app.text_input(key=field_key(question)).set_value(given)
    button = next(b for b in app.button if b.form_id == f"form_{field_key(question)}")
    button.click().run()
    assert not app.exception, app.exception


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_covered_until_all_is_answered(lesson):
    app = open_page(lesson, reading="Predict first")
    asked = questions(lesson, NOTEBOOK)
    assert not figures(app)
    assert not pictures(app)
    assert f"{len(asked)} to go" in words(app)
    for number, question in enumerate(asked):
        assert printed(question.reason) not in words(app)
        # One at a time: a later text may give an earlier answer away.
        assert all(printed(other.text) not in words(app) for other in asked[number + 1 :])
        commit(app, question, str(question.answer))
        assert printed(question.reason) in words(app)
    assert f"{len(asked)} of {len(asked)} right" in words(app)
    assert figures(app) or pictures(app)
    set_number(app, "W2_0_0", 0.3)
    assert f"{len(asked)} of {len(asked)} right" in words(app)
    assert figures(app) or pictures(app)


def test_a_wrong_answer_is_told_why_and_still_opens_the_lesson():
    app = open_page("backward_pass", reading="Predict first")
    question, last = questions("backward_pass", NOTEBOOK)
    commit(app, question, "abc")
    assert "Write a number" in words(app)
    assert not figures(app)
    commit(app, question, "5/4")
    text = words(app)
    assert "**Not quite.**" in text
    assert "That is what you get if the loss and its slope are taken with one half" in text
    commit(app, last, "5.5")
    assert "1 of 2 right" in words(app)
    assert figures(app)


def test_what_the_reader_typed_is_shown_as_text():
    app = open_page("backward_pass", reading="Predict first")
    question, _ = questions("backward_pass", NOTEBOOK)
    commit(app, question, "1e-3")
    assert "1e-3" in [element.value for element in app.get("text")]


def test_new_numbers_ask_anew_and_their_seed_is_shown():
    app = open_page("relu_gate", reading="Predict first")
    for question in questions("relu_gate", NOTEBOOK):
        commit(app, question, str(question.answer))
    app.button(key="quiz_new").click().run()
    assert exercise_of(app) == drawn(NOTEBOOK, 1)
    assert app.session_state["seed"] == 1
    assert "3 to go" in words(app)
    app.button(key="quiz_new").click().run()
    assert exercise_of(app) == drawn(NOTEBOOK, 2)
    assert app.session_state["seed"] == 2


def test_the_cover_can_be_lifted():
    app = open_page("forward_pass", reading="Predict first")
    app.button(key="quiz_show").click().run()
    assert not app.exception
    assert figures(app)
    # A number moved by hand leaves it open, with the questions as they were.
    first = questions("forward_pass", NOTEBOOK)[0]
    set_number(app, "x_0", 3.0)
    assert figures(app)
    assert printed(first.text) in words(app)
    assert "The questions are about the numbers it opened with" in words(app)
    app.run()
    app.button(key="quiz_new").click().run()
    assert not figures(app)
    assert printed(first.text) not in words(app)
    app.run()
    app.selectbox(key="start").select("gate_shut").run().run()
    app.button(key="quiz_show").click().run()
    assert figures(app)
    app.run()
    app.selectbox(key="start").select("crawls").run()
    assert not figures(app)
    app.segmented_control(key="reading").set_value("Read").run()
    assert figures(app)


def test_answers_belong_to_their_question_and_come_back_with_its_numbers():
    app = open_page("forward_pass", reading="Predict first", b1_1=-0.2)
    first = questions("forward_pass", exercise_of(app))[0]
    commit(app, first, str(first.answer))
    assert printed(first.reason) in words(app)
    set_number(app, "learning_rate", 0.05)
    # No question of this lesson asks for the rate.
    assert printed(first.reason) in words(app)
    app.run()
    set_number(app, "b1_1", -0.3)
    assert printed(first.reason) not in words(app)
    assert "3 to go" in words(app)


def test_why_nothing_is_asked_is_said_truly():
    # A guess of 10 and a1 of 100: the loss bends too much for "about" to be a fair question.
    app = open_page("what_if", reading="Predict first", x_0=200, b1_1=-400, W2_0_0=0.01, y_true=3)
    assert questions("what_if", exercise_of(app)) == ()
    assert "These numbers allow no fair question here" in words(app)
    assert "stands on its kink" not in words(app)
    # On the kink as well, with the same bend.
    edge = {"x_0": 200, "W1_0_1": 0, "W1_1_1": 0, "b1_1": 0, "W2_0_0": 0.01, "y_true": 3}
    app = open_page("what_if", reading="Predict first", **edge)
    assert questions("what_if", exercise_of(app)) == ()
    assert "A neuron stands on its kink, so a question here would be a trick" in words(app)
    assert "no fair question" not in words(app)


def test_what_is_left_and_what_is_right_is_counted():
    app = open_page("forward_pass", reading="Predict first", b1_1=-0.2)
    asked = questions("forward_pass", exercise_of(app))
    wrong = {question: "123" if not question.choices else None for question in asked}
    for number, question in enumerate(asked):
        assert f"The lesson is covered until you have answered: {len(asked) - number} to go." in (
            words(app)
        )
        answer = wrong[question] if number == 0 and wrong[question] else str(question.answer)
        commit(app, question, answer)
    misses = 1 if wrong[asked[0]] else 0
    text = words(app)
    assert f"{len(asked) - misses} of {len(asked)} right. The lesson is open below." in text
    assert text.count("**Not quite.** You answered") == misses == 1
    assert text.count("**Right.** You answered") == len(asked) - misses
    assert "The questions are about the numbers it opened with" not in text


def test_the_help_tells_what_is_read_and_how_near_is_right():
    app = open_page("forward_pass", reading="Predict first", b1_1=-0.2)
    field = next(f for f in app.text_input if f.key and f.key.startswith("quiz_"))
    told = re.search(r"up to (\d+) characters, right within (\d+)%", field.help)
    question = questions("forward_pass", exercise_of(app))[0]
    within = int(told[2]) / 100
    for factor, right in ((1 + 0.9 * within, True), (1 + 1.2 * within, False)):
        assert mark(question, f"{float(question.answer) * factor:.10g}").right is right
    # The browser holds it to the length it is told, and so does what reads it.
    assert field.proto.max_chars == int(told[1])


@pytest.mark.parametrize(
    "link",
    [
        {"exercise": "mazur"},
        {"exercise": "jay-3-3-3-3"},
        {"sizes": "1-1", "units": "sigmoid", "loss": "half_sse", "x_0": 1, "W1_0_0": 0.6},
        {"sizes": "2-2-1", "n_samples": 4, "units": "tanh-sigmoid", "x": "0,0;0,1;1,0;1,1",
         "y_true": "0;1;1;0", "W1": ".4,-.7;.9,.3", "W2": ".8;-.6", "b2_0": 0.1},
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("lesson", LESSONS)
def test_any_exercise_is_asked_about_and_opens_its_lesson(lesson, link):
    app = open_page(lesson, reading="Predict first", **link)
    asked = questions(lesson, exercise_of(app))
    if not asked:
        assert "no fair question here" in words(app)
    for question in asked:
        assert printed(question.text) in words(app)
        commit(app, question, str(question.answer))
        assert printed(question.reason) in words(app)
    if asked:
        assert f"{len(asked)} of {len(asked)} right" in words(app)
    assert figures(app) or pictures(app)
