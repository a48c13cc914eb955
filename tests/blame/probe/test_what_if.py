"""Nudges against passes one at a time, and against what can be worked out by hand."""

import numpy as np
import pytest

from blame import backward, forward, initialise
from blame.exercise.presets import NOTEBOOK
from blame.probe.trace import Trace
from blame.probe.what_if import blame_of, gap_order, movable, nudge_curve, nudged, shrinking
from tests.exercises import SYMBOLS, changed, notebook_with, number_of

OPEN = notebook_with(b1_1=0.3)


def test_every_number_of_the_exercise_moves_as_typing_it_would():
    passes = OPEN.backward()
    for link, symbol in SYMBOLS.items():
        if link in ("learning_rate", "steps"):
            continue
        by = np.array([-0.7, -0.01, 0.0, 0.3, 2.0])
        losses = nudged(passes, [symbol] * 5, by).loss
        for nudge, loss in zip(by, losses, strict=True):
            typed = changed(OPEN, **{link: number_of(OPEN, link) + nudge})
            assert loss == typed.backward().loss, (symbol, nudge)


def test_inner_numbers_move_by_hand():
    # y_pred = a1[0] - 1.5 a1[1] + 0.05 with a1 = (2.2, 0.4), target 1: loss 0.65 squared.
    passes = OPEN.backward()
    names = ["z1[0]", "z1[1]", "z1[1]", "a1[0]", "a1[1]", "y_pred", "y_true"]
    by = [0.1, 0.2, -1.0, -0.2, 0.1, 0.5, -1.0]
    predictions = [1.75, 1.35, 2.25, 1.45, 1.5, 2.15, 1.65]
    targets = [1, 1, 1, 1, 1, 1, 0]
    expected = [(p - t) ** 2 for p, t in zip(predictions, targets, strict=True)]
    assert nudged(passes, names, by).loss == pytest.approx(expected, rel=1e-12)


def test_a_promise_holds_for_a_small_nudge_of_anything():
    network = initialise((3, 4, 4, 2), 5)
    generator = np.random.default_rng(5)
    passes = backward(forward(network, generator.normal(size=3)), generator.normal(size=2), "mse")
    trace = Trace(passes)
    names = movable(trace)
    assert {trace.place(name).kind for name in names} == {
        "x",
        "W",
        "b",
        "z",
        "a",
        "y_pred",
        "y_true",
    }
    h = 1e-6
    up = nudged(passes, names, [h] * len(names)).loss
    down = nudged(passes, names, [-h] * len(names)).loss
    promised = [blame_of(trace, name) for name in names]
    np.testing.assert_allclose((up - down) / (2 * h), promised, rtol=1e-6, atol=1e-8)


def test_the_curve_knows_where_a_gate_flips():
    curve = nudge_curve(OPEN.backward(), "W1[1, 1]", np.linspace(-1, 1, 200))
    # z1[1] = 0.4 + 2 nudge.
    assert [flip.neuron for flip in curve.flips] == ["z1[1]"]
    assert curve.flips[0].at == pytest.approx(-0.2, abs=1e-12)
    assert nudge_curve(OPEN.backward(), "y_pred", np.linspace(-1, 1, 9)).flips == ()
    at_the_kink = nudge_curve(NOTEBOOK.backward(), "b1[1]", [-0.1, 0.0, 0.1])
    assert at_the_kink.flips[0].at == pytest.approx(0, abs=1e-12)


def test_the_gap_shrinks_like_the_square_except_at_a_kink():
    smooth = nudge_curve(OPEN.backward(), "W1[1, 0]", shrinking(0.1))
    assert gap_order(smooth) == pytest.approx(2, abs=0.01)
    # y_pred = 1.65 + 2 nudge, so the gap is (2 nudge) squared.
    assert smooth.gaps[0] == pytest.approx(0.04, rel=1e-9)
    kink = nudge_curve(NOTEBOOK.backward(), "b1[1]", shrinking(-0.1))
    assert gap_order(kink) == pytest.approx(1, abs=0.01)
    # All blame promises -3.75 for each unit; behind the shut gate nothing happens.
    assert kink.gaps == pytest.approx(-3.75 * kink.nudges, rel=1e-9)
    dead = notebook_with(b1_1=-3).backward()
    assert gap_order(nudge_curve(dead, "b1[1]", shrinking(0.1))) is None


def test_what_cannot_be_moved_is_named():
    passes = OPEN.backward()
    with pytest.raises(ValueError, match="dW1\\[0, 0\\] cannot be moved; choose one of x\\[0\\]"):
        nudged(passes, ["dW1[0, 0]"], [0.1])
    with pytest.raises(ValueError, match="one a name"):
        nudged(passes, ["x[0]"], [0.1, 0.2])
    squashed = initialise((2, 2, 1), 1, output_activation="sigmoid")
    crossed = backward(forward(squashed, [1.0, 2.0]), [1.0], "bce")
    with pytest.raises(ValueError, match="behind an identity output"):
        nudged(crossed, ["y_pred"], [0.1])
    with pytest.raises(ValueError, match="known for mse"):
        blame_of(Trace(crossed), "y_true")
