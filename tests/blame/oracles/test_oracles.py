"""Independent oracles: plain loops over numbers, exact fractions, and nudges."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from blame import ACTIVATIONS, LOSSES, Layer, Network, backward, forward, initialise, train
from blame import numerical_gradient as numerical

RNG = np.random.default_rng(20261124)
# Seeds whose networks are alive: the test says so if one is not.
SEEDS = {(2, 2, 1): 5, (3, 4, 2): 6, (2, 3, 3, 2): 3, (1, 1): 2}
ZERO, ONE = Fraction(0), Fraction(1)


def exact(values):
    """Turn an array, or nested lists, of floats into fractions."""
    return [exact(row) if np.ndim(row) else Fraction(float(row)) for row in values]


def by_fractions(weights, biases, kinds, x, target, loss):
    """One sample forward and backward on exact fractions, written as loops over single numbers."""
    slope = {"relu": (ZERO, ONE), "identity": (ONE, ONE)}
    z, a = [], [x]
    for w, b, kind in zip(weights, biases, kinds, strict=True):
        sums = [sum((a[-1][i] * w[i][j] for i in range(len(w))), b[j]) for j in range(len(b))]
        z.append(sums)
        a.append([value if value > 0 or kind == "identity" else ZERO for value in sums])
    errors = [p - t for p, t in zip(a[-1], target, strict=True)]
    if loss == "mse":
        value = sum(e * e for e in errors) / len(errors)
        upstream = [2 * e / len(errors) for e in errors]
    else:
        value = sum(e * e for e in errors) / 2
        upstream = errors
    gradients = []
    for k in reversed(range(len(weights))):
        low, high = slope[kinds[k]]
        delta = [u * (high if s > 0 else low) for u, s in zip(upstream, z[k], strict=True)]
        gradients.insert(0, ([[i * d for d in delta] for i in a[k]], delta))
        upstream = [
            sum((w * d for w, d in zip(row, delta, strict=True)), ZERO) for row in weights[k]
        ]
    return value, gradients, upstream, z


@pytest.mark.parametrize("loss", ["mse", "half_sse"])
@pytest.mark.parametrize("sizes", SEEDS)
def test_passes_equal_exact_fractions(sizes, loss):
    generator = np.random.default_rng(SEEDS[sizes])
    # Eighths are exact in binary, and so are the few products and sums made of them.
    draw = lambda *shape: generator.integers(-16, 17, shape) / 8  # noqa: E731
    weights = [draw(n, m) for n, m in pairwise(sizes)]
    biases = [draw(m) for m in sizes[1:]]
    kinds = ["relu"] * (len(sizes) - 2) + ["identity"]
    x, target = draw(sizes[0]), draw(sizes[-1])
    back = backward(forward(Network(tuple(map(Layer, weights, biases, kinds))), x), target, loss)
    value, gradients, upstream, z = by_fractions(
        [exact(w) for w in weights],
        [exact(b) for b in biases],
        kinds,
        exact(x),
        exact(target),
        loss,
    )
    assert float(back.loss) == pytest.approx(float(value), rel=1e-14)
    for k, (dw, db) in enumerate(gradients):
        assert exact(back.forward_pass.z[k][0]) == z[k]
        np.testing.assert_allclose(
            back.weight_gradients[k], np.array(dw, dtype=float), rtol=1e-14, atol=0
        )
        np.testing.assert_allclose(
            back.bias_gradients[k], np.array(db, dtype=float), rtol=1e-14, atol=0
        )
    np.testing.assert_allclose(
        back.input_gradient[0], np.array(upstream, dtype=float), rtol=1e-14, atol=0
    )
    assert any(np.any(g != 0) for g in back.weight_gradients)


def away_from_kinks(activation, output, depth, samples):
    """A random network whose pre-activations keep clear of every kink, gates of both kinds."""
    for seed in range(500):
        network = initialise(
            (3, *[4] * depth, 2), seed, activation=activation, output_activation=output
        )
        network = network.with_parameters(b1=np.linspace(-0.5, 0.5, network.layers[0].n_out))
        x = np.random.default_rng(seed).normal(size=(samples, 3))
        passes = forward(network, x)
        clear = all(abs(z).min() > 0.02 for z in passes.z)
        mixed = all(0 < np.mean(z > 0) < 1 for z in passes.z[:-1])
        if clear and mixed:
            return network, x
    raise AssertionError("no such network found")


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("depth", [0, 1, 3])
def test_backward_equals_central_differences(activation, loss, depth):
    fused = LOSSES[loss].fused
    output = fused.activation if fused else "identity" if depth else activation
    if ACTIVATIONS[activation].joint:
        activation, output = "tanh", activation
    network, x = away_from_kinks(activation, output, depth, samples=4)
    target = np.random.default_rng(9).uniform(0.1, 0.9, (4, 2))
    back = backward(forward(network, x), target, loss)
    nudged = numerical(network, x, target, loss, step=1e-6)
    if (loss, output) == ("output", "softmax"):
        # Shares sum to 1 whatever z is: nothing moves their sum.
        assert all(np.all(g == 0) for g in back.weight_gradients)
        return
    assert all(np.any(g != 0) for g in back.weight_gradients), "a dead network proves nothing"
    for ours, theirs in zip(
        [*back.weight_gradients, *back.bias_gradients],
        [*nudged.weight_gradients, *nudged.bias_gradients],
        strict=True,
    ):
        np.testing.assert_allclose(ours, theirs, rtol=2e-6, atol=2e-9)


@pytest.mark.parametrize("loss", LOSSES)
def test_input_gradient_equals_central_differences(loss):
    network, x = away_from_kinks("tanh", "sigmoid", 2, samples=3)
    target = np.random.default_rng(9).uniform(0.1, 0.9, (3, 2))
    back = backward(forward(network, x), target, loss)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += 1e-6
        down[index] -= 1e-6
        rise = backward(forward(network, up), target, loss).loss
        fall = backward(forward(network, down), target, loss).loss
        assert back.input_gradient[index] == pytest.approx((rise - fall) / 2e-6, rel=1e-5)


@pytest.mark.parametrize("loss", ["mse", "half_sse"])
def test_train_equals_a_hand_written_loop(loss):
    x, y = RNG.normal(size=(5, 2)), RNG.normal(size=(5, 1))
    start = initialise((2, 3, 1), 4)
    w1, b1, w2, b2 = (np.array(p) for p in start.parameters().values())
    losses = []
    for _ in range(30):
        z1 = np.array(
            [[sum(r[i] * w1[i, j] for i in range(2)) + b1[j] for j in range(3)] for r in x]
        )
        a1 = np.where(z1 > 0, z1, 0)
        guess = np.array([[sum(r[j] * w2[j, 0] for j in range(3)) + b2[0]] for r in a1])
        errors = guess - y
        scale = 2 / 5 if loss == "mse" else 1
        losses.append((errors**2).sum() * scale / 2)
        d = errors * scale
        d_z1 = np.array([[d[n, 0] * w2[j, 0] * (z1[n, j] > 0) for j in range(3)] for n in range(5)])
        w2 = w2 - 0.02 * np.array([[sum(a1[n, j] * d[n, 0] for n in range(5))] for j in range(3)])
        b2 = b2 - 0.02 * d.sum(0)
        w1 = w1 - 0.02 * np.array(
            [[sum(x[n, i] * d_z1[n, j] for n in range(5)) for j in range(3)] for i in range(2)]
        )
        b1 = b1 - 0.02 * d_z1.sum(0)
    run = train(start, x, y, 0.02, 30, loss)
    np.testing.assert_allclose(run.losses[:30], losses, rtol=1e-12)
    for ours, theirs in zip(run.at(30).parameters().values(), (w1, b1, w2, b2), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-14)
    assert run.losses[30] < 0.9 * run.losses[0]
