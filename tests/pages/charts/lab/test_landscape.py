"""The loss over two parameters: the right one across, the run on it, gates, and the way down."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from blame.probe.landscape import Landscape, landscape
from blame.training import pass_at
from pages.shared.charts.lab import landscape as charts
from pages.shared.charts.palette import LOWERS, NEURONS
from tests.exercises import by_link_name
from tests.pages.charts import any_shape
from tests.pages.charts.by_hand import EXERCISES, PARAMETERS, passes_at, run, symbol
from tests.pages.charts.reading import check, named, near, read, same

CASES = {
    "notebook": (replace(EXERCISES["notebook"], steps=8), "W1_0_1", "b1_1", 0),
    "gate shut": (replace(EXERCISES["gate shut"], steps=10), "W2_0_0", "W1_1_0", 3),
    "both dead": (replace(EXERCISES["both dead"], steps=5), "W1_0_0", "b1_0", 2),
    "runs away": (replace(EXERCISES["gate shut"], steps=30, learning_rate=5.0), "b2_0", "b1_0", 1),
    "random 8": (replace(EXERCISES["random 8"], steps=12), "b2_0", "W2_1_0", 12),
    "one flat": (replace(EXERCISES["gate shut"], steps=6), "b1_1", "W2_0_0", 1),
}
every_case = pytest.mark.parametrize("name", CASES)


def found_of(name):
    exercise, first, second, step = CASES[name]
    history = exercise.train()
    sides = [charts.reach(history, symbol(each), step) for each in (first, second)]
    found = landscape(pass_at(history, step), symbol(first), symbol(second), *sides)
    return found, history, step


def true_steps(name):
    return run(CASES[name][0])


def passes_on_map(name, x, y):
    exercise, first, second, step = CASES[name]
    now = {p: true_steps(name)[step][symbol(p)] for p in PARAMETERS}
    given = by_link_name(exercise)
    return passes_at(given | now | {first: x, second: y})


DRAWN = {name: (*found_of(name), *read(charts.contour_chart(*found_of(name)))) for name in CASES}


@every_case
def test_the_height_is_the_loss_of_this_pair_of_values(name):
    *_, data, layout = DRAWN[name]
    height = named(data, "loss")
    _, first, second, _ = CASES[name]
    places = [(i, j) for i in (0, 23, 41, 64) for j in (0, 12, 32, 63, 64)]
    losses = {
        place: passes_on_map(name, height["x"][place[0]], height["y"][place[1]])["loss"]
        for place in places
    }
    top = max(map(max, height["z"]))
    for (i, j), loss in losses.items():
        assert height["z"][j][i] == pytest.approx(
            max(math.log10(max(loss, 1e-300)), top - 5), abs=1.1e-3
        )
    assert layout["xaxis"]["title"]["text"] == symbol(first)
    beside = next(note for note in layout["annotations"] if note["text"] == symbol(second))
    assert (beside["x"], beside["xref"], beside["textangle"]) == (0, "paper", -90)
    # At the figure's left end, left of the numbers.
    assert (beside["xanchor"], beside["xshift"]) == ("left", -layout["margin"]["l"])
    assert layout["xaxis"]["range"] == [height["x"][0], height["x"][-1]]
    assert layout["yaxis"]["range"] == [height["y"][0], height["y"][-1]]
    assert height["hovertemplate"].startswith(f"{symbol(first)} %{{x:.4g}}, {symbol(second)} %{{y")
    # From paper to earth as the loss grows.
    hues = [at for at, _ in height["colorscale"]]
    assert hues == sorted({*hues})
    assert (hues[0], hues[-1]) == (0, 1)
    low = min(map(min, height["z"]))
    assert same([height["zmin"], height["zmax"]], [low, top], 1e-3, 6e-4)
    # The key has the map's own colours, and beside them losses at as large a share of the way.
    key, beside = named(data, "heights"), layout["yaxis2"]
    assert key["colorscale"] == height["colorscale"]
    assert [row[0] for row in key["z"]] == key["y"]
    assert (key["zmin"], key["zmax"], beside["range"]) == (0, 1, [0, 1])
    for share, text in zip(beside["tickvals"], beside["ticktext"], strict=True):
        loss = float(text.replace("\N{MINUS SIGN}", "-"))
        assert loss == pytest.approx(10 ** (low + share * (top - low)), rel=0.08)


@every_case
def test_contour_lines_are_of_the_same_map(name):
    *_, data, _ = DRAWN[name]
    height, lines = data[:2]
    values = [z for row in height["z"] for z in row]
    assert lines["z"] == height["z"]
    for side in "xy":
        assert lines[side] == height[side]
    low, high = min(values), max(values)
    levels = lines["contours"]
    assert low < levels["start"] < (low + high) / 2
    assert same(levels["end"], high, 1e-3, 6e-4)
    assert same(levels["size"], (high - low) / 14, 1e-2, 1e-3)


@every_case
def test_gates_that_flip_on_the_map_are_lines_where_z_is_0(name):
    *_, data, _ = DRAWN[name]
    height = named(data, "loss")
    corners = [
        (x, y) for x in (height["x"][0], height["x"][-1]) for y in (height["y"][0], height["y"][-1])
    ]
    for j in (0, 1):
        at_corners = [passes_on_map(name, x, y)[f"z1[{j}]"] > 0 for x, y in corners]
        traces = [trace for trace in data if trace.get("name") == f"z1[{j}] = 0"]
        # z is linear in each of the two: it changes sign on the map only if it does at a corner.
        lines, legend = traces
        if len({*at_corners}) == 1:
            # It is in the key all the same, so that nothing comes and goes under a hand.
            assert {z > 0 for row in lines["z"] for z in row} == {*at_corners}
        for x in lines["x"][::5]:
            for y, row in zip(lines["y"], lines["z"], strict=True):
                z = passes_on_map(name, x, y)[f"z1[{j}]"]
                assert same(row[lines["x"].index(x)], z, 1e-9, 1e-9)
        for side in "xy":
            assert [lines[side][0], lines[side][-1]] == [height[side][0], height[side][-1]]
        assert (lines["contours"]["start"], lines["contours"]["end"]) == (0, 0)
        assert lines["line"]["color"] == NEURONS[j]
        assert legend["line"] == lines["line"]
        assert (legend["x"], legend["y"]) == ([None], [None])
        assert lines["line"]["dash"] == ("dash", "dot")[j]


def crossed_by(data):
    """Return the gates whose lines lie on a map."""
    lines = [trace for trace in data if trace["type"] == "contour" and "name" in trace]
    signs = {line["name"]: {z > 0 for row in line["z"] for z in row} for line in lines}
    return [name.removesuffix(" = 0") for name, both in signs.items() if len(both) == 2]


def test_the_cases_have_maps_with_one_gate_line_with_two_and_with_none():
    counts = [len(crossed_by(data)) for *_, data, _ in DRAWN.values()]
    assert {0, 1} <= {*counts}
    assert any(None in named(data, "the run")["x"] for *_, data, _ in DRAWN.values())
    tips = [named(data, "where a step goes")["x"][1] is None for *_, data, _ in DRAWN.values()]
    assert {*tips} == {True, False}


@every_case
def test_the_run_is_drawn_where_it_lies_on_the_map(name):
    *_, step, data, layout = DRAWN[name]
    _, first, second, _ = CASES[name]
    way, here = named(data, "the run"), named(data, f"step {step}")
    steps = true_steps(name)
    (left, right), (low, high) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    expected = [(each[symbol(first)], each[symbol(second)]) for each in steps]
    inside = [left <= x <= right and low <= y <= high for x, y in expected]
    for k, side in enumerate("xy"):
        values = [p[k] if ok else None for p, ok in zip(expected, inside, strict=True)]
        assert same(way[side], values, 1e-9, 1e-12)
        assert same(here[side], [expected[step][k]], 1e-9, 1e-12)
    assert inside[step]
    for k, text in enumerate(way["customdata"]):
        told = re.fullmatch(r"step (\d+): loss (\S+)", text)
        assert int(told[1]) == k
        assert near(float(told[2]), steps[k]["loss"])


@every_case
def test_the_arrow_points_down_the_gradient_in_the_units_of_the_axes(name):
    *_, step, data, layout = DRAWN[name]
    _, first, second, _ = CASES[name]
    now = true_steps(name)[step]
    slopes = [now["d" + symbol(first)], now["d" + symbol(second)]]
    arrow = named(data, "where a step goes")
    from_x, to_x = arrow["x"]
    from_y, to_y = arrow["y"]
    assert same([from_x, from_y], [now[symbol(first)], now[symbol(second)]], 1e-9, 1e-12)
    if not any(slopes):
        assert (to_x, to_y) == (None, None)
        return
    way = [to_x - from_x, to_y - from_y]
    spans = [float(np.ptp(layout[side]["range"])) for side in ("xaxis", "yaxis")]
    assert same(way[0] * slopes[1], way[1] * slopes[0], 1e-6, 1e-9)
    assert way[0] * slopes[0] + way[1] * slopes[1] < 0
    assert math.hypot(way[0] / spans[0], way[1] / spans[1]) == pytest.approx(0.14)
    assert (arrow["line"]["color"], arrow["marker"]["color"]) == (LOWERS, LOWERS)
    # A head at its end alone, that points as the line does.
    assert (arrow["marker"]["symbol"], arrow["marker"]["angleref"]) == ("arrow", "previous")
    assert arrow["marker"]["size"][0] == 0 < arrow["marker"]["size"][1]


@every_case
def test_the_map_reaches_around_the_run_near_the_chosen_step(name):
    _, history, step, *_ = DRAWN[name]
    steps = true_steps(name)
    for number in CASES[name][1:3]:
        along = charts.reach(history, symbol(number), step)
        bound = 10 * max(steps[step]["loss"], steps[0]["loss"])
        near_ones = [each[symbol(number)] for each in steps if each["loss"] <= bound]
        here = steps[step][symbol(number)]
        low, high = min(*near_ones, here), max(*near_ones, here)
        room = max(0.25 * (high - low), 0.25 * abs(here), 0.5)
        # Outward to ends that stand still while the run moves a little.
        left, right = low - room - along[0], along[-1] - high - room
        assert min(left, right) >= 0
        assert max(left, right) < (high - low + 2 * room) * (1 + 1e-9)
        assert np.allclose(np.diff(along, 2), 0)
        assert len(along) == 65


@every_case
def test_the_words_name_the_lowest_point_and_the_blame(name):
    found, history, step, data, _ = DRAWN[name]
    _, first, second, _ = CASES[name]
    said = charts.describe_landscape(found, history, step)
    told = re.fullmatch(
        r"Loss over (.+) from (\S+) to (\S+) and (.+) from (\S+) to (\S+): lowest (\S+) at (\S+), "
        r"(\S+)\. At step (\d+) their blame is (\S+) and (\S+)\. Gates that flip on it: (.+)",
        said,
    )
    assert (told[1], told[4]) == (symbol(first), symbol(second))
    height = named(data, "loss")
    ends = [height["x"][0], height["x"][-1], height["y"][0], height["y"][-1]]
    assert all(near(float(told[k]), end) for k, end in zip((2, 3, 5, 6), ends, strict=True))
    at = passes_on_map(name, float(told[8]), float(told[9]))["loss"]
    lowest = float(told[7])
    assert same(lowest, float(found.losses.min()), 1e-3, 1e-12)
    assert same(lowest, at, 0.05, 1e-3)
    now = true_steps(name)[step]
    assert int(told[10]) == step
    assert near(float(told[11]), now["d" + symbol(first)])
    assert near(float(told[12]), now["d" + symbol(second)])
    assert told[13] == (", ".join(crossed_by(data)) or "none")


@pytest.mark.parametrize(
    ("losses", "logs"),
    [
        ([[0.0, 1.0], [100.0, np.inf]], [[-3, 0], [2, 2]]),
        ([[np.nan, 1.0], [10.0, 0.1]], [[1, 0], [1, -1]]),
        ([[0.0, 0.0], [0.0, 0.0]], [[-5, -5], [-5, -5]]),
    ],
)
def test_losses_without_a_log_lie_at_the_ends(losses, logs):
    _, history, step = found_of("gate shut")
    sides = np.array([-1.0, 1.0])
    found = Landscape("W2[0, 0]", "W1[1, 0]", sides, sides, np.array(losses), {})
    data, _ = read(charts.contour_chart(found, history, step))
    assert named(data, "loss")["z"] == logs
    assert data[1]["contours"]["size"] > 0


@pytest.mark.parametrize("loss", [0.0, 0.25])
def test_of_a_map_without_heights_the_one_loss_is_said(loss):
    _, history, step = found_of("gate shut")
    sides = np.array([-1.0, 1.0])
    flat = Landscape("W2[0, 0]", "W1[1, 0]", sides, sides, np.full((2, 2), loss), {})
    data, layout = read(charts.contour_chart(flat, history, step))
    key = layout["yaxis2"]
    assert (key["tickvals"], key["ticktext"]) == ([0.5], [f"{loss:g}"])
    assert named(data, "loss")["hovertemplate"].endswith(f": loss {loss:g}<extra></extra>")


def test_plotly_knows_every_name_and_value():
    check(charts.contour_chart(*found_of("notebook")))


def test_of_many_gates_few_have_a_look_of_their_own_and_the_others_are_counted():
    exercise = any_shape.made((2, 10, 8, 1), ("relu", "relu", "identity"), n_samples=8, seed=3)
    history = exercise.train()
    sides = np.linspace(-4, 4, 41)
    found = landscape(pass_at(history, 0), "W1[0, 0]", "b1[0]", sides, sides)
    flipping = [name for name, z in found.gates.items() if z.min() <= 0 < z.max()]
    assert len(flipping) > charts.MOST_GATES + charts.MOST_THIN
    assert any(name.startswith("z2") for name in flipping)
    data, _layout = read(charts.contour_chart(found, history, 0))
    entries = [t["name"] for t in data if t.get("x") == [None]]
    more = len(flipping) - charts.MOST_GATES
    assert entries == [
        *(f"{name} = 0" for name in flipping[: charts.MOST_GATES]),
        f"{more} more gates, {charts.MOST_THIN} of them drawn",
    ]
    own = [t["line"] for t in data if t.get("x") == [None]][:-1]
    assert len({(line["color"], line["dash"]) for line in own}) == len(own)
    assert f" and {more} more" in charts.describe_landscape(found, history, 0)
    lines = [t for t in data if t["type"] == "contour" and "name" in t]
    for line in lines:
        name = line["name"].removesuffix(" = 0")
        # On its own points; the first layer's z is straight, so that few of them will do.
        for x, column in zip(line["x"], zip(*line["z"], strict=True), strict=True):
            i = int(np.argmin(abs(sides - x)))
            rows = [int(np.argmin(abs(sides - y))) for y in line["y"]]
            assert same(list(column), found.gates[name][rows, i])
        assert len(line["x"]) == (6 if name.startswith("z1") else 21)
