"""Build an exercise: its layers, its loss, its samples, and where its numbers come from."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from blame.activations import ACTIVATIONS, units
from blame.exercise.build import MOST_NUMPY_SEED, NUMPY_WAYS, blank, drawn_by_numpy, losses_for
from blame.exercise.exercise import Exercise
from blame.exercise.limits import MOST_LAYERS, MOST_SAMPLES, MOST_UNITS
from blame.exercise.presets import MOST_SEED, drawn
from pages.shared.picture.component import network_picture
from pages.shared.state.exercise import change_to, current_exercise
from pages.shared.words.exercise import activation_title, loss_title, shape_words
from pages.shared.words.numbers import Numbers

_PICTURE = "build_picture"
DRAWN = "Drawn from a seed, one decimal"
BY_NUMPY = "As np.random.seed draws them"
ZERO = "All 0, to be typed"


def show() -> None:
    """Show every choice with the picture that grows beside them, and the way to use it."""
    choices, picture = st.columns([5, 6], gap="medium")
    with choices:
        found = _numbers(_shape())
    with picture:
        st.caption(shape_words(found))
        network_picture(
            found.backward(), "forward", Numbers(), _PICTURE, editable=False, exercise=found
        )
        if st.button(
            "Use this exercise",
            key="build_use",
            type="primary",
            icon=":material/check:",
            width="stretch",
        ):
            change_to(found)
            st.rerun()
        st.caption("Its numbers can be typed, pasted and dragged afterwards.")


def _shape() -> Exercise:
    """Let the reader choose all but the numbers, beginning with the shape that stands now."""
    now = current_exercise()
    inputs, layers, samples = st.columns(3)
    with inputs:
        sizes = [_whole("build_inputs", "Inputs", now.sizes[0], MOST_UNITS)]
    with layers:
        depth = _whole("build_layers", "Layers", len(now.activations), MOST_LAYERS)
    with samples:
        count = _whole("build_samples", "Samples", now.n_samples, MOST_SAMPLES)
    names, biases = [], []
    for k in range(1, depth + 1):
        # A layer that is new looks like the last one there is.
        was = now.network.layers[min(k, len(now.network.layers)) - 1]
        width, unit, bias = st.columns([4, 5, 3], vertical_alignment="bottom")
        with width:
            sizes.append(_whole(f"build_width_{k}", f"Units, layer {k}", was.n_out, MOST_UNITS))
        with unit:
            # Softmax shares out a whole layer, which makes sense at the end alone.
            options = tuple(ACTIVATIONS) if k == depth else units()
            names.append(
                _one(
                    f"build_unit_{k}", "Activation", options, was.activation.name, activation_title
                )
            )
        with bias:
            st.session_state.setdefault(f"build_bias_{k}", was.bias is not None)
            biases.append(st.checkbox("Bias", key=f"build_bias_{k}", persist_state="session"))
    loss = _one("build_loss", "Loss", losses_for(names[-1]), now.loss, loss_title)
    return blank(sizes, units=names, loss=loss, n_samples=count, biases=biases)


def _numbers(shape: Exercise) -> Exercise:
    """Let the reader choose where the numbers come from."""
    ways = (DRAWN, BY_NUMPY, ZERO)
    way = _one("build_numbers", "Numbers", ways, DRAWN)
    if way == DRAWN:
        seed = _whole("build_seed", "Seed", 1, MOST_SEED, least=0)
        return drawn(shape, seed)
    if way == ZERO:
        return shape
    call = _one("build_call", "Each layer's weights by", tuple(NUMPY_WAYS), next(iter(NUMPY_WAYS)))
    seed = _whole("build_numpy_seed", "Seed", 0, MOST_NUMPY_SEED, least=0)
    st.session_state.setdefault("build_numpy_biases", False)
    biases = st.checkbox(
        "Biases too, each after its weights", key="build_numpy_biases", persist_state="session"
    )
    st.caption(
        "NumPy's legacy generator, a Mersenne Twister: the numbers a listing gets after "
        f"np.random.seed({seed}). Inputs and targets stay 0, to be typed."
    )
    return drawn_by_numpy(shape, seed, call, biases=biases)


def _whole(key: str, label: str, start: int, most: int, *, least: int = 1) -> int:
    st.session_state.setdefault(key, start)
    st.session_state[key] = min(max(st.session_state[key], least), most)
    return int(st.number_input(label, least, most, key=key, persist_state="session"))


def _one(key: str, label: str, options: Sequence[str], start: str, title: object = None) -> str:
    """Show a choice, which goes back to what there is where it is no longer among the options."""
    chosen = st.session_state.get(key, start)
    st.session_state[key] = chosen if chosen in options else options[0]
    shown = title if callable(title) else str
    return str(st.selectbox(label, options, format_func=shown, key=key, persist_state="session"))
