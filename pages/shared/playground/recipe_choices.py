"""The recipe that the playground's choices make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import streamlit as st

from blame.playground.datasets import DATASETS
from blame.playground.recipe import MOST_HIDDEN, OWN, Recipe

RATES = "rates"
"""The choice that has no widget: the learning rates of before."""
_KNOWN: ContextVar[Recipe | None] = ContextVar("known_recipe", default=None)


def current() -> Recipe:
    """Return the recipe that the choices make."""
    return _KNOWN.get() or recipe_of(st.session_state)


@contextmanager
def known(recipe: Recipe) -> Iterator[None]:
    """Spare what is drawn meanwhile to put the recipe together: of many frames it is the same."""
    before = _KNOWN.set(recipe)
    try:
        yield
    finally:
        _KNOWN.reset(before)


def recipe_of(state: Mapping[Any, Any]) -> Recipe:
    """Return the recipe of choices by their names in links; what is missing is the default."""
    default = Recipe()
    hidden = int(state.get("hidden_layers", len(default.hidden)))
    widths = [int(state.get(f"width_{k}", default.hidden[0])) for k in range(1, MOST_HIDDEN + 1)]
    data = str(state.get("data", default.data))
    drawn = data != OWN and DATASETS[data].drawn
    optimiser = str(state.get("play_optimiser", default.optimiser))
    share = int(state.get("test_share", default.test_share))
    seeded = drawn or share > 0
    return Recipe(
        data=data,
        n_samples=int(state.get("samples", default.n_samples)) if drawn else default.n_samples,
        noise=float(state.get("noise", default.noise)) if drawn else default.noise,
        data_seed=int(state.get("data_seed", default.data_seed)) if seeded else default.data_seed,
        csv=str(state.get("csv", "")) if data == OWN else "",
        hidden=tuple(widths[:hidden]),
        activation=str(state.get("unit", default.activation)),
        loss=str(state.get("task_loss", default.loss)),
        learning_rate=float(state.get("play_rate", default.learning_rate)),
        batch_size=int(state.get("batch", default.batch_size)),
        weights_seed=int(state.get("weights_seed", default.weights_seed)),
        batch_seed=int(state.get("batch_seed", default.batch_seed)),
        rates=str(state.get(RATES, default.rates)),
        optimiser=optimiser,
        momentum=float(state.get("play_momentum", default.momentum))
        if optimiser == "momentum"
        else default.momentum,
        l2=float(state.get("play_l2", default.l2)),
        test_share=share,
    )


def choices_of(recipe: Recipe) -> dict[str, Any]:
    """Return the choices that make a recipe, by their names; the learning rates of before aside."""
    found = {
        "data": recipe.data,
        "samples": recipe.n_samples,
        "noise": recipe.noise,
        "data_seed": recipe.data_seed,
        "hidden_layers": len(recipe.hidden),
        "unit": recipe.activation,
        "task_loss": recipe.loss,
        "play_rate": recipe.learning_rate,
        "batch": recipe.batch_size,
        "weights_seed": recipe.weights_seed,
        "batch_seed": recipe.batch_seed,
        "play_optimiser": recipe.optimiser,
        "play_momentum": recipe.momentum,
        "play_l2": recipe.l2,
        "test_share": recipe.test_share,
    }
    if recipe.data == OWN:
        found["csv"] = recipe.csv
    return found | {f"width_{k}": width for k, width in enumerate(recipe.hidden, start=1)}
