"""What holds at the very edge of a rule, and which step a number is read at."""

import numpy as np
import pytest

from blame import Activation, Layer, Network, train
from blame.runs.curvature import _piece
from blame.runs.diagnosis import Finding, bottom, diagnose
from blame.runs.signs import CALM
from blame.runs.verdicts import VERDICTS
from tests.blame.runs.histories import with_gates


def test_of_two_verdicts_one_is_better():
    assert len({verdict.rank for verdict in VERDICTS.values()}) == len(VERDICTS)


def test_a_millionth_below_zero_is_still_a_minimum():
    found = Finding("converged", 0, {"loss": 1.0, "lowest": -1e-6, "highest": 1.0})
    assert bottom(found, 1.0) == "minimum"


@pytest.mark.parametrize("steps", [1, 4])
def test_a_run_is_calm_from_the_step_at_which_its_blame_is_at_the_bound(steps):
    # The gradient of (b - 0)^2 is 2 b, and a rate of 1/4 halves b: from twice the bound to it.
    network = Network((Layer([[0.0]], [CALM**2], "identity"),))
    history = train(network, [[0.0]], [[0.0]], 0.25, steps)
    sizes = 2 * history.networks.layers[0].bias[:2, 0]
    assert sizes.tolist() == [2 * CALM**2, CALM**2]
    found = diagnose(history)[0]
    assert (found.kind, found.step) == ("converged", 1)


def test_the_bottom_is_judged_by_the_curvature_where_the_run_ended():
    # y = w2 (w1 x + b1) + b2 fits its one sample, so the Hessian is 2 g g^T with g the gradient of
    # y, which changes on the way.
    layers = (Layer([[0.2]], [0.0], "identity"), Layer([[1.5]], [0.0], "identity"))
    history = train(Network(layers), [[2.0]], [[3.0]], 0.05, 60)
    found = diagnose(history)[0]
    assert found.kind == "converged"

    def steepest(step):
        first, second = (layer for layer in history.networks.layers)
        w1, b1, w2 = (
            float(array[step].item()) for array in (first.weights, first.bias, second.weights)
        )
        return 2 * ((w2 * 2) ** 2 + w2**2 + (w1 * 2 + b1) ** 2 + 1)

    assert abs(steepest(1) - steepest(-1)) > 0.1
    assert found.evidence["highest"] == pytest.approx(steepest(-1), rel=1e-6)
    assert found.evidence["lowest"] == pytest.approx(0, abs=1e-5)


def test_a_held_piece_that_is_a_parabola_is_that_parabola_everywhere():
    def bent(z):
        return np.where(z > 0, 3 * z**2 + z, -z)

    bowl = Activation(
        "bowl",
        bent,
        lambda z: np.where(z > 0, 6 * z + 1, -1.0),
        "",
        kinks=(0.0,),
        second_derivative=lambda z: np.where(z > 0, 6.0, 0.0),
    )
    z = np.array([2.0, -2.0])
    held = _piece(bowl, z, bent(z))
    # Beyond the kink each goes on as it was: the parabola as a parabola, the line as a line.
    for moved in (np.array([3.0, -3.0]), np.array([-4.0, 5.0])):
        right, left = moved
        assert held.value(moved).tolist() == [3 * right**2 + right, -left]
        assert held.derivative(moved).tolist() == [6 * right + 1, -1]


def flipping(flips, steps):
    """A run whose second gate flips so often at the start of its last twenty steps, and swings."""
    gate = [1]
    for step in range(1, steps + 1):
        gate.append(1 - gate[-1] if step <= flips else gate[-1])
    losses = [3.0 + k % 2 for k in range(steps + 1)]
    return with_gates([[[1, each]] for each in gate], losses)


@pytest.mark.parametrize(("steps", "fewest"), [(20, 10), (9, 4), (6, 4)])
def test_half_of_the_last_steps_is_just_enough_to_be_stuck_on_a_kink(steps, fewest):
    found = diagnose(flipping(fewest, steps))[0]
    assert (found.kind, found.where, found.evidence["flips"]) == ("kink", "z1[1]", fewest)
    assert diagnose(flipping(fewest - 1, steps))[0].kind == "oscillating"
