"""The sweep of one bias, in which blame is cut off as the gate shuts."""

from __future__ import annotations

import streamlit as st

from blame.probe.bias_sweep import gate_bias, sweep_bias
from pages.shared.charts.lessons.bias_sweep import describe_sweep, sweep_chart, swept_biases
from pages.shared.live.chart import chart
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings

CHOICES = {0: "b1[0]", 1: "b1[1]"}


def choose() -> None:
    """Let the reader choose the bias to move."""
    st.segmented_control(
        "Bias to move",
        list(CHOICES),
        default=1,
        format_func=CHOICES.__getitem__,
        key="sweep",
        required=True,
        persist_state="session",
    )


def show_sweep(settings: Settings) -> None:
    """Show the blame of the chosen bias's neuron as the bias moves."""
    exercise, numbers = settings.exercise, settings.numbers
    neuron = int(st.session_state["sweep"])
    today = float(exercise.network.layers[0].bias[neuron])
    biases = swept_biases(today, gate_bias(passes_of(exercise).forward_pass, neuron))
    swept = sweep_bias(exercise.network, exercise.x, exercise.target, neuron, biases, exercise.loss)
    chart(
        sweep_chart(swept.backward, neuron, swept.biases, today, swept.gate_at),
        describe_sweep(swept.backward, neuron, swept.gate_at),
        "sweep_chart",
    )
    st.markdown(
        f"The gate of neuron {neuron} sits at {CHOICES[neuron]} = {numbers.text(swept.gate_at)}: "
        f"below it z1[{neuron}] is not positive and no blame passes. Today {CHOICES[neuron]} is "
        f"{numbers.text(today)}."
    )
