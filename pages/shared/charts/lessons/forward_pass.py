"""Figures of the forward pass: how each z is built, what the ReLU makes of it, the loss."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from blame import LOSSES, BackwardPass
from blame.refusals import refuse_unless
from pages.shared.charts.axes import axis, base_layout
from pages.shared.charts.bars import Bars, bars_figure
from pages.shared.charts.figure import PlainFigure, figure
from pages.shared.charts.palette import ACTIVATION, LINE, SHUT, signed
from pages.shared.words.numbers import Numbers, full


def waterfall_chart(passes: BackwardPass) -> PlainFigure:
    """Return how the terms of every pre-activation of one sample add up, one panel a neuron."""
    return bars_figure(_waterfalls(passes), common_scale=False)


def describe_waterfall(passes: BackwardPass) -> str:
    """Say in words what `waterfall_chart` shows."""
    return "; ".join(
        f"{group.title}: "
        + ", ".join(
            f"{name} {group.numbers.text(value)}"
            for name, value in zip(group.names, group.values, strict=True)
        )
        for group in _waterfalls(passes)
    )


def _waterfalls(found: BackwardPass) -> list[Bars]:
    refuse_unless(
        "the chart of sums",
        found,
        outputs=1,
        last=("identity",),
        instead="open each z with a Trace",
    )
    passes, numbers = found.forward_pass, Numbers().of(found)
    groups = []
    inputs, source = passes.x[0], "x"
    last = len(passes.z) - 1
    for k, layer in enumerate(passes.network.layers):
        for j in range(layer.n_out):
            terms = [*(inputs * layer.weights[:, j]), layer.bias[j]]
            names = [
                *(f"{source}[{i}] W{k + 1}[{i}, {j}]" for i in range(layer.n_in)),
                f"b{k + 1}[{j}]",
            ]
            total = passes.z[k][0, j]
            # Whatever a number that rounding made goes into, it adds nothing; a 0 nobody made.
            handed = zip(inputs, terms, strict=False)
            made = {float(t) for value, t in handed if t != 0 and numbers.is_nothing(value)}
            symbol = "y_pred" if k == last else f"z{k + 1}[{j}]"
            groups.append(
                Bars(
                    f"{symbol}, neuron {j}" if k < last else symbol,
                    [*names, f"= {symbol}"],
                    [*terms, total],
                    colours=[LINE] * len(terms) + [ACTIVATION],
                    bases=[0.0, *np.cumsum(terms)[:-1], 0.0],
                    numbers=replace(numbers, nothing=numbers.nothing | made),
                )
            )
        inputs, source = passes.a[k][0], f"a{k + 1}"
    return groups


def activation_chart(passes: BackwardPass) -> PlainFigure:
    """Return each z beside its a, and the prediction beside the target."""
    return bars_figure(_activations(passes))


def describe_activations(passes: BackwardPass) -> str:
    """Say in words what `activation_chart` shows."""
    return ", ".join(
        f"{name} {group.numbers.text(value)}"
        for group in _activations(passes)
        for name, value in zip(group.names, group.values, strict=True)
    )


def _activations(passes: BackwardPass) -> list[Bars]:
    refuse_unless(
        "the chart of z beside a",
        passes,
        layers=2,
        outputs=1,
        hidden=("relu",),
        instead="open each activation with a Trace",
    )
    forward, numbers = passes.forward_pass, Numbers().of(passes)
    groups = []
    for j, (z, a) in enumerate(zip(forward.z[0][0], forward.a[0][0], strict=True)):
        gate_open = bool(passes.local_gradients[0][0, j])
        groups.append(
            Bars(
                f"neuron {j}, gate {'open' if gate_open else 'shut'}",
                [f"z1[{j}]", f"a1[{j}]"],
                [z, a],
                colours=[LINE, ACTIVATION if gate_open else SHUT],
                numbers=numbers,
            )
        )
    groups.append(
        Bars(
            "output",
            ["y_pred", "y_true"],
            [forward.prediction[0, 0], passes.target[0, 0]],
            colours=[ACTIVATION, LINE],
            numbers=numbers,
        )
    )
    return groups


def loss_chart(passes: BackwardPass) -> PlainFigure:
    """Return the loss as a curve over y_pred, today's point and the tangent d_loss_y."""
    prediction, target, loss, slope = _output(passes)
    numbers = Numbers().of(passes)
    said = numbers.signed(slope)
    reach = 1.6 * max(abs(prediction - target), 0.5)
    curve = np.linspace(target - reach, target + reach, 81)
    values = passes.loss_function.value(curve[:, None, None], np.full((81, 1, 1), target))
    ends = np.array([prediction - reach / 2, prediction + reach / 2])
    tangent = loss + slope * (ends - prediction)
    layout = base_layout(250, left=48)
    layout |= {
        "margin": {"l": 48, "r": 12, "t": 8, "b": 40},
        "xaxis": axis("y_pred", zeroline=False, range=[float(curve[0]), float(curve[-1])]),
        "yaxis": axis("loss", range=[-0.12 * float(values.max()), 1.08 * float(values.max())]),
    }
    return figure(
        [
            _line("loss", curve, values, LINE, "solid"),
            _line(
                "slope d_loss_y",
                ends,
                tangent,
                signed(0.0 if numbers.is_nothing(slope) else slope),
                "dash",
            ),
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": "today",
                "x": [prediction],
                "y": [loss],
                "marker": {"size": 12, "color": ACTIVATION},
                "text": [f"slope {said}"],
                "textposition": "top left" if slope > 0 else "top right",
                "customdata": [f"y_pred = {full(prediction)}<br>loss = {full(loss)}"],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": "y_true",
                "x": [target],
                "y": [0],
                "marker": {"size": 11, "color": LINE, "symbol": "diamond"},
                "text": ["y_true"],
                "textposition": "bottom center",
                "hovertemplate": f"y_true = {full(target)}<extra></extra>",
            },
        ],
        layout,
    )


def describe_loss(passes: BackwardPass) -> str:
    """Say in words what `loss_chart` shows."""
    prediction, target, loss, slope = _output(passes)
    n = Numbers().of(passes)
    shape = "Parabola" if passes.loss_function.quadratic else "Curve"
    return (
        f"{shape} of the loss over y_pred with its lowest point at y_true {n.text(target)}; today "
        f"y_pred is {n.text(prediction)}, the loss {n.text(loss)} and the slope {n.signed(slope)}"
    )


def _output(passes: BackwardPass) -> tuple[float, float, float, float]:
    """Return y_pred, y_true, the loss and its slope d_loss_y."""
    refuse_unless(
        "the curve of the loss",
        passes,
        outputs=1,
        losses=tuple(
            name
            for name, loss in LOSSES.items()
            if loss.asks_target and np.isinf(loss.domain).all()
        ),
        instead="draw the loss along a nudge of y_pred or of its z, as what if does",
    )
    return (
        float(passes.forward_pass.prediction[0, 0]),
        float(passes.target[0, 0]),
        float(passes.loss),
        float(passes.activation_gradients[-1][0, 0]),
    )


def _line(name: str, x: np.ndarray, y: np.ndarray, colour: str, dash: str) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x.tolist(),
        "y": y.tolist(),
        "line": {"color": colour, "width": 2.5, "dash": dash},
        "hoverinfo": "name",
    }
