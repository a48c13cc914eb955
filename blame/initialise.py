"""Fresh weights from a seed, on the scale that keeps signals alive."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from blame.activations import Activation
from blame.network import Layer, Network


def initialise(
    sizes: Sequence[int],
    seed: int,
    *,
    activation: str | Activation = "relu",
    output_activation: str | Activation = "identity",
    scale: str | float = "he",
    stack_shape: tuple[int, ...] = (),
) -> Network:
    """Return a network with normally distributed weights and zero biases.

    Parameters
    ----------
    sizes : widths from input to output, at least two, each at least 1.
    seed : seeds a generator of its own; the global one is not touched.
    scale : standard deviation of the weights: "he" is sqrt(2 / n_in), "xavier" is
        sqrt(2 / (n_in + n_out)), a number is taken as it is.
    stack_shape : leading axes of the parameters.

    Raises
    ------
    ValueError
        If a size, the scale or an activation is not valid.

    References
    ----------
    He et al. (2015), arXiv:1502.01852. Glorot and Bengio (2010), AISTATS 9, 249-256.
    """
    if len(sizes) < 2 or any(int(size) != size or size < 1 for size in sizes):
        raise ValueError(f"sizes must be two or more whole numbers from 1 up, got {tuple(sizes)}")
    generator = np.random.default_rng(seed)
    layers = []
    for k, (n_in, n_out) in enumerate(pairwise(sizes)):
        spread = _standard_deviation(scale, n_in, n_out)
        last = k == len(sizes) - 2
        layers.append(
            Layer(
                generator.normal(0, spread, (*stack_shape, n_in, n_out)),
                np.zeros((*stack_shape, n_out)),
                output_activation if last else activation,
            )
        )
    return Network(tuple(layers))


def _standard_deviation(scale: str | float, n_in: int, n_out: int) -> float:
    if scale == "he":
        return float(np.sqrt(2 / n_in))
    if scale == "xavier":
        return float(np.sqrt(2 / (n_in + n_out)))
    if isinstance(scale, str) or not np.isfinite(scale) or scale < 0:
        raise ValueError(f"scale must be 'he', 'xavier' or a number from 0 up, got {scale!r}")
    # The generator refuses -0.0, which is a 0 to everyone else.
    return abs(float(scale))
