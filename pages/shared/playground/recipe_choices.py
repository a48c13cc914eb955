"""The playground's choices, and the run that they decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from blame.playground.datasets import DATASETS
from blame.playground.own_samples import fitting
from blame.playground.recipe import MOST_HIDDEN, OWN, Prepared, Recipe
from pages.shared.state import choice_widgets
from pages.shared.state.choices import MOST_PASTED, MOST_TEXT
from pages.shared.state.computed import prepared
from pages.shared.words.exercise import activation_title, loss_name

_FITTED = "csv_fitted"
EXERCISE = "x0, x1, y\n0, 0, 0\n0, 1, 1\n1, 0, 1\n1, 1, 0"


def choose() -> None:
    """Let the reader choose data, network and training; every choice goes into the link."""
    data, network, training = st.columns(3, gap="large")
    with data:
        _data()
    with network:
        _network()
    with training:
        _training()
    # Beside the choice that is at fault, once all of them are known.
    found = prepared(current())
    with data:
        _left_out(found)
    with training:
        for note in found.notes:
            st.caption(f":material/info: {note}")


def _data() -> None:
    choice_widgets.titled("data", "Data", _data_title)
    name = st.session_state["data"]
    if name == OWN:
        choice_widgets.text(
            "csv",
            "One sample a line: one or two inputs, then the target",
            placeholder=EXERCISE,
            height=132,
            most=MOST_PASTED,
            on_change=_fit,
            help=f"Up to 200 samples and {MOST_TEXT:,} characters. Commas, semicolons, tabs, bars "
            "or spaces part the numbers; a first line of names is skipped.",
        )
        if said := st.session_state.get(_FITTED):
            st.caption(f":material/info: {said}")
        return
    st.caption(DATASETS[name].story)
    if DATASETS[name].drawn:
        choice_widgets.slider("samples", "Samples")
        with _row():
            choice_widgets.number("noise", "Noise", step=0.05, format="%.12g", width=_WIDE)
            choice_widgets.number("data_seed", "Data seed", step=1, width=_WIDE)


def _data_title(name: str) -> str:
    return DATASETS[name].title if name in DATASETS else "Your own"


def _fit() -> None:
    """Keep of a pasted text what a link holds, and what is to be said of the rest."""
    state = st.session_state
    kept, state[_FITTED] = fitting(str(state["csv"] or ""), MOST_TEXT)
    if state[_FITTED]:
        state["csv"] = kept


def _network() -> None:
    choice_widgets.slider("hidden_layers", "Hidden layers")
    count = int(st.session_state["hidden_layers"])
    with _row():
        for k in range(1, count + 1):
            choice_widgets.number(f"width_{k}", f"Width {k}", step=1, width=_NARROW)
    with _row():
        choice_widgets.titled("unit", "Activation", activation_title, width=_WIDE)
        choice_widgets.number("weights_seed", "Weights seed", step=1, width=_WIDE)


def _training() -> None:
    with _row():
        choice_widgets.titled("task_loss", "Loss", loss_name, width=_WIDE)
        choice_widgets.number("play_rate", "Learning rate", step=0.05, format="%.12g", width=_WIDE)
    with _row():
        choice_widgets.number(
            "batch", "Batch size", step=1, width=_WIDE, help="Samples a step uses; 0 for all."
        )
        choice_widgets.number(
            "batch_seed",
            "Order seed",
            step=1,
            width=_WIDE,
            help="Decides in which order small batches take the samples.",
        )


_WIDE = 104
"""Width of a field in pixels: two of them fit into a column."""
_NARROW = 66


def _row() -> Any:
    return st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom")


def current() -> Recipe:
    """Return the recipe that the choices make."""
    return recipe_of(st.session_state)


def recipe_of(state: Mapping[Any, Any]) -> Recipe:
    """Return the recipe of choices by their names in links; what is missing is the default."""
    default = Recipe()
    hidden = int(state.get("hidden_layers", len(default.hidden)))
    widths = [int(state.get(f"width_{k}", default.hidden[0])) for k in range(1, MOST_HIDDEN + 1)]
    data = str(state.get("data", default.data))
    drawn = data != OWN and DATASETS[data].drawn
    return Recipe(
        data=data,
        n_samples=int(state.get("samples", default.n_samples)) if drawn else default.n_samples,
        noise=float(state.get("noise", default.noise)) if drawn else default.noise,
        data_seed=int(state.get("data_seed", default.data_seed)) if drawn else default.data_seed,
        csv=str(state.get("csv", "")) if data == OWN else "",
        hidden=tuple(widths[:hidden]),
        activation=str(state.get("unit", default.activation)),
        loss=str(state.get("task_loss", default.loss)),
        learning_rate=float(state.get("play_rate", default.learning_rate)),
        batch_size=int(state.get("batch", default.batch_size)),
        weights_seed=int(state.get("weights_seed", default.weights_seed)),
        batch_seed=int(state.get("batch_seed", default.batch_seed)),
    )


def _left_out(found: Prepared) -> None:
    """Name the lines of the reader's text that could not be used."""
    if found.lines:
        st.caption(":material/error: Left out:")
        # As text, not Markdown: it quotes what the reader typed.
        more = len(found.lines) - 5
        st.text("\n".join([*found.lines[:5], *([f"and {more} more"] if more > 0 else [])]))
