"""Numbers moved in networks of several layers and outputs, and the gates passed on the way."""

import numpy as np
import pytest

from blame import Layer, Network, backward, forward
from blame.probe.trace import Trace
from blame.probe.what_if import blame_of, flips, movable, nudge_curve, nudged
from tests.exercises import notebook_with

# x -> 2 relu -> 2 relu -> 2 outputs; all gates open at x = 1.
DEEP = Network(
    (
        Layer([[1.0, 2.0]], [0.5, -1.0], "relu"),
        Layer([[1.0, -1.0], [0.5, 2.0]], [0.0, 0.25], "relu"),
        Layer([[1.0, -2.0], [3.0, 0.5]], [0.0, 1.0], "identity"),
    )
)
PASSES = backward(forward(DEEP, [1.0]), [9.0, 1.0], "half_sse")


def by_loops(moved=None, by=0.0):
    """The loss with one number moved, in plain Python: everything behind it answers."""
    values = {"x": [1.0], "y_true": [9.0, 1.0]}
    for k, layer in enumerate(DEEP.layers, start=1):
        values[f"W{k}"] = layer.weights.tolist()
        values[f"b{k}"] = layer.bias.tolist()
    kind, _, index = (moved or "").rstrip("]").partition("[")
    place = [int(i) for i in index.split(",")] if index else []

    def at(name, numbers):
        if name != kind:
            return numbers
        if len(place) == 2:
            numbers[place[0]][place[1]] += by
        else:
            numbers[place[0]] += by
        return numbers

    for name in values:
        at(name, values[name])
    a = values["x"]
    for k in (1, 2, 3):
        W, b = values[f"W{k}"], values[f"b{k}"]
        z = [sum(a[i] * W[i][j] for i in range(len(a))) + b[j] for j in range(2)]
        name = "y_pred" if k == 3 else f"z{k}"
        z = at(name, z)
        a = z if k == 3 else at(f"a{k}", [max(0.0, v) for v in z])
    return sum((p - t) ** 2 for p, t in zip(a, values["y_true"], strict=True)) / 2


@pytest.mark.parametrize("by", [0.375, -4.0])
def test_whatever_is_moved_all_behind_it_answers_and_nothing_before(by):
    names = movable(Trace(PASSES))
    assert len(names) == 1 + 8 + 10 + 6 + 2 + 2
    assert not {name for name in names if name.startswith("d") or name == "loss"}
    found = nudged(PASSES, names, [by] * len(names))
    assert PASSES.loss == by_loops()
    for name, loss in zip(names, found.loss, strict=True):
        assert loss == pytest.approx(by_loops(name, by), rel=1e-12), name


def test_several_nudges_of_one_number_and_of_others_do_not_mix():
    names = ["W2[0, 1]", "x[0]", "W2[0, 1]", "y_true[1]", "x[0]"]
    by = [0.5, -0.25, -1.0, 2.0, 1.0]
    found = nudged(PASSES, names, by).loss
    for name, nudge, loss in zip(names, by, found, strict=True):
        assert loss == pytest.approx(by_loops(name, nudge), rel=1e-12)


def test_the_blame_of_each_kind_of_number():
    # y = [2.25 ...] by hand: a1 = [1.5, 1], a2 = [2, 0.75], y = [4.25, -2.625].
    trace = Trace(PASSES)
    errors = [4.25 - 9, -2.625 - 1]
    assert blame_of(trace, "y_pred[0]") == errors[0]
    assert blame_of(trace, "y_true[1]") == -errors[1]
    assert blame_of(trace, "b3[1]") == errors[1]
    assert blame_of(trace, "W3[0, 1]") == 2 * errors[1]
    arriving = errors[0] * 3 + errors[1] * 0.5
    assert blame_of(trace, "a2[1]") == blame_of(trace, "z2[1]") == arriving
    assert blame_of(trace, "W2[1, 1]") == 1 * arriving
    for wrong in ("loss", "dW1[0, 0]", "d_a1[0]"):
        with pytest.raises(ValueError, match="cannot be moved; choose one of x"):
            blame_of(trace, wrong)
    done = Trace(backward(forward(Network((Layer([[1.0]], [0.0]),)), [2.0]), [2.0]))
    assert str(blame_of(done, "y_true")) == "0.0"


@pytest.mark.parametrize("loss", ["mse", "half_sse"])
def test_a_target_has_a_blame_where_the_loss_is_of_the_difference(loss):
    passes = backward(forward(DEEP, [1.0]), [9.0, 1.0], loss)
    h = 1e-6
    up, down = nudged(passes, ["y_true[0]"] * 2, [h, -h]).loss
    assert blame_of(Trace(passes), "y_true[0]") == pytest.approx((up - down) / (2 * h), rel=1e-6)


def test_gates_are_passed_in_the_order_of_the_nudge_by_name():
    # z1 = [x + 0.5, 2x - 1]: x at -0.5 and 0.5. Behind them z2 = [x + 0.5 + a1[1] / 2, ...].
    nudges = np.linspace(-2.0, 1.0, 4)
    curve = nudge_curve(PASSES, "x[0]", nudges)
    hidden = [flip for flip in curve.flips if flip.neuron.startswith("z1")]
    assert [flip.neuron for flip in hidden] == ["z1[0]", "z1[1]"]
    assert [flip.at for flip in hidden] == pytest.approx([-1.5, -0.5])
    assert [flip.at for flip in curve.flips] == sorted(flip.at for flip in curve.flips)
    back = nudge_curve(PASSES, "x[0]", nudges[::-1])
    assert [flip.at for flip in back.flips] == pytest.approx([flip.at for flip in curve.flips])
    # On the grid itself: a gate is shut at 0 and opens from there on.
    touch = nudge_curve(PASSES, "x[0]", [-2.0, -1.5, -1.0])
    assert [f.at for f in touch.flips if f.neuron == "z1[0]"] == [-1.5]


def test_only_neurons_with_a_kink_have_gates():
    layers = (Layer([[1.0]], [0.0], "tanh"), Layer([[1.0]], [0.0], "relu"))
    passes = backward(forward(Network(layers), [0.1]), [1.0])
    along = np.linspace(-1, 1, 9)
    # An output with one has a gate too.
    (flip,) = flips(nudged(passes, ["x[0]"] * 9, along), along)
    assert flip.neuron == "z2[0]"
    assert flip.at == pytest.approx(-0.1, abs=1e-3)
    leaky = (Layer([[2.0]], [1.0], "leaky_relu"), Layer([[1.0]], [0.0], "identity"))
    passes = backward(forward(Network(leaky), [0.0]), [1.0])
    (flip,) = flips(nudged(passes, ["x[0]"] * 9, along), along)
    assert (flip.neuron, flip.at) == ("z1[0]", pytest.approx(-0.5))


def test_a_curve_keeps_what_it_was_made_from():
    curve = nudge_curve(notebook_with(b1_1=0.3).backward(), "W1[1, 1]", [-0.1, 0.0, 0.1])
    # W1[1, 1] = 0.2 moves y_pred by 2 (-1.5) = -3; the loss is 0.65 squared, its slope 1.3.
    assert (curve.name, curve.value) == ("W1[1, 1]", 0.2)
    assert curve.slope == pytest.approx(-3.9)
    assert curve.loss == pytest.approx(0.4225)
    assert curve.losses == pytest.approx([0.95**2, 0.65**2, 0.35**2])
    assert curve.nudges.tolist() == [-0.1, 0, 0.1]
    for wrong in ([0.1], [[0.1, 0.2]]):
        with pytest.raises(ValueError, match=r"nudges must have shape \(2,\), one a name"):
            nudged(PASSES, ["x[0]", "x[0]"], wrong)
