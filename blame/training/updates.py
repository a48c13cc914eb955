"""How gradients move parameters: what is held, what is tied, with momentum and weight decay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from blame.arrays import Array, float_array, read_only
from blame.network import Network
from blame.parameters import from_arrays

_NAME = re.compile(r"([Wb]\d+)(?:\[(\d+)(?:, ?(\d+))?\])?")


@dataclass(frozen=True)
class Update:
    """Everything that decides a step of gradient descent but the gradient and the learning rate.

    With v for the velocity, which is 0 before the first step:

        v <- momentum * v + gradient + weight_decay * parameter
        parameter <- parameter - learning_rate * v

    held          names of arrays, "b1", or of single parameters, "W1[0, 1]", that are not trained
    tied          names of biases whose entries are one number: the gradient of each is their sum
    momentum      from 0 up, as in PyTorch: v is not scaled by 1 - momentum
    weight_decay  from 0 up, the gradient of weight_decay / 2 * parameter**2; of all that is trained

    Raises
    ------
    ValueError
        If momentum or weight decay is not a finite number from 0 up.

    References
    ----------
    Polyak (1964), USSR Computational Mathematics and Mathematical Physics 4, 1-17, for momentum.
    """

    held: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    momentum: float = 0.0
    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        for name in ("held", "tied"):
            given = getattr(self, name)
            # One name alone is a common slip: as a tuple it would be its letters.
            object.__setattr__(self, name, (given,) if isinstance(given, str) else tuple(given))
        for name in ("momentum", "weight_decay"):
            value = getattr(self, name)
            if not (np.isfinite(value) and value >= 0):
                raise ValueError(f"{name} must be a finite number from 0 up, got {value!r}")

    @property
    def plain(self) -> bool:
        """Whether each step is the learning rate times the gradient, of every parameter."""
        return not (self.held or self.tied or self.momentum or self.weight_decay)

    def settings(self) -> dict[str, Any]:
        """Return what it is made of by name, as `train` takes it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def rules(self, network: Network) -> dict[str, Rule]:
        """Return what holds for each array of a network, by its name.

        Raises
        ------
        ValueError
            If a name is no parameter of the network, or a tied bias is no bias, is held in part,
            or does not start from one number.
        """
        parameters = network.parameters()
        held: dict[str, NDArray[np.bool_]] = {}
        for name in self.held:
            array, index = _find(parameters, name)
            own = parameters[array].shape[-2 if array.startswith("W") else -1 :]
            held.setdefault(array, np.zeros(own, np.bool_))[index] = True
        for name in self.tied:
            array, index = _find(parameters, name)
            if index or not array.startswith("b"):
                biases = ", ".join(other for other in parameters if other.startswith("b"))
                raise ValueError(
                    f"only a whole bias can be tied, one of {biases or 'none here'}, got {name!r}"
                )
            if array in held and not held[array].all():
                raise ValueError(
                    f"{array} is tied, so its entries move together: hold all of it or none of it"
                )
            values = parameters[array]
            if (values != values[..., :1]).any():
                raise ValueError(
                    f"{array} is tied, one number for the whole layer, so its entries must start "
                    f"equal, got {values.tolist()}"
                )
        return {name: Rule(held.get(name), name in self.tied) for name in parameters}

    def velocity(
        self, rule: Rule, parameter: Array, gradient: Array, before: Array | None
    ) -> Array:
        """Return what the learning rate multiplies in one step of one array.

        Parameters
        ----------
        rule : the array's own.
        parameter, gradient : (..., own axes), before the step.
        before : the velocity of the step before, None in the first.
        """
        found = gradient
        if rule.tied:
            total = np.add.reduce(gradient, -1, keepdims=True)
            found = np.broadcast_to(total, gradient.shape)
        if self.weight_decay:
            found = found + self.weight_decay * parameter
        if self.momentum and before is not None:
            found = self.momentum * before + found
        if rule.held is not None:
            found = np.where(rule.held, gradient.dtype.type(0), found)
        return found


class Rule(NamedTuple):
    """What holds for one array: which of its entries are held, None for none, and if it is tied."""

    held: NDArray[np.bool_] | None
    tied: bool


class Updated(NamedTuple):
    """One step's outcome: the network after it, and the velocity of each array that made it."""

    network: Network
    velocities: dict[str, Array]


def one_update(
    network: Network,
    gradients: Mapping[str, Array],
    learning_rate: ArrayLike,
    update: Update | None = None,
    velocities: Mapping[str, Array] | None = None,
) -> Updated:
    """Return the network after one step, one network or a stack, as `train` takes it.

    Parameters
    ----------
    network : before the step.
    gradients : by the names of the parameters, as `BackwardPass.parameter_gradients` gives them.
    learning_rate : a number, or one for each network of the stack.
    update : how to move; plain gradient descent where it is None.
    velocities : what the step before returned, for momentum; None in the first step.

    Raises
    ------
    ValueError
        If the update does not fit the network, or the rate is negative or not finite.
    """
    how = Update() if update is None else update
    rate = check_rate(learning_rate, network)
    moved: dict[str, Array] = {}
    found: dict[str, Array] = {}
    with np.errstate(all="ignore"):
        for name, rule in how.rules(network).items():
            parameter = network.parameters()[name]
            before = None if velocities is None else velocities[name]
            velocity = how.velocity(rule, parameter, gradients[name], before)
            found[name] = read_only(np.array(velocity))
            moved[name] = parameter - rate_for(name, rate) * velocity
    activations = [layer.activation for layer in network.layers]
    return Updated(from_arrays(moved, activations), found)


def check_rate(learning_rate: ArrayLike, network: Network) -> Array:
    """Return the learning rate in the network's floats, or raise a ValueError if it is negative."""
    rate = float_array("learning_rate", learning_rate, network.dtype)
    if (rate < 0).any():
        raise ValueError(f"learning_rate must not be negative, got {rate.min():g}")
    return rate


def rate_for(name: str, rate: Array) -> Array:
    """Return the rates of a stack with axes for one parameter's own."""
    if rate.ndim == 0:
        return rate
    return rate[..., None, None] if name.startswith("W") else rate[..., None]


def _find(parameters: Mapping[str, Array], name: str) -> tuple[str, tuple[int, ...]]:
    """Return the array and the index that a name means; () for all of the array."""
    match = _NAME.fullmatch(name)
    if match is None or match[1] not in parameters:
        raise ValueError(
            f"{name!r} is no parameter of this network; choose an array, one of "
            f"{', '.join(parameters)}, or a single number such as W1[0, 0]"
        )
    array = match[1]
    own = parameters[array].shape[-2 if array.startswith("W") else -1 :]
    index = tuple(int(place) for place in match.groups()[1:] if place is not None)
    if index and (len(index) != len(own) or any(i >= n for i, n in zip(index, own, strict=True))):
        last = ", ".join(str(n - 1) for n in own)
        raise ValueError(f"{name!r} is no entry of {array}, whose last one is {array}[{last}]")
    return array, index
