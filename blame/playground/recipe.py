"""Everything that decides a run of the playground: the same recipe always gives the same run."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from blame.activations import ACTIVATIONS, find_activation
from blame.arrays import Array
from blame.initialise import initialise
from blame.losses import LOSSES, Loss, find_loss
from blame.network import Network
from blame.playground.datasets import MOST_CLASSES, Dataset, make_dataset
from blame.playground.growing_run import GrowingRun, begin
from blame.playground.own_samples import read_csv
from blame.playground.run.optimisers import Optimiser
from blame.playground.run.rates import read_rates
from blame.playground.split import split

OWN = "my own"
"""The dataset that is the reader's own text."""
FALLBACK = "mse"
"""The loss that any targets suit."""
FOR_CLASSES = "cross_entropy"
"""The loss that more than two classes ask for."""
_NAMED = "cross-entropy"
MOST_HIDDEN = 3
MOST_WIDTH = 8


@dataclass(frozen=True)
class Recipe:
    """Data, network and way of training; every random choice comes from a seed.

    `hidden` are the widths of the hidden layers; `batch_size` is 0 for all samples at once;
    `rates` are the learning rates of before, as `read_rates` has them; `test_share` is how many
    percent of the samples are set aside, drawn by the data's seed.
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
    rates: str = ""
    optimiser: str = "plain"
    momentum: float = 0.9
    l2: float = 0.0
    test_share: int = 0


@dataclass(frozen=True, eq=False)
class Prepared:
    """What a recipe makes: the data, the run at its start, and what had to be changed.

    `data` are the samples trained on, `test` those set aside, None without any.

    `lines` are the lines of the reader's text that are left out; `notes` say what else could not
    be as asked.
    """

    data: Dataset
    start: GrowingRun
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    test: Dataset | None = None

    @property
    def every(self) -> Dataset:
        """The samples trained on and those set aside."""
        if self.test is None:
            return self.data
        both = (self.data, self.test)
        return replace(
            self.data,
            x=np.concatenate([part.x for part in both]),
            target=np.concatenate([part.target for part in both]),
        )


def prepare(recipe: Recipe) -> Prepared:
    """Return the start of the recipe's run.

    A text without a good line gives way to the default data, a loss that the targets do not suit
    to mse, or to cross_entropy where they are more than two classes, a batch larger than the data
    to all of it; each is said in `notes`.

    Raises
    ------
    ValueError
        If a number is out of range or a name unknown.
    """
    notes: list[str] = []
    data, lines = whole_data(recipe)
    if recipe.data == OWN and data is None:
        notes.append("There is no good line in the text yet, so the four points are shown.")
    if data is None:
        data = make_dataset("four points")
    elif data.read_as:
        notes.append(data.read_as)
    loss = _suitable(find_loss(recipe.loss), data, notes)
    trained, aside = split(len(data.x), recipe.test_share, recipe.data_seed)
    if recipe.test_share and not len(aside):
        notes.append("A single sample can't be parted, so none is set aside.")
    test = data.of(aside) if len(aside) else None
    data = data.of(trained)
    batch = recipe.batch_size or None
    if batch and batch >= len(data.x):
        if batch > len(data.x):
            left = " to train on" if test else ""
            notes.append(
                f"There are only {len(data.x)} samples{left}, so each step uses all of them."
            )
        batch = None
    n_out = data.n_classes if loss.takes_classes else 1
    start = begin(
        network_of(recipe, data.n_in, loss, n_out),
        data.x,
        _wanted(data, loss),
        recipe.learning_rate,
        loss,
        batch,
        recipe.batch_seed,
        optimiser=Optimiser(recipe.optimiser, recipe.momentum, recipe.l2),
        rates_before=read_rates(recipe.rates),
        test=None if test is None else (test.x, _wanted(test, loss)),
    )
    return Prepared(data, start, tuple(lines), tuple(notes), test)


def whole_data(recipe: Recipe) -> tuple[Dataset | None, list[str]]:
    """Return all samples of a recipe in their order, and the lines that are left out of a text.

    None where a text has no good line.
    """
    if recipe.data == OWN:
        return read_csv(recipe.csv)
    return make_dataset(recipe.data, recipe.n_samples, recipe.noise, recipe.data_seed), []


def _suitable(loss: Loss, data: Dataset, notes: list[str]) -> Loss:
    """Return the loss, or another one where the targets do not suit it; that is noted."""
    low, high = float(data.target.min()), float(data.target.max())
    least, most = loss.domain
    if loss.takes_classes:
        if data.n_classes:
            return loss
        notes.append(
            f"{_NAMED} needs classes as targets, words or whole numbers from 0 to "
            f"{MOST_CLASSES - 1}: {FALLBACK} is used instead."
        )
        return LOSSES[FALLBACK]
    if data.n_classes > 2 and (data.classes or not low >= least or not high <= most):
        why = "Words are classes" if data.classes else f"{loss.name} knows two classes"
        notes.append(
            f"{why}, and there are {data.n_classes}: {_NAMED} with softmax is used instead."
        )
        return LOSSES[FOR_CLASSES]
    if least <= low <= high <= most:
        return loss
    notes.append(
        f"{loss.name} needs targets from {least:g} to {most:g}, and these go from {low:.4g} to "
        f"{high:.4g}: {FALLBACK} is used instead."
    )
    return LOSSES[FALLBACK]


def _wanted(data: Dataset, loss: Loss) -> Array:
    """Return the targets as the loss takes them: for classes, 1 at each sample's own."""
    if not loss.takes_classes:
        return data.target
    own: Array = (data.target == np.arange(data.n_classes)).astype(np.float64)
    return own


def network_of(recipe: Recipe, n_in: int, loss: str | Loss, n_out: int = 1) -> Network:
    """Return the network that training starts from: its output suits the loss."""
    return initialise(
        (n_in, *recipe.hidden, n_out),
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
    """Return the names of the losses of a playground: those with a target."""
    return tuple(name for name, loss in LOSSES.items() if loss.asks_target)


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
