"""The sweep of one bias, in which blame is cut off as the gate shuts."""

from __future__ import annotations

import streamlit as st

from blame.probe.bias_sweep import gate_bias, sweep_bias
from pages.shared.charts.lessons.bias_sweep import (
    describe_sweep,
    sweep_chart,
    swept_biases,
    swept_neurons,
)
from pages.shared.lessons.part_of import pick, picked
from pages.shared.live.chart import chart
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings

NONE = (
    "This exercise has no bias before an activation that works on each z by itself. A weight can "
    "be moved on the page What if."
)


def choose(settings: Settings) -> bool:
    """Let the reader choose the bias to move; return whether there is one."""
    movable = swept_neurons(passes_of(settings.exercise))
    if not movable:
        st.markdown(NONE)
        return False
    pick("sweep", "Bias to move", [_name(*each) for each in movable], first=1)
    return True


def _name(layer: int, neuron: int) -> str:
    return f"b{layer}[{neuron}]"


def show_sweep(settings: Settings) -> None:
    """Show the blame of the chosen bias's neuron as the bias moves."""
    exercise, numbers, passes = settings.exercise, settings.numbers, passes_of(settings.exercise)
    movable = {_name(*each): each for each in swept_neurons(passes)}
    bias = picked("sweep", list(movable), first=1)
    layer, neuron = movable[bias]
    place = {"layer": layer, "sample": settings.sample}
    today = float(exercise.network.parameters()[f"b{layer}"][neuron])
    biases = swept_biases(today, gate_bias(passes.forward_pass, neuron, **place))
    swept = sweep_bias(
        exercise.network, exercise.x, exercise.target, neuron, biases, exercise.loss, **place
    )
    gate_at = swept.gate_at
    chart(
        sweep_chart(swept.backward, neuron, swept.biases, today, gate_at, **place),
        describe_sweep(swept.backward, neuron, swept.biases, gate_at, **place),
        "sweep_chart",
    )
    z = (
        f"z{layer}[{neuron}]"
        if exercise.n_samples == 1
        else f"z{layer}[{settings.sample}, {neuron}]"
    )
    if exercise.activations[layer - 1] == "relu":
        st.markdown(
            f"The gate of neuron {neuron} sits at {bias} = {numbers.text(gate_at)}: "
            f"below it {z} is not positive and no blame passes. Today {bias} is "
            f"{numbers.text(today)}."
        )
    else:
        st.markdown(
            f"{z} is 0 at {bias} = {numbers.text(gate_at)}. Today {bias} is {numbers.text(today)}."
        )
