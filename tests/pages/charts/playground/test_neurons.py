"""Each hidden neuron's own map: its activation, its gate line, and whether it is dead."""

import re
from dataclasses import replace

import pytest

from blame import ACTIVATIONS, Layer, Network
from blame.playground.datasets import dataset
from blame.playground.growing_run import begin
from blame.playground.maps import maps_around
from pages.shared.charts.palette import ACTIVATION, LINE
from pages.shared.charts.playground import neurons as charts
from tests.pages.charts.playground.samples import PREPARED, RUNS, layers_at, outputs, passing
from tests.pages.charts.reading import check, near, read, same

CASES = [
    ("circles", 0),
    ("xor by mse", 0),
    ("two lines", 0),
    ("own plane", 0),
    ("own plane", 1),
    ("own line", 0),
    ("smooth", 1),
    ("dead", 0),
    ("runs away", 0),
]
every_case = pytest.mark.parametrize(("name", "layer"), CASES)


def map_drawn(run, step, data, layer):
    found = maps_around(run.at(step), data, charts.points_of(data))
    return charts.neuron_chart(found, run.pass_at(step), data, layer)


def drawn(name, layer):
    run = RUNS[name]
    return run, *read(map_drawn(run, run.steps, PREPARED[name].data, layer))


def of_panel(data, j):
    axes = ("x", "y") if j == 0 else (f"x{j + 1}", f"y{j + 1}")
    return [trace for trace in data if (trace["xaxis"], trace["yaxis"]) == axes]


@every_case
def test_a_neuron_that_passes_no_blame_is_called_dead(name, layer):
    run, _, layout = drawn(name, layer)
    shares = passing(run, run.steps, layer)
    assert [note["text"] for note in layout["annotations"]] == [
        f"neuron {j}" if share else f"neuron {j}, dead" for j, share in enumerate(shares)
    ]


@every_case
def test_each_map_is_its_own_neurons_activation(name, layer):
    run, data, layout = drawn(name, layer)
    layers = layers_at(run, run.steps)
    shares = passing(run, run.steps, layer)
    largest = 0.0
    for j, share in enumerate(shares):
        own = of_panel(data, j)[0]
        assert own["hovertemplate"].startswith(f"neuron {j} at")
        if run.start.sizes[0] == 1:
            every = [outputs(layers, [x])[1][layer][j] for x in own["x"]]
            assert same(own["y"], every, 1e-9, 1e-9)
            assert own["line"]["color"] == (ACTIVATION if share else LINE)
            assert layout["xaxis"]["showticklabels"] is True
            continue
        assert layout["xaxis"]["showticklabels"] is False
        for y, row in zip(own["y"][::4], own["z"][::4], strict=True):
            for x, value in list(zip(own["x"], row, strict=True))[::5]:
                assert value == pytest.approx(outputs(layers, [x, y])[1][layer][j], abs=6e-5)
        largest = max(largest, max(abs(v) for row in own["z"] for v in row))
    if run.start.sizes[0] == 2:
        # One scale for the layer, around 0.
        for j in range(len(shares)):
            own = of_panel(data, j)[0]
            assert own["zmax"] == pytest.approx(largest or 1, abs=6e-5)
            assert own["zmin"] == -own["zmax"]
            assert [at for at, _ in own["colorscale"]] == [0, 0.5, 1]
            assert len(own["x"]) == len(own["y"]) < 40


@every_case
def test_a_gate_that_flips_on_the_map_has_its_line_there(name, layer):
    run, data, _ = drawn(name, layer)
    layers = layers_at(run, run.steps)
    if run.start.sizes[0] == 1:
        assert all(trace["type"] == "scatter" for trace in data)
        return
    for j in range(len(layers[layer][1])):
        height, *lines = of_panel(data, j)
        z = [[outputs(layers, [x, y])[0][layer][j] for x in height["x"]] for y in height["y"]]
        above = [value > 0 for row in z for value in row]
        gated = layers[layer][2] in ("relu", "leaky_relu")
        assert len(lines) == (gated and any(above) and not all(above))
        for line in lines:
            assert (line["x"], line["y"]) == (height["x"], height["y"])
            assert same(line["z"], z, 0, 1e-6)
            assert (line["contours"]["start"], line["contours"]["end"]) == (0, 0)
            assert line["line"]["dash"] == "dash"


def test_the_cases_reach_every_branch():
    lines, dead = [], []
    for name, layer in CASES:
        run, data, _ = drawn(name, layer)
        shares = passing(run, run.steps, layer)
        dead += [share == 0 for share in shares]
        if run.start.sizes[0] == 2 and layers_at(run, run.steps)[layer][2] == "relu":
            lines += [len(of_panel(data, j)) > 1 for j in range(len(shares))]
    assert {*lines} == {*dead} == {True, False}


@every_case
def test_the_words_say_each_neurons_share_and_reach(name, layer):
    run = RUNS[name]
    for step in {0, run.steps}:
        start, _, listed = charts.describe_neurons(run, step, layer).partition(": ")
        assert start == f"Hidden layer {layer + 1} over the data"
        layers = layers_at(run, step)
        every = [outputs(layers, x)[1][layer] for x in run.x.tolist()]
        shares = passing(run, step, layer)
        for j, part in enumerate(listed.split("; ")):
            told = re.fullmatch(
                rf"neuron {j} passes blame on (\S+)% of the samples, "
                r"activation from (\S+) to (\S+)",
                part,
            )
            assert same(float(told[1]), 100 * shares[j], 6e-3)
            assert near(float(told[2]), min(a[j] for a in every))
            assert near(float(told[3]), max(a[j] for a in every))
        assert j == len(shares) - 1


def test_one_sample_in_many_is_not_none():
    x = [[-1.0 - k / 300, 0.0] for k in range(199)] + [[1.0, 0.0]]
    network = Network((Layer([[1.0], [0.0]], [0.0], "relu"), Layer([[1.0]], [0.0], "identity")))
    said = charts.describe_neurons(begin(network, x, [[0.0]] * 200), 0, 0)
    assert "passes blame on 0.5% of the samples" in said


def test_a_gate_that_flips_elsewhere_has_its_line_there():
    late = replace(ACTIVATIONS["relu"], kinks=(0.5,))
    network = Network((Layer([[1.0], [2.0]], [0.25], late), Layer([[1.0]], [0.0], "identity")))
    data = dataset([[0.0, 0.0], [1.0, 1.0]], [0.0, 1.0])
    run = begin(network, data.x, data.target)
    _, line = read(map_drawn(run, 0, data, 0))[0]
    for y, row in zip(line["y"], line["z"], strict=True):
        assert same(row, [x + 2 * y + 0.25 - 0.5 for x in line["x"]], 0, 1e-6)


def test_a_gate_open_all_over_the_map_or_shut_all_over_it_has_no_line():
    hidden = Layer([[1.0] * 3, [0.0] * 3], [100.0, -100.0, 0.0], "relu")
    network = Network((hidden, Layer([[1.0]] * 3, [0.0], "identity")))
    data = dataset([[-1.0, 0.0], [1.0, 1.0]], [0.0, 1.0])
    run = begin(network, data.x, data.target)
    drawn, layout = read(map_drawn(run, 0, data, 0))
    assert [len(of_panel(drawn, j)) for j in range(3)] == [1, 1, 2]
    titles = [note["text"] for note in layout["annotations"]]
    assert titles == ["neuron 0", "neuron 1, dead", "neuron 2"]


def test_a_dead_neuron_on_a_line_is_grey():
    hidden = Layer([[1.0, 1.0]], [0.0, -100.0], "relu")
    network = Network((hidden, Layer([[1.0], [1.0]], [0.0], "identity")))
    data = dataset([[-1.0], [1.0]], [0.0, 1.0])
    run = begin(network, data.x, data.target)
    alive, dead = read(map_drawn(run, 0, data, 0))[0]
    assert (alive["line"]["color"], dead["line"]["color"]) == (ACTIVATION, LINE)
    assert LINE != ACTIVATION


def test_plotly_knows_every_name_and_value():
    check(*(map_drawn(RUNS[name], 0, PREPARED[name].data, 0) for name in ("circles", "own line")))
