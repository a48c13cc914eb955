"""Several runs side by side: each its own line, its own gates, its own name."""

import re
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from blame.refusals import RefusedError
from pages.shared.charts.lab import runs as charts
from pages.shared.charts.palette import ACTIVATION, LINE, RUNS
from tests.exercises import changed
from tests.pages.charts import any_shape
from tests.pages.charts.by_hand import EXERCISES, PARAMETERS, run, symbol
from tests.pages.charts.reading import check, named, near, numbers, read, same

OWN = {
    "This run: b1[1] -0.1": replace(EXERCISES["notebook"], steps=12),
    "A: b1[1] -0.2": replace(EXERCISES["gate shut"], steps=20),
    "B": replace(EXERCISES["both dead"], steps=4, learning_rate=0.5),
}
GROUPS = {
    "three": OWN,
    "one": {"This run": replace(EXERCISES["random 3"], steps=15)},
    "far away": {
        "This run": replace(EXERCISES["gate shut"], steps=40, learning_rate=5.0),
        "A: y_true 1.5": replace(EXERCISES["grows"], steps=9),
    },
    "nothing to lose": {"This run": changed(EXERCISES["both dead"], b2_0=1.0, steps=3)},
    "all six": {
        name: replace(exercise, steps=3)
        for name, exercise in zip(
            ["This", "A", "B", "C", "D", "E"], EXERCISES.values(), strict=False
        )
    },
}
HISTORIES = {
    group: {name: exercise.train() for name, exercise in members.items()}
    for group, members in GROUPS.items()
}
TRUE = {
    group: {name: run(exercise) for name, exercise in members.items()}
    for group, members in GROUPS.items()
}
every_group = pytest.mark.parametrize("group", GROUPS)


@pytest.mark.parametrize("log", [True, False])
@every_group
def test_every_run_has_its_own_losses_over_its_own_steps(group, log):
    data, layout = read(charts.loss_chart(HISTORIES[group], log=log))
    # The reader's own is drawn last, over the ghosts, and named first.
    assert [trace["name"] for trace in data] == list(TRUE[group])[::-1]
    assert layout["legend"]["traceorder"] == "reversed"
    for name, steps in TRUE[group].items():
        line, losses = named(data, name), [step["loss"] for step in steps]
        assert line["x"] == list(range(len(steps)))
        assert same(line["y"], [x if x > 0 or not log else None for x in losses], 1e-8)
        assert same([float(text) for text in line["customdata"]], losses, 1e-8)
    axis = layout["yaxis"]
    assert axis["title"]["text"] == "loss"
    assert axis["type"] == ("log" if log else "linear")
    assert axis["rangemode"] == ("normal" if log else "tozero")
    assert axis["exponentformat"] == ("power" if log else "e")
    assert layout["xaxis"]["title"]["text"] == "step"


@every_group
def test_a_linear_chart_is_cut_only_where_one_run_would_press_the_others_flat(group):
    starts = [steps[0]["loss"] for steps in TRUE[group].values()]
    highest = max(step["loss"] for steps in TRUE[group].values() for step in steps)
    roof = 20 * max(starts) if 0 < max(starts) < highest / 100 else None
    assert same(charts.cut(HISTORIES[group]), roof)
    linear = read(charts.loss_chart(HISTORIES[group], log=False))[1]["yaxis"]
    assert same(linear.get("range"), None if roof is None else [0, roof])
    assert "range" not in read(charts.loss_chart(HISTORIES[group], log=True))[1]["yaxis"]
    assert (roof is not None) == (group == "far away")


def test_the_cut_begins_at_a_hundred_times_the_start():
    def cut(**runs):
        each = {name: SimpleNamespace(losses=np.array(losses)) for name, losses in runs.items()}
        return charts.cut(each)

    assert cut(a=[1.0, 100.0], b=[0.5, 0.1]) is None
    assert cut(a=[0.5, 0.1], b=[1.0, 100.5]) == 20
    assert cut(a=[0.5, 100.0], b=[2.0, 0.1]) is None
    assert cut(a=[0.5, 1e-9, 60.0]) == 10
    assert cut(a=[0.0, 0.0]) is None
    assert cut(a=[0.0, 5.0]) is None


@every_group
def test_the_readers_own_run_is_plain_and_each_ghost_has_a_look_of_its_own(group):
    data, _ = read(charts.loss_chart(HISTORIES[group], log=False))
    own, *ghosts = data[::-1]
    assert own["line"]["color"] == LINE
    assert "dash" not in own["line"]
    assert [ghost["line"]["color"] for ghost in ghosts] == list(RUNS[: len(ghosts)])
    assert len({ghost["line"]["dash"] for ghost in ghosts}) == len(ghosts)
    assert all(ghost["line"]["width"] < own["line"]["width"] for ghost in ghosts)
    assert all(trace["showlegend"] for trace in data)


@every_group
def test_the_words_say_where_each_run_starts_and_ends(group):
    start, *parts = charts.describe_loss(HISTORIES[group]).split(". ")
    assert start == "Loss over the steps"
    for part, (name, steps) in zip(parts, TRUE[group].items(), strict=True):
        told = re.fullmatch(rf"{re.escape(name)}: from (\S+) to (\S+) in (\d+) steps", part)
        assert near(float(told[1]), steps[0]["loss"])
        assert near(float(told[2]), steps[-1]["loss"])
        assert int(told[3]) == len(steps) - 1


SYMBOLS = tuple(map(symbol, PARAMETERS))


@every_group
def test_every_parameter_has_a_panel_with_its_value_in_every_run(group):
    data, layout = read(charts.parameter_chart(HISTORIES[group], SYMBOLS))
    titles = [note["text"] for note in layout["annotations"]]
    assert titles == list(SYMBOLS)
    assert len(data) == len(SYMBOLS) * len(TRUE[group])
    for k, parameter in enumerate(SYMBOLS):
        axes = ("x", "y") if k == 0 else (f"x{k + 1}", f"y{k + 1}")
        inside = [trace for trace in data if (trace["xaxis"], trace["yaxis"]) == axes]
        assert [t["name"] for t in inside] == [n.split(":")[0] for n in TRUE[group]][::-1]
        for trace, steps in zip(inside[::-1], TRUE[group].values(), strict=True):
            assert trace["x"] == list(range(len(steps)))
            assert same(trace["y"], [step[parameter] for step in steps], 1e-8, 1e-12)
            assert trace["hovertemplate"].startswith(f"{parameter} at step")
        hues = [trace["line"]["color"] for trace in inside[::-1]]
        assert hues == [LINE, *RUNS][: len(hues)]


@every_group
def test_the_words_of_the_parameters_go_from_first_to_last(group):
    start, *parts = charts.describe_parameters(HISTORIES[group], SYMBOLS).split(". ")
    assert start == "Parameters from the first step to the last"
    for part, (name, steps) in zip(parts, TRUE[group].items(), strict=True):
        assert part.startswith(f"{name}: ")
        found = re.findall(r"(\w\d\[[\d, ]+\]) (\S+) to ([^\s,]+)", part.removeprefix(f"{name}: "))
        assert [each for each, _, _ in found] == list(SYMBOLS)
        for each, first, last in found:
            assert near(float(first), steps[0][each])
            assert near(float(last), steps[-1][each])


def strips(group):
    """Return for each neuron of each run whether its gate is open at each step."""
    return {
        f"{name.split(':')[0]}, neuron {j}": [step["gate"][j] for step in steps]
        for name, steps in TRUE[group].items()
        for j in (0, 1)
    }


@every_group
def test_every_gate_is_open_or_shut_at_its_own_steps(group):
    (strip,), layout = read(charts.gate_chart(HISTORIES[group]))
    expected = strips(group)
    longest = max(map(len, expected.values()))
    assert strip["y"] == list(expected)
    assert strip["x"] == list(range(longest))
    for row, text, gates in zip(strip["z"], strip["text"], expected.values(), strict=True):
        assert row == [*map(int, gates), *[None] * (longest - len(gates))]
        assert text == ["open" if gate else "shut" for gate in gates]
    assert (strip["zmin"], strip["zmax"]) == (0, 1)
    scale = {at: hue for at, hue in strip["colorscale"] if at in (0, 1)}
    assert scale == {0: charts.FAINT, 1: ACTIVATION}
    assert [at for at, hue in strip["colorscale"] if hue == charts.FAINT] == [0, 0.5]
    assert [at for at, hue in strip["colorscale"] if hue == ACTIVATION] == [0.5, 1]
    assert strip["hoverongaps"] is False
    # The first strip on top, as it is named.
    assert layout["yaxis"]["autorange"] == "reversed"


@every_group
def test_the_words_say_how_each_gate_starts_and_where_it_flips(group):
    start, _, listed = charts.describe_gates(HISTORIES[group]).partition(": ")
    assert start == "Gates over the steps"
    for part, (label, gates) in zip(listed.split("; "), strips(group).items(), strict=True):
        flips = [k for k in range(1, len(gates)) if gates[k] != gates[k - 1]]
        told = re.fullmatch(
            rf"{label} (open|shut)(?: (throughout)|, flips at step ([\d, ]+))",
            part,
        )
        assert (told[1] == "open") == gates[0]
        assert (told[2] == "throughout") == (not flips)
        assert numbers(told[3] or "") == flips


def test_the_gates_reach_every_branch():
    flips = [
        sum(a != b for a, b in pairwise(gates))
        for group in GROUPS
        for gates in strips(group).values()
    ]
    # With one sample a shut gate stays shut: nothing that moves it gets blame.
    assert {*flips} == {0, 1}


def test_plotly_knows_every_name_and_value():
    check(
        *(charts.loss_chart(HISTORIES["all six"], log=log) for log in (True, False)),
        charts.gate_chart(HISTORIES["three"]),
        charts.parameter_chart(HISTORIES["three"], SYMBOLS),
    )


def test_gates_of_every_layer_and_sample_are_told_and_counted():
    exercise = any_shape.made(
        (2, 3, 2, 1), ("relu", "leaky_relu", "sigmoid"), n_samples=3, seed=4, steps=4
    )
    history = exercise.train()
    ((strip,), _) = read(charts.gate_chart({"A: now": history}))
    names = [f"A, z{k}[{j}]" for k, width in ((1, 3), (2, 2)) for j in range(width)]
    assert strip["y"] == names
    found = [any_shape.passes(exercise.with_network(history.at(k))) for k in range(5)]
    for name, row, text in zip(names, strip["z"], strip["text"], strict=True):
        z, j = re.search(r"(z\d)\[(\d)\]", name).groups()
        counts = [sum(each[f"{z}[{s}, {j}]"] > 0 for s in range(3)) for each in found]
        assert same(row, [count / 3 for count in counts])
        said = [strip["hovertemplate"].replace("%{text}", str(count)) for count in text]
        assert said == [
            f"%{{y}}, step %{{x}}: open on {count} of 3 samples<extra></extra>" for count in counts
        ]
    assert len({share for row in strip["z"] for share in row}) > 2
    said = charts.describe_gates({"A: now": history})
    assert all(f"{name} open on " in said for name in names)
    assert charts.has_gates(history)


def test_runs_without_gates_show_none():
    history = any_shape.made((2, 2, 1), ("tanh", "identity"), steps=2).train()
    assert not charts.has_gates(history)
    with pytest.raises(RefusedError, match="gates over time need a neuron whose activation has"):
        charts.gate_chart({"A": history})


def test_of_many_gates_those_that_change_are_shown():
    exercise = any_shape.made(
        (3, 10, 10, 10, 1), ("relu",) * 3 + ("identity",), seed=5, steps=8, learning_rate=0.01
    )
    history = exercise.train()
    ((strip,), layout) = read(charts.gate_chart({"A": history, "B": history}))
    assert len(strip["y"]) == 30
    assert "30 neurons more" in layout["xaxis"]["title"]["text"]
    found = [any_shape.passes(exercise.with_network(history.at(k))) for k in range(9)]
    changing = {
        f"z{k}[{j}]"
        for k in (1, 2, 3)
        for j in range(10)
        if len({each[f"z{k}[{j}]"] > 0 for each in found}) > 1
    }
    assert 0 < len(changing) < 15
    assert {f"{run}, {name}" for run in "AB" for name in changing} <= {*strip["y"]}
    longest = max(map(len, strip["y"]))
    assert layout["margin"]["l"] >= 6 * longest


def test_of_many_parameters_those_that_move_furthest_have_a_panel():
    exercise = any_shape.made((4, 6, 2), ("tanh", "identity"), seed=2, steps=5)
    history, names = exercise.train(), exercise.parameter_names()
    runs = {"A: now": history}
    data, layout = read(charts.parameter_chart(runs, names))
    titles = [note["text"] for note in layout["annotations"]]
    assert len(titles) == charts.MOST_PANELS < len(names)
    values = [exercise.with_network(history.at(k)).numbers() for k in range(6)]
    ways = {n: max(v[n] for v in values) - min(v[n] for v in values) for n in names}
    left = [ways[name] for name in names if name not in titles]
    assert max(left) <= min(ways[name] for name in titles)
    for title, trace in zip(titles, data, strict=True):
        assert same(trace["y"], [v[title] for v in values])
    assert f"{len(left)} more parameters move less" in charts.describe_parameters(runs, names)
