"""What a reading comes to: the exercise's parts, what was assumed on the way, what was not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from blame.arrays import Array


@dataclass(frozen=True, eq=False)
class Draft:
    """An exercise's parts as they were read, checked by nobody yet."""

    weights: tuple[Array, ...]
    """Each (n_in, n_out), as in x @ W."""
    biases: tuple[Array | None, ...]
    activations: tuple[str, ...]
    x: Array
    """(n_samples, n_in)"""
    target: Array | None
    """(n_samples, n_out), None where the loss is the output."""
    loss: str
    learning_rate: float
    steps: int = 50
    held: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    momentum: float = 0.0
    weight_decay: float = 0.0


@dataclass(frozen=True)
class Assumption:
    """Something a text does not say: a key for `choices`, what was taken, what else there is.

    `alternatives` are pairs of a choice and its words, the taken one among them. A learning rate
    may be any number besides those listed.
    """

    key: str
    sentence: str
    choice: str
    alternatives: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Reading:
    """What `read_exercise` made of a text.

    `exercise` is None where no network could be put together; `draft` holds the same in parts.
    `problems` are sentences that name the lines which could not be read. `said` are sentences
    worth knowing that leave no choice. `named` maps the text's own names to ours. `form` says
    what kind of text it is.
    """

    exercise: Any
    assumed: tuple[Assumption, ...] = ()
    problems: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    draft: Draft | None = None
