"""The training lab, what if, gradient check and depth for exercises of any shape."""

from dataclasses import replace

import numpy as np
import pytest

from blame.exercise.build import blank
from blame.exercise.library.library import LIBRARY
from blame.exercise.links import write_link
from blame.exercise.presets import drawn
from blame.probe.numerical_gradient import numerical_gradient
from blame.runs.remedies import remedies, takes_long
from pages.shared.state.choices import LAB_VIEWS
from tests.pages.app import exercise_of, figures, open_page, set_number, words

FOUR = {
    "sizes": "2-2-1", "n_samples": 4, "units": "relu-sigmoid", "loss": "bce",
    "x": "0,0;0,1;1,0;1,1", "y_true": "0;1;1;0", "W1": ".4,-.7;.9,.3", "W2": ".8;-.6", "b2_0": 0.1,
}  # fmt: skip
DEEP = {
    "sizes": "4-8-8-3", "units": "relu-tanh-identity", "x": "1,2,-1,.5", "y_true": "1,0,0",
    **{
        f"W{k}": ";".join(
            ",".join(str(round(((i * 7 + j * 5 + k) % 11 - 5) / 5, 1)) for j in range(m))
            for i in range(n)
        )
        for k, (n, m) in enumerate([(4, 8), (8, 8), (8, 3)], 1)
    },
}  # fmt: skip
LINKS = {
    "mazur": {"exercise": "mazur"},
    "jay": {"exercise": "jay-3-3-3-3"},
    "four samples": FOUR,
    "1-1": {"sizes": "1-1", "units": "sigmoid", "loss": "half_sse", "x": 1, "y_true": 0,
            "W1_0_0": 0.6, "b1_0": 0.9},
    "4-8-8-3": DEEP,
}  # fmt: skip


@pytest.mark.parametrize("view", LAB_VIEWS)
@pytest.mark.parametrize("name", LINKS)
def test_every_view_of_the_lab_holds(name, view):
    app = open_page("training_lab", lab_view=view, lab_step=2, **LINKS[name])
    said = words(app)
    assert "Not for this exercise" not in said
    assert "nan" not in said
    gates = any(unit in ("relu", "leaky_relu") for unit in exercise_of(app).activations)
    if view == "Runs":
        assert ("Gates over time" in said) == gates
        assert ("gates at the end" in said) == gates
    if view == "Learning rates":
        assert ("all gates held" in said) == gates


@pytest.mark.parametrize("name", LINKS)
@pytest.mark.parametrize("page", ["what_if", "gradient_check", "depth", "teachers"])
def test_every_other_page_holds(name, page):
    app = open_page(page, **LINKS[name])
    said = words(app)
    assert "Not for this exercise" not in said
    assert "nan" not in said
    if page == "depth":
        assert ("has one layer" in said) == (name == "1-1")


def test_what_if_offers_the_inputs_and_targets_of_every_sample():
    names = open_page("what_if", **FOUR).selectbox(key="quantity").options
    assert {"x[0, 1]", "x[3, 0]", "W1[1, 0]", "b2[0]"} <= set(names)
    squared = open_page("what_if", **{**FOUR, "loss": "mse"}).selectbox(key="quantity").options
    assert "y_true[2]" in squared


def rows(app):
    """The checks on screen: each row of a table that begins with a parameter, by its name."""
    found = {}
    for line in words(app).replace("\u2011", "-").replace("\u00a0", " ").splitlines():
        cells = [cell.strip(" *") for cell in line.strip("| ").split(" | ")]
        if len(cells) == 5 and "[" in cells[0]:
            found[cells[0]] = cells[1:]
    return found


def test_the_check_of_a_tied_bias_is_of_all_of_it():
    link = {**FOUR, "loss": "mse", "tied": "b1", "b1": "0.1,0.1"}
    app = open_page("gradient_check", **link)
    shown = rows(app)
    assert "b1[0]" in shown
    assert "b1[1]" not in shown
    exercise = exercise_of(app)
    assert exercise.tied == ("b1",)
    h = 1e-6

    def loss(by):
        moved = exercise.network.with_parameters(b1=[0.1 + by, 0.1 + by])
        return float(exercise.with_network(moved).backward().loss)

    slope = (loss(h) - loss(-h)) / (2 * h)
    assert float(shown["b1[0]"][0].replace("\u2212", "-")) == pytest.approx(slope, rel=1e-3)
    assert shown["b1[0]"][3] == "agrees"
    assert "b1 is tied, one number for its layer" in words(app)


def test_a_large_check_is_told_by_array_and_one_array_is_opened():
    app = open_page("gradient_check", **DEEP)
    exercise = exercise_of(app)
    assert set(rows(app)) == {f"W1[{i}, {j}]" for i in range(4) for j in range(8)}
    app.selectbox(key="checked_array").select("W3").run()
    assert not app.exception
    shown = rows(app)
    assert set(shown) == {f"W3[{i}, {j}]" for i in range(8) for j in range(3)}
    e = exercise
    truth = numerical_gradient(e.network, e.x, e.target, e.loss).weight_gradients[2]
    for (i, j), slope in np.ndenumerate(truth):
        told = shown[f"W3[{i}, {j}]"][1].replace("\u2212", "-").replace("\u22480", "0")
        assert float(told) == pytest.approx(slope, abs=2e-4, rel=1e-3)


def put(app, exercise, start):
    """Put another exercise in the place of the session's, as choosing one does."""
    state = app.session_state
    state["exercise"] = exercise
    state["exercise_at_rest"] = state["exercise_at_rest"]._replace(exercise=exercise, start=start)


def test_kept_runs_of_another_shape_are_set_aside_and_come_back():
    app = open_page("training_lab", **LINKS["mazur"])
    app.button(key="keep").click().run()
    set_number(app, "learning_rate", 0.9)
    app.button(key="keep").click().run()
    kept = app.query_params["kept"]
    assert (kept if isinstance(kept, str) else kept[0]) == "-;learning_rate:0.9"
    mazur = exercise_of(app)
    put(app, LIBRARY["jay-3-3-3-3"].exercise, "jay-3-3-3-3")
    app.run()
    assert "2 kept runs are of an exercise of another shape" in words(app)
    assert "load_0" not in [button.key for button in app.button]
    assert "kept" not in app.query_params
    put(app, mazur, "mazur")
    app.run()
    assert [button.key for button in app.button if str(button.key).startswith("load_")] == [
        "load_0",
        "load_1",
    ]
    again = open_page("training_lab", exercise="mazur", kept="-;learning_rate:0.9")
    again.button(key="load_1").click().run()
    assert exercise_of(again) == mazur
    assert write_link(mazur, "mazur") == {"exercise": "mazur", "learning_rate": "0.9"}


def test_a_tied_bias_is_one_number_on_the_map():
    app = open_page(
        "training_lab", lab_view="Landscape", land_across="b1[0]", land_up="W2[0, 0]",
        exercise="mazur",
    )  # fmt: skip
    assert exercise_of(app).tied == ("b1", "b2")
    assert "b1[1]" not in app.selectbox(key="land_across").options
    assert "b1 is tied: all of it moves with b1[0]." in words(app)
    drawn = figures(app)[0]["data"][0]
    exercise = exercise_of(app)
    j, i = 20, 60
    moved = exercise.with_numbers({"b1[0]": drawn["x"][i], "W2[0, 0]": drawn["y"][j]})
    loss = float(moved.backward().loss)
    assert drawn["z"][j][i] == pytest.approx(np.log10(loss), abs=6e-5)


def test_remedies_of_a_long_run_wait_until_they_are_asked_for():
    # Ten units in each of four layers, eight samples: 1.6 million products in 500 steps.
    exercise = drawn(blank((10,) * 5, loss="sse", n_samples=8), 3)
    long, short = (replace(exercise, learning_rate=1e-4, steps=steps) for steps in (500, 20))
    assert takes_long(long)
    assert not takes_long(short)
    assert remedies(short)
    for of, waits in ((long, True), (short, False)):
        app = open_page("training_lab", **write_link(of))
        assert ("look_for_remedies" in {button.key for button in app.button}) == waits
        assert ("What to try" in words(app)) != waits
    app = open_page("training_lab", **write_link(long))
    app.button(key="look_for_remedies").click().run()
    assert not app.exception
    assert "What to try" in words(app)
    # Another number, another run: it is asked for again.
    set_number(app, "b1_0", 0.25)
    assert "What to try" not in words(app)
    assert "look_for_remedies" in {button.key for button in app.button}
