"""Plain descent, momentum, Adam and L2 against steps by hand, `train` and autograd's gradients."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from blame import Layer, Network, initialise, train
from blame.parameters import as_vector
from blame.playground.growing_run import CHUNK, advance, begin
from blame.playground.run.optimisers import OPTIMISERS, Optimiser

X = np.array([[1.0, 2.0], [0.5, -1.0], [-1.5, 0.3]])
TARGET = np.array([[1.0], [0.0], [1.0]])


def lone_bias(optimiser, rate, steps):
    """A lone bias b from 1 under the loss b squared: its gradient is 2 b."""
    network = Network((Layer([[0.0]], [1.0], "identity"),))
    run = advance(begin(network, [[0.0]], [[0.0]], rate, optimiser=optimiser), steps)
    return run.parameters[:, 1]


def test_three_steps_by_hand():
    assert lone_bias(Optimiser(), 0.25, 2) == pytest.approx([1, 0.5, 0.25])
    # v: 2, then 0.5 * 2 + 1.
    assert lone_bias(Optimiser("momentum", 0.5), 0.25, 2) == pytest.approx([1, 0.5, 0])
    # The pull of L2 is l2 * b: (2 + 2) / 8, then (1 + 1) / 8.
    assert lone_bias(Optimiser(l2=2.0), 0.125, 2) == pytest.approx([1, 0.5, 0.25])
    # Adam's first step is as long as the rate, whatever the gradient.
    assert lone_bias(Optimiser("adam"), 0.1, 1) == pytest.approx([1, 0.9], abs=1e-8)
    # m = 0.9 * 0.2 + 0.1 * 1.8 over 0.19, v = 0.999 * 0.004 + 0.001 * 3.24 over 0.001999.
    second = 0.9 - 0.1 * (0.36 / 0.19) / np.sqrt(0.007236 / 0.001999)
    assert lone_bias(Optimiser("adam"), 0.1, 2)[2] == pytest.approx(second, abs=1e-7)


@pytest.mark.parametrize(("momentum", "l2"), [(0.9, 0.0), (0.5, 0.1), (0.0, 0.2)])
def test_momentum_and_l2_move_as_train_moves_over_the_chunks_too(momentum, l2):
    network = initialise((2, 3, 1), 5)
    optimiser = Optimiser("momentum", momentum, l2)
    run = advance(begin(network, X, TARGET, 0.02, optimiser=optimiser), CHUNK + 20)
    whole = train(network, X, TARGET, 0.02, CHUNK + 20, momentum=momentum, weight_decay=l2)
    assert len(set(run.losses.tolist())) == CHUNK + 21
    assert run.losses == pytest.approx(whole.losses, rel=1e-9)


def by_autograd(network, optimiser, rate, steps):
    """The parameters after each step, from autograd's gradients and the papers' formulas."""
    values = [array for layer in network.layers for array in (layer.weights, layer.bias)]

    def loss(now):
        a = X
        for k in range(0, len(now), 2):
            a = anp.dot(a, now[k]) + now[k + 1]
            a = anp.tanh(a) if k < len(now) - 2 else 1 / (1 + anp.exp(-a))
        return -anp.mean(TARGET * anp.log(a) + (1 - TARGET) * anp.log(1 - a))

    blame = grad(loss)
    m = [0 * value for value in values]
    v = [0 * value for value in values]
    path = [values]
    for t in range(1, steps + 1):
        slopes = [g + optimiser.l2 * w for g, w in zip(blame(values), values, strict=True)]
        if optimiser.name == "adam":
            m = [0.9 * old + 0.1 * g for old, g in zip(m, slopes, strict=True)]
            v = [0.999 * old + 0.001 * g * g for old, g in zip(v, slopes, strict=True)]
            moves = [
                (mean / (1 - 0.9**t)) / ((square / (1 - 0.999**t)) ** 0.5 + 1e-8)
                for mean, square in zip(m, v, strict=True)
            ]
        else:
            m = [optimiser.momentum * old + g for old, g in zip(m, slopes, strict=True)]
            moves = m if optimiser.name == "momentum" else slopes
        values = [w - rate * move for w, move in zip(values, moves, strict=True)]
        path.append(values)
    return path


@pytest.mark.parametrize("name", OPTIMISERS)
def test_every_optimiser_agrees_with_autograd(name):
    network = initialise((2, 4, 3, 1), 3, activation="tanh", output_activation="sigmoid")
    optimiser = Optimiser(name, 0.8, 0.05)
    run = advance(begin(network, X, TARGET, 0.05, "bce", optimiser=optimiser), CHUNK + 10)
    path = by_autograd(network, optimiser, 0.05, CHUNK + 10)
    for step in (0, 1, 2, CHUNK, CHUNK + 1, CHUNK + 10):
        wanted = np.concatenate([np.ravel(value) for value in path[step]])
        assert run.parameters[step] == pytest.approx(wanted, rel=1e-9, abs=1e-12)


def test_softmax_agrees_with_autograd():
    network = initialise((2, 3, 3), 2, activation="tanh", output_activation="softmax")
    target = np.eye(3)[[2, 0, 1]]
    run = advance(begin(network, X, target, 0.3, "cross_entropy"), 5)

    def loss(w1, b1, w2, b2):
        z = anp.dot(anp.tanh(anp.dot(X, w1) + b1), w2) + b2
        return -anp.mean(anp.sum(target * (z - anp.log(anp.sum(anp.exp(z), 1))[:, None]), 1))

    now = [array for layer in network.layers for array in (layer.weights, layer.bias)]
    for _ in range(5):
        slopes = [grad(loss, k)(*now) for k in range(4)]
        now = [value - 0.3 * slope for value, slope in zip(now, slopes, strict=True)]
    found = as_vector(run.at(5).parameters())
    assert found == pytest.approx(np.concatenate([np.ravel(v) for v in now]), rel=1e-10)
    assert run.losses[5] == pytest.approx(loss(*now), rel=1e-10)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("sgd",), "unknown optimiser 'sgd'; choose from plain, momentum, adam"),
        (("momentum", 1.0), "momentum must be from 0 to below 1, got 1.0"),
        (("momentum", -0.1), "momentum must be from 0"),
        (("plain", 0.9, -1.0), "l2 must be a finite number from 0 up, got -1.0"),
        (("plain", 0.9, np.inf), "l2 must be a finite number"),
    ],
)
def test_an_optimiser_refuses_what_it_cannot_use(arguments, told):
    with pytest.raises(ValueError, match=told):
        Optimiser(*arguments)
