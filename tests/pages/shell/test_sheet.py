"""The sheet and the exercise behind it: what is said changes numbers, link and history, once."""

import pytest
from streamlit.runtime.state.query_params import QueryParams

from blame import PRESETS
from blame.exercise.names import link_name
from blame.exercise.presets import NOTEBOOK, drawn
from pages.shared.state import exercise
from tests.exercises import by_link_name, notebook_with
from tests.pages.app import exercise_of, open_page, set_number, sheet_of, tell_sheet


def test_the_sheet_shows_every_number():
    texts = sheet_of(open_page("home", b1_1=-0.25, steps=7))["texts"]
    assert texts["b1[1]"] == "-0.25"
    assert texts["steps"] == "7"
    shown = {link_name(name): float(text) for name, text in texts.items()}
    assert shown == by_link_name(notebook_with(b1_1=-0.25, steps=7))


def test_what_cannot_be_read_changes_nothing():
    app = open_page("home", W1_0_1=0.75)
    set_number(app, "W1_0_1", "abc")
    assert exercise_of(app) == notebook_with(W1_0_1=0.75)
    reply = sheet_of(app)["reply"]
    assert reply["refused"] == ["W1[0, 1]"]
    assert "'abc' is not a number" in reply["said"]["W1[0, 1]"]
    assert not sheet_of(app)["undo"]


def test_a_message_said_twice_is_done_once():
    app = open_page("home")
    for name in ("x_0", "x_1"):
        set_number(app, name, 3)
    seen = sheet_of(app)["seen"]
    tell_sheet(app, back="undo")
    tell_sheet(app, back="undo", number=seen + 1)
    assert exercise_of(app) == notebook_with(x_0=3)


@pytest.mark.parametrize(
    "said",
    [
        {"name": "W9[0, 0]", "text": "1"},
        {"name": "x_0", "text": "1"},
        {"name": "__class__", "value": 1},
        {"name": ["x[0]"], "text": "1"},
        {"name": "x[0]", "text": 5},
        {"name": "x[0]", "value": "5"},
        {"name": "x[0]", "value": 1e7, "rest": True},
        {"name": "steps", "value": 2.5, "rest": True},
        {"back": "further"},
        {},
    ],
)
def test_what_makes_no_sense_changes_nothing(said):
    app = open_page("home")
    tell_sheet(app, **said)
    app.run()
    assert exercise_of(app) == NOTEBOOK


def test_undo_and_redo_go_over_all_kinds_of_changes():
    app = open_page("home")
    set_number(app, "W1_0_0", "1/4")
    tell_sheet(app, name="x[0]", value=1.1, rest=False)
    tell_sheet(app, name="x[0]", value=1.2, rest=False)
    tell_sheet(app, name="x[0]", value=1.2, rest=True)
    app.run()
    app.button(key="randomise").click().run()
    app.run()
    app.selectbox(key="start").select("gate_shut").run().run()
    tell_sheet(app, name="x[0]", text="1 2\n3 4", pasted=True)
    steps = [
        NOTEBOOK,
        notebook_with(W1_0_0=0.25),
        notebook_with(W1_0_0=0.25, x_0=1.2),
        drawn(NOTEBOOK, 1),
        PRESETS["gate_shut"].exercise,
    ]
    last = exercise_of(app)
    assert [*last.x, *last.network.layers[0].weights[0]] == [1, 2, 3, 4]
    for before in reversed(steps):
        assert sheet_of(app)["undo"]
        tell_sheet(app, back="undo")
        assert exercise_of(app) == before
    assert not sheet_of(app)["undo"]
    for after in [*steps[1:], last]:
        tell_sheet(app, back="redo")
        assert exercise_of(app) == after
    assert not sheet_of(app)["redo"]


def test_a_change_after_an_undo_forgets_what_was_undone():
    app = open_page("home")
    set_number(app, "x_0", 3)
    tell_sheet(app, back="undo")
    assert sheet_of(app)["redo"]
    set_number(app, "x_1", 4)
    assert not sheet_of(app)["redo"]
    tell_sheet(app, back="redo")
    assert exercise_of(app) == notebook_with(x_1=4)


def test_the_history_is_bounded(monkeypatch):
    monkeypatch.setattr(exercise, "MOST_REMEMBERED", 3)
    app = open_page("home")
    for value in range(2, 8):
        set_number(app, "x_0", value)
    while sheet_of(app)["undo"]:
        tell_sheet(app, back="undo")
    assert exercise_of(app).x[0] == 4


def test_the_link_waits_until_the_hand_rests():
    app = open_page("backward_pass")
    tell_sheet(app, name="x[0]", value=1.5, rest=False)
    assert exercise_of(app).x[0] == 1.5
    assert "x_0" not in app.query_params
    app.run()
    assert "x_0" not in app.query_params
    tell_sheet(app, name="x[0]", value=1.5, rest=True)
    assert app.query_params["x_0"] == "1.5"
    tell_sheet(app, back="undo")
    assert "x_0" not in app.query_params


def test_the_address_is_written_anew_though_the_browser_has_not_heard_of_the_last_one(monkeypatch):
    sent = []
    app = open_page("backward_pass")
    send = QueryParams._send_query_param_msg
    monkeypatch.setattr(
        QueryParams,
        "_send_query_param_msg",
        lambda self: (sent.append({name: self[name] for name in self}), send(self)),
    )
    set_number(app, "x_0", 1.5)
    assert sent == [{"x_0": "1.5"}]
    # That is on its way: what the browser says next, it says at the address of before.
    app.query_params.clear()
    tell_sheet(app, back="undo")
    assert sent == [{"x_0": "1.5"}, {}]
    tell_sheet(app, back="undo")
    assert len(sent) == 2, "an address that stands there is not written again"


def test_a_paste_does_not_reach_inputs_that_are_left_out():
    app = open_page("home", inputs="biases")
    assert list(sheet_of(app)["texts"]) == ["b1[0]", "b1[1]", "b2[0]"]
    tell_sheet(app, name="b1[1]", text="1 2 3", pasted=True)
    assert exercise_of(app) == notebook_with(b1_1=1, b2_0=2)
    assert "1 number is left over" in sheet_of(app)["reply"]["words"]
