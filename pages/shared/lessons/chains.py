"""The choices of the page on chains of layers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from blame.probe.chains import Chains, chains, he, xavier
from pages.shared.charts.figure import PlainFigure
from pages.shared.charts.lessons.chains import depth_chart, describe_depth
from pages.shared.state.choices import choice_values, choice_widgets
from pages.shared.state.settings import follow_choice
from pages.shared.words.exercise import activation_title
from pages.shared.words.numbers import short

COUNT = 100


def choose() -> None:
    """Let the reader choose the chains; every choice goes into the link."""
    first, second, third = st.columns(3, gap="large")
    with first:
        choice_widgets.slider("layers", "Layers", on_change=_longer)
        choice_widgets.titled(
            "activation",
            "Activation",
            activation_title,
            **_followed("activation", is_titled=True),
        )
    with second:
        choice_widgets.slider("width", "Width")
        choice_widgets.number("chain_seed", "First seed", step=1, **_followed("chain_seed"))
    with third:
        choice_widgets.slider(
            "scale",
            "Scale of the weights",
            step=0.01,
            **_followed("scale"),
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


def _followed(name: str, **how: bool) -> dict[str, Any]:
    """Return what shows another choice in what is drawn of the chains, and nowhere else."""
    return {"on_change": follow_choice, "args": (name,), "kwargs": how}


def _longer() -> None:
    # With a second layer there come factors, and a heading for them.
    if (choice_values.before("layers") > 1) == has_factors():
        follow_choice("layers")


def has_factors() -> bool:
    """Return whether there is a layer before the last one, for blame to go back to."""
    return int(st.session_state["layers"]) > 1


def compute() -> Chains:
    """Return the chosen chains, one seed each, in one pass."""
    return _computed(*_asked())


def drawn() -> tuple[PlainFigure, str]:
    """Return their chart and the words for it: of chains that stay, drawn once."""
    return _drawn(*_asked())


def _asked() -> tuple[int, int, str, float, int]:
    state = st.session_state
    return (
        int(state["layers"]),
        int(state["width"]),
        str(state["activation"]),
        float(state["scale"]),
        int(state["chain_seed"]),
    )


@lru_cache(maxsize=16)
def _computed(*asked: Any) -> Chains:
    return chains(*asked, COUNT)


@lru_cache(maxsize=16)
def _drawn(*asked: Any) -> tuple[PlainFigure, str]:
    found = _computed(*asked)
    return depth_chart(found), describe_depth(found)
