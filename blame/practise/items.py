"""What there is to work out by hand: every quantity of both passes, the update, the loss after it.

What each is made of is read off the graph of the computation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from blame.backward import backward
from blame.exercise.exercise import Exercise
from blame.exercise.names import title_of
from blame.formula import Formula
from blame.forward import forward
from blame.network import Network
from blame.practise.question import written_number as n
from blame.probe.trace.graph import Graph
from blame.probe.trace.made_of import Made, made_of

Values = Mapping[str, float]

NEW = "new "
"""Stands before the name of a parameter that an update has moved."""
LOSS_AFTER = "loss after"


@dataclass(frozen=True)
class Item:
    """One quantity to work out: its name, and the array, or the step, that it belongs to.

    What it is made of is worked out when it is asked for: of a large exercise few are.
    """

    name: str
    stage: str
    make: Callable[[], Made]
    sample: int | None = None
    """The sample it belongs to; None for what all samples share."""

    @cached_property
    def made(self) -> Made:
        """The formula, and for each of its variables the number that it stands for."""
        return self.make()

    @property
    def formula(self) -> str:
        """The quantity and what it is, in names."""
        formula, names = self.made
        titles = {variable: title_of(name) for variable, name in names.items()}
        return f"{self.name} = {formula.text(titles)}"

    @property
    def needs(self) -> tuple[str, ...]:
        """The numbers and quantities that it is worked out from."""
        return tuple(self.made[1].values())

    def compute(self, values: Values) -> float:
        """Return the quantity, from the numbers and quantities it needs."""
        formula, names = self.made
        return formula.value({variable: values[name] for variable, name in names.items()})

    def with_numbers(self, values: Values, write: Callable[[float], str] = n) -> str:
        """Return the formula with every name replaced by its number, as `write` writes it."""
        formula, names = self.made
        numbers = {variable: write(values[name]) for variable, name in names.items()}
        shown = {v: f"({text})" if text.startswith("-") else text for v, text in numbers.items()}
        return f"{self.name} = {formula.text(shown)}"


@dataclass(frozen=True)
class LossAfter(Item):
    """The loss of the updated network: a whole forward pass, in one number."""

    exercise: Exercise | None = None
    moved: tuple[tuple[str, str], ...] = ()
    """The name of each parameter, and that of what it has become."""

    @property
    def formula(self) -> str:
        """What it is, in words: its formula is the whole forward pass."""
        return f"{self.name} = the forward pass once more, with the new numbers"

    @property
    def needs(self) -> tuple[str, ...]:
        """The new numbers."""
        return tuple(new for _, new in self.moved)

    def compute(self, values: Values) -> float:
        """Return the loss with these parameters; infinity where it leaves the floats."""
        assert self.exercise is not None
        network = self.exercise.network
        arrays = {name: array.copy() for name, array in network.parameters().items()}
        # In NumPy's order, as the names are.
        flat = iter(values[new] for _, new in self.moved)
        for array in arrays.values():
            array[...] = np.fromiter(flat, np.float64, array.size).reshape(array.shape)
        if not all(np.isfinite(array).all() for array in arrays.values()):
            return np.inf
        with np.errstate(all="ignore"):
            return _loss(self.exercise, network.with_parameters(**arrays))

    def with_numbers(self, values: Values, write: Callable[[float], str] = n) -> str:
        """Return what it comes to: its numbers would be a sheet of their own."""
        return f"{self.name} = {write(self.compute(values))}"


def _loss(exercise: Exercise, network: Network) -> float:
    return float(backward(forward(network, exercise.x), exercise.target, exercise.loss).loss)


def all_items(exercise: Exercise, graph: Graph) -> tuple[Item, ...]:
    """Return every quantity of both passes and of one update, in the order it is worked out in.

    What is held is not asked for, and what is tied once for its layer.
    """
    passes = [
        Item(name, array, partial(made_of, graph, name), graph.sample(name))
        for stage in graph.stages()
        for array in stage.arrays
        for name in graph.entries(array)
    ]
    moved = dict(_moved(exercise, graph))
    update = [
        Item(new, NEW + _array(name), partial(_new, exercise, graph, name))
        for name, new in moved.items()
        if new != name
    ]
    # Entries of a tied bias share one new number.
    once = {item.name: item for item in reversed(update)}
    ordered = [once.pop(new) for new in dict.fromkeys(moved.values()) if new in once]
    after = LossAfter(
        LOSS_AFTER, LOSS_AFTER, _no_formula, exercise=exercise, moved=tuple(moved.items())
    )
    return (*passes, *ordered, *([after] if ordered else []))


def _moved(exercise: Exercise, graph: Graph) -> Iterator[tuple[str, str]]:
    """Yield the name of every parameter with that of what it becomes; its own where it is held."""
    for array in graph.network.parameters():
        for name in graph.entries(array):
            if name in exercise.held or array in exercise.held:
                yield name, name
            else:
                yield name, NEW + (array if array in exercise.tied else name)


def _new(exercise: Exercise, graph: Graph, name: str) -> Made:
    """Return a parameter after one step, which is the first: no momentum has gathered yet."""
    array = _array(name)
    slopes = graph.entries(f"d{array}") if array in exercise.tied else [f"d{name}"]
    names = {"w": name, "r": "learning_rate"} | {f"g{k}": slope for k, slope in enumerate(slopes)}
    pull = " + ".join(f"g{k}" for k in range(len(slopes)))
    if exercise.weight_decay:
        pull, names = f"{pull} + c * w", names | {"c": "weight_decay"}
    whole = f"({pull})" if "+" in pull else pull
    return Formula(f"w - r * {whole}"), names


def _array(name: str) -> str:
    return name.partition("[")[0]


def _no_formula() -> Made:
    raise ValueError("the loss after an update is a whole forward pass and has no single formula")
