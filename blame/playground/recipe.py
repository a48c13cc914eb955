"""Everything that decides a run of the playground: the same recipe always gives the same run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blame.activations import ACTIVATIONS, find_activation
from blame.arrays import Array
from blame.initialise import initialise
from blame.losses import LOSSES, Loss, find_loss
from blame.network import Network
from blame.playground.datasets import Dataset, make_dataset
from blame.playground.growing_run import GrowingRun, begin
from blame.playground.own_samples import read_csv

OWN = "my own"
"""The dataset that is the reader's own text."""
FALLBACK = "mse"
"""The loss that any targets suit."""
MOST_HIDDEN = 3
MOST_WIDTH = 8


@dataclass(frozen=True)
class Recipe:
    """Data, network and way of training; every random choice comes from a seed.

    `hidden` are the widths of the hidden layers; `batch_size` is 0 for all samples at once.
    """

    data: str = "circles"
    n_samples: int = 100
    noise: float = 0.1
    data_seed: int = 0
    csv: str = ""
    hidden: tuple[int, ...] = (4,)
    activation: str = "relu"
    loss: str = "bce"
    learning_rate: float = 0.3
    batch_size: int = 0
    weights_seed: int = 1
    batch_seed: int = 0


@dataclass(frozen=True, eq=False)
class Prepared:
    """What a recipe makes: the data, the run at its start, and what had to be changed.

    `lines` are the lines of the reader's text that are left out; `notes` say what else could not
    be as asked.
    """

    data: Dataset
    start: GrowingRun
    lines: tuple[str, ...]
    notes: tuple[str, ...]


def prepare(recipe: Recipe) -> Prepared:
    """Return the start of the recipe's run.

    A text without a good line gives way to the default data, a loss that the targets do not suit
    to mse, a batch larger than the data to all of it; each is said in `notes`.

    Raises
    ------
    ValueError
        If a number is out of range or a name unknown.
    """
    notes: list[str] = []
    lines: list[str] = []
    data = None
    if recipe.data == OWN:
        data, lines = read_csv(recipe.csv)
        if data is None:
            notes.append("There is no good line in the text yet, so the four points are shown.")
        elif data.read_as:
            notes.append(data.read_as)
    if data is None:
        name = "four points" if recipe.data == OWN else recipe.data
        data = make_dataset(name, recipe.n_samples, recipe.noise, recipe.data_seed)
    loss = find_loss(recipe.loss)
    low, high = float(data.target.min()), float(data.target.max())
    least, most = loss.domain
    if not least <= low <= high <= most:
        notes.append(
            f"{loss.name} needs targets from {least:g} to {most:g}, and these go from {low:.4g} to "
            f"{high:.4g}: {FALLBACK} is used instead."
        )
        loss = LOSSES[FALLBACK]
    batch = recipe.batch_size or None
    if batch and batch >= len(data.x):
        if batch > len(data.x):
            notes.append(f"There are only {len(data.x)} samples, so each step uses all of them.")
        batch = None
    start = begin(
        network_of(recipe, data.n_in, loss),
        data.x,
        data.target,
        recipe.learning_rate,
        loss,
        batch,
        recipe.batch_seed,
    )
    return Prepared(data, start, tuple(lines), tuple(notes))


def network_of(recipe: Recipe, n_in: int, loss: str | Loss) -> Network:
    """Return the network that training starts from: its output suits the loss."""
    return initialise(
        (n_in, *recipe.hidden, 1),
        recipe.weights_seed,
        activation=recipe.activation,
        output_activation=output_of(find_loss(loss)),
        scale=find_activation(recipe.activation).initial_scale,
    )


def output_of(loss: Loss) -> str:
    """Return the activation of the last layer that suits a loss.

    The one it is fused to; else the identity, or the first that promises what the loss needs.

    Raises
    ------
    ValueError
        If no activation promises it.
    """
    if loss.fused:
        return loss.fused.activation
    low, high = loss.domain
    for name in ("identity", *ACTIVATIONS):
        lowest, highest = ACTIVATIONS[name].output_range
        if low <= lowest and highest <= high:
            return name
    raise ValueError(f"no activation stays between {low:g} and {high:g}, as {loss.name} needs")


def tasks() -> tuple[str, ...]:
    """Return the names of the losses that suit one output with a target: those of a playground.

    A cross-entropy of shares needs an output for each class.
    """
    return tuple(
        name for name, loss in LOSSES.items() if loss.asks_target and not loss.takes_classes
    )


def span(values: Array, points: int, extent: float = 0.0) -> Array:
    """Return evenly spaced values that reach a little beyond those given, `extent` at least."""
    low, high = float(values.min()), float(values.max())
    half = 0.7 * max(high - low, extent) or 1.0
    middle = (low + high) / 2
    return np.linspace(middle - half, middle + half, points)


def plane(x: Array, points: int) -> tuple[Array, Array]:
    """Return the values across and up of a map around samples x (n_samples, 2).

    A square one, unless one input spreads so much further than the other that it would be a line.
    """
    extents = np.ptp(x, axis=0)
    least = 0.0 if extents.max() > 5 * extents.min() else float(extents.max())
    return span(x[:, 0], points, least), span(x[:, 1], points, least)
