"""Nudges, checks and maps of exercises with tied biases and several samples, beside loops."""

import math
from dataclasses import replace

import numpy as np
import pytest

from blame import Exercise, Layer, Network
from blame.probe.every_nudge import nudge_every
from blame.probe.gradient_check import check_gradients, error_curve, parameter_names
from blame.probe.landscape import landscape, slope_along
from blame.probe.trace import trace_of
from blame.probe.what_if import blame_of, movable

W1, W2 = [[0.4, -0.7], [0.9, 0.3]], [[0.8], [-0.6]]
X, Y = [[0.0, 1.0], [1.0, 0.5], [-1.0, 2.0]], [[0.2], [0.7], [1.0]]
TIED = Exercise(
    Network((Layer(W1, [0.25, 0.25], "tanh"), Layer(W2, [0.1], "sigmoid"))), X, Y, "half_sse",
    tied=("b1",),
)  # fmt: skip
PASSES = TIED.backward()


def loss(b=0.25, w=-0.7, x=0.5, y=0.7):
    """The loss in plain Python: of the tied bias, W1[0, 1], x[1, 1] and y_true[1]."""
    total = 0.0
    for sample, ((x0, x1), (t,)) in enumerate(zip(X, Y, strict=True)):
        if sample == 1:
            x1, t = x, y
        a0 = math.tanh(x0 * 0.4 + x1 * 0.9 + b)
        a1 = math.tanh(x0 * w + x1 * 0.3 + b)
        guess = 1 / (1 + math.exp(-(0.8 * a0 - 0.6 * a1 + 0.1)))
        total += (guess - t) ** 2 / 2
    return total


MOVED = {"b1[0]": ("b", 0.25), "W1[0, 1]": ("w", -0.7), "x[1, 1]": ("x", 0.5),
         "y_true[1]": ("y", 0.7)}  # fmt: skip


@pytest.mark.parametrize("name", MOVED)
def test_a_nudge_does_what_the_loop_does(name):
    argument, value = MOVED[name]
    found = nudge_every(PASSES, name, 0.3, (-0.2, 0.0, 0.4), (0.1, 0.01), TIED.tied)
    assert loss() == pytest.approx(float(PASSES.loss), rel=1e-14)
    assert found.after == pytest.approx(loss(**{argument: value + 0.3}), rel=1e-12)
    for nudge, at in zip((-0.2, 0.0, 0.4), found.curve.losses, strict=True):
        assert at == pytest.approx(loss(**{argument: value + nudge}), rel=1e-12)
    slope = (loss(**{argument: value + 1e-6}) - loss(**{argument: value - 1e-6})) / 2e-6
    assert found.curve.slope == pytest.approx(slope, rel=1e-6)
    assert found.promises[found.names.index(name)] == pytest.approx(0.3 * slope, rel=1e-6)


def test_a_tied_bias_is_one_number():
    trace = trace_of(PASSES)
    assert "b1[0]" in movable(trace, TIED.tied)
    assert "b1[1]" not in movable(trace, TIED.tied)
    assert "b1[1]" in movable(trace)
    assert [n for n in parameter_names(trace, TIED.tied) if n[0] == "b"] == ["b1[0]", "b2[0]"]
    assert blame_of(trace, "b1[0]", TIED.tied) == pytest.approx(
        trace.value("db1[0]") + trace.value("db1[1]"), rel=1e-15
    )
    assert blame_of(trace, "b1[0]") == trace.value("db1[0]")


def test_the_check_of_a_tied_bias_agrees_with_the_loop():
    checks = {check.name: check for check in check_gradients(PASSES, 1e-5, TIED.tied)}
    assert {check.verdict for check in checks.values()} == {"agrees"}
    central = (loss(b=0.25 + 1e-5) - loss(b=0.25 - 1e-5)) / 2e-5
    assert checks["b1[0]"].central == pytest.approx(central, rel=1e-9)
    errors = error_curve(PASSES, "b1[0]", [1e-3, 1e-5], TIED.tied)
    assert errors.central.max() < 1e-5
    # Moved alone, as it would be if it were not tied, it is another number.
    assert error_curve(PASSES, "b1[0]", [1e-5]).central.max() < 1e-5
    assert checks["b1[0]"].backprop != pytest.approx(trace_of(PASSES).value("db1[0]"), rel=1e-2)


def test_a_map_moves_all_of_a_tied_bias():
    across, up = [-1.0, 0.0, 2.0], [-0.5, 0.5]
    found = landscape(PASSES, "b1[1]", "W1[0, 1]", across, up, TIED.tied)
    for j, i in np.ndindex(2, 3):
        assert found.losses[j, i] == pytest.approx(loss(b=across[i], w=up[j]), rel=1e-12)
    turned = landscape(PASSES, "W1[0, 1]", "b1[0]", up, across, TIED.tied)
    assert np.array_equal(turned.losses, found.losses.T)
    with pytest.raises(ValueError, match="two different"):
        landscape(PASSES, "b1[0]", "b1[1]", across, up, TIED.tied)
    run = replace(TIED, steps=3).train()
    total = run.backward.bias_gradients[0].sum(axis=-1)
    assert slope_along(run, "b1[1]") == pytest.approx(total, rel=1e-15)


def test_a_loss_that_is_not_finite_is_not_said_to_differ():
    layers = (Layer([[1.0]], [0.0], "tanh"), Layer([[1.0]], [0.0], "softmax"))
    passes = Exercise(Network(layers), [1.0], [0.4], "bce").backward()
    assert not np.isfinite(passes.loss)
    assert {check.verdict for check in check_gradients(passes, 1e-5)} == {"not finite"}
