"""Exercises of any shape, drawn for Hypothesis."""

from itertools import pairwise

import pytest

pytest.importorskip(
    "hypothesis", reason="random exercises need hypothesis: pip install -r requirements-dev.txt"
)

from hypothesis import strategies as st

from blame import ACTIVATIONS, Layer, Network
from blame.activations import units
from blame.exercise.build import losses_for
from blame.exercise.exercise import Exercise
from blame.exercise.names import entry_names

WHOLE = [name for name in ACTIVATIONS if name not in units()]
"""Activations of a whole layer, for the last one only."""
NUMBERS = st.one_of(
    st.integers(-30, 30).map(lambda tenths: tenths / 10),
    st.floats(-1e6, 1e6),
    st.sampled_from([0.0, -0.0, 1e6, -1e6, 1e-300, 5e-324, 1 / 3, 0.1 + 0.2]),
)


def rows(draw, count, width, numbers):
    return [[draw(numbers) for _ in range(width)] for _ in range(count)]


@st.composite
def exercises(draw, largest=4):
    """Draw an exercise: its widths, units, biases, samples, loss, what is held and what is tied."""
    sizes = draw(st.lists(st.integers(1, largest), min_size=2, max_size=5))
    count = draw(st.sampled_from([1, 1, 2, 8]))
    layers, held, tied = [], [], []
    for k, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        last = k == len(sizes) - 1
        unit = draw(st.sampled_from([*units(), *(WHOLE if last else [])]))
        bias = draw(st.sampled_from(["each", "each", "none", "tied"]))
        values = {
            "each": [draw(NUMBERS) for _ in range(n_out)],
            "none": None,
            "tied": [draw(NUMBERS)] * n_out,
        }[bias]
        tied += [f"b{k}"] if bias == "tied" else []
        names = [f"W{k}", *entry_names(f"W{k}", (n_in, n_out))]
        names += [f"b{k}"] if bias != "none" else []
        names += entry_names(f"b{k}", (n_out,)) if bias == "each" else []
        held += draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
        layers.append(Layer(rows(draw, n_in, n_out, NUMBERS), values, unit))
    loss = draw(st.sampled_from(losses_for(unit)))
    targets = st.floats(0, 1) if "bce" in loss or "cross" in loss else NUMBERS
    return Exercise(
        Network(tuple(layers)),
        rows(draw, count, sizes[0], NUMBERS),
        None if loss == "output" else rows(draw, count, sizes[-1], targets),
        loss,
        learning_rate=draw(st.floats(0, 100)),
        steps=draw(st.integers(1, 500)),
        held=tuple(held),
        tied=tuple(tied),
        momentum=draw(st.sampled_from([0.0, 0.9, 1.0])),
        weight_decay=draw(st.sampled_from([0.0, 0.01, 100.0])),
    )
