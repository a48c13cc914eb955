"""The film of an expression's number: each frame is what the page shows for that number."""

from contextlib import suppress
from types import MappingProxyType

import pytest

from blame import read_expression
from blame.expression.library.library import EXPRESSIONS
from blame.expression.reading.rewrite import rewritten
from pages.shared.expression import current
from pages.shared.live import film
from tests.pages.app import open_page, tell
from tests.pages.live.test_film import mounted, played, shoot

PICTURE = "expression_picture"


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch):
    monkeypatch.setattr(film, "SECONDS", 60.0)


def at(text, **changes):
    """Return the page's address with other numbers in its text."""
    return {"text": rewritten(read_expression(text).with_numbers(changes))}


@pytest.mark.parametrize(
    ("key", "name"),
    [("circuit", "x"), ("engine", "a"), ("vectors", "a[1]"), ("largest", "a"), ("neuron", "b")],
)
def test_a_frame_is_what_the_page_shows_for_that_number(key, name):
    text = EXPRESSIONS[key].text
    before = read_expression(text).numbers()[name]
    values = [round(before + k / 10, 6) for k in range(-9, 10)]
    _, body = shoot(open_page("expression", text=text), f"expression:{name}", values)
    frames = played(body)
    assert len(frames) >= 12
    for value in sorted(frames)[:: len(frames) // 3]:
        there = mounted(open_page("expression", **at(text, **{name: value})))
        assert frames[value].keys() == there.keys()
        for part, told in there.items():
            assert frames[value][part] == told, (part, value)


def test_an_opened_number_is_in_the_film():
    app = open_page("expression")
    app.session_state[f"{PICTURE}_opened"] = "d_x"
    app.run()
    _, body = shoot(app, "expression:z", [-5.0])
    receipt = played(body)[-5.0][PICTURE]["receipt"]
    assert receipt["formula"][1:] == ["= (\u22125) \u00d7 1", "= \u22125"]


def test_the_exercises_number_of_that_name_is_another_axis():
    app = open_page("expression", text="f = b * b; b = 3")
    assert shoot(app, "W1[0, 0]", [0.5])[1] == b""
    assert shoot(app, "expression:W1[0, 0]", [0.5])[1] == b""
    assert shoot(app, "expressions:b", [0.5])[1] == b""
    assert set(played(shoot(app, "expression:b", [0.5])[1])) == {0.5}
    assert shoot(open_page("home"), "expression:b", [0.5])[1] == b""


def test_where_there_is_no_value_there_is_no_frame():
    app = open_page("expression", text="f = log(x); x = 0.2")
    _, body = shoot(app, "expression:x", [0.1, 0.0, -0.1, 0.3, 1e13])
    assert set(played(body)) == {0.1, 0.3}


def test_a_film_stays_true_when_its_number_rests_elsewhere_in_the_text():
    app = open_page("expression", text="f = x * y; x = 3; y = 7")
    head, body = shoot(app, "expression:y", [8.5])
    frame = played(body)[8.5]
    tell(app, "blame_graph", "moved", {"name": "y", "value": 12.25, "rest": True, "number": 1})
    assert app.text_area(key="text").value == "f = x * y; x = 3; y = 12.25"
    after, body = shoot(app, "expression:y", [8.5], 2)
    assert after["stamp"].split(".")[1:] == head["stamp"].split(".")[1:]
    assert played(body)[8.5] == frame
    tell(app, "blame_graph", "moved", {"name": "x", "value": 4, "rest": True, "number": 2})
    other, _ = shoot(app, "expression:y", [8.5], 3)
    assert other["stamp"].split(".")[2] != head["stamp"].split(".")[2]


def test_a_film_that_is_cut_short_leaves_the_numbers_as_they_are(monkeypatch):
    at_rest = read_expression("f = x * x; x = 3")
    state = MappingProxyType({"expression_good": at_rest, "expression_moved": None})
    monkeypatch.setattr(current.st, "session_state", state)
    with suppress(TypeError), current.imagined(at_rest.with_numbers({"x": 4})):
        assert current.current().values["f"] == 16
        assert current.at_rest() is at_rest
        state["anything"] = 1
    assert current.current() is at_rest
