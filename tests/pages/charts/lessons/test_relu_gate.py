"""The ReLU and its slope: each point on its own curve; blame before and after the gate."""

import re
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.shared.charts.lessons import relu_gate
from pages.shared.charts.palette import LOWERS, NEURONS, RAISES, SHUT
from tests.pages.charts import any_shape
from tests.pages.charts.any_shape import exercises
from tests.pages.charts.by_hand import EXERCISES, on_paper, passes
from tests.pages.charts.reading import (
    as_drawn,
    bars_by_name,
    check,
    fits,
    holds,
    made_by_rounding,
    named,
    numbers,
    read,
    rounding_said,
    same,
    stands_for,
)

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)


def test_the_exercises_reach_every_branch():
    found = [passes(exercise) for exercise in EXERCISES.values()]
    assert {tuple(each["gate"]) for each in found} == set(product((True, False), repeat=2))
    assert {each["d_loss_y"] > 0 for each in found} == {True, False}
    assert all(any(each[f"d_a1[{j}]"] < 0 for each in found) for j in (0, 1))


@every_exercise
def test_the_curves_are_the_relu_and_its_slope(exercise):
    data, layout = read(relu_gate.activation_chart(exercise.backward()))
    curve = named(data, "ReLU")
    assert curve["yaxis"] == "y"
    assert curve["y"] == [max(0.0, x) for x in curve["x"]]
    left, right = (trace for trace in data if trace["name"] == "slope")
    assert left["yaxis"] == right["yaxis"] == "y2"
    assert left["y"] == [0, 0]
    assert right["y"] == [1, 1]
    # The jump lies at 0, and nothing is drawn across it.
    assert left["x"][1] == 0 < right["x"][0] < 1e-6
    ends = layout["xaxis"]["range"]
    assert [curve["x"][0], curve["x"][-1]] == ends == [left["x"][0], right["x"][-1]]
    assert ends[0] == -ends[1]
    # Doubled until the farthest point is inside.
    far = max(abs(passes(exercise)[f"z1[{j}]"]) for j in (0, 1))
    assert ends[1] / 1.25 in {2.0**k for k in range(20)}
    assert ends[1] == 1.25 or 1.1 * far <= ends[1] < 2.2 * far
    assert 0 in curve["x"]


@every_exercise
def test_each_point_lies_on_its_own_curve_at_its_own_z(exercise):
    true = passes(exercise)
    data, layout = read(relu_gate.activation_chart(exercise.backward()))
    for j in (0, 1):
        on_relu = named(data, f"neuron {j}", yaxis="y")
        on_slope = named(data, f"neuron {j}", yaxis="y2")
        assert same(on_relu["x"], [true[f"z1[{j}]"]])
        assert on_relu["x"] == on_slope["x"]
        assert same(on_relu["y"], [true[f"a1[{j}]"]])
        assert on_slope["y"] == [1.0 if true["gate"][j] else 0.0]
        assert holds(layout["xaxis"], *on_relu["x"])
        assert fits(layout["yaxis"], *on_relu["y"], *named(data, "ReLU")["y"])
        assert fits(layout["yaxis2"], 0, 1)
        z, value = numbers(on_relu["hovertemplate"].partition(":")[2].replace("<", " <"))
        assert same([z, value], [true[f"z1[{j}]"], true[f"a1[{j}]"]])
        z, value = numbers(on_slope["hovertemplate"].partition(":")[2].replace("<", " <"))
        assert same([z, value], [true[f"z1[{j}]"], float(true["gate"][j])])
    assert layout["yaxis"]["title"]["text"] == "a1 = ReLU(z1)"
    assert layout["yaxis2"]["title"]["text"] == "slope"
    assert layout["xaxis"]["title"]["text"] == "z1"
    assert layout["yaxis2"]["tickvals"] == [0, 1]
    # The slope lies below the value, apart from it; its axis carries the z.
    assert layout["yaxis2"]["domain"][0] < layout["yaxis2"]["domain"][1]
    assert layout["yaxis2"]["domain"][1] < layout["yaxis"]["domain"][0] < 1
    assert layout["yaxis"]["domain"][1] == 1
    assert layout["xaxis"]["anchor"] == "y2"


@every_exercise
def test_a_shut_gate_is_hollow_grey_and_said(exercise):
    true = passes(exercise)
    data, _ = read(relu_gate.activation_chart(exercise.backward()))
    for j, shape in ((0, "circle"), (1, "square")):
        for on in ("y", "y2"):
            point = named(data, f"neuron {j}", yaxis=on)
            is_open = true["gate"][j]
            assert point["marker"]["symbol"] == (shape if is_open else f"{shape}-open")
            assert point["marker"]["color"] == (NEURONS[j] if is_open else SHUT)
            assert point["text"] == [f"neuron {j}" if is_open else f"neuron {j}, shut"]


@every_exercise
def test_no_text_covers_a_curve_or_the_other_point(exercise):
    data, layout = read(relu_gate.activation_chart(exercise.backward()))
    true = passes(exercise)
    places = [named(data, f"neuron {j}", yaxis="y2")["textposition"] for j in (0, 1)]
    assert places == ["top center", "bottom center"]
    z = [true["z1[0]"], true["z1[1]"]]
    # On a phone, where the plane is 270 pixels wide.
    apart = abs(z[0] - z[1]) / (layout["xaxis"]["range"][1] * 2) * 270
    lower = None if apart > 95 else int(z[1] <= z[0])
    for j in (0, 1):
        beside = named(data, f"neuron {j}", yaxis="y")["textposition"]
        # From 0 on the ReLU rises to the right.
        if j == lower:
            assert beside == ("bottom right" if z[j] >= 0 else "bottom center")
        else:
            assert beside == ("top left" if z[j] >= 0 else "top center")


@every_exercise
def test_the_words_of_the_relu_say_each_neurons_z_and_gate(exercise):
    true, paper = passes(exercise), on_paper(exercise)
    said = relu_gate.describe_activation(exercise.backward())
    found = re.findall(r"neuron (\d) at z (\S+), gate (open|shut)", said)
    assert [int(j) for j, _, _ in found] == [0, 1]
    for (_, z, gate), j in zip(found, (0, 1), strict=True):
        assert stands_for(z, true[f"z1[{j}]"], paper[f"z1[{j}]"])
        assert (gate == "open") == true["gate"][j]


@every_exercise
def test_blame_stands_before_its_gate_and_after_it(exercise):
    true, paper = passes(exercise), on_paper(exercise)
    data, layout = read(relu_gate.before_after_chart(exercise.backward()))
    (bars,) = data
    found = bars_by_name(bars)
    assert list(found) == ["d_a1[0]", "d_z1[0]", "d_a1[1]", "d_z1[1]"]
    hues = dict(zip(found, bars["marker"]["color"], strict=True))
    blame = {name: true[name] for name in found}
    for name, value in as_drawn(blame, paper).items():
        assert same(found[name], value, tiny=0)
        assert hues[name] == (RAISES if value > 0 else LOWERS if value < 0 else SHUT)
    assert rounding_said(bars) == made_by_rounding(blame, paper)
    labels = layout["yaxis"]["ticktext"]
    for j in (0, 1):
        is_open = true["gate"][j]
        assert f"<b>neuron {j}, gate {'open' if is_open else 'shut'}</b>" in labels
        (after,) = (label for label in labels if label.startswith(f"d_z1[{j}]"))
        (before,) = (label for label in labels if label.startswith(f"d_a1[{j}]"))
        assert after.endswith("shut") != is_open
        assert "shut" not in before


@every_exercise
def test_the_words_tell_before_from_after(exercise):
    true, paper = passes(exercise), on_paper(exercise)
    said = relu_gate.describe_before_after(exercise.backward())
    found = re.findall(r"neuron (\d): blame (\S+) before the gate, (\S+) after it", said)
    assert [int(j) for j, _, _ in found] == [0, 1]
    for j, before, after in found:
        assert stands_for(before, true[f"d_a1[{j}]"], paper[f"d_a1[{j}]"])
        assert stands_for(after, true[f"d_z1[{j}]"], paper[f"d_z1[{j}]"])


def test_plotly_knows_every_name_and_value():
    check(
        relu_gate.activation_chart(EXERCISES["first shut"].backward()),
        relu_gate.before_after_chart(EXERCISES["first shut"].backward()),
    )


@settings(max_examples=60, deadline=None)
@given(exercises(), st.integers(0, 3), st.integers(0, 3))
def test_any_activation_stands_above_its_slope_with_each_neuron_on_both(exercise, pick, which):
    true, back = any_shape.passes(exercise), exercise.backward()
    sample = pick % exercise.n_samples
    if exercise.activations == ("softmax",):
        with pytest.raises(ValueError, match="works on each z by itself, got softmax"):
            relu_gate.gate_layers(back)
        return
    layers = relu_gate.gate_layers(back)
    plain = exercise.activations[-1] == "identity" and len(exercise.activations) > 1
    soft = exercise.activations[-1] == "softmax"
    assert layers == list(range(1, len(exercise.activations) + 1 - (plain or soft)))
    assert len(relu_gate.gate_titles(back)) == len(layers)
    layer = layers[which % len(layers)]
    value, slope = any_shape.UNITS[exercise.activations[layer - 1]]
    data, layout = read(relu_gate.activation_chart(back, sample, layer))
    lines = [trace for trace in data if trace["mode"] == "lines"]
    for line in lines:
        of = slope if line["yaxis"] == "y2" else value
        for x, y in zip(line["x"], line["y"], strict=True):
            assert same(y, of(x), 1e-9, 1e-9)
    n_out = exercise.sizes[layer]
    last = layer == len(exercise.activations)
    for j in range(n_out):
        z_name = any_shape.row_name(exercise, f"z{layer}", sample, j)
        if last and exercise.activations[-1] == "identity":
            z_name = any_shape.output_name(exercise, sample, j)
        z = true[z_name]
        for on, of in (("y", value), ("y2", slope)):
            point = named(data, f"neuron {j}", yaxis=on)
            assert same([*point["x"], *point["y"]], [z, of(z)], 1e-8, 1e-9)
            # Hollow and grey where nothing or little passes.
            assert point["marker"]["symbol"].endswith("-open") == (slope(z) < 0.05)
            assert (point["marker"]["color"] == SHUT) == (slope(z) < 0.05)
            axis = {"y": "yaxis", "y2": "yaxis2"}[on]
            assert holds(layout[axis], of(z))
        assert holds(layout["xaxis"], z)
    words = relu_gate.describe_activation(back, sample, layer)
    assert len(re.findall(r"neuron \d at z", words)) == n_out


@settings(max_examples=40, deadline=None)
@given(exercises(), st.integers(0, 3), st.integers(0, 3))
def test_blame_of_any_layer_stands_before_its_slope_and_after_it(exercise, pick, which):
    true, back = any_shape.passes(exercise), exercise.backward()
    if exercise.activations == ("softmax",):
        return
    layers = relu_gate.gate_layers(back)
    layer, sample = layers[which % len(layers)], pick % exercise.n_samples
    ((bars,), _) = read(relu_gate.before_after_chart(back, sample, layer))
    found = bars_by_name(bars)
    assert all(same(value, true[name], 1e-7, 1e-8) for name, value in found.items())
    after = [name for name in found if name.startswith(f"d_z{layer}[")]
    plain = exercise.activations == ("identity",)
    assert len(after) == (0 if plain else exercise.sizes[layer])
    assert len(found) == exercise.sizes[layer] * (1 if plain else 2)
    said = relu_gate.describe_before_after(back, sample, layer)
    for neuron, part in enumerate(said.split("; ")):
        told = [float(text) for text in re.findall(r"(?<= )-?[\d.]+(?:e-?\d+)?(?= |$|,)", part)]
        value = list(found.values())[neuron if plain else 2 * neuron + 1]
        assert any(abs(number - value) <= 1e-3 * abs(value) + 1e-9 for number in told) or (
            "\u22480" in part
        )


def test_many_neurons_are_told_by_number_and_no_number_covers_another():
    exercise = any_shape.made((4, 10, 1), ("sigmoid", "identity"), seed=5)
    data, layout = read(relu_gate.activation_chart(exercise.backward()))
    *labels, note = layout["annotations"]
    assert note["text"] == "points: neurons, by number"
    low, high = layout["xaxis"]["range"]
    spans = []
    for label in labels:
        centre = (label["x"] - low) / (high - low) * 270
        spans.append((centre - 3.5 * len(label["text"]), centre + 3.5 * len(label["text"])))
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    assert all("text" not in trace for trace in data)
