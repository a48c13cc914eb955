"""The choices of the page on chains of layers."""

from __future__ import annotations

import streamlit as st

from blame.probe.chains import Chains, chains, he, xavier
from pages.shared.state.choices import choice_widgets
from pages.shared.words.exercise import activation_title
from pages.shared.words.numbers import short

COUNT = 100


def choose() -> None:
    """Let the reader choose the chains; every choice goes into the link."""
    first, second, third = st.columns(3, gap="large")
    with first:
        choice_widgets.slider("layers", "Layers")
        choice_widgets.titled("activation", "Activation", activation_title)
    with second:
        choice_widgets.slider("width", "Width")
        choice_widgets.number("chain_seed", "First seed", step=1)
    with third:
        choice_widgets.slider(
            "scale",
            "Scale of the weights",
            step=0.01,
            help="The standard deviation of every weight.",
        )
        width = int(st.session_state["width"])
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            for label, mark in (("He", he(width)), ("Xavier", xavier(width))):
                st.button(
                    f"{label} {mark:.2f}",
                    key=label.lower(),
                    on_click=_set_scale,
                    args=(mark,),
                    help=f"{label}: {short(mark)} for this width",
                )


def _set_scale(mark: float) -> None:
    st.session_state["scale"] = round(mark, 2)


def compute() -> Chains:
    """Return the chosen chains, one seed each, in one pass."""
    state = st.session_state
    return chains(
        int(state["layers"]),
        int(state["width"]),
        str(state["activation"]),
        float(state["scale"]),
        int(state["chain_seed"]),
        COUNT,
    )
