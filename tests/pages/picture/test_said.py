"""What the picture says is taken for what it may be, and everything else for nothing."""

from types import SimpleNamespace

import pytest

from blame.exercise.presets import NOTEBOOK
from pages.shared.picture import component


class Page:
    """A page with the picture `net`, and what was done about what it said."""

    def __init__(self, monkeypatch):
        self.state = {}
        self.done = []
        monkeypatch.setattr(component, "st", SimpleNamespace(session_state=self.state))
        monkeypatch.setattr(
            component, "write_numbers", lambda given: self.done.append(("write_numbers", given))
        )
        self.owner = component.READER._replace(
            now=lambda: NOTEBOOK, follow=lambda *given: self.done.append(("follow", *given))
        )


def moved(monkeypatch, **said):
    page = Page(monkeypatch)
    component._move("net", page.owner, said)
    return page


def test_a_hand_in_motion_is_followed_and_one_at_rest_is_written_down(monkeypatch):
    page = moved(monkeypatch, name="b1[1]", value=-0.3, number=7)
    assert page.done == [("follow", "b1[1]", -0.3)]
    assert page.state["net_seen"] == 7
    page = moved(monkeypatch, name="b1[1]", value=-0.3, number=8, rest=True)
    assert page.done == [("write_numbers", {"b1[1]": -0.3})]
    assert page.state["net_seen"] == 8


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"name": "b9[9]", "value": 1.0},
        {"name": "b1[1]"},
        {"name": "b1[1]", "value": "1"},
        {"name": "b1[1]", "value": 2e6},
        {"name": "b1[1]", "value": float("nan")},
        {"name": "b1[1]", "text": "abc", "rest": True},
        {"name": "b1[1]", "text": "2000000", "value": 0.5, "rest": True},
        {"name": "no such", "text": "0.5", "rest": True},
    ],
)
def test_what_is_no_number_of_the_exercise_changes_nothing(monkeypatch, said):
    assert moved(monkeypatch, **said).done == []


def test_what_is_typed_is_read_and_answered(monkeypatch):
    page = moved(monkeypatch, name="b1[1]", text="-1/2", value=9.0, rest=True)
    assert page.done == [("write_numbers", {"b1[1]": -0.5})]
    assert page.state["net_typed"]["value"] == -0.5
    page = moved(monkeypatch, name="b1[1]", text="abc", rest=True)
    assert page.state["net_typed"]["value"] is None
    assert "'abc' is not a number" in page.state["net_typed"]["said"]
    # What is dragged leaves no answer of before behind.
    page = Page(monkeypatch)
    page.state["net_typed"] = {"value": None, "said": "before"}
    component._move("net", page.owner, {"name": "b1[1]", "value": 1.0})
    assert page.state["net_typed"] is None


def test_a_move_may_open_a_number_and_leaves_the_open_one_else(monkeypatch):
    page = moved(monkeypatch, name="b1[1]", value=1.0, opened="b1[1]")
    assert page.state["net_opened"] == "b1[1]"
    for other in ({}, {"opened": None}, {"opened": 3}):
        page = moved(monkeypatch, name="b1[1]", value=1.0, **other)
        assert "net_opened" not in page.state


@pytest.mark.parametrize("number", [None, "7", 1.5])
def test_only_a_count_is_answered_as_one(monkeypatch, number):
    assert "net_seen" not in moved(monkeypatch, name="b1[1]", value=1.0, number=number).state


@pytest.mark.parametrize(
    ("said", "opened"),
    [({"name": "dW1[0, 0]"}, "dW1[0, 0]"), ({"name": ""}, ""), ({"name": 3}, ""), ({}, ""),
     ("dW1[0, 0]", ""), (None, "")],
)  # fmt: skip
def test_a_number_is_opened_by_its_name_and_closed_by_anything_else(monkeypatch, said, opened):
    page = Page(monkeypatch)
    page.state["net_opened"] = "z1[0]"
    component._open("net", said)
    assert page.state["net_opened"] == opened
    assert page.done == []


def test_a_picture_that_has_said_nothing_yet_says_nothing(monkeypatch):
    page = Page(monkeypatch)
    component._move("net", page.owner, None)
    assert page.done == []
    component._open("net", None)
    assert page.state["net_opened"] == ""
