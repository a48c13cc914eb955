"""The sweep of one bias, in which blame is cut off as the gate shuts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from blame.exercise.typed.bounds import LARGEST
from blame.probe.bias_sweep import gate_bias, sweep_bias
from pages.shared.charts.handles.gate import sweep_handle
from pages.shared.charts.handles.handle import with_handles
from pages.shared.charts.lessons.bias_sweep import (
    describe_sweep,
    sweep_chart,
    swept_biases,
    swept_neurons,
)
from pages.shared.lessons.part_of import pick, picked
from pages.shared.live.chart import chart
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, kept, write_numbers
from pages.shared.words.numbers import short

NONE = (
    "This exercise has no bias before an activation that works on each z by itself. A weight can "
    "be moved on the page What if."
)
STRAIGHT = (
    "Without an activation there is no gate that a bias could move a neuron through. Any number "
    "can be moved on the page What if."
)


def choose(settings: Settings) -> bool:
    """Let the reader choose the bias to move; return whether there is one."""
    movable = swept_neurons(passes_of(settings.exercise))
    if not movable:
        straight = all(la.activation.name == "identity" for la in settings.exercise.network.layers)
        st.markdown(STRAIGHT if straight else NONE)
        return False
    pick("sweep", "Bias to move", [_name(*each) for each in movable], first=1)
    return True


def _name(layer: int, neuron: int) -> str:
    return f"b{layer}[{neuron}]"


BEYOND = 0.5
"""So far beyond the gate a press puts the bias."""


@dataclass(frozen=True)
class _Moved:
    """The bias that is moved: its name, and where its neuron stands."""

    bias: str
    layer: int
    neuron: int
    today: float
    gate_at: float


def _moved(settings: Settings) -> _Moved:
    exercise, passes = settings.exercise, passes_of(settings.exercise)
    movable = {_name(*each): each for each in swept_neurons(passes)}
    bias = picked("sweep", list(movable), first=1)
    layer, neuron = movable[bias]
    today = float(exercise.network.parameters()[f"b{layer}"][neuron])
    gate_at = gate_bias(passes.forward_pass, neuron, layer=layer, sample=settings.sample)
    return _Moved(bias, layer, neuron, today, gate_at)


def control() -> None:
    """Offer to do by one press what the heading says: to shut the gate, or to open it again."""
    kept(_other_side, _press, "content")


def _other_side(settings: Settings) -> tuple[str, float, str]:
    """Return the bias, where it stands beyond the gate, and what that does; nothing without one."""
    if not swept_neurons(passes_of(settings.exercise)):
        return "", 0.0, ""
    moved = _moved(settings)
    if settings.exercise.activations[moved.layer - 1] != "relu":
        return "", 0.0, ""
    shuts = moved.today > moved.gate_at
    there = float(f"{moved.gate_at + (-BEYOND if shuts else BEYOND):.6g}")
    if abs(there) > LARGEST:
        return "", 0.0, ""
    return moved.bias, there, f"{'Shut' if shuts else 'Open'} the gate of neuron {moved.neuron}"


def _press(place: Any, wanted: tuple[str, float, str]) -> None:
    bias, there, label = wanted
    if not bias:
        place.empty()
        return
    place.button(
        f"{label}: {bias} = {short(there)}".replace("-", "\u2212"),
        key="gate_press",
        icon=":material/door_front:",
        on_click=write_numbers,
        args=({bias: there},),
    )


def show_sweep(settings: Settings) -> None:
    """Show the blame of the chosen bias's neuron as the bias moves."""
    exercise, moved = settings.exercise, _moved(settings)
    neuron, place = moved.neuron, {"layer": moved.layer, "sample": settings.sample}
    biases = swept_biases(moved.today, moved.gate_at)
    swept = sweep_bias(
        exercise.network, exercise.x, exercise.target, neuron, biases, exercise.loss, **place
    )
    passes = passes_of(exercise)
    drawn = sweep_chart(swept.backward, neuron, swept.biases, moved.today, swept.gate_at, **place)
    chart(
        with_handles(drawn, sweep_handle(exercise, passes, moved.layer, neuron)),
        describe_sweep(swept.backward, neuron, swept.biases, swept.gate_at, **place),
        "sweep_chart",
    )


def _state(settings: Settings) -> str:
    """Return whether the gate is open on the sample that is looked at."""
    moved = _moved(settings)
    slope = passes_of(settings.exercise).local_gradients[moved.layer - 1]
    return "open" if slope[settings.sample, moved.neuron] else "shut"


def sweep_words(settings: Settings) -> str:
    """Return where the gate sits, and where the bias is today; nothing where none can move."""
    if not swept_neurons(passes_of(settings.exercise)):
        return ""
    exercise, numbers, moved = settings.exercise, settings.numbers, _moved(settings)
    layer, neuron, bias = moved.layer, moved.neuron, moved.bias
    gate_at, today = numbers.text(moved.gate_at), numbers.text(moved.today)
    s = "" if exercise.n_samples == 1 else f"{settings.sample}, "
    z = f"z{layer}[{s}{neuron}]"
    if exercise.activations[layer - 1] == "relu":
        return (
            f"The gate of neuron {neuron} sits at {bias} = {gate_at}: below it {z} is not "
            f"positive and no blame passes. Today {bias} is {today}: the gate is "
            f"{_state(settings)}."
        )
    return f"{z} is 0 at {bias} = {gate_at}. Today {bias} is {today}."
