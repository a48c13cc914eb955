"""The prediction over the plane or the line, with each sample in its own place and class."""

import re
from dataclasses import replace

import numpy as np
import pytest

from blame import ACTIVATIONS, Layer, Network
from blame.playground.maps import maps_around
from pages.shared.charts.palette import LINE
from pages.shared.charts.playground import line
from pages.shared.charts.playground import maps as charts
from tests.pages.charts.playground.samples import PREPARED, RUNS, accuracy, layers_at, predict
from tests.pages.charts.reading import check, holds, named, near, numbers, read, same

PLANES = [name for name, run in RUNS.items() if run.start.sizes[0] == 2]
LINES = [name for name in RUNS if name not in PLANES]
every_plane = pytest.mark.parametrize("name", PLANES)
every_line = pytest.mark.parametrize("name", LINES)
every_run = pytest.mark.parametrize("name", RUNS)
BINARY = {name: {*RUNS[name].target.ravel().tolist()} <= {0.0, 1.0} for name in RUNS}


def map_drawn(run, step, data, pulls=None):
    found = maps_around(run.at(step), data, charts.points_of(data))
    return charts.map_chart(found, run.at(step), data, pulls)


def drawn(name, pulls=None):
    run = RUNS[name]
    return run, *read(map_drawn(run, run.steps, PREPARED[name].data, pulls))


def test_the_runs_reach_every_branch():
    assert {BINARY[name] for name in PLANES} == {True, False}
    assert {BINARY[name] for name in LINES} == {True, False}
    kinds = [{trace["type"] for trace in drawn(name)[1]} for name in PLANES if BINARY[name]]
    assert {"contour" in each for each in kinds} == {True, False}
    ends = [drawn(name)[1][0]["colorbar"]["ticktext"] for name in PLANES]
    assert {text[0].startswith("≤") for text in ends} == {True, False}
    assert {text[-1].startswith("≥") for text in ends} == {True, False}
    assert {bool(drawn(name)[2]["shapes"]) for name in LINES} == {True, False}


@every_plane
def test_the_map_is_the_prediction_at_each_place(name):
    run, data, layout = drawn(name)
    layers, height = layers_at(run, run.steps), data[0]
    for y, row in list(zip(height["y"], height["z"], strict=True))[::10]:
        for x, value in list(zip(height["x"], row, strict=True))[::7]:
            assert value == pytest.approx(predict(layers, [x, y]), abs=6e-5, rel=1e-9)
    assert layout["xaxis"]["title"]["text"] == "x[0]"
    assert layout["yaxis"]["title"]["text"] == "x[1]"
    for side, axis in (("x", "xaxis"), ("y", "yaxis")):
        assert layout[axis]["range"] == [height[side][0], height[side][-1]]
    assert holds(layout["xaxis"], *run.x[:, 0])
    assert holds(layout["yaxis"], *run.x[:, 1])
    square = np.isclose(np.ptp(height["x"]), np.ptp(height["y"]))
    assert ("scaleanchor" in layout["yaxis"]) == square


@every_plane
def test_the_hues_run_between_the_targets_and_say_what_lies_beyond(name):
    run, data, _ = drawn(name)
    height = data[0]
    targets = run.target.ravel().tolist()
    low, high = (0, 1) if BINARY[name] else (min(targets), max(targets))
    if low == high:
        low, high = low - 1, high + 1
    assert (height["zmin"], height["zmax"]) == (low, high)
    # Low and high have the hues of the classes 0 and 1, the middle hardly any.
    assert [at for at, _ in height["colorscale"]] == [0, 0.5, 1]
    for (_, shade), hue in zip(height["colorscale"][::2], (line.LOW, line.HIGH), strict=True):
        assert shade.startswith(
            f"rgba({','.join(str(int(hue[k : k + 2], 16)) for k in (1, 3, 5))},"
        )
    bar = height["colorbar"]
    assert bar["tickvals"] == [low, (low + high) / 2, high]
    assert bar["title"]["text"] == "y_pred"
    texts = bar["ticktext"]
    values = [value for row in height["z"] for value in row]
    assert texts[0].startswith("≤ ") == (min(values) < low)
    assert texts[-1].startswith("≥ ") == (max(values) > high)
    assert same([float(text.strip("≤≥ ")) for text in texts], bar["tickvals"], 6e-3)


@every_plane
def test_the_boundary_is_where_the_prediction_is_a_half(name):
    _, data, _ = drawn(name)
    height = data[0]
    lines = [trace for trace in data if trace["type"] == "contour"]
    above = [value > 0.5 for row in height["z"] for value in row]
    assert len(lines) == (BINARY[name] and any(above) and not all(above))
    for border in lines:
        assert (border["x"], border["y"], border["z"]) == (height["x"], height["y"], height["z"])
        assert (border["contours"]["start"], border["contours"]["end"]) == (0.5, 0.5)


def points(trace):
    return list(zip(trace["x"], trace["y"], trace["customdata"], strict=True))


@every_plane
def test_each_sample_lies_in_its_place_as_its_class(name):
    run, data, _ = drawn(name)
    marks = [trace for trace in data if trace["type"] == "scatter"]
    if BINARY[name]:
        assert [trace["name"] for trace in marks] == ["target 0", "target 1"]
        looks = [(t["marker"]["symbol"], t["marker"]["color"]) for t in marks]
        assert looks == [("circle", charts.DEEP_LOW), ("diamond", charts.DEEP_HIGH)]
    else:
        (trace,) = marks
        assert trace["name"] == "samples"
        targets = run.target.ravel().tolist()
        assert trace["marker"]["color"] == targets
        assert (trace["marker"]["cmin"], trace["marker"]["cmax"]) == (
            data[0]["zmin"],
            data[0]["zmax"],
        )
        scale = trace["marker"]["colorscale"]
        assert scale == [[0, charts.DEEP_LOW], [1, charts.DEEP_HIGH]]
    seen = []
    for trace in marks:
        for x, y, text in points(trace):
            row, target = numbers(text)
            seen.append(int(row))
            assert [x, y] == run.x[int(row)].tolist()
            assert near(target, run.target[int(row), 0])
            assert not BINARY[name] or trace["name"] == f"target {target:.0f}"
    assert sorted(seen) == list(range(len(run.x)))


@every_line
def test_the_prediction_runs_along_the_line_with_the_samples_on_it(name):
    run, data, layout = drawn(name)
    layers, curve, marks = layers_at(run, run.steps), named(data, "y_pred"), named(data, "samples")
    assert same(curve["y"], [predict(layers, [x]) for x in curve["x"]], 1e-9, 1e-9)
    assert marks["x"] == run.x[:, 0].tolist()
    assert marks["y"] == run.target[:, 0].tolist()
    assert marks["customdata"] == [f"sample {row}" for row in range(len(run.x))]
    assert (curve["line"]["color"], marks["marker"]["color"]) == (line.HIGH, line.LOW)
    assert layout["xaxis"]["range"] == [curve["x"][0], curve["x"][-1]]
    assert holds(layout["xaxis"], *run.x[:, 0])
    assert layout["xaxis"]["title"]["text"] == "x[0]"
    assert layout["yaxis"]["title"]["text"] == "y"


@every_line
def test_gates_of_the_first_layer_are_marked_where_they_flip(name):
    run, data, layout = drawn(name)
    layers, x = layers_at(run, run.steps), named(data, "y_pred")["x"]
    places = []
    if len(layers) > 1 and layers[0][2] in ("relu", "leaky_relu"):
        for w, b in zip(layers[0][0][0], layers[0][1], strict=True):
            if w and x[0] <= -b / w <= x[-1]:
                places.append(-b / w)
    assert same([mark["x0"] for mark in layout["shapes"]], places, 1e-9)
    assert all(mark["x0"] == mark["x1"] for mark in layout["shapes"])
    assert all(mark["line"]["color"] == LINE for mark in layout["shapes"])


def test_a_gate_off_the_line_or_without_a_weight_has_no_mark():
    def marked(activation, *rest):
        first = Layer([[2.0, 0.0, 1.0, -1.0]], [-1.0, 3.0, 50.0, -1.0], activation)
        network = Network((first, *rest))
        return charts.kinks(maps_around(network, PREPARED["own line"].data, 201), network)

    last = Layer([[1.0]] * 4, [0.0], "identity")
    assert marked("relu", last) == [0.5, -1.0]
    assert marked("tanh", last) == []
    # A registry may hold an activation whose gate flips elsewhere.
    assert marked(replace(ACTIVATIONS["relu"], kinks=(2.0,)), last) == [1.5, -3.0]
    lone = Network((Layer([[2.0]], [-1.0], "relu"),))
    assert charts.kinks(maps_around(lone, PREPARED["own line"].data, 201), lone) == []


@pytest.mark.parametrize("name", ["circles", "own plane", "own line", "two lines"])
def test_the_harder_a_sample_pulls_the_larger_it_is(name):
    count = len(RUNS[name].x)
    pulls = np.linspace(0.0, 4.0, count)
    _, data, _ = drawn(name, pulls)
    sizes = {}
    for trace in data:
        if trace["type"] == "scatter" and "markers" in trace["mode"]:
            rows = [int(re.search(r"sample (\d+)", text)[1]) for text in trace["customdata"]]
            sizes |= dict(zip(rows, trace["marker"]["size"], strict=True))
    assert len(sizes) == count
    # The part beyond the smallest grows with the root: an area is seen, not a width.
    grown = [(sizes[row] - sizes[0]) / (sizes[count - 1] - sizes[0]) for row in range(count)]
    assert same(grown, np.sqrt(pulls / 4).tolist())
    assert sizes[0] > 0
    # How hard the hardest pulls makes no difference to how large it is.
    twice = [t for t in drawn(name, 2 * pulls)[1] if "markers" in t.get("mode", "")]
    assert same(max(max(t["marker"]["size"]) for t in twice), sizes[count - 1])
    for none in (None, np.zeros(count)):
        _, data, _ = drawn(name, none)
        plain = {
            size
            for trace in data
            if trace["type"] == "scatter" and "markers" in trace["mode"]
            for size in trace["marker"]["size"]
        }
        assert len(plain) == 1


@every_run
def test_the_words_say_what_the_samples_are_predicted_and_how_many_right(name):
    run = RUNS[name]
    for step in {0, run.steps}:
        said = charts.describe_map(run, step, PREPARED[name].data)
        told = re.fullmatch(
            r"What the network predicts after (\d+) steps, with (\d+) samples\. Predictions at "
            r"the samples go from (\S+) to ([^\s;]+)"
            r"(?:; (\S+)% of them are on the right side of 0\.5)?",
            said,
        )
        every = [predict(layers_at(run, step), x) for x in run.x.tolist()]
        assert (int(told[1]), int(told[2])) == (step, len(run.x))
        assert near(float(told[3]), min(every))
        assert near(float(told[4]), max(every))
        true = accuracy(run, step)
        assert (told[5] is None) == (true is None)
        assert true is None or same(float(told[5]), 100 * true, 6e-3)


def test_plotly_knows_every_name_and_value():
    check(
        *(
            map_drawn(RUNS[name], 0, PREPARED[name].data)
            for name in ("circles", "own plane", "own line")
        )
    )
