"""The figure of a bias that moves past its gate: blame before it and after it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from blame.arrays import Array
from blame.backward import BackwardPass
from blame.refusals import RefusedError, refuse_unless
from pages.shared.charts.axes import LEFT, LEGEND, axis, base_layout, standing, steady, steady_range
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.named import row_names
from pages.shared.charts.palette import SHUT, signed
from pages.shared.words.numbers import short

POINTS = 201
"""Biases of a sweep: an odd number, so that one is the gate's own."""


def swept_biases(today: float, gate_at: float) -> np.ndarray:
    """Return the biases that the chart shows: the gate in the middle, today's well inside."""
    reach = steady(abs(today - gate_at), 0.75)
    return np.linspace(gate_at - reach, gate_at + reach, POINTS)


def swept_neurons(passes: BackwardPass) -> list[tuple[int, int]]:
    """Return layer and neuron of each bias that can be moved past its neuron's own activation."""
    return [
        (k, j)
        for k, layer in enumerate(passes.forward_pass.network.layers, start=1)
        if layer.bias is not None and _stands_between(passes, k)
        for j in range(layer.n_out)
    ]


def _stands_between(passes: BackwardPass, layer: int) -> bool:
    """Whether a layer's activation changes blame on its way from a to z, each by itself."""
    layers = passes.forward_pass.network.layers
    name = layers[layer - 1].activation.name
    return name != "softmax" and not (layer == len(layers) and name == "identity")


def sweep_chart(
    swept: BackwardPass,
    neuron: int,
    biases: np.ndarray,
    today: float,
    gate_at: float,
    *,
    layer: int = 1,
    sample: int = 0,
) -> PlainFigure:
    """Return a neuron's blame before and after its activation as its bias moves.

    Parameters
    ----------
    swept : the backward pass of a stack, one network for each bias.
    neuron : the one whose bias moves.
    biases : (n,), the bias of each network, ascending.
    today : the bias as it stands.
    gate_at : the bias at which its z is 0.
    layer : of the neuron, counted from 1.
    sample : whose blame is shown.
    """
    found = _blame(swept, neuron, layer, sample)
    everything = np.concatenate([found.before, found.after, [0.0]])
    low, high = float(everything.min()), float(everything.max())
    pad = 0.09 * ((high - low) or 1.0)
    # Room for what stands beside the two lines.
    ends = steady_range(low - pad, high + pad)
    layout = base_layout(270)
    layout |= {
        "margin": {"l": LEFT, "r": 12, "t": 8, "b": 40},
        "xaxis": axis(
            f"b{layer}[{neuron}]", zeroline=False, range=[float(biases[0]), float(biases[-1])]
        ),
        "yaxis": axis("blame", range=ends),
        **LEGEND,
    }
    layout["margin"]["t"] = 34
    after = found.after + 0.0
    drawn = (
        _broken(biases, after, found.slopes) if found.breaks else (biases.tolist(), after.tolist())
    )
    strongest = signed(low if -low > high else high)
    return figure(
        [
            _swept(
                f"{found.before_name}, before the {found.through}",
                biases.tolist(),
                found.before.tolist(),
                SHUT,
                "dash",
            ),
            _swept(f"{found.after_name}, after the {found.through}", *drawn, strongest, "solid"),
            standing("today", today, ends, "dot", "today"),
            standing(
                "where z is 0",
                gate_at,
                ends,
                "solid",
                f"{found.z_name} = 0{': the gate' if found.breaks else ''}",
                "top right",
                at_top=False,
            ),
        ],
        layout,
    )


def describe_sweep(
    swept: BackwardPass,
    neuron: int,
    biases: np.ndarray,
    gate_at: float,
    *,
    layer: int = 1,
    sample: int = 0,
) -> str:
    """Say in words what `sweep_chart` shows."""
    found = _blame(swept, neuron, layer, sample)
    bias = f"b{layer}[{neuron}]"
    if (found.slopes == 0).any():
        live = found.after[found.slopes != 0]
        return (
            f"Blame after the {found.through} of neuron {neuron} is 0 while {bias} is below "
            f"{short(gate_at)}; above it, it runs from {short(float(live[0]))} to "
            f"{short(float(live[-1]))}"
        )
    top = int(np.argmax(found.slopes))
    ends = [
        f"from {short(float(values[0]))} to {short(float(values[-1]))}"
        for values in (found.before, found.after)
    ]
    return (
        f"As {bias} moves from {short(float(biases[0]))} to {short(float(biases[-1]))}, blame of "
        f"neuron {neuron} before the {found.through} runs {ends[0]}, after it {ends[1]}; "
        f"{found.z_name} is 0 at {short(gate_at)}, the slope at most {short(found.slopes[top])}"
    )


class _Blame(NamedTuple):
    """What is drawn of one neuron, at each bias, and what it is called."""

    before: Array
    after: Array
    slopes: Array
    before_name: str
    after_name: str
    z_name: str
    through: str
    breaks: bool


def _blame(swept: BackwardPass, neuron: int, layer: int, sample: int) -> _Blame:
    refuse_unless(
        "the sweep of a bias", swept, samples=None, steps=True, instead="pick one network first"
    )
    k = layer - 1
    activation = swept.forward_pass.network.layers[k].activation
    if not _stands_between(swept, layer):
        raise RefusedError(
            f"the sweep of a bias needs an activation that works on each z by itself, got "
            f"{activation.name} in layer {layer}; draw the loss along a nudge, as what if does"
        )
    rows = swept.activation_gradients[k], swept.deltas[k], swept.local_gradients[k]
    before, after, slopes = (values[:, sample, neuron] for values in rows)
    last = layer == len(swept.deltas)

    def name(array: str) -> str:
        return row_names(array, swept.deltas[k], sample)[neuron]

    return _Blame(
        before,
        after,
        slopes,
        name("d_loss_y" if last else f"d_a{layer}"),
        name(f"d_z{layer}"),
        name(f"z{layer}"),
        "gate" if activation.kinks else "slope",
        bool(activation.kinks),
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
