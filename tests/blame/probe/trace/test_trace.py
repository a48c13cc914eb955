"""Receipts and paths: by hand on the notebook, and against `backward` on random networks."""

from math import fsum, prod

import numpy as np
import pytest

from blame import backward, forward, initialise
from blame.exercise.presets import NOTEBOOK
from blame.probe.trace import Trace
from blame.probe.trace.paths import paths
from tests.exercises import notebook_with


def notebook():
    return Trace(NOTEBOOK.backward())


def total(receipt):
    return fsum(prod(factor.value for factor in term) for term in receipt.terms)


def close(left, right, scale=1.0):
    return left == right or abs(left - right) <= 1e-9 * max(abs(scale), abs(left), abs(right))


def check_everything(trace):
    """Every sum equals its value, and every gradient the sum over its paths."""
    names = trace.names()
    known = {*names}
    size = max(abs(trace.value(name)) for name in names)
    for name in names:
        receipt = trace.receipt(name)
        assert receipt.value == trace.value(name)
        if receipt.operation == "sum":
            assert close(total(receipt), receipt.value, 1e-3 * size), name
        for term in receipt.terms:
            for factor in term:
                trace.receipt(factor.opens)
        if name in ("loss",) or name.startswith("y_true"):
            with pytest.raises(ValueError, match="no blame flows"):
                paths(trace, name)
            continue
        found = paths(trace, name)
        gradient = trace.value(trace.gradient_name(name) or name)
        assert close(found.total, gradient, 1e-3 * size), name
        assert close(fsum(path.product for path in found.shown) + found.rest, gradient, size)
        assert len(found.shown) == min(found.count, 64)
        for path in found.shown:
            assert path.through[-1] == "loss"
            assert known.issuperset(path.through)


def test_every_number_of_the_notebook():
    trace = notebook()
    assert len(trace.names()) == 34
    check_everything(trace)


def test_the_weight_of_the_sketch_by_hand():
    trace = notebook()
    receipt = trace.receipt("dW1[1, 0]")
    assert [[f.name for f in term] for term in receipt.terms] == [["x[1]", "d_z1[0]"]]
    assert [f.value for f in receipt.terms[0]] == [2, 2.5]
    (path,) = paths(trace, "dW1[1, 0]").shown
    assert [(f.name, f.value) for f in path.factors] == [
        ("x[1]", 2),
        ("relu'(z1[0])", 1),
        ("W2[0, 0]", 1),
        ("d_loss_y", 2.5),
    ]
    assert path.through == ("W1[1, 0]", "z1[0]", "a1[0]", "W2[0, 0]", "y_pred", "loss")


def test_an_input_reaches_the_loss_on_two_paths():
    found = paths(notebook(), "d_x[0]")
    # 0.5 * 1 * 1 * 2.5 through neuron 0, -0.3 * 1 * -1.5 * 2.5 through neuron 1.
    assert [path.product for path in found.shown] == [1.25, 1.125]
    assert found.total == 2.375
    assert (found.more, found.rest) == (0, 0)


def test_a_shut_gate_is_a_factor_of_zero():
    trace = Trace(notebook_with(b1_1=-0.2).backward())
    (path,) = paths(trace, "W1[0, 1]").shown
    assert path.product == 0
    assert [f.value for f in path.factors if f.name.startswith("relu'")] == [0]


def test_many_paths_are_summed_up_with_the_strongest_listed():
    rng = np.random.default_rng(3)
    network = initialise([2, 5, 5, 5, 2], 3, activation="tanh")
    trace = Trace(backward(forward(network, rng.normal(size=2)), rng.normal(size=2)))
    all_of_them = paths(trace, "x[1]", most=10**6)
    assert (all_of_them.count, len(all_of_them.shown)) == (250, 250)
    some = paths(trace, "x[1]", most=7)
    assert (some.count, some.more) == (250, 243)
    by_size = sorted((abs(path.product) for path in all_of_them.shown), reverse=True)
    assert [abs(path.product) for path in some.shown] == pytest.approx(by_size[:7])
    rest = fsum(path.product for path in all_of_them.shown) - fsum(p.product for p in some.shown)
    assert some.rest == pytest.approx(rest)


def test_thirty_layers_are_no_trouble():
    network = initialise([8] * 31, 0)
    found = paths(Trace(backward(forward(network, np.ones(8)), np.ones(8))), "x[0]")
    assert found.count == 8**30
    assert len(found.shown) == 64


def test_a_sigmoid_output_has_a_z_of_its_own():
    network = initialise([2, 2, 1], 1, output_activation="sigmoid")
    trace = Trace(backward(forward(network, [1.0, 2.0]), [1.0], "bce"))
    assert "d_z2[0]" in trace.names()
    # bce on a sigmoid: dL/dz = y_pred - y_true.
    assert trace.value("d_z2[0]") == pytest.approx(trace.value("y_pred") - 1)
    assert trace.receipt("y_pred").operation == "activation"
    check_everything(trace)


def test_a_trace_takes_one_network():
    with pytest.raises(ValueError, match="a trace opens one network, got deltas of shape"):
        Trace(NOTEBOOK.train().backward)
    with pytest.raises(ValueError, match="there is no number 'W9"):
        notebook().receipt("W9[0, 0]")
