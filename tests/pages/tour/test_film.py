"""Films on the tour: of its own numbers, and of what its sentences say of the hand."""

import pytest

from pages.shared.live import film
from tests.pages.app import exercise_of, move_in_picture, open_page
from tests.pages.live.test_film import mounted, played, shoot

STEPS = {1: "W1[0, 0]", 2: "W1[0, 0]", 4: "x[1]", 5: "b1[0]", 6: "W2[0, 1]", 9: "b2[0]"}


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch):
    monkeypatch.setattr(film, "SECONDS", 60.0)


def frames_of(app, name, values, number=1):
    head, body = shoot(app, name, values, number)
    return head, played(body) if body else {}


@pytest.mark.parametrize("step", STEPS)
def test_a_frame_is_what_the_step_shows_for_a_hand_there(step):
    name, values = STEPS[step], [-0.5, 0.4, 1.1]
    app = open_page("tour", tour=step)
    _, frames = frames_of(app, name, values)
    assert sorted(frames) == values
    for value in values:
        other = move_in_picture(open_page("tour", tour=step), name, value, rest=False)
        there = mounted(other)
        assert frames[value] == {key: there[key] for key in frames[value]}
        assert {"sentence_tour_state", "sentence_tour_found"} <= set(frames[value])
    # Nothing that was imagined has been kept.
    assert mounted(app.run()) == mounted(open_page("tour", tour=step))


def test_a_film_is_of_where_the_hand_took_the_number_up():
    app = open_page("tour", tour=2)
    head, frames = frames_of(app, "W1[0, 0]", [1.2])
    said = frames[1.2]["sentence_tour_state"]["text"]
    assert "Moved by +0.2: a nudge" in said
    move_in_picture(app, "W1[0, 0]", 1.1)
    other, frames = frames_of(app, "W1[0, 0]", [1.2], 2)
    assert "Moved by +0.1: a nudge" in frames[1.2]["sentence_tour_state"]["text"]
    assert "Slope" in frames[1.2]["sentence_tour_found"]["text"]
    assert other["stamp"].split(".")[-1] != head["stamp"].split(".")[-1]


def test_the_readers_numbers_have_no_film_here_and_the_tours_none_elsewhere():
    app = open_page("tour", tour=1)
    before = exercise_of(app)
    for name in ("W2[0, 0]", "b1[1]", "x[0]", "y_true", "learning_rate", "step"):
        assert frames_of(app, name, [0.5])[1] == {}
    assert exercise_of(app) == before
    assert frames_of(open_page("backward_pass"), "W2[0, 0]", [0.5])[1]
    # Those of an expression are its own, whatever they are called.
    assert frames_of(open_page("expression", text="x = 1; y = x * 2"), "x", [0.5])[1] == {}
