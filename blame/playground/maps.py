"""What a network makes of every point of a plane, or of a line: one pass over all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blame.arrays import Array, read_only
from blame.forward import forward
from blame.network import Network
from blame.playground.datasets import Dataset
from blame.playground.recipe import plane, span


@dataclass(frozen=True, eq=False)
class Maps:
    """The prediction and every neuron over a grid: row j is at `up[j]`, column i at `across[i]`.

    prediction   (m, n)
    z[k], a[k]   (m, n, width of layer k), the pre-activations and activations
    With one input there is one row, and `up` is [0].
    """

    across: Array
    up: Array
    prediction: Array
    z: tuple[Array, ...]
    a: tuple[Array, ...]


def maps_around(network: Network, data: Dataset, points: int) -> Maps:
    """Return the network's maps over a line or a plane a little larger than the data.

    Parameters
    ----------
    network : with as many inputs as the data, and one output.
    data : samples of one or two numbers.
    points : how many along the line, or along each side of the plane.
    """
    if data.n_in == 1:
        return maps(network, span(data.x[:, 0], points))
    return maps(network, *plane(data.x, points))


def maps(network: Network, across: Array, up: Array | None = None) -> Maps:
    """Return the maps of a network with one input (no `up`) or two, and one output.

    Raises
    ------
    ValueError
        If the network has another number of inputs or outputs.
    """
    wanted = 1 if up is None else 2
    if network.sizes[0] != wanted or network.sizes[-1] != 1:
        raise ValueError(
            f"a map needs a network with {wanted} inputs and 1 output, got {network.sizes[0]} and "
            f"{network.sizes[-1]}"
        )
    rows = np.zeros(1) if up is None else up
    points = across[:, None]
    if up is not None:
        points = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    shape = (len(rows), len(across))
    passes = forward(network, points)
    return Maps(
        across,
        rows,
        read_only(passes.prediction.reshape(shape)),
        tuple(read_only(z.reshape(*shape, -1)) for z in passes.z),
        tuple(read_only(a.reshape(*shape, -1)) for a in passes.a),
    )
