"""What each number is made of, for every kind of exercise, beside numbers found by autograd."""

from decimal import Decimal
from math import prod

import numpy as np
import pytest

from blame import Layer, Network, backward, forward
from blame.probe.exact import exact_train, refusal
from blame.probe.gradient_check import check_gradients
from blame.probe.trace import Trace
from blame.probe.trace.graph import Graph, array_of
from blame.probe.trace.made_of import made_of
from blame.probe.trace.paths import paths
from blame.probe.trace.rounding import made_by_rounding, rounding_bounds
from blame.probe.what_if import blame_of, movable, nudge_curve, nudged
from tests.blame.probe.kinds import KINDS, Kind
from tests.blame.probe.on_paper import on_paper
from tests.blame.probe.trace.test_trace import check_everything

EACH = pytest.mark.parametrize("kind", KINDS, ids=str)


def test_the_kinds_are_alive():
    for kind in KINDS:
        back = kind.backward()
        assert all(np.any(each != 0) for each in back.weight_gradients), kind


@EACH
def test_every_number_has_its_name_and_is_autograds(kind):
    trace, numbers = Trace(kind.backward()), kind.numbers()
    assert set(trace.names()) == set(numbers)
    for name, value in numbers.items():
        assert trace.value(name) == pytest.approx(value, rel=1e-10, abs=1e-14), name
        sample = trace.sample(name)
        shared = name[0] in "Wb" or name[:2] in ("dW", "db") or name == "loss"
        assert (sample is None) == shared, name


@EACH
def test_a_number_is_what_its_formula_makes_of_its_parts(kind):
    trace, numbers = Trace(kind.backward()), kind.numbers()
    for name in trace.names():
        if trace.node(name).operation == "given":
            continue
        formula, names = made_of(trace, name)
        values = {variable: numbers[part] for variable, part in names.items()}
        assert formula.value(values) == pytest.approx(numbers[name], rel=1e-9, abs=1e-13), name
        assert set(names.values()) <= {
            *(part.opens for term in trace.node(name).terms for part in term),
            *(part.of for term in trace.node(name).terms for part in term),
            *(n for n in numbers if n.startswith(("y_pred", "a", "y_true"))),
        }


@EACH
def test_nothing_is_made_of_what_comes_later(kind):
    graph = Graph(kind.network, kind.loss, kind.samples, kind.whole)
    made = {name for name in graph.names() if graph.node(name).operation != "given"}
    stages = [name for stage in graph.stages() for a in stage.arrays for name in graph.entries(a)]
    assert set(stages) == made - set(graph.entries("d_x"))
    seen = set(graph.names()) - made
    for name in stages:
        parts = {part.opens for term in graph.node(name).terms for part in term}
        assert parts | set(made_of(graph, name)[1].values()) <= seen, name
        seen.add(name)


@EACH
def test_receipts_add_up_and_paths_lead_to_every_gradient(kind):
    trace = Trace(kind.backward())
    check_everything(trace)
    mixed = kind.activations[-1] == "softmax" and not kind.loss.startswith("cross")
    ends = kind.sizes[-1] if mixed else 1
    # By way of every sample, every neuron behind it and, where softmax mixes them, every output.
    assert paths(trace, "W1[0, 0]").count == kind.samples * prod(kind.sizes[2:]) * ends


@EACH
def test_the_bound_on_rounding_is_no_smaller_than_the_true_error_and_not_wide(kind):
    back = kind.backward()
    trace, bounds = Trace(back), Trace(rounding_bounds(back))
    tight = []
    for array, values in on_paper(kind).items():
        if array not in {array_of(name) for name in trace.names()}:
            # An identity output has no z of its own.
            continue
        for name, value in zip(trace.entries(array), values.ravel(), strict=True):
            error, bound = abs(Decimal(trace.value(name)) - value), Decimal(bounds.value(name))
            assert error <= bound, name
            assert bound < Decimal("1e-13") * (1 + max(map(abs, values.ravel()))), name
            tight.append(error > bound / 100)
    # Some errors come near their bounds: it is no bound that holds because it is huge.
    assert np.mean(tight) > 0.1
    assert not made_by_rounding(back)


@EACH
def test_nudges_find_every_gradient(kind):
    back = kind.backward()
    trace = Trace(back)
    for name in movable(trace):
        slope = blame_of(trace, name)
        up, down = nudged(back, [name, name], [1e-6, -1e-6]).loss
        assert (up - down) / 2e-6 == pytest.approx(slope, rel=1e-6, abs=1e-8), name
    for check in check_gradients(back, 1e-5):
        assert check.verdict in ("agrees", "rounding"), check


def test_what_cannot_be_moved_is_named():
    back = KINDS[0].backward()
    with pytest.raises(ValueError, match=r"with several samples z1\[1, 0\] cannot be moved alone"):
        nudged(back, ["z1[1, 0]"], [0.1])


def test_gates_of_each_sample_flip_where_their_z_is_zero():
    network = Network((Layer([[1.0]], [0.0], "relu"), Layer([[1.0]], None)))
    back = backward(forward(network, [[1.0], [-2.0]]), [[0.0], [0.0]], "sse")
    curve = nudge_curve(back, "b1[0]", np.linspace(-3, 3, 60))
    assert [(flip.neuron, pytest.approx(flip.at)) for flip in curve.flips] == [
        ("z1[0, 0]", -1), ("z1[1, 0]", 2)
    ]  # fmt: skip
    (check, _, _) = check_gradients(back, 1.5)
    assert (check.name, check.flipped) == ("W1[0, 0]", ("z1[0, 0]", "z1[1, 0]"))


def said(kind, name):
    trace = Trace(kind.backward())
    formula, names = made_of(trace, name)
    return formula.text(names)


def test_formulas_read_as_on_paper():
    shares = Kind((2, 2), ("softmax",), "cross_entropy", samples=2)
    assert said(shares, "y_pred[1, 0]") == "exp(z1[1, 0]) / (exp(z1[1, 0]) + exp(z1[1, 1]))"
    assert said(shares, "y_pred[1, 1]") == "exp(z1[1, 1]) / (exp(z1[1, 0]) + exp(z1[1, 1]))"
    assert said(shares, "d_z1[0, 1]") == "(y_pred[0, 1] - y_true[0, 1]) / 2"
    assert said(shares, "d_loss_y[0, 1]") == "(-y_true[0, 1] / y_pred[0, 1]) / 2"
    assert said(shares, "dW1[0, 1]") == "x[0, 0] × d_z1[0, 1] + x[1, 0] × d_z1[1, 1]"
    assert said(shares, "db1[1]") == "d_z1[0, 1] + d_z1[1, 1]"
    anything = Kind((2, 2), ("softmax",), "cross_entropy_sum", whole=False)
    assert said(anything, "d_z1[1]") == "y_pred[1] × (y_true[0] + y_true[1]) - y_true[1]"
    squared = Kind((2, 2), ("softmax",), "half_sse", bare=(1,))
    assert said(squared, "d_z1[0]") == (
        "d_loss_y[0] × y_pred[0] × (1 - y_pred[0]) + d_loss_y[1] × (-y_pred[1] × y_pred[0])"
    )
    assert said(squared, "z1[1]") == "x[0] × W1[0, 1] + x[1] × W1[1, 1]"
    single = Kind((1, 1), ("identity",), "mse", samples=2)
    assert said(single, "loss") == "((y_pred[0] - y_true[0])² + (y_pred[1] - y_true[1])²) / 2"
    assert said(single, "d_loss_y[1]") == "2 × (y_pred[1] - y_true[1]) / 2"
    plain = Kind((1, 2), ("identity",), "output")
    assert said(plain, "loss") == "y_pred[0] + y_pred[1]"
    assert said(plain, "d_loss_y[1]") == "1"


def test_a_softmax_receipt_opens_the_jacobian():
    trace = Trace(Kind((2, 3), ("softmax",), "mse").backward())
    receipt = trace.receipt("d_z1[1]")
    assert [[f.name for f in term] for term in receipt.terms] == [
        ["d_loss_y[0]", "d y_pred[0] / d z1[1]"],
        ["d_loss_y[1]", "d y_pred[1] / d z1[1]"],
        ["d_loss_y[2]", "d y_pred[2] / d z1[1]"],
    ]
    p = [trace.value(f"y_pred[{j}]") for j in range(3)]
    slopes = [term[1].value for term in receipt.terms]
    assert slopes == pytest.approx([-p[0] * p[1], p[1] * (1 - p[1]), -p[2] * p[1]])
    found = paths(trace, "W1[0, 1]")
    assert {path.through[-2] for path in found.shown} == {f"y_pred[{j}]" for j in range(3)}
    opened = [term[0].name for term in trace.receipt("y_pred[1]").terms]
    assert opened == ["z1[1]", "z1[0]", "z1[2]"]


def test_exact_passes_take_what_fractions_can_and_refuse_the_rest_by_name():
    bare = Kind((2, 2, 1), ("relu", "identity"), "half_sse", bare=(1, 2), seed=3)
    numbers = bare.numbers()
    first, after = exact_train(bare.network, bare.x[0], bare.target[0], 0.5, 1, loss="half_sse")
    assert float(first.loss) == pytest.approx(numbers["loss"], rel=1e-13)
    assert float(first.weight_gradients[0][1][0]) == pytest.approx(numbers["dW1[1, 0]"])
    assert (first.bias, first.bias_gradients) == (((), ()), ((), ()))
    stepped = numbers["W1[1, 0]"] - 0.5 * numbers["dW1[1, 0]"]
    assert float(after.weights[0][1][0]) == pytest.approx(stepped)
    for loss, scale in (("mse", 1), ("sse", 1), ("half_sse", 0.5)):
        (found,) = exact_train(bare.network, bare.x[0], bare.target[0], 0.5, 0, loss=loss)
        assert float(found.loss) == pytest.approx(2 * scale * numbers["loss"])
    assert refusal(KINDS[7].network, "cross_entropy").startswith("the loss must be a squared error")
    assert refusal(KINDS[13].network, "mse") == "layer 1 must be identity, got softmax"
    with pytest.raises(ValueError, match="exact passes take one sample, got x of 3; pick one"):
        exact_train(KINDS[0].network, KINDS[0].x, KINDS[0].target, 0.1, 1)


@pytest.mark.parametrize("loss", ["cross_entropy", "mse"])
def test_what_cancelled_before_a_softmax_is_carried_through_it(loss):
    # z1[0] is 1000.1 - 1000: a thousand times the error that its size would have.
    kind = Kind((2, 2), ("softmax",), loss, bare=(1,))
    kind.x, kind.weights = np.ones((1, 2)), [np.array([[1000.1, 0.3], [-1000.0, 0.2]])]
    bounds, trace = Trace(rounding_bounds(kind.backward())), Trace(kind.backward())
    paper = on_paper(kind)
    for array in ("z1", "y_pred", "d_z1", "loss"):
        for name, value in zip(trace.entries(array), paper[array].ravel(), strict=True):
            error, bound = abs(Decimal(trace.value(name)) - value), Decimal(bounds.value(name))
            assert error <= bound, name
            assert error > Decimal("1e-16") or name == "z1[1]"
