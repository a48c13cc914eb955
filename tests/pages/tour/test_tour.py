"""The tour is walked by moving its numbers: what is done is named, and the reader's stay."""

import pytest
from streamlit.testing.v1 import AppTest

from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import NOTEBOOK
from pages.shared.server.around import SCRIPT
from pages.shared.state.choices import CHOICES
from pages.shared.state.menu import HOME
from pages.shared.tour.steps import STEPS
from pages.shared.words.tour.titles import TITLES
from tests.pages.app import (
    exercise_of,
    figures,
    file_of,
    move_in_picture,
    open_page,
    pictures,
    said_by_sentences,
    set_number,
    words,
)
from tests.pages.picture.test_movable import items

DONE = "\N{CHECK MARK}"
BY_HAND = {
    1: [("W1[0, 0]", 1.0), ("W1[0, 0]", 1.4)],
    2: [("W1[0, 0]", 1.7), ("W1[0, 0]", 1.6)],
    3: [("W1[0, 0]", 1.5), ("W1[0, 0]", 1.6)],
    4: [("x[1]", 0.1), ("x[1]", 0.0)],
    5: [("b1[0]", -0.9), ("b1[0]", -1.1)],
    6: [("W2[0, 1]", 0.5), ("W2[0, 1]", 0.8)],
    9: [("b2[0]", -0.2), ("b2[0]", -0.3)],
}
"""What is moved in a step: the last of it is what the step asks for, all before is not."""
PRESSED = {7: 3, 8: 4}
"""How often a step's button has to be pressed."""


def sentences(app):
    """Return where the hand stands, and what it has found, which is spoken."""
    told = said_by_sentences(app)
    (state,) = (given["text"] for given in told if not given["spoken"])
    (learned,) = (given["text"] for given in told if given["spoken"])
    return state, learned


def way_on(app):
    return app.button(key="tour_next").label


def do(app, step, *, all_of_it=True):
    """Do what a step asks for, or all but the last of it."""
    moves = BY_HAND.get(step, [])
    for name, value in moves if all_of_it else moves[:-1]:
        move_in_picture(app, name, value)
    if step in PRESSED:
        for _ in range(PRESSED[step] - (not all_of_it)):
            press(app)


def press(app):
    app.button(key="tour_press").click().run()
    assert not app.exception
    return app.run()


def test_every_step_is_done_by_hand_and_only_then_named():
    app = open_page("tour")
    for step, (title, told) in enumerate(zip(TITLES, STEPS, strict=True), start=1):
        assert app.header[0].value == f"{step}. {title}"
        assert told.task in words(app)
        do(app, step, all_of_it=False)
        state, learned = sentences(app)
        assert not state.startswith(DONE), (step, state)
        assert learned == ""
        assert f"**{told.name}.**" not in words(app)
        if step < len(STEPS):
            assert way_on(app) == f"Skip to: {TITLES[step]}"
        app = do_last(app, step)
        state, learned = sentences(app)
        assert state.startswith(DONE), (step, state)
        assert learned.startswith(f"{DONE} **{told.name}.** ")
        assert app.button(key=f"tour_to_{step}").label == f"{step}{DONE}"
        if step < len(STEPS):
            assert way_on(app) == f"Next: {TITLES[step]}"
            app.button(key="tour_next").click().run()
            app.run()
            assert app.query_params["tour"] in (str(step + 1), [str(step + 1)])
    links = [link.proto.label for link in app.main.get("page_link")]
    assert links[-1] == "Next: Forward pass"


def do_last(app, step):
    if step in BY_HAND:
        return move_in_picture(app, *BY_HAND[step][-1])
    return press(app)


def test_what_is_done_stays_done_and_a_step_as_it_was_left():
    app = open_page("tour")
    do(app, 1)
    move_in_picture(app, "W1[0, 0]", -1.0)
    state, learned = sentences(app)
    assert not state.startswith(DONE)
    assert "squared: (2.8" in learned
    app.button(key="tour_to_4").click().run()
    app.run()
    assert app.header[0].value.startswith("4.")
    app.button(key="tour_to_1").click().run()
    app.run()
    assert weight_of(app) == -1.0
    assert sentences(app)[1] == learned


def weight_of(app):
    (picture,) = pictures(app)
    return {item["set"]: item["value"] for item in items(picture) if "set" in item}["W1[0, 0]"]


def test_a_hand_in_motion_is_followed_but_has_done_nothing_yet():
    app = open_page("tour")
    move_in_picture(app, "W1[0, 0]", 1.5, rest=False)
    state, learned = sentences(app)
    assert "the loss is **0**, below 0.1" in state
    assert learned == ""
    move_in_picture(app, "W1[0, 0]", 1.5)
    assert sentences(app)[1].startswith(f"{DONE} **Loss.**")


def test_only_the_numbers_of_the_step_can_be_moved():
    app = open_page("tour")
    for step, told in enumerate(STEPS, start=1):
        app.button(key=f"tour_to_{step}").click().run()
        app.run()
        (picture,) = pictures(app)
        movable = {item["set"] for item in items(picture) if "set" in item}
        assert movable == set(told.movable or told.start.names()) & movable
        assert movable >= set(told.movable or told.start.parameter_names())
    app.button(key="tour_to_1").click().run()
    app.run()
    # A browser of the reader's own making may say what it likes.
    move_in_picture(app, "y_true", 1.0)
    assert "should be 3" in sentences(app)[0]


def test_the_readers_exercise_is_as_it_was():
    app = open_page("forward_pass", exercise="mazur", x_0=0.9)
    before = exercise_of(app)
    assert before.numbers()["x[0]"] == 0.9
    app.switch_page(file_of("tour")).run()
    for step in (1, 7, 9):
        app.button(key=f"tour_to_{step}").click().run()
        app.run()
        do(app, step)
        assert app.session_state["exercise"] == before
    assert "Your own exercise is as you left it" in words(app)
    link = dict(app.query_params)
    assert link["exercise"] in ("mazur", ["mazur"])
    assert link["x_0"] in ("0.9", ["0.9"])
    app.switch_page(file_of("forward_pass")).run()
    assert exercise_of(app) == before
    assert app.selectbox(key="start").value == "mazur"
    set_number(app, "x_0", 0.25)
    assert exercise_of(app).numbers()["x[0]"] == 0.25
    assert before == LIBRARY["mazur"].exercise.with_numbers({"x[0]": 0.9})


def test_who_has_the_notebook_is_not_told_of_another():
    app = open_page("tour", tour=9)
    assert app.session_state["exercise"] == NOTEBOOK
    assert "Your own exercise" not in words(app)


def test_no_input_of_the_reader_stands_beside_the_tour():
    app = open_page("tour")
    assert list(app.sidebar.children.values()) == []
    assert [widget.key for widget in app.selectbox] == []
    assert open_page("forward_pass").sidebar.children


def test_a_link_leads_to_its_step_and_a_wrong_one_is_named():
    assert open_page("tour", tour=3).header[0].value == "3. Past the bottom"
    assert CHOICES["tour"].trouble(str(len(STEPS))) == ""
    for wrong in ("0", "10", "2.5", "x"):
        app = open_page("tour", tour=wrong)
        assert app.header[0].value == f"1. {TITLES[0]}"
        assert any(text.value.startswith("tour must be a whole number") for text in app.text)


def test_begin_again_forgets_what_was_done():
    app = open_page("tour")
    do(app, 1)
    app.button(key="tour_to_9").click().run()
    app.button(key="tour_again").click().run()
    app.run()
    assert app.header[0].value.startswith("1.")
    assert app.button(key="tour_to_1").label == "1"
    assert weight_of(app) == 0.5


def test_home_leads_here_first():
    app = open_page(HOME)
    doors = [link.proto.label for link in app.main.get("page_link")]
    assert "Ten minutes from nothing" in doors[:2]
    assert "About 10 minutes." in words(app)


def test_the_slope_is_drawn_once_it_has_been_felt():
    app = open_page("tour")
    assert names(app) == ["loss", "now"]
    do(app, 1)
    assert names(app) == ["loss", "now"]
    app.button(key="tour_to_2").click().run()
    app.run()
    assert names(app) == ["loss", "now"]
    move_in_picture(app, "W1[0, 0]", 1.1)
    # The line touches the curve where the nudge began: 2 (1 2 - 3) 2.
    assert names(app) == ["loss", "slope -4", "now"]
    app.button(key="tour_to_3").click().run()
    app.run()
    assert names(app) == ["loss", "slope -4", "now"]
    move_in_picture(app, "W1[0, 0]", 2.0)
    assert names(app) == ["loss", "slope 4", "now"]


def names(app):
    (figure,) = figures(app)
    return [trace["name"] for trace in figure["data"]]


def test_the_passes_are_counted_as_the_network_grows():
    app = open_page("tour", tour=7)
    counts = []
    for _ in range(7):
        (figure,) = figures(app)
        counts.append([len(trace["x"]) for trace in figure["data"]])
        if not app.button(key="tour_press").disabled:
            press(app)
    # Widths 1-1, 2-1, 2-2-1, 2-3-2, 3-4-4-2, 4-8-8-3 and 10 five times.
    numbers = [2, 3, 6 + 3, 9 + 8, 16 + 20 + 10, 40 + 72 + 27, 4 * 110]
    assert counts == [[1, 2 * n] for n in numbers]
    assert app.button(key="tour_press").disabled


@pytest.mark.parametrize("step", range(1, len(STEPS) + 1))
def test_a_fresh_session_can_begin_anywhere(step):
    app = AppTest.from_file(str(SCRIPT), default_timeout=30)
    app.query_params["tour"] = str(step)
    app.switch_page(file_of("tour")).run()
    assert not app.exception
    assert app.header[0].value == f"{step}. {TITLES[step - 1]}"
    (picture,) = pictures(app)
    assert picture["quiet"]
