"""The figure of a bias that moves past its gate: blame before it and after it."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array
from blame.backward import BackwardPass
from blame.refusals import refuse_unless
from pages.shared.charts.axes import LEGEND, axis, base_layout, upright
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import SHUT, signed
from pages.shared.words.numbers import short

POINTS = 201
"""Biases of a sweep: an odd number, so that one is the gate's own."""


def swept_biases(today: float, gate_at: float) -> np.ndarray:
    """Return the biases that the chart shows: the gate in the middle, today's well inside."""
    reach = 1.5 * max(abs(today - gate_at), 0.5)
    return np.linspace(gate_at - reach, gate_at + reach, POINTS)


def sweep_chart(
    swept: BackwardPass, neuron: int, biases: np.ndarray, today: float, gate_at: float
) -> PlainFigure:
    """Return a neuron's blame before and after the gate as its bias moves.

    Parameters
    ----------
    swept : the backward pass of a stack, one network for each bias.
    neuron : the hidden neuron whose bias moves.
    biases : (n,), the bias of each network, ascending.
    today : the bias as it stands.
    gate_at : the bias at which the gate opens.
    """
    before, after, gates = _blame(swept, neuron)
    everything = np.concatenate([before, after, [0.0]])
    low, high = float(everything.min()), float(everything.max())
    pad = 0.15 * ((high - low) or 1.0)
    layout = base_layout(270)
    layout |= {
        "margin": {"l": 48, "r": 12, "t": 8, "b": 40},
        "xaxis": axis(f"b1[{neuron}]", zeroline=False),
        "yaxis": axis("blame", range=[low - pad, high + pad]),
        **LEGEND,
        "shapes": [upright(today, "dot"), upright(gate_at, "solid")],
        "annotations": [
            _note(today, high + pad, "today"),
            _note(gate_at, low - pad, f"z1[{neuron}] = 0: the gate"),
        ],
    }
    layout["margin"]["t"] = 34
    return figure(
        [
            _swept(
                f"d_a1[{neuron}], before the gate", biases.tolist(), before.tolist(), SHUT, "dash"
            ),
            _swept(
                f"d_z1[{neuron}], after the gate",
                *_broken(biases, after + 0.0, gates),
                signed(low if -low > high else high),
                "solid",
            ),
        ],
        layout,
    )


def describe_sweep(swept: BackwardPass, neuron: int, gate_at: float) -> str:
    """Say in words what `sweep_chart` shows."""
    _, after, gates = _blame(swept, neuron)
    live = after[gates != 0]
    return (
        f"Blame after the gate of neuron {neuron} is 0 while b1[{neuron}] is below "
        f"{short(gate_at)}; above it, it runs from {short(float(live[0]))} to "
        f"{short(float(live[-1]))}"
    )


def _blame(swept: BackwardPass, neuron: int) -> tuple[Array, Array, Array]:
    """Return blame before and after the gate and its slope at each bias."""
    refuse_unless(
        "the sweep of a bias",
        swept,
        hidden=("relu",),
        steps=True,
        instead="draw the loss along a nudge, as what if does",
    )
    return (
        swept.activation_gradients[0][:, 0, neuron],
        swept.deltas[0][:, 0, neuron],
        swept.local_gradients[0][:, 0, neuron],
    )


def _broken(
    x: np.ndarray, y: np.ndarray, gates: np.ndarray
) -> tuple[list[float], list[float | None]]:
    """Return the curve with a gap where the gate opens: a jump is not a steep line."""
    along: list[float] = x.tolist()
    up: list[float | None] = y.tolist()
    for opens in np.flatnonzero(np.diff(gates))[::-1]:
        along.insert(int(opens) + 1, along[opens])
        up.insert(int(opens) + 1, None)
    return along, up


def _swept(name: str, x: list[float], y: list[float | None], colour: str, dash: str) -> PlotlyTrace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y,
        "line": {"color": colour, "width": 3 if dash == "solid" else 2, "dash": dash},
    }


def _note(x: float, y: float, text: str) -> PlotlyTrace:
    below = text != "today"
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "xanchor": "left",
        "xshift": 4,
        "yanchor": "bottom" if below else "top",
    }
