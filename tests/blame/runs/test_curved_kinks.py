"""Activations that bend and have a kink: their Hessian, and what counts as a flip."""

import math
from itertools import pairwise

import numpy as np
import pytest

from blame import Activation, Layer, Network, initialise, train
from blame.runs.curvature import hessian
from blame.runs.verdicts import flip_counts, verdicts
from tests.blame.oracles.elu import ALPHA, ELU

X, TARGET = [[1.0, 2.0], [-0.5, 0.3]], [[1.0], [-0.2]]


def loss_by_hand(vector, sizes):
    """Return the mse of a network of ELUs and an identity, in plain loops."""
    numbers, layers = iter(vector), []
    for n_in, n_out in pairwise(sizes):
        weights = [[next(numbers) for _ in range(n_out)] for _ in range(n_in)]
        layers.append((weights, [next(numbers) for _ in range(n_out)]))
    total = 0.0
    for sample, target in zip(X, TARGET, strict=True):
        a = list(sample)
        for k, (weights, bias) in enumerate(layers):
            z = [b + sum(v * w[j] for v, w in zip(a, weights, strict=True))
                 for j, b in enumerate(bias)]  # fmt: skip
            last = k == len(layers) - 1
            a = [v if last or v > 0 else ALPHA * (math.exp(v) - 1) for v in z]
        total += (a[0] - target[0]) ** 2
    return total / len(X)


def second_differences(vector, sizes, h=1e-4):
    def at(*moves):
        moved = list(vector)
        for p, by in moves:
            moved[p] += by
        return loss_by_hand(moved, sizes)

    count = len(vector)
    return np.array(
        [
            [
                (at((p, h), (q, h)) - at((p, h), (q, -h)) - at((p, -h), (q, h))
                 + at((p, -h), (q, -h))) / (4 * h * h)
                for q in range(count)
            ]
            for p in range(count)
        ]
    )  # fmt: skip


@pytest.mark.parametrize("sizes", [(2, 3, 1), (2, 3, 2, 1)])
def test_hessian_of_an_elu_is_the_second_difference_of_the_loss(sizes):
    network = initialise(sizes, 4, activation=ELU)
    history = train(network, X, TARGET, 0.1, 0)
    hidden = [z[0] for z in history.forward.z[:-1]]
    # On both sides of the kink, and no step of the differences crosses it.
    assert all(0 < (z > 0).mean() < 1 for z in hidden)
    assert all(abs(z).min() > 0.01 for z in hidden)
    vector = np.concatenate([p.ravel() for p in network.parameters().values()])
    found = hessian(network, X, TARGET, "mse")
    expected = second_differences(vector, sizes)
    assert abs(expected).max() > 1
    np.testing.assert_allclose(found, expected, atol=2e-6)


@pytest.mark.parametrize("z", [-0.7, -1e-9, 0.0, 1e-9, 0.7])
def test_hessian_keeps_to_the_side_of_the_kink_it_stands_on(z):
    w, target = 1.5, 0.25
    network = Network((Layer([[0.0]], [z], ELU), Layer([[w]], [0.0], "identity")))
    # At 0 the slope is that of the left piece, and so is the curvature.
    a, slope, bend = (z, 1, 0) if z > 0 else (ALPHA * math.expm1(z), ALPHA * math.exp(z),
                                              ALPHA * math.exp(z))  # fmt: skip
    error = w * a - target
    b1 = 1
    found = hessian(network, [1.0], [target], "mse")
    assert found[b1, b1] == pytest.approx(2 * (w * slope) ** 2 + 2 * error * w * bend, rel=1e-8)


def test_hessian_of_straight_pieces_that_do_not_meet_the_origin():
    def slope(z):
        return np.where(abs(z) < 2, 0.25, 0.0)

    hard = Activation(
        "hard_sigmoid",
        lambda z: np.clip(0.25 * z + 0.5, 0, 1),
        slope,
        "",
        kinks=(-2.0, 2.0),
        second_derivative=np.zeros_like,
    )
    network = Network((Layer([[0.4]], [0.1], hard), Layer([[1.5]], [0.2], "identity")))
    # L = (1.5 (0.25 (0.4 x + 0.1) + 0.5) + 0.2 - t)^2, so d2L/dW2^2 = 2 a^2 with a = 0.625 at x = 1
    found = hessian(network, [1.0], [0.0], "mse")
    assert found[2, 2] == pytest.approx(2 * 0.625**2)


def test_an_activation_with_kinks_must_say_how_its_pieces_bend():
    with pytest.raises(ValueError, match="corner has kinks: give its second_derivative"):
        Activation("corner", np.abs, np.sign, "|z|", kinks=(0.0,))


def test_a_slope_that_changes_along_a_curved_piece_is_no_flip():
    network = Network((Layer([[0.0]], [-2.0], ELU), Layer([[0.5]], [0.0], "identity")))
    run = train(network, [1.0], [-0.4], 0.1, 40)
    slopes = run.backward.local_gradients[0][:, 0, 0]
    assert (run.forward.z[0] < 0).all()
    assert len(set(slopes.tolist())) > 20
    assert flip_counts(run)[0].max() == 0
    assert str(verdicts(run)) != "kink"
