"""Figures stay the plain dictionaries they were made of, and say the same as Plotly's own."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from pages.shared.charts.axes import base_layout
from pages.shared.charts.figure import figure
from tests.pages.app import plain

VALUES = np.array([[0.1, -2.5, 1e-300], [1.0, 0.0, 3.25]])


def made(z):
    return figure([{"type": "heatmap", "z": z, "x": ["a", "b", "c"]}], base_layout(120))


@pytest.mark.parametrize(
    "z",
    [VALUES, VALUES.T, VALUES[:, ::2], VALUES.astype("f4"), np.arange(6).reshape(2, 3)],
    ids=["rows", "columns", "strided", "short floats", "integers"],
)
def test_arrays_arrive_as_plotly_itself_would_send_them(z):
    ours = plain(json.loads(json.dumps(made(z).to_dict())))["data"][0]["z"]
    theirs = go.Figure(go.Heatmap(z=z)).to_dict()["data"][0]["z"]
    rows, columns = map(int, theirs["shape"].split(","))
    assert np.reshape(ours, (rows, columns)).tolist() == z.astype(float).tolist()
    assert made(z).to_dict()["data"][0]["z"]["shape"] == theirs["shape"]


def test_texts_and_truths_are_sent_as_lists():
    sent = made(np.array([["a", "b", "c"]])).to_dict()["data"][0]["z"]
    assert sent == [["a", "b", "c"]]


def test_figures_are_equal_when_all_they_say_is():
    other = VALUES.copy()
    assert made(VALUES) == made(other)
    other[1, 1] = 1e-12
    assert made(VALUES) != made(other)
    assert figure([], base_layout(120)) != figure([], base_layout(121))


def test_little_is_sent_beside_the_numbers():
    # Plotly's own figure brings a template of 6 kB with every chart.
    assert len(json.dumps(made(VALUES).to_dict())) < 500
    assert "template" not in made(VALUES).to_dict()["layout"]
