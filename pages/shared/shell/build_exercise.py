"""Build an exercise: its layers, its loss, its samples, and where its numbers come from."""

from __future__ import annotations

import streamlit as st

from blame.exercise.build import (
    MOST_NUMPY_SEED,
    NUMPY_WAYS,
    blank,
    drawn_by_numpy,
    hidden_units,
    losses_for,
)
from blame.exercise.exercise import Exercise
from blame.exercise.limits import MOST_LAYERS, MOST_SAMPLES, MOST_UNITS
from blame.exercise.presets import MOST_SEED, drawn
from pages.shared.picture.component import network_picture
from pages.shared.state.exercise import change_to, current_exercise
from pages.shared.words.losses import TITLES
from pages.shared.words.numbers import Numbers

_PICTURE = "build_picture"
NUMBERS = ("One decimal, from a seed", "As np.random.seed draws them", "All zero, to be typed")


def show() -> None:
    """Show every choice with the picture that grows beside them, and the way to use it."""
    choices, picture = st.columns([5, 6], gap="medium")
    with choices:
        found = _numbers(_shape())
    with picture:
        st.caption(f"{'-'.join(map(str, found.sizes))}: {_counted(found)}")
        network_picture(found.backward(), "forward", Numbers(), _PICTURE, editable=False)
        st.button(
            "Use this exercise",
            key="build_use",
            type="primary",
            icon=":material/check:",
            on_click=change_to,
            args=(found, "", True),
            width="stretch",
        )
        st.caption("Its numbers can be typed, pasted and dragged afterwards, in the sheet.")


def _shape() -> Exercise:
    """Let the reader choose all but the numbers, beginning with those of the exercise there is."""
    now = current_exercise()
    inputs, layers, samples = st.columns(3)
    with inputs:
        n_in = _whole("build_inputs", "Inputs", now.sizes[0], MOST_UNITS)
    with layers:
        depth = _whole("build_layers", "Layers", len(now.activations), MOST_LAYERS)
    with samples:
        count = _whole("build_samples", "Samples", now.n_samples, MOST_SAMPLES)
    sizes, units, biases = [n_in], [], []
    for k in range(1, depth + 1):
        was = now.network.layers[min(k, len(now.network.layers)) - 1]
        width, unit, bias = st.columns([2, 3, 2], vertical_alignment="bottom")
        with width:
            sizes.append(_whole(f"build_width_{k}", f"Units in layer {k}", was.n_out, MOST_UNITS))
        with unit:
            # Softmax shares out the whole layer, which makes sense at the end alone.
            options = hidden_units() if k < depth else [*ACTIVATION_NAMES]
            units.append(_one("build_unit", k, "Activation", options, was.activation.name))
        with bias:
            key = f"build_bias_{k}"
            st.session_state.setdefault(key, was.bias is not None)
            biases.append(st.checkbox("Bias", key=key, persist_state="session"))
    loss = _one("build_loss", 0, "Loss", losses_for(units[-1]), now.loss, format_func=TITLES.get)
    return blank(sizes, units=units, loss=loss, n_samples=count, biases=biases)
