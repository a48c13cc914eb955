"""Runs made up for a test: a real run of no consequence, with what the test is about put in."""

from dataclasses import replace

import numpy as np

from blame import Layer, Network, train


def made_up(losses, *, blame=2.0, left_at=None):
    """A run with these losses, of one bias whose gradient is `blame` at every step."""
    layer = Layer([[0.0]], [blame / 2], "identity")
    run = train(Network((layer,)), [[0.0]], [[0.0]], 0.0, len(losses) - 1)
    assert np.abs(run.backward.bias_gradients[0]).max() == abs(blame)
    run = replace(run, backward=replace(run.backward, loss=np.array(losses, float)))
    return run if left_at is None else replace(run, overflow_steps=np.array(left_at))


def with_gates(gates, losses, activation="relu"):
    """A run of one hidden layer whose gates are those given, (steps + 1, n_samples, width)."""
    gates = np.array(gates, float)
    steps, n_samples, width = gates.shape
    layers = (
        Layer(np.ones((1, width)), np.ones(width), activation),
        Layer(np.ones((width, 1)), [9.0], "identity"),
    )
    run = train(Network(layers), np.ones((n_samples, 1)), np.zeros((n_samples, 1)), 0.0, steps - 1)
    back = replace(
        run.backward,
        loss=np.array(losses, float),
        local_gradients=(gates, run.backward.local_gradients[1]),
    )
    return replace(run, backward=back)
