"""What each number is made of, for several shapes, beside gradients found without a chain rule."""

from dataclasses import replace

import numpy as np
import pytest

from blame import ACTIVATIONS, LOSSES, Layer, Network
from blame.exercise.numpy_lines import UPDATE, steps
from blame.practise.worksheet import check, items_of, rounded_gates, solve, solve_on_paper
from blame.probe.exact import exact_train
from blame.probe.trace import Trace
from blame.probe.trace.graph import Graph
from blame.probe.trace.made_of import made_of
from tests.blame.oracles.complex_step import CASES, Case


def graph_of(case):
    return Graph(case.network, case.loss)


def test_the_cases_are_alive():
    # Blame reaches every weight matrix, and a layer with gates has open ones and shut ones.
    gated = 0
    for case in CASES:
        arrays = case.arrays()
        for k, activation in enumerate(case.activations, 1):
            assert np.any(arrays[f"dW{k}"] != 0), case
            if ACTIVATIONS[activation].kinks:
                z = arrays[f"z{k}"]
                assert np.abs(z).min() > 1e-2, case
                assert len(z) == 1 or 0 < np.mean(z > 0) < 1, case
                gated += 1
    assert gated >= 8


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_number_is_what_its_formula_makes_of_its_parts(case):
    graph, numbers = graph_of(case), case.numbers()
    made = [n for n in graph.names() if graph.node(n).operation != "given"]
    assert len(made) > 3
    for name in made:
        formula, names = made_of(graph, name)
        values = {variable: numbers[part] for variable, part in names.items()}
        assert formula.value(values) == pytest.approx(numbers[name], rel=1e-11, abs=1e-14), name


@pytest.mark.parametrize("case", CASES, ids=str)
def test_nothing_is_made_of_what_comes_later(case):
    graph = graph_of(case)
    order = {name: place for place, name in enumerate(graph.names())}
    stages = [name for stage in graph.stages() for a in stage.arrays for name in graph.entries(a)]
    made = {name for name in order if graph.node(name).operation != "given"}
    # All but the blame of the input, which no update asks for.
    assert set(stages) == made - set(graph.entries("d_x"))
    seen = set(order) - made
    for name in stages:
        parts = {part.opens for term in graph.node(name).terms for part in term}
        assert parts <= seen, name
        assert parts | set(made_of(graph, name)[1].values()) <= seen, name
        seen.add(name)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_trace_holds_every_number_under_its_name(case):
    trace, numbers = Trace(case.backward()), case.numbers()
    known = {n for n in numbers if n in trace.names()}
    assert set(trace.names()) == known
    for name in trace.names():
        assert trace.value(name) == pytest.approx(numbers[name], rel=1e-11, abs=1e-14), name


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_listing_computes_every_array(case):
    arrays = case.arrays()
    names = {"np": np, "learning_rate": 0.1, **case.given}
    *passes, update = steps(graph_of(case))
    assert update.stage == UPDATE
    assert [step.back for step in passes] == [step.stage[0] == "d" for step in passes]
    for step in passes:
        assert step.names[0] == step.stage
        for line in step.lines:
            exec(line, {}, names)
        for name in step.names:
            np.testing.assert_allclose(
                np.squeeze(names[name]), np.squeeze(arrays[name]), rtol=1e-11, atol=1e-14
            )
    for line in update.lines:
        exec(line, {}, names)
    for name in update.names:
        wanted = case.given[name] - 0.1 * arrays[f"d{name}"]
        np.testing.assert_allclose(names[name], wanted, rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_worksheet_is_solved_and_marked(case):
    exercise = case.exercise
    numbers, solved = case.numbers() | case.after(exercise.learning_rate), solve(exercise)
    items = items_of(exercise)
    assert {item.name for item in items} <= set(numbers)
    for item in items:
        assert solved[item.name] == pytest.approx(numbers[item.name], rel=1e-10, abs=1e-14)
    entries = {item.name: repr(numbers[item.name]) for item in items}
    assert {checked.state for checked in check(exercise, entries).values()} == {"right"}
    # One wrong number of the first layer, and what follows from it is told as carried.
    first = items[0].name
    later = next(item for item in items if first in item.needs)
    wrong = {**numbers, first: numbers[first] + 1}
    carried = check(exercise, {first: repr(wrong[first]), later.name: repr(later.compute(wrong))})
    assert carried[first].state == "wrong"
    assert carried[later.name].state in ("carried", "right")


def test_formulas_read_as_on_paper():
    said = {
        item.name: item.formula
        for case in (
            Case((2, 2, 2), ("tanh", "sigmoid"), "bce"),
            Case((1, 1, 1), ("leaky_relu", "sigmoid"), "mse"),
        )
        for item in items_of(case.exercise)
    }
    assert said["a1[1]"] == "a1[1] = tanh(z1[1])"
    assert said["d_z1[1]"] == "d_z1[1] = d_a1[1] × (1 - a1[1]²)"
    assert said["d_z2[1]"] == "d_z2[1] = (y_pred[1] - y_true[1]) / 2"
    assert said["d_a1[0]"] == "d_a1[0] = d_z2[0] × W2[0, 0]"
    assert said["d_z1[0]"] == "d_z1[0] = d_a1[0] × (1 if z1[0] > 0, else 0.01)"
    assert said["y_pred"] == "y_pred = 1 / (1 + exp(-z2[0]))"
    assert said["d_z2[0]"] == "d_z2[0] = d_loss_y × y_pred × (1 - y_pred)"
    multi = {
        item.name: item.formula for item in items_of(Case((1, 2), ("identity",), "mse").exercise)
    }
    assert multi["loss"] == ("loss = ((y_pred[0] - y_true[0])² + (y_pred[1] - y_true[1])²) / 2")
    assert multi["d_loss_y[1]"] == "d_loss_y[1] = 2 × (y_pred[1] - y_true[1]) / 2"


def test_numbers_take_the_place_of_names_whole():
    # z1[0] must not be found inside d_z1[0], nor x[0] inside d_x[0].
    case = Case((2, 2, 1), ("tanh", "identity"), "mse", 0)
    for item in items_of(case.exercise):
        shown = item.with_numbers(solve(case.exercise)).partition(" = ")[2]
        assert not any(kind in shown for kind in ("[", "_", "y"))


def test_the_sheet_knows_kinks_of_every_layer():
    layers = (Layer([[1.0]], [0.0], "relu"), Layer([[0.3]], [-0.1 * 3], "relu"),
              Layer([[1.0]], [0.0]))  # fmt: skip
    case = Case((1, 1, 1, 1), ("relu", "relu", "identity"), "mse")
    case.given |= {"x": np.array([1.0]), "y_true": np.array([1.0])}
    for k, layer in enumerate(layers, 1):
        case.given |= {f"W{k}": layer.weights, f"b{k}": layer.bias}
    # 0.3 - 0.1 * 3 is -5.6e-17 in floats: shut there and on paper.
    assert rounded_gates(case.exercise) == ()
    assert solve_on_paper(case.exercise)["z2[0]"] == 0
    case.given["b2"] = np.array([-0.3 + 5e-17])
    assert Trace(case.backward()).value("z2[0]") > 0
    assert rounded_gates(case.exercise) == ("z2[0]",)
    # Exactly 0 needs no rounding to be 0.
    case.given |= {"W2": np.array([[1.0]]), "b2": np.array([-1.0])}
    assert Trace(case.backward()).value("z2[0]") == 0
    assert rounded_gates(case.exercise) == ()


def test_exact_passes_hold_for_every_depth_of_relu():
    case = Case((2, 3, 2, 2), ("relu", "relu", "identity"), "mse", 21)
    arrays = case.arrays()
    (exact,) = exact_train(case.network, case.given["x"], case.given["y_true"], 0.1, 0)
    assert float(exact.loss) == pytest.approx(float(arrays["loss"]), rel=1e-13)
    for k in (1, 2, 3):
        for got, name in ((exact.weight_gradients, "dW"), (exact.bias_gradients, "db")):
            np.testing.assert_allclose(
                np.array(got[k - 1], dtype=float), arrays[f"{name}{k}"], rtol=1e-11, atol=1e-14
            )
    assert any(0 in gates for gates in exact.gate[:-1])
    assert any(1 in gates for gates in exact.gate[:-1])


def test_what_has_no_formula_is_refused_by_name():
    graph = graph_of(CASES[0])
    with pytest.raises(ValueError, match=r"W1\[0, 0\] is given"):
        made_of(graph, "W1[0, 0]")
    bare = replace(ACTIVATIONS["tanh"], name="bent", formula="", slope="")
    network = Network((Layer([[1.0]], [0.0], bare), Layer([[1.0]], [0.0])))
    with pytest.raises(ValueError, match="bent has no formula"):
        made_of(Graph(network, "mse"), "a1[0]")
    with pytest.raises(ValueError, match="odd has no formula"):
        made_of(Graph(network, replace(LOSSES["mse"], name="odd", each="")), "loss")
