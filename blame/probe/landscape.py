"""The loss over two parameters: a slice through the network's landscape, in one stacked pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from blame.arrays import Array, float_array, read_only
from blame.backward import BackwardPass, loss_value
from blame.forward import forward
from blame.parameters import from_arrays
from blame.refusals import refuse_unless
from blame.training import History


@dataclass(frozen=True, eq=False)
class Landscape:
    """The loss where two parameters take every pair of values and all others stay.

    `losses[j, i]` is the loss at `across[i]` of the first and `up[j]` of the second parameter.
    `gates` maps each hidden pre-activation of each sample, such as z1[0], to its values, shaped as
    the losses: its gate flips where they are 0.
    """

    first: str
    second: str
    across: Array
    up: Array
    losses: Array
    gates: Mapping[str, Array]


def landscape(
    passes: BackwardPass,
    first: str,
    second: str,
    across: ArrayLike,
    up: ArrayLike,
    tied: Sequence[str] = (),
) -> Landscape:
    """Return the loss over two parameters, all others as they are in `passes`.

    Parameters
    ----------
    passes : the backward pass of a single network; any number of samples.
    first, second : two different weights or biases, as `Trace` names them.
    across, up : (n,) and (m,), the values the first and the second take.
    tied : biases whose entries are one number: all of them move with the one that is named.

    Raises
    ------
    ValueError
        If a name is not a parameter, both are the same, or a value is not finite.
    """
    refuse_unless(
        "a landscape", passes, samples=None, instead="take one network of the stack, with `at`"
    )
    network = passes.forward_pass.network
    xs, ys = float_array("across", across), float_array("up", up)
    places = [_moved(passes, name, tied) for name in (first, second)]
    if places[0] == places[1]:
        raise ValueError(f"choose two different parameters, got {first} twice")
    shape = (len(ys), len(xs))
    moved = {
        name: np.broadcast_to(value, (*shape, *value.shape)).copy()
        for name, value in network.parameters().items()
    }
    for (parameter, index), values in zip(places, (xs[None, :], ys[:, None]), strict=True):
        # All of a tied bias has an axis of its own.
        moved[parameter][(Ellipsis, *index)] = values if index else values[..., None]
    stack = from_arrays(moved, [layer.activation for layer in network.layers])
    ahead = forward(stack, passes.forward_pass.x)
    with np.errstate(all="ignore"):
        losses = loss_value(
            passes.loss_function, network.layers[-1].activation, ahead, passes.target
        )
    gates = {}
    for k, (layer, z) in enumerate(zip(network.layers[:-1], ahead.z, strict=False), start=1):
        for kink in layer.activation.kinks:
            for sample in range(z.shape[-2]):
                of = f" of sample {sample}" if z.shape[-2] > 1 else ""
                for j in range(layer.n_out):
                    gates[f"z{k}[{j}]{of}"] = read_only(z[..., sample, j] - kink)
    return Landscape(first, second, xs, ys, read_only(losses), MappingProxyType(gates))


def _moved(passes: BackwardPass, name: str, tied: Sequence[str]) -> tuple[str, Any]:
    parameter, index = locate(passes, name)
    return (parameter, () if parameter in tied else index)


def values_along(history: History, name: str) -> Array:
    """Return the value of one parameter at every step of a single run, (steps + 1,)."""
    parameter, index = locate(history.backward, name)
    return history.networks.parameters()[parameter][(slice(None), *index)]


def slope_along(history: History, name: str) -> Array:
    """Return the blame of one parameter at every step of a single run, (steps + 1,).

    Of a tied bias that is the sum over its entries, which move together.
    """
    parameter, index = locate(history.backward, name)
    every = history.backward.parameter_gradients()[parameter]
    if parameter in history.update.tied:
        return np.asarray(every.sum(axis=-1))
    return every[(slice(None), *index)]


def locate(passes: BackwardPass, name: str) -> tuple[str, Any]:
    """Return the array and the index of a weight or bias, W1 and (1, 0) for W1[1, 0].

    Raises
    ------
    ValueError
        If it is neither.
    """
    array, _, rest = name.partition("[")
    parameter = passes.forward_pass.network.parameters().get(array)
    own = () if parameter is None else parameter.shape[-2 if array[0] == "W" else -1 :]
    try:
        index = tuple(int(i) for i in rest[:-1].split(",")) if rest.endswith("]") else ()
    except ValueError:
        index = ()
    fits = own and len(index) == len(own)
    if not fits or not all(0 <= i < n for i, n in zip(index, own, strict=True)):
        raise ValueError(f"{name} is not a parameter of this network, such as W1[0, 0] or b1[1]")
    return array, index


def crossed(found: Landscape) -> list[str]:
    """Return the pre-activations whose gate line crosses the map."""
    return [name for name, z in found.gates.items() if (z > 0).any() and not (z > 0).all()]


def slopes_at(found: Landscape, history: History, step: int) -> tuple[float, float]:
    """Return the blame of both parameters at a step of the run."""
    first, second = (slope_along(history, name)[step] for name in (found.first, found.second))
    return float(first), float(second)


def on_the_map(found: Landscape, history: History) -> int:
    """Return how many steps of the run lie within the map."""
    xs, ys = values_along(history, found.first), values_along(history, found.second)
    return int((within(xs, found.across) & within(ys, found.up)).sum())


def within(values: Array, along: Array) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return which values lie on an axis of the map."""
    inside: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = (values >= along[0]) & (
        values <= along[-1]
    )
    return inside
