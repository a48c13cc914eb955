"""Blame before and after the gate as its bias moves: where it breaks, and what is marked."""

import re
from functools import cache

import numpy as np
import pytest

from blame.probe.bias_sweep import gate_bias, sweep_bias
from pages.shared.charts.lessons import bias_sweep
from pages.shared.charts.palette import LOWERS, RAISES, SHUT
from tests.exercises import changed, number_of
from tests.pages.charts import any_shape
from tests.pages.charts.by_hand import EXERCISES, passes
from tests.pages.charts.reading import check, holds, named, near, read, same

CASES = [(name, j) for name in EXERCISES for j in (0, 1)]
every_case = pytest.mark.parametrize(("name", "neuron"), CASES)


@cache
def swept(name, neuron):
    exercise = EXERCISES[name]
    gate_at = gate_bias(exercise.forward(), neuron)
    biases = bias_sweep.swept_biases(float(exercise.network.layers[0].bias[neuron]), gate_at)
    found = sweep_bias(exercise.network, exercise.x, exercise.target, neuron, biases)
    today = number_of(exercise, f"b1_{neuron}")
    chart = bias_sweep.sweep_chart(found.backward, neuron, found.biases, today, found.gate_at)
    check(chart)
    truth = [passes(changed(exercise, **{f"b1_{neuron}": float(b)})) for b in found.biases]
    return exercise, found, today, truth, *read(chart)


@every_case
def test_blame_before_the_gate_is_drawn_at_every_bias(name, neuron):
    _, found, _, truth, data, layout = swept(name, neuron)
    before = named(data, f"d_a1[{neuron}], before the gate")
    assert same(before["x"], found.biases)
    assert same(before["y"], [each[f"d_a1[{neuron}]"] for each in truth], 1e-9, 1e-12)
    assert (before["line"]["color"], before["line"]["dash"]) == (SHUT, "dash")
    assert layout["xaxis"]["title"]["text"] == f"b1[{neuron}]"
    assert layout["yaxis"]["title"]["text"] == "blame"


@every_case
def test_blame_after_the_gate_breaks_where_the_gate_opens(name, neuron):
    _, found, _, truth, data, _ = swept(name, neuron)
    after = named(data, f"d_z1[{neuron}], after the gate")
    (gap,) = (k for k, y in enumerate(after["y"]) if y is None)
    points = [*zip(after["x"], after["y"], strict=True)]
    drawn = points[:gap] + points[gap + 1 :]
    assert same([x for x, _ in drawn], found.biases)
    for (bias, y), each in zip(drawn, truth, strict=True):
        if abs(each[f"z1[{neuron}]"]) > 1e-12:
            assert same(y, each[f"d_z1[{neuron}]"], 1e-9, 1e-12), bias
    # The last point before the gap is shut, the first one after it open; the gap lies between.
    z = [each[f"z1[{neuron}]"] for each in truth]
    assert z[gap - 1] <= 1e-12
    assert z[gap] > -1e-12
    assert points[gap - 1][0] <= points[gap][0] <= points[gap + 1][0]
    assert all(y == 0 and str(y) == "0.0" for _, y in points[:gap])
    assert after["line"]["dash"] == "solid"


@every_case
def test_the_hue_is_that_of_the_strongest_blame(name, neuron):
    *_, truth, data, _ = swept(name, neuron)
    strongest = max((each[f"d_z1[{neuron}]"] for each in truth), key=abs)
    hue = named(data, f"d_z1[{neuron}], after the gate")["line"]["color"]
    assert hue == (RAISES if strongest > 0 else LOWERS if strongest < 0 else SHUT)


@every_case
def test_today_and_the_gate_are_marked_where_they_are_and_in_sight(name, neuron):
    exercise, _, today, truth, data, layout = swept(name, neuron)
    gate_at = today - passes(exercise)[f"z1[{neuron}]"]
    at_today, at_gate = named(data, "today"), named(data, "where z is 0")
    assert at_today["x"] == [today, today]
    assert same(at_gate["x"], [gate_at] * 2)
    assert (at_today["line"]["dash"], at_gate["line"]["dash"]) == ("dot", "solid")
    assert at_today["y"] == at_gate["y"] == layout["yaxis"]["range"]
    # One text hangs from the top and the other stands on the bottom: neither covers the other.
    assert at_today["text"] == ["", "\u00a0today"]
    assert at_gate["text"] == [f"\u00a0z1[{neuron}] = 0: the gate", ""]
    assert [line["textposition"].split()[0] for line in (at_today, at_gate)] == ["bottom", "top"]
    # The axis is that of the biases: both marks lie well inside it.
    biases = named(data, f"d_a1[{neuron}], before the gate")["x"]
    reach = biases[-1] - biases[0]
    for place in (today, gate_at):
        assert biases[0] + 0.1 * reach < place < biases[-1] - 0.1 * reach
    every = [each[f"d_{kind}1[{neuron}]"] for each in truth for kind in "az"]
    assert holds(layout["yaxis"], 0, *every)
    low, high = layout["yaxis"]["range"]
    room = max(0, *every) - min(0, *every)
    # Room for the texts, and no more than it takes to stand still.
    assert low <= min(0, *every) - 0.14 * room
    assert high >= max(0, *every) + 0.14 * room
    assert high - low <= 2 * room or room == 0


@every_case
def test_the_words_say_from_where_on_blame_passes_and_how_much(name, neuron):
    _, found, _, truth, _, _ = swept(name, neuron)
    words = re.fullmatch(
        rf"Blame after the gate of neuron {neuron} is 0 while b1\[{neuron}\] is below (\S+); "
        r"above it, it runs from (\S+) to (\S+)",
        bias_sweep.describe_sweep(found.backward, neuron, found.biases, found.gate_at),
    )
    gate_at, first, last = map(float, words.groups())
    below = [k for k, b in enumerate(found.biases) if b < gate_at - 1e-3]
    above = [k for k, b in enumerate(found.biases) if b > gate_at + 1e-3]
    assert below
    assert above
    assert all(truth[k][f"d_z1[{neuron}]"] == 0 for k in below)
    gate = truth[0][f"z1[{neuron}]"] - found.biases[0]
    assert near(gate_at, -gate)
    blame = [each[f"d_z1[{neuron}]"] for each in truth]
    assert near(last, blame[-1])
    # Where a bias hits the gate itself, rounding decides whether it is open there.
    opens = [k for k, each in enumerate(truth) if each[f"z1[{neuron}]"] > -1e-12][:2]
    assert any(near(first, truth[k][f"d_a1[{neuron}]"]) for k in opens)


def test_blame_of_both_signs_and_of_none_is_among_the_cases():
    strongest = [
        max((each[f"d_z1[{j}]"] for each in swept(name, j)[3]), key=abs) for name, j in CASES
    ]
    assert {float(np.sign(value)) for value in strongest} == {-1.0, 0.0, 1.0}
    mixed = [[each[f"d_z1[{j}]"] for each in swept(name, j)[3]] for name, j in CASES]
    assert any(min(each) < 0 < max(each) for each in mixed)


@pytest.mark.parametrize(
    ("sizes", "units", "layer", "sample"),
    [
        ((2, 3, 2, 1), ("relu", "tanh", "identity"), 2, 1),
        ((2, 3, 2, 1), ("relu", "leaky_relu", "identity"), 1, 0),
        ((2, 3, 2), ("relu", "leaky_relu"), 2, 2),
        ((3, 2), ("sigmoid",), 1, 1),
    ],
)
def test_a_bias_of_any_layer_moves_past_its_activation(sizes, units, layer, sample):
    exercise = any_shape.made(sizes, units, n_samples=3, seed=8)
    back, neuron = exercise.backward(), 1
    assert (layer, neuron) in bias_sweep.swept_neurons(back)
    true = any_shape.passes(exercise)
    last = layer == len(units)
    z, after = (any_shape.row_name(exercise, f"{a}{layer}", sample, neuron) for a in ("z", "d_z"))
    before = (
        any_shape.output_name(exercise, sample, neuron, "d_loss_y")
        if last
        else any_shape.row_name(exercise, f"d_a{layer}", sample, neuron)
    )
    bias = f"b{layer}[{neuron}]"
    today = exercise.numbers()[bias]
    place = {"layer": layer, "sample": sample}
    gate_at = gate_bias(exercise.forward(), neuron, **place)
    assert same(gate_at, today - true[z], 1e-9, 1e-9)
    biases = bias_sweep.swept_biases(today, gate_at)
    found = sweep_bias(
        exercise.network, exercise.x, exercise.target, neuron, biases, exercise.loss, **place
    )
    drawn = bias_sweep.sweep_chart(found.backward, neuron, biases, today, gate_at, **place)
    check(drawn)
    data, layout = read(drawn)
    through = "gate" if "relu" in units[layer - 1] else "slope"
    for name in (before, after):
        side = "before" if name == before else "after"
        line = named(data, f"{name}, {side} the {through}")
        points = [(x, y) for x, y in zip(line["x"], line["y"], strict=True) if y is not None]
        # Nothing breaks where nothing jumps.
        assert len(line["y"]) - len(points) == (side == "after" and through == "gate")
        for x, y in points[::9]:
            if abs(x - gate_at) > 1e-6:
                moved = any_shape.passes(exercise.with_numbers({bias: x}))
                assert same(y, moved[name], 1e-7, 1e-9)
    assert layout["xaxis"]["title"]["text"] == bias
    note = f"{z} = 0" + (": the gate" if through == "gate" else "")
    assert named(data, "where z is 0")["text"] == [f"\u00a0{note}", ""]
    said = bias_sweep.describe_sweep(found.backward, neuron, biases, gate_at, **place)
    assert (f"{bias} moves from" in said) != (units[layer - 1] == "relu")
