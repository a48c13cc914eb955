"""The playground's own inputs, in the sidebar: data, network and training."""

from __future__ import annotations

from typing import Any

import streamlit as st

from blame.playground.datasets import DATASETS
from blame.playground.own_samples import MOST_INPUTS, fitting
from blame.playground.recipe import OWN, Prepared
from blame.playground.run.optimisers import OPTIMISERS
from pages.shared.playground import runs
from pages.shared.playground.recipe_choices import current
from pages.shared.playground.take_away import take_away
from pages.shared.state.choices import MOST_PASTED, MOST_TEXT, choice_values, choice_widgets
from pages.shared.state.computed import prepared
from pages.shared.words.exercise import activation_title, loss_name

_FITTED = "csv_fitted"
EXERCISE = "x0, x1, y\n0, 0, 0\n0, 1, 1\n1, 0, 1\n1, 1, 0"
_WIDE = 116
"""Width of a field in pixels: two of them fit into the sidebar."""
_NARROW = 72


def show() -> None:
    """Show the inputs in the sidebar; what is chosen there runs them and the page alone."""
    with st.sidebar:
        st.fragment(lambda: choice_values.beside(_choose), key=runs.INPUTS)()
        take_away()


def _choose() -> None:
    data, network, training = (st.container(key=f"play_{part}") for part in _PARTS)
    with data:
        st.markdown("**Data**")
        _data()
    with network:
        st.markdown("**Network**")
        _network()
    with training:
        st.markdown("**Training**")
        _training()
    # Beside the choice that is at fault, once all of them are known.
    found = prepared(current())
    with data:
        _left_out(found)
        for note in found.notes:
            st.caption(f":material/info: {note}")


_PARTS = ("data", "network", "training")


def _data() -> None:
    choice_widgets.titled(
        "data", "Data", _data_title, on_change=runs.begin_anew, label_visibility="collapsed"
    )
    name = st.session_state["data"]
    if name == OWN:
        choice_widgets.text(
            "csv",
            "One sample a line: inputs, then the target",
            placeholder=EXERCISE,
            height=132,
            most=MOST_PASTED,
            on_change=_fit,
            help=f"One to {MOST_INPUTS} inputs; the target is a number, or the name of a class. Up "
            f"to 200 samples and {MOST_TEXT:,} characters. Commas, semicolons, tabs, bars or "
            "spaces part the numbers; a first line of names is skipped.",
        )
        if said := st.session_state.get(_FITTED):
            st.caption(f":material/info: {said}")
    else:
        st.caption(DATASETS[name].story)
    drawn = name != OWN and DATASETS[name].drawn
    if drawn:
        choice_widgets.slider("samples", "Samples", on_change=runs.begin_anew)
        with _row():
            _number("noise", "Noise", step=0.05, format="%.12g")
            _number("data_seed", "Data seed", step=1)
    with _row():
        _number(
            "test_share",
            "Test set, %",
            step=10,
            help="So many percent of the samples are set aside, and never trained on: they show "
            "what the network makes of samples it has not seen.",
        )
        if not drawn and int(st.session_state["test_share"]):
            _number("data_seed", "Which: seed", step=1)


def _data_title(name: str) -> str:
    return DATASETS[name].title if name in DATASETS else "Your own"


def _fit() -> None:
    """Keep of a pasted text what a link holds, and what is to be said of the rest."""
    state = st.session_state
    kept, state[_FITTED] = fitting(str(state["csv"] or ""), MOST_TEXT)
    if state[_FITTED]:
        state["csv"] = kept
    runs.begin_anew()


def _network() -> None:
    choice_widgets.slider("hidden_layers", "Hidden layers", on_change=runs.begin_anew)
    count = int(st.session_state["hidden_layers"])
    with _row():
        for k in range(1, count + 1):
            _number(f"width_{k}", f"Width {k}", step=1, width=_NARROW)
    with _row():
        choice_widgets.titled(
            "unit", "Activation", activation_title, width=_WIDE, on_change=runs.begin_anew
        )
        _number("weights_seed", "Weights seed", step=1)


def _training() -> None:
    with _row():
        choice_widgets.titled(
            "task_loss", "Loss", loss_name, width=_WIDE, on_change=runs.begin_anew
        )
        choice_widgets.recorded(
            "play_rate",
            "Learning rate",
            step=0.05,
            format="%.12g",
            width=_WIDE,
            on_change=runs.change_rate,
            help="Changed in the middle of a run, it holds from there on. Every other choice "
            "begins anew at step 0.",
        )
    with _row():
        choice_widgets.titled(
            "play_optimiser",
            "Optimiser",
            lambda name: OPTIMISERS[name].title,
            width=_WIDE,
            on_change=runs.begin_anew,
        )
        _number(
            "play_l2",
            "L2",
            step=0.001,
            format="%.12g",
            help="Pulls every weight and bias towards 0: so many times its own value is added to "
            "its gradient. The loss that is shown stays without it.",
        )
    optimiser = str(st.session_state["play_optimiser"])
    if optimiser == "momentum":
        _number("play_momentum", "Momentum", step=0.05, format="%.12g")
    st.caption(OPTIMISERS[optimiser].said)
    with _row():
        _number("batch", "Batch size", step=1, help="Samples a step uses; 0 for all.")
        _number(
            "batch_seed",
            "Order seed",
            step=1,
            help="Decides in which order small batches take the samples.",
        )


def _number(name: str, label: str, width: int = _WIDE, **settings: Any) -> None:
    choice_widgets.number(name, label, width=width, on_change=runs.begin_anew, **settings)


def _row() -> Any:
    return st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom")


def _left_out(found: Prepared) -> None:
    """Name the lines of the reader's text that could not be used."""
    if found.lines:
        st.caption(":material/error: Left out:")
        # As text, not Markdown: it quotes what the reader typed.
        more = len(found.lines) - 5
        st.text("\n".join([*found.lines[:5], *([f"and {more} more"] if more > 0 else [])]))
