"""A hand at a handle: its film is what the page shows, and where it lets go is what stays."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.live import film
from tests.pages.app import exercise_of, go_to_step, open_page
from tests.pages.live.test_film import mounted, played, shoot
from tests.pages.live.test_film_of_a_run import RUN


def handles(app: AppTest) -> dict[tuple[str, str], dict[str, Any]]:
    """Return every handle on a page, by its chart and its own key."""
    return {
        (chart, handle["key"]): handle
        for chart, told in mounted(app).items()
        if "figure" in told
        for handle in told["figure"]["layout"].get("meta", {}).get("handles", [])
    }


def tell_hand(app: AppTest, chart: str, **said: Any) -> AppTest:
    """Let the script of a chart say what a hand did there."""
    wire = [e.proto.id for e in app.get("bidi_component") if e.proto.component_name == "blame_wire"]
    states = app._tree.get_widget_states()
    states.widgets.add(
        id=f"$$STREAMLIT_INTERNAL_KEY_{wire[-1]}__events",
        json_trigger_value=json.dumps([{"event": f"{chart}__moved", "value": said}]),
    )
    app._run(states)
    assert not app.exception, app.exception
    app.run()
    assert not app.exception, app.exception
    return app


def test_each_curve_of_a_lesson_has_its_handles():
    assert list(handles(open_page("relu_gate"))) == [
        ("chart_relu", "neuron 0"),
        ("chart_relu", "neuron 1"),
        ("chart_sweep_chart", "today"),
    ]
    assert list(handles(open_page("what_if"))) == [("chart_nudge_curve", "nudged")]
    assert list(handles(open_page("forward_pass"))) == [("chart_loss_curve", "today")]
    lab = open_page("training_lab", lab_view="Learning rates")
    assert list(handles(lab)) == [("chart_lab_sweep", "this run")]
    # The step of a run, wherever its loss curve and its player stand.
    for page, chart, name, choices in (
        ("training", "chart_loss", "step", {}),
        ("training_lab", "chart_lab_loss", "lab_step", {"lab_view": "One step"}),
        ("challenges", "chart_challenge_loss", "run_step", {"challenge": RUN}),
    ):
        app = open_page(page, **choices, **{name: 3})
        ((at, handle),) = handles(app).items()
        assert at == (chart, "step")
        assert (handle["axis"], handle["value"], handle["run"]) == (name, 3, True)
        # Its player is the one that takes it there.
        assert mounted(app)[f"player_{name}"]["value"] == 3


def test_where_a_hand_lets_go_is_the_exercise():
    app = open_page("relu_gate")
    tell_hand(app, "chart_relu", name="b1[0]", value=-0.3, rest=True, number=1)
    assert exercise_of(app).numbers()["b1[0]"] == -0.3
    assert app.query_params["b1_0"] == "-0.3"
    assert handles(app)["chart_relu", "neuron 0"]["value"] == -0.3
    tell_hand(app, "chart_relu", name="b1[0]", value=-0.4, rest=False, number=2)
    assert handles(app)["chart_relu", "neuron 0"]["value"] == -0.4
    assert app.query_params["b1_0"] == "-0.3"


@pytest.mark.parametrize(
    "said",
    [
        {"name": "nobody", "value": 1.0},
        {"name": "b1[0]", "value": 1e9},
        {"name": "b1[0]", "value": "1"},
        {"name": 3, "value": 1.0},
        {"name": "nudge", "value": 1e9},
        {},
    ],
    ids=str,
)
def test_what_no_hand_can_do_changes_nothing(said):
    app = open_page("relu_gate")
    before = exercise_of(app)
    tell_hand(app, "chart_relu", **said, rest=True, number=1)
    assert exercise_of(app) == before


def test_the_film_of_a_nudge_is_what_its_link_shows(monkeypatch):
    monkeypatch.setattr(film, "SECONDS", 60.0)
    app = open_page("what_if", nudge=0.2)
    values = [-0.35, 0.0, 0.15, 0.7, 101.0]
    _, body = shoot(app, "nudge", values)
    frames = played(body)
    # Beyond what a nudge may be there is no frame.
    assert list(frames) == values[:-1]
    for value in values[:-1]:
        assert frames[value] == mounted(open_page("what_if", nudge=value)), value
    # And the page itself is where it was.
    assert app.session_state["nudge"] == 0.2
    app.run()
    assert mounted(app) == mounted(open_page("what_if", nudge=0.2))


def test_the_film_of_the_learning_rate_is_what_its_link_shows(monkeypatch):
    monkeypatch.setattr(film, "SECONDS", 60.0)
    view = {"lab_view": "Learning rates"}
    app = open_page("training_lab", **view)
    _, body = shoot(app, "learning_rate", [0.02, 0.3, 9.0])
    frames = played(body)
    assert list(frames) == [0.02, 0.3, 9.0]
    for rate, frame in frames.items():
        assert frame == mounted(open_page("training_lab", **view, learning_rate=rate)), rate
        assert frame["sentence_rate"]["text"].startswith(f"Learning rate {rate:g}: **")


def test_the_film_of_the_landscapes_point_is_what_its_link_shows(monkeypatch):
    monkeypatch.setattr(film, "SECONDS", 60.0)
    view = {"lab_view": "Landscape", "learning_rate": 0.02}
    app = open_page("training_lab", **view)
    assert [key for _, key in handles(app)] == ["x", "y"]
    for name, link, values in (
        ("W1[1, 0]", "W1_1_0", [0.7, 0.85]),
        ("W2[0, 0]", "W2_0_0", [1.02, 0.8]),
    ):
        _, body = shoot(app, name, values)
        frames = played(body)
        assert list(frames) == values
        for value, frame in frames.items():
            assert frame == mounted(open_page("training_lab", **view, **{link: value})), value
    # What training made of the start is no reader's own.
    assert handles(open_page("training_lab", **view, lab_step=1)) == {}


def test_another_step_makes_another_film():
    app = open_page("training_lab", lab_view="Landscape")
    head, _ = shoot(app, "W1[1, 0]", [0.9])
    app.run()
    go_to_step(app, 2)
    other, _ = shoot(app, "W1[1, 0]", [0.9], 2)
    # Beside the lesson, which is another with each run of the whole script.
    assert other["stamp"].split(".")[1:] != head["stamp"].split(".")[1:]


def test_a_nudge_that_is_let_go_of_is_in_field_and_link():
    app = open_page("what_if")
    tell_hand(app, "chart_nudge_curve", name="nudge", value=0.3, rest=True, number=1)
    assert app.number_input(key="nudge").value == 0.3
    assert handles(app)["chart_nudge_curve", "nudged"]["value"] == 0.3
    # Nothing is written while it moves: a frame shows it.
    tell_hand(app, "chart_nudge_curve", name="nudge", value=0.5, rest=False, number=2)
    assert app.session_state["nudge"] == 0.3
