"""Blame, activation and shut gates by layer: medians, bands and shares under their own names."""

import re
from statistics import median, quantiles

import numpy as np
import pytest

from blame.probe.chains import Chains, chains
from pages.shared.charts.lessons import chains as charts
from pages.shared.charts.palette import ACTIVATION, RAISES, SHUT
from tests.pages.charts.reading import check, fits, holds, named, near, numbers, read, same

CASES = {
    "fades": chains(6, 3, "relu", 0.4, 3, count=21),
    "explodes": chains(14, 4, "leaky_relu", 3.0, 0, count=21),
    "dies": chains(13, 2, "relu", 1.0, 11, count=21),
    "some die": Chains(
        np.array([[0.0, 1.0], [0.0, 1.0], [0.3, 1.0], [2.0, 1.0], [3.0, 1.0], [40.0, 1.0]]),
        np.array([[0.0, 1.5], [0.0, 0.5], [0.2, 1.0], [5.0, 1.0], [6.0, 1.0], [7.0, 2.0]]),
        np.array([[1.0, 0.0], [1.0, 0.0], [0.5, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]]),
    ),
    "one layer": chains(1, 2, "relu", 1.0, 0, count=5),
    "twelve": chains(12, 2, "leaky_relu", 1.5, 2, count=11),
    "nothing": chains(3, 2, "relu", 0.0, 0, count=4),
    "few shut": Chains(
        np.array([[0.5, 2.0, 1.0], [0.25, 4.0, 1.0], [3.0, 0.0, 1.0]]),
        np.array([[1.0, 0.1, 5.0], [2.0, 0.2, 6.0], [4.0, 0.4, 9.0]]),
        np.array([[0.0, 0.002, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]),
    ),
}
every_case = pytest.mark.parametrize("name", CASES)
LINES = {"blame, relative to the output's": "blame", "activation": "size"}


def band(values):
    """Return the tenth, fiftieth and ninetieth percentile of each layer, one list at a time."""
    columns = [list(map(float, column)) for column in values.T]
    tenths = [quantiles(column, n=10, method="inclusive") for column in columns]
    return [t[0] for t in tenths], list(map(median, columns)), [t[-1] for t in tenths]


def test_the_cases_reach_every_branch():
    assert any(0 in band(found.blame)[1] for found in CASES.values())
    bands = [band(found.blame) for found in CASES.values()]
    assert any(min(low) == 0 < min(middle) for low, middle, _ in bands)
    assert {found.blame.shape[1] <= 12 for found in CASES.values()} == {True, False}
    assert CASES["explodes"].arriving > 10 > 0.1 > CASES["fades"].arriving


@pytest.mark.parametrize("line", LINES)
@every_case
def test_the_line_is_the_median_and_the_band_reaches_from_tenth_to_ninetieth(name, line):
    found = CASES[name]
    values = getattr(found, LINES[line])
    data, _ = read(charts.depth_chart(found))
    middle = named(data, line)
    at = data.index(middle)
    top, bottom = data[at - 2], data[at - 1]
    low, median_, high = band(values)
    floor = min([value for value in values.ravel().tolist() if value > 0] + [1.0])
    layers = list(range(1, values.shape[1] + 1))
    assert middle["x"] == top["x"] == bottom["x"] == layers
    assert same(middle["y"], [value if value > 0 else None for value in median_], tiny=0)
    assert same(top["y"], [max(value, floor) for value in high], tiny=0)
    assert same(bottom["y"], [max(value, floor) for value in low], tiny=0)
    assert bottom["fill"] == "tonexty"
    assert "fill" not in top
    hue = RAISES if LINES[line] == "blame" else ACTIVATION
    assert middle["line"]["color"] == middle["marker"]["color"] == hue
    assert middle["line"]["dash"] == ("solid" if LINES[line] == "blame" else "dash")
    rgb = ",".join(str(int(hue[k : k + 2], 16)) for k in (1, 3, 5))
    assert bottom["fillcolor"].startswith(f"rgba({rgb},")
    assert [t["showlegend"] for t in (top, bottom)] == [False, False]
    for k, text in enumerate(middle["customdata"]):
        told = re.fullmatch(r"(\S+), 10 to 90 %: (\S+) to (\S+)", text)
        expected = (median_[k], low[k], high[k])
        assert all(near(float(a), b) for a, b in zip(told.groups(), expected, strict=True))


@every_case
def test_shut_gates_are_bars_of_their_share_on_an_axis_of_their_own(name):
    found = CASES[name]
    data, layout = read(charts.depth_chart(found))
    bars = named(data, "gates shut")
    shares = [sum(column) / len(column) for column in found.shut.T.tolist()]
    assert bars["x"] == list(range(1, len(shares) + 1))
    assert same(bars["y"], shares)
    assert bars["yaxis"] == "y2"
    assert bars["hovertemplate"].startswith("layer %{x}: %{customdata} of gates shut")
    assert bars["marker"]["color"] == SHUT
    told = [float(text.removesuffix("%")) for text in bars["customdata"]]
    assert same(told, [100 * share for share in shares], 6e-3)
    assert layout["yaxis2"]["range"] == [0, 1]
    assert layout["yaxis2"]["title"]["text"] == "gates shut"


@every_case
def test_sizes_are_on_a_log_scale_with_the_output_marked(name):
    found = CASES[name]
    data, layout = read(charts.depth_chart(found))
    count = found.blame.shape[1]
    assert layout["yaxis"]["type"] == "log"
    assert layout["yaxis"]["title"]["text"] == "size"
    assert layout["xaxis"]["title"]["text"] == "layer"
    assert layout["xaxis"]["range"] == [0.5, count + 0.5]
    assert layout["xaxis"]["anchor"] == "y2"
    assert layout["xaxis"]["dtick"] == (1 if count <= 12 else 5)
    (one,) = layout["shapes"]
    assert (one["y0"], one["y1"]) == (1, 1)
    lower, upper = layout["yaxis2"]["domain"], layout["yaxis"]["domain"]
    assert 0 == lower[0] < lower[1] < upper[0] < upper[1] == 1
    assert all(trace.get("yaxis", "y") == "y" for trace in data if trace["type"] == "scatter")
    assert fits(layout["xaxis"], 1, count) or count == 1
    assert holds(layout["xaxis"], 1, count)


@every_case
def test_the_words_say_the_ends_of_each_median_and_the_share_shut(name):
    found = CASES[name]
    said = charts.describe_depth(found)
    told = re.fullmatch(
        r"By layer, from 1 to (\d+): median blame from (\S+) in layer 1 to 1 at the output, "
        r"median activation from (\S+) to (\S+), (\S+)% of the gates shut",
        said,
    )
    blame, size = band(found.blame)[1], band(found.size)[1]
    shares = found.shut.ravel().tolist()
    assert int(told[1]) == len(blame)
    assert near(float(told[2]), blame[0])
    assert blame[-1] == 1
    assert near(float(told[3]), size[0])
    assert near(float(told[4]), size[-1])
    # A few shut gates are not none, and a few open ones not all shut.
    assert same(float(told[5]), 100 * sum(shares) / len(shares), 6e-3)
    assert len(numbers(said)) >= 5


def test_plotly_knows_every_name_and_value():
    check(*map(charts.depth_chart, CASES.values()))
