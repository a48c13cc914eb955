"""The loss and the parameters at every step of runs, each death marked at its own step."""

import re
from dataclasses import replace

import numpy as np
import pytest

from blame.exercise.presets import NOTEBOOK
from pages.shared.charts.lessons import training
from pages.shared.charts.palette import ACTIVATION, LINE, NEURONS, SHUT
from tests.pages.charts import any_shape
from tests.pages.charts.by_hand import EXERCISES, PARAMETERS, run, symbol
from tests.pages.charts.reading import check, fits, holds, named, near, numbers, read, same

RUNS = {
    "notebook": replace(NOTEBOOK, steps=20),
    "gate shut": replace(EXERCISES["gate shut"], steps=12),
    "both dead": replace(EXERCISES["both dead"], steps=10),
    "reaches 0": replace(EXERCISES["both dead"], learning_rate=0.5, steps=5),
    "overflows": replace(EXERCISES["gate shut"], learning_rate=5.0, steps=400),
    "one after the other": replace(EXERCISES["random 3"], learning_rate=0.8, steps=70),
    "grows": replace(EXERCISES["grows"], steps=61),
    "60 steps": replace(EXERCISES["random 8"], steps=60, learning_rate=0.01),
    "random 21": replace(EXERCISES["random 21"], steps=9),
}
HISTORIES = {name: exercise.train() for name, exercise in RUNS.items()}
TRUE = {name: run(exercise) for name, exercise in RUNS.items()}
every_run = pytest.mark.parametrize("name", RUNS)


def deaths(name):
    """Return the step from which on each neuron's gate stays shut, for those whose does."""
    found = {}
    for j in (0, 1):
        gates = [step["gate"][j] for step in TRUE[name]]
        if not gates[-1]:
            found[j] = max((k + 1 for k, gate in enumerate(gates) if gate), default=0)
    return found


def test_the_runs_reach_every_branch():
    died = [deaths(name) for name in RUNS]
    assert {len(each) for each in died} == {0, 1, 2}
    assert any(len({*each.values()}) == 2 for each in died)
    assert {0} < {when for each in died for when in each.values()}
    assert any(0 in each and 1 in each and each[1] < each[0] for each in died)
    assert any(step["loss"] == 0 for step in TRUE["reaches 0"])
    assert len(TRUE["overflows"]) < 401
    assert {len(true) > 61 for true in TRUE.values()} == {True, False}


@pytest.mark.parametrize("log", [True, False])
@every_run
def test_the_loss_is_drawn_at_every_step(name, log):
    history, true = HISTORIES[name], TRUE[name]
    data, layout = read(training.loss_curve(history, 1, log=log))
    curve = named(data, "loss")
    assert curve["x"] == list(range(len(true)))
    losses = [step["loss"] for step in true]
    assert same(curve["y"], [x if x > 0 or not log else None for x in losses], 1e-9)
    assert layout["yaxis"]["type"] == ("log" if log else "linear")
    drawn = [y for y in curve["y"] if y is not None and np.isfinite(y)]
    if log:
        assert holds(layout["yaxis"], *drawn)
    elif any(drawn):
        assert fits(layout["yaxis"], 0, *drawn)
    assert layout["yaxis"]["exponentformat"] == ("power" if log else "e")
    assert layout["yaxis"]["title"]["text"] == "loss"
    assert layout["xaxis"]["title"]["text"] == "step"
    assert fits(layout["xaxis"], 0, len(true) - 1)
    assert ("markers" in curve["mode"]) == (len(true) <= 61)
    assert same([float(text) for text in curve["customdata"]], losses, 1e-9)
    assert curve["line"]["color"] == LINE


@pytest.mark.parametrize("log", [True, False])
@every_run
def test_the_chosen_step_is_marked_on_the_curve(name, log):
    true = TRUE[name]
    for step in (0, 1, len(true) - 1):
        data, layout = read(training.loss_curve(HISTORIES[name], step, log=log))
        mark = named(data, "chosen step")
        loss = true[step]["loss"]
        assert mark["x"] == [step]
        assert same(mark["y"], [loss if loss > 0 or not log else None], 1e-9)
        assert mark["marker"]["color"] == ACTIVATION
        chosen = layout["shapes"][0]
        assert (chosen["x0"], chosen["x1"]) == (step, step)
        assert (chosen["line"]["dash"], chosen["line"]["color"]) == ("dot", ACTIVATION)
        assert (chosen["y0"], chosen["y1"]) == (0, 1)


@every_run
def test_each_death_is_marked_at_its_step_with_its_neurons_name(name):
    _, layout = read(training.loss_curve(HISTORIES[name], 0, log=True))
    expected = deaths(name)
    notes = {note["text"]: note for note in layout["annotations"]}
    assert notes.keys() == {f"neuron {j} dead" for j in expected}
    lines = layout["shapes"][1:]
    assert len(lines) == len(expected)
    for j, when in expected.items():
        note = notes[f"neuron {j} dead"]
        assert note["x"] == when
        (line,) = (line for line in lines if line["y1"] == note["y"])
        assert line["x0"] == line["x1"] == when
        assert (line["line"]["dash"], line["line"]["color"]) == ("solid", SHUT)
    # The first death is written highest, and no note lies on another.
    in_time = sorted(notes.values(), key=lambda note: (note["x"], note["text"]))
    heights = [note["y"] for note in in_time]
    assert heights == sorted(heights, reverse=True)
    assert not heights or heights[0] == 1
    assert len({round(height, 2) for height in heights}) == len(heights)


@every_run
def test_the_words_say_the_losses_and_the_deaths(name):
    true = TRUE[name]
    losses = [step["loss"] for step in true]
    for step in {1, len(true) // 2, len(true) - 1}:
        said, *died = training.describe_loss_curve(HISTORIES[name], step).split("; ")
        found = re.fullmatch(
            r"Loss over (\S+) steps: (\S+) at the start, (\S+) at step (\S+), (\S+) at the end, "
            r"highest (\S+)",
            said,
        )
        expected = [len(true) - 1, losses[0], losses[step], step, losses[-1], max(losses)]
        assert all(near(float(a), b) for a, b in zip(found.groups(), expected, strict=True))
        told = {tuple(map(int, numbers(part))) for part in died}
        assert told == {*deaths(name).items()}
        assert all(re.fullmatch(r"neuron \d dead from step \d+", part) for part in died)
        assert [numbers(part)[1] for part in died] == sorted(deaths(name).values())


@every_run
def test_every_parameter_is_drawn_under_its_own_name(name):
    true = TRUE[name]
    data, layout = read(training.parameter_curves(HISTORIES[name]))
    assert [trace["name"] for trace in data] == list(map(symbol, PARAMETERS))
    for trace in data:
        assert trace["x"] == list(range(len(true)))
        assert same(trace["y"], [step[trace["name"]] for step in true], 1e-9, 1e-12)
    assert layout["showlegend"] is True
    assert layout["yaxis"]["title"]["text"] == "value"
    every = [y for trace in data for y in trace["y"] if np.isfinite(y)]
    assert holds(layout["yaxis"], *every)
    assert layout["xaxis"]["title"]["text"] == "step"
    # One hue a matrix, one dash an entry: no two alike, and no hue of two matrices.
    looks = {(t["line"]["color"], t["line"]["dash"]) for t in data}
    assert len(looks) == len(data)
    matrices = {(t["name"][:2], t["line"]["color"]) for t in data}
    assert len(matrices) == len({hue for _, hue in matrices}) == 4
    assert {("W1", NEURONS[0]), ("W2", NEURONS[1]), ("b2", LINE)} < matrices


@every_run
def test_the_words_of_the_parameters_go_from_first_to_last(name):
    true = TRUE[name]
    said = training.describe_parameters(HISTORIES[name])
    start, _, listed = said.partition(": ")
    assert start == "Parameters from the first step to the last"
    pairs = re.findall(r"(\w\d\[[\d, ]+\]) (\S+) to ([^\s,]+)", listed)
    assert [each for each, _, _ in pairs] == list(map(symbol, PARAMETERS))
    for each, first, last in pairs:
        assert near(float(first), true[0][each])
        assert near(float(last), true[-1][each])


def test_plotly_knows_every_name_and_value():
    check(
        training.loss_curve(HISTORIES["notebook"], 2, log=True),
        training.loss_curve(HISTORIES["reaches 0"], 2, log=False),
        training.parameter_curves(HISTORIES["notebook"]),
    )


def dead_from(exercise, history):
    """Return when each neuron with a gate died: z at or below 0 on every sample to the end."""
    found = {}
    for k, unit in enumerate(exercise.activations, start=1):
        if unit != "relu":
            continue
        for j in range(exercise.sizes[k]):
            alive = [
                step
                for step in range(history.steps + 1)
                if any(
                    any_shape.passes(exercise.with_network(history.at(step)))[
                        any_shape.row_name(exercise, f"z{k}", s, j)
                    ]
                    > 0
                    for s in range(exercise.n_samples)
                )
            ]
            if not alive or alive[-1] < history.steps:
                found[f"layer {k}, neuron {j}"] = alive[-1] + 1 if alive else 0
    return found


def test_deaths_of_every_layer_are_told_but_none_of_a_flat_curve():
    exercise = any_shape.made(
        (2, 4, 3, 1), ("relu", "sigmoid", "identity"), n_samples=2, seed=1, steps=6
    )
    history = exercise.train()
    expected = dead_from(exercise, history)
    assert expected
    said = training.describe_loss_curve(history, 0).split("; ")[1:]
    assert {tuple(part.split(" dead from step ")) for part in said} == {
        (who, str(when)) for who, when in expected.items()
    }
    smooth = any_shape.made((2, 4, 1), ("sigmoid", "identity"), seed=1, steps=6)
    wild = smooth.with_numbers({"x[0]": 1e6})
    assert (wild.backward().local_gradients[0] == 0).any()
    assert "dead" not in training.describe_loss_curve(wild.train(), 0)


def test_many_deaths_are_counted_where_they_happen():
    exercise = any_shape.made((1, 10, 10, 1), ("relu", "relu", "identity"), seed=3, steps=4)
    history = exercise.train()
    expected = dead_from(exercise, history)
    assert len(expected) > 6
    _, layout = read(training.loss_curve(history, 0, log=False))
    notes = layout["annotations"]
    assert len(notes) <= 6
    assert sum(int(re.search(r"\d+", note["text"])[0]) for note in notes) == len(expected)
    assert [note["x"] for note in notes] == sorted(set(expected.values()))[: len(notes)]


def test_of_many_parameters_those_that_move_furthest_are_drawn():
    exercise = any_shape.made((4, 8, 2), ("tanh", "identity"), seed=2, steps=5)
    history = exercise.train()
    choices = training.parameter_choices(history)
    assert choices[1:] == ["W1", "b1", "W2", "b2"]
    assert training.parameter_choices(HISTORIES["notebook"]) == []
    values = [exercise.with_network(history.at(k)).numbers() for k in range(6)]
    names = exercise.parameter_names()
    ways = {n: max(v[n] for v in values) - min(v[n] for v in values) for n in names}
    for array in (None, "W1", "b2"):
        data, layout = read(training.parameter_curves(history, array))
        shown = [trace["name"] for trace in data]
        among = [n for n in names if array is None or n.startswith(f"{array}[")]
        assert len(shown) == min(12, len(among))
        assert shown == [n for n in among if n in shown]
        left = [ways[n] for n in among if n not in shown]
        assert max(left, default=0) <= min(ways[n] for n in shown)
        for trace in data:
            assert same(trace["y"], [v[trace["name"]] for v in values])
        assert len({(t["line"]["color"], t["line"]["dash"]) for t in data}) == len(data)
        said = training.describe_parameters(history, array)
        assert (f"and {len(left)} that move less" in said) == bool(left)
        # Three names in a row on a phone.
        assert layout["margin"]["t"] >= 19 * len(shown) / 3
