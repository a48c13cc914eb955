"""What the playground's network makes of one input, drawn as a line."""

from __future__ import annotations

from blame.network import Network
from blame.playground.datasets import Dataset
from blame.playground.maps import Maps
from pages.shared.charts.figure import PlotlyTrace
from pages.shared.charts.palette import ACTIVATION, NEURONS
from pages.shared.charts.playground.classes import PAPER

LOW, HIGH = NEURONS[1], ACTIVATION
"""The hues of low and high predictions, and of the targets 0 and 1."""


def line_traces(
    found: Maps, data: Dataset, sizes: list[float], test: Dataset | None
) -> list[PlotlyTrace]:
    """Return the prediction along one input, with the samples; hollow those that are set aside."""
    aside: list[PlotlyTrace] = []
    if test is not None:
        aside = [
            {
                "type": "scatter",
                "mode": "markers",
                "name": "test samples",
                "x": test.x[:, 0].tolist(),
                "y": test.target[:, 0].tolist(),
                "marker": {"symbol": "circle-open", "color": LOW, "size": 8, "line": {"width": 2}},
                "customdata": [f"test sample {row}" for row in range(len(test.x))],
                "hovertemplate": "%{customdata}: %{x:.4g}, %{y:.4g}<extra></extra>",
            }
        ]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "samples",
            "x": data.x[:, 0].tolist(),
            "y": data.target[:, 0].tolist(),
            "marker": {"color": LOW, "size": sizes, "line": {"color": PAPER, "width": 1}},
            "customdata": [f"sample {row}" for row in range(len(data.x))],
            "hovertemplate": "%{customdata}: %{x:.4g}, %{y:.4g}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "name": "y_pred",
            "x": found.across.tolist(),
            "y": found.prediction[0].tolist(),
            "line": {"color": HIGH, "width": 3},
            "hovertemplate": "y_pred at %{x:.3g}: %{y:.4g}<extra></extra>",
        },
        *aside,
    ]


def kinks(found: Maps, network: Network) -> list[float]:
    """Return where, along one input, a gate of the first hidden layer flips."""
    if len(network.layers) < 2:
        return []
    weights, bias = network.layers[0].weights[0], network.layers[0].bias
    places = [
        float((kink - b) / w)
        for w, b in zip(weights, bias, strict=True)
        for kink in network.layers[0].activation.kinks
        if w != 0
    ]
    return [x for x in places if found.across[0] <= x <= found.across[-1]]
