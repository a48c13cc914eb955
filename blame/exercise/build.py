"""Exercises from their shape: blank ones, and numbers as NumPy's own seed gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from blame.activations import find_activation
from blame.arrays import Array
from blame.exercise.exercise import Exercise
from blame.losses import LOSSES, find_loss
from blame.network import Layer, Network
from blame.training import check_output_range

MOST_NUMPY_SEED = 2**32 - 1
NUMPY_WAYS: Mapping[str, Callable[[np.random.RandomState, tuple[int, ...]], Array]] = {
    "np.random.randn": lambda generator, shape: generator.randn(*shape),
    "np.random.rand": lambda generator, shape: generator.rand(*shape),
    "2 * np.random.random - 1": lambda generator, shape: 2 * generator.random_sample(shape) - 1,
}
"""How listings draw weights after np.random.seed, each by the call that they make."""


def blank(
    sizes: Sequence[int],
    *,
    units: Sequence[str] | None = None,
    loss: str = "mse",
    n_samples: int = 1,
    biases: Sequence[bool] | None = None,
) -> Exercise:
    """Return the exercise of a shape whose numbers are all zero.

    Parameters
    ----------
    sizes : widths from the input to the output.
    units : the activation of each layer; ReLU, and plain at the end, where it is None.
    biases : whether each layer has one; all have where it is None.

    Raises
    ------
    ValueError
        If there is not one of them for each layer, or it is beyond an exercise's limits.
    """
    depth = len(sizes) - 1
    names = ["relu"] * (depth - 1) + ["identity"] if units is None else list(units)
    has = [True] * depth if biases is None else list(biases)
    for what, given in (("units", names), ("bias", has)):
        if len(given) != depth:
            raise ValueError(
                f"{what} must say one for each of the {depth} layers, got {len(given)}"
            )
    shapes = zip(pairwise(sizes), names, has, strict=True)
    network = Network(
        tuple(
            Layer(np.zeros((n_in, n_out)), np.zeros(n_out) if with_bias else None, unit)
            for (n_in, n_out), unit, with_bias in shapes
        )
    )
    x, target = np.zeros((n_samples, sizes[0])), np.zeros((n_samples, sizes[-1]))
    return Exercise(network, x, None if loss == "output" else target, loss)


def losses_for(unit: str) -> list[str]:
    """Return the losses that take whatever a last layer of this activation can give."""
    found = []
    for name in LOSSES:
        try:
            check_output_range(find_loss(name), find_activation(unit))
        except ValueError:
            continue
        found.append(name)
    return found


def drawn_by_numpy(exercise: Exercise, seed: int, way: str, *, biases: bool = False) -> Exercise:
    """Return the exercise with weights as `np.random.seed(seed)` and then one call a layer give.

    That is NumPy's legacy generator, a Mersenne Twister, which listings mean by np.random.seed.

    Parameters
    ----------
    way : a key of `NUMPY_WAYS`.
    biases : whether each layer's bias is drawn after its weights; they are 0 where it is False.

    Raises
    ------
    ValueError
        If the seed is no whole number from 0 to 4294967295, or there is no such way.
    """
    if not 0 <= seed <= MOST_NUMPY_SEED or seed != int(seed):
        raise ValueError(f"seed must be a whole number from 0 to {MOST_NUMPY_SEED}, got {seed}")
    if way not in NUMPY_WAYS:
        raise ValueError(f"unknown way {way!r}; choose from {', '.join(NUMPY_WAYS)}")
    generator = np.random.RandomState(int(seed))
    arrays = {
        name: NUMPY_WAYS[way](generator, values.shape)
        if biases or name.startswith("W")
        else np.zeros(values.shape)
        for name, values in exercise.network.parameters().items()
    }
    return exercise.with_network(exercise.network.with_parameters(**arrays))
