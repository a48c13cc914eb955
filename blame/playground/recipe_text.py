"""A recipe as a short text: what differs from the usual one, name=value, and back."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

from blame.exercise.presets import MOST_SEED
from blame.playground.datasets import DATASETS, MOST_SAMPLES
from blame.playground.recipe import MOST_HIDDEN, MOST_WIDTH, OWN, Recipe, prepare, tasks
from blame.playground.run.optimisers import OPTIMISERS
from blame.playground.run.rates import MOST_RATE, read_rates

MOST_STEPS = 2000
"""So many steps of a run are followed."""
MOST_KEPT = 3
"""So many runs are kept beside the one on screen."""
STEP = "step"
Kept = tuple[Recipe, int]
"""A run that is kept: its recipe, and how many steps of it."""


def write_recipe(recipe: Recipe, step: int) -> str:
    """Return what of a recipe differs from the usual one, and the step; without its samples."""
    usual = Recipe()
    told = [
        f"{field.name}={_written(getattr(recipe, field.name))}"
        for field in fields(Recipe)
        if getattr(recipe, field.name) != getattr(usual, field.name) and field.name != "csv"
    ]
    return ",".join([*told, f"{STEP}={step}"])


def read_recipe(text: str) -> Kept:
    """Return the recipe and the step that a text holds; it has no samples of the reader's own.

    Raises
    ------
    ValueError
        If a name is unknown, or a value is none or out of range.
    """
    given = dict(part.split("=", 1) for part in text.split(",") if "=" in part)
    usual = {field.name: getattr(Recipe(), field.name) for field in fields(Recipe)}
    try:
        step = int(given.pop(STEP))
        read: dict[str, Any] = {name: _read(value, usual[name]) for name, value in given.items()}
    except KeyError as missing:
        raise ValueError(f"a run has no {missing.args[0]!r}") from None
    recipe = replace(Recipe(), **read)
    _check(recipe, step)
    return recipe, step


def write_kept(kept: tuple[Kept, ...]) -> str:
    """Return kept runs as a link has them."""
    return "~".join(write_recipe(*one) for one in kept)


@lru_cache(maxsize=32)
def read_kept(text: str, csv: str = "") -> tuple[Kept, ...]:
    """Return the kept runs of a text; those of the reader's own samples have `csv`.

    Raises
    ------
    ValueError
        As `read_recipe`, or if there are more than `MOST_KEPT`.
    """
    parts = text.split("~") if text else []
    if len(parts) > MOST_KEPT:
        raise ValueError(f"at most {MOST_KEPT} runs are kept, got {len(parts)}")
    read = [read_recipe(part) for part in parts]
    return tuple(
        (replace(recipe, csv=csv) if recipe.data == OWN else recipe, step) for recipe, step in read
    )


def _check(recipe: Recipe, step: int) -> None:
    """Raise a ValueError where a number is one that the playground's inputs do not allow."""
    in_range = (
        0 <= step <= MOST_STEPS
        and (recipe.data == OWN or recipe.data in DATASETS)
        and len(recipe.hidden) <= MOST_HIDDEN
        and all(1 <= width <= MOST_WIDTH for width in recipe.hidden)
        and recipe.loss in tasks()
        and recipe.optimiser in OPTIMISERS
        and 0 <= recipe.batch_size <= MOST_SAMPLES
        and all(
            0 <= seed <= MOST_SEED
            for seed in (recipe.data_seed, recipe.weights_seed, recipe.batch_seed)
        )
        and 0 <= recipe.noise <= 1
        and 0 <= recipe.learning_rate <= MOST_RATE
        and 0 <= recipe.l2 <= 1
        and math.isfinite(recipe.momentum)
    )
    if not in_range or recipe.csv:
        raise ValueError("a number of the run is out of range, or a name unknown")
    read_rates(recipe.rates)
    # What is left is checked where it is used.
    prepare(recipe)


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return "+".join(map(str, value))
    return str(value)


def _read(text: str, like: Any) -> Any:
    """Return a choice of a recipe from a text, of the type that it usually has."""
    if isinstance(like, tuple):
        return tuple(int(part) for part in text.split("+") if part)
    return type(like)(text)
