"""All that a reader can change, as one frozen value: an exercise of any shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from blame.arrays import Array, read_only, sample_rows
from blame.backward import BackwardPass, backward
from blame.exercise.limits import MOST_SAMPLES, check_size, plain_network, within
from blame.exercise.names import SETTINGS, array_of, entry_names, plain_name
from blame.exercise.typed.bounds import bounds_of, check_number, parse_number
from blame.forward import ForwardPass, forward
from blame.losses import Loss, find_loss
from blame.losses.targets import check_target
from blame.network import Network
from blame.probe.trace import Trace
from blame.training import History, check_output_range, train
from blame.training.updates import Update, one_update


@dataclass(frozen=True, eq=False)
class Exercise:
    """A network, what goes in, what should come out, and how it is trained.

    Two exercises with the same numbers are equal, and may be keys.

    Parameters
    ----------
    network : one to four layers of at most ten units, no stack.
    x : (n_in,), or (n_samples, n_in) for up to eight samples.
    target : (n_out,) or (n_samples, n_out), or whatever else the loss takes for it; None for a
        loss that needs none.
    loss : a key of `LOSSES`.
    learning_rate, steps, momentum, weight_decay : of the training run.
    held : names of parameters, W1 or W1[0, 1], that are not trained.
    tied : names of biases that are one number for their whole layer.

    Raises
    ------
    ValueError
        If something does not fit, is not finite, or lies outside the limits; it names the thing.
    """

    network: Network
    x: Array
    target: Array | None
    loss: str = "mse"
    learning_rate: float = 0.1
    steps: int = 50
    held: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    momentum: float = 0.0
    weight_decay: float = 0.0
    _key: tuple[Any, ...] = field(init=False, repr=False)
    _hash: int = field(init=False, repr=False)

    def __init__(
        self,
        network: Network,
        x: ArrayLike,
        target: ArrayLike | None,
        loss: str = "mse",
        learning_rate: float = 0.1,
        steps: int = 50,
        held: tuple[str, ...] = (),
        tied: tuple[str, ...] = (),
        momentum: float = 0.0,
        weight_decay: float = 0.0,
    ) -> None:
        check_size(network)
        Update(tuple(held), tuple(tied)).rules(network)
        rows = within("x", sample_rows("x", x, network.sizes[0], np.float64))
        if rows.ndim != 2 or len(rows) > MOST_SAMPLES:
            raise ValueError(f"x may hold up to {MOST_SAMPLES} samples, got shape {np.shape(x)}")
        # Numbers that change later must not lead the prediction out of what the loss takes.
        check_output_range(find_loss(loss), network.layers[-1].activation)
        start = forward(plain_network(network), rows)
        wanted = None
        if find_loss(loss).asks_target:
            wanted = check_target(start, target, find_loss(loss))
            if wanted.shape != start.prediction.shape:
                raise ValueError(
                    f"target must have a row for each of the {len(rows)} samples, "
                    f"got shape {wanted.shape}"
                )
            wanted = within("target", wanted)
        put = {
            "network": start.network,
            "x": _as_named(rows),
            "target": None if wanted is None else _as_named(wanted),
            "loss": loss,
            "held": tuple(map(plain_name, held)),
            "tied": tuple(tied),
        }
        given = (learning_rate, steps, momentum, weight_decay)
        put |= {
            name: check_number(name, value) for name, value in zip(SETTINGS, given, strict=True)
        }
        for name, value in put.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_key", self._all_that_counts())
        # Known from the first: caches ask for it at every turn.
        object.__setattr__(self, "_hash", hash(self._key))

    def _all_that_counts(self) -> tuple[Any, ...]:
        arrays = tuple((name, a.shape, a.tobytes()) for name, a in self._arrays().items())
        settings = tuple(getattr(self, name) for name in SETTINGS)
        units = tuple(layer.activation for layer in self.network.layers)
        return (units, self.loss, self.held, self.tied, settings, arrays)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Exercise) and self._key == other._key)

    def __hash__(self) -> int:
        return self._hash

    @property
    def sizes(self) -> tuple[int, ...]:
        """Widths from the input to the output, (2, 2, 1) for the notebook's."""
        return self.network.sizes

    @property
    def n_samples(self) -> int:
        """How many samples there are."""
        return self.x.shape[0] if self.x.ndim == 2 else 1

    @property
    def activations(self) -> tuple[str, ...]:
        """The name of each layer's activation."""
        return tuple(layer.activation.name for layer in self.network.layers)

    @property
    def loss_function(self) -> Loss:
        """The loss."""
        return find_loss(self.loss)

    @property
    def shape(self) -> tuple[Any, ...]:
        """All of an exercise but its numbers; two of the same shape differ in numbers alone."""
        arrays = tuple((name, array.shape) for name, array in self._arrays().items())
        return (arrays, self.activations, self.loss, self.held, self.tied)

    def forward(self) -> ForwardPass:
        """Return the forward pass of these numbers."""
        return forward(self.network, self.x)

    def backward(self) -> BackwardPass:
        """Return the backward pass of these numbers."""
        return backward(self.forward(), self.target, self.loss)

    def train(self) -> History:
        """Return the training run of these numbers."""
        return train(
            self.network,
            self.x,
            self.target,
            self.learning_rate,
            self.steps,
            self.loss,
            **self.update.settings(),
        )

    @property
    def update(self) -> Update:
        """What is held and tied, momentum and weight decay."""
        return Update(self.held, self.tied, self.momentum, self.weight_decay)

    def updated(self) -> Exercise:
        """Return the exercise after one step of its training.

        Raises
        ------
        ValueError
            If a number is beyond what an exercise may hold then.
        """
        gradients = self.backward().parameter_gradients()
        moved = one_update(self.network, gradients, self.learning_rate, self.update)
        return replace(self, network=moved.network)

    def trace(self) -> Trace:
        """Return everything that can be opened in both passes."""
        return Trace(self.backward())

    def values(self) -> dict[str, float]:
        """Return every quantity of both passes by its name: z1[0], a1[0], ..., loss, dW1[0, 0]."""
        trace = self.trace()
        return {name: trace.value(name) for name in trace.names()}

    def numbers(self) -> dict[str, Any]:
        """Return every number a reader can change by its name: x[0], y_true, W1[0, 0], ..."""
        return dict(self._numbers)

    @cached_property
    def _numbers(self) -> dict[str, Any]:
        # A change asks for them a dozen times, and a large exercise has hundreds.
        arrays = {name: array.ravel().tolist() for name, array in self._arrays().items()}
        found = {name: arrays[array][k] for name, (array, k) in self._places().items()}
        return found | {name: getattr(self, name) for name in SETTINGS}

    def names(self) -> tuple[str, ...]:
        """Return the name of every number, in the order of links."""
        return (*self._places(), *SETTINGS)

    def parameter_names(self) -> tuple[str, ...]:
        """Return the name of every weight and bias, in the order of links."""
        return tuple(name for name, (array, _) in self._places().items() if array[0] in "Wb")

    def with_numbers(self, changes: Mapping[str, float]) -> Exercise:
        """Return the exercise with some numbers changed, `{"W1[0, 1]": 0.7}`.

        A bias that is tied moves with all of its layer.

        Raises
        ------
        ValueError
            If a name is unknown, or a value is not finite, not in range or, for steps, not whole.
        """
        places = self._places()
        arrays = {name: array.copy() for name, array in self._arrays().items()}
        settings: dict[str, Any] = {}
        for name, value in changes.items():
            number = self.check_number(name, value)
            if name in SETTINGS:
                settings[name] = number
            elif (array := places[name][0]) in self.tied:
                arrays[array][...] = number
            else:
                arrays[array].flat[places[name][1]] = number
        x, target = arrays.pop("x"), arrays.pop("y_true", None)
        network = self.network.with_parameters(**arrays)
        return replace(self, network=network, x=x, target=target, **settings)

    def with_network(self, network: Network) -> Exercise:
        """Return the exercise of another network."""
        return replace(self, network=network)

    def check_number(self, name: str, value: float) -> float:
        """Return `value` as the number `name` of this exercise may hold.

        Raises
        ------
        ValueError
            As `with_numbers`.
        """
        self._check_known(name)
        return check_number(name, value, self.bounds_of(name))

    def parse_number(self, name: str, text: str) -> float:
        """Return the number that `text` writes, as a hand types it, for the number `name`.

        Raises
        ------
        ValueError
            As `with_numbers`, or if the text is not a number.
        """
        self._check_known(name)
        return parse_number(name, text, self.bounds_of(name))

    def bounds_of(self, name: str) -> tuple[float, float]:
        """Return the smallest and the largest value that a number of this exercise may have."""
        low, high = bounds_of(name)
        if array_of(name) == "y_true":
            least, most = self.loss_function.domain
            low, high = max(low, least), min(high, most)
        return low, high

    def _check_known(self, name: str) -> None:
        if name not in SETTINGS and name not in self._places():
            arrays = dict.fromkeys(array for array, _ in self._places().values())
            exercise = list(self._places())[-1]
            raise ValueError(
                f"unknown name {name[:40]!r}; the numbers are those of {', '.join(arrays)}, such "
                f"as {exercise}, and {', '.join(SETTINGS)}"
            )

    def _arrays(self) -> dict[str, Array]:
        target = {} if self.target is None else {"y_true": self.target}
        return {"x": self.x, **target, **self.network.parameters()}

    def _places(self) -> Mapping[str, tuple[str, int]]:
        return _places(tuple((name, a.shape) for name, a in self._arrays().items()))


@lru_cache(maxsize=128)
def _places(arrays: tuple[tuple[str, tuple[int, ...]], ...]) -> Mapping[str, tuple[str, int]]:
    """Return for each number's name the array it stands in, and its place in NumPy's order."""
    found: dict[str, tuple[str, int]] = {}
    for array, shape in arrays:
        # A single output has no index of its own.
        named = shape[:-1] if array == "y_true" and shape[-1] == 1 else shape
        found |= {name: (array, k) for k, name in enumerate(entry_names(array, named))}
    return found


def _as_named(rows: Array) -> Array:
    """Return the rows of the samples, or the one row where there is one sample."""
    return read_only(rows[0].copy() if len(rows) == 1 else rows.copy())
