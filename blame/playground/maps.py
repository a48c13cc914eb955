"""What a network makes of every point of a plane, or of a line: one pass over all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blame.arrays import Array, read_only
from blame.forward import forward
from blame.network import Network
from blame.playground.datasets import Dataset
from blame.playground.recipe import plane, span

Axes = tuple[int, int]
"""The inputs that a map goes across and up."""


@dataclass(frozen=True, eq=False)
class Maps:
    """The outputs and every neuron over a grid: row j is at `up[j]`, column i at `across[i]`.

    outputs      (m, n, n_out)
    z[k], a[k]   (m, n, width of layer k), the pre-activations and activations
    With one input there is one row, and `up` is [0].
    """

    across: Array
    up: Array
    outputs: Array
    z: tuple[Array, ...]
    a: tuple[Array, ...]

    @property
    def prediction(self) -> Array:
        """The only output, (m, n); of several the first."""
        return self.outputs[..., 0]


def maps_around(network: Network, data: Dataset, points: int, axes: Axes = (0, 1)) -> Maps:
    """Return the network's maps over a line or a plane a little larger than the data.

    Parameters
    ----------
    network : with as many inputs as the data.
    data : samples of one number or more.
    points : how many along the line, or along each side of the plane.
    axes : two inputs; all others stay at their mean.
    """
    if data.n_in == 1:
        return maps(network, span(data.x[:, 0], points))
    across, up = plane(data.x[:, list(axes)], points)
    return maps(network, across, up, data.x.mean(axis=0), axes)


def maps(
    network: Network,
    across: Array,
    up: Array | None = None,
    at: Array | None = None,
    axes: Axes = (0, 1),
) -> Maps:
    """Return the maps of a network with one input (no `up`) or more.

    Parameters
    ----------
    at : (n_in,), where the inputs stay that are none of the two `axes`; needed for more than two.

    Raises
    ------
    ValueError
        If the network has another number of inputs.
    """
    wanted = 1 if up is None else 2 if at is None else len(at)
    if network.sizes[0] != wanted:
        raise ValueError(f"a map needs a network with {wanted} inputs, got {network.sizes[0]}")
    rows = np.zeros(1) if up is None else up
    points = across[:, None]
    if up is not None:
        grid = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
        points = np.tile(np.zeros(2) if at is None else at, (len(grid), 1))
        points[:, list(axes)] = grid
    shape = (len(rows), len(across), -1)
    passes = forward(network, points)
    return Maps(
        across,
        rows,
        read_only(passes.prediction.reshape(shape)),
        tuple(read_only(z.reshape(shape)) for z in passes.z),
        tuple(read_only(a.reshape(shape)) for a in passes.a),
    )
