"""Loss, accuracy and dead neurons over the steps trained so far."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from pages.shared.charts.palette import ACTIVATION, LINE, SHUT
from pages.shared.charts.playground import growing_run as charts
from tests.pages.charts.playground.samples import (
    RUNS,
    accuracy,
    costs,
    dead_share,
    layers_at,
)
from tests.pages.charts.reading import check, fits, holds, named, near, read, same

every_run = pytest.mark.parametrize("name", RUNS)


def some(run):
    """Return the first steps, some in the middle and the last."""
    return sorted({0, min(1, run.steps), run.steps // 3, run.steps // 2, run.steps})


def test_the_runs_reach_every_branch():
    assert {run.steps > 300 for run in RUNS.values()} == {True, False}
    assert {run.accuracies is None for run in RUNS.values()} == {True, False}
    assert {len(run.start.layers) > 1 for run in RUNS.values()} == {True, False}
    assert {run.overflow_step is None for run in RUNS.values()} == {True, False}
    assert RUNS["start"].steps == 0
    assert any(0 < dead_share(run, run.steps) < 1 for run in RUNS.values())


@every_run
def test_the_loss_is_that_of_the_network_at_each_step(name):
    run = RUNS[name]
    data, layout = read(charts.curve_chart(run, run.steps // 2))
    line = named(data, "loss")
    if run.steps <= 300:
        assert line["x"] == list(range(run.steps + 1))
    drawn = dict(zip(line["x"], line["y"], strict=True))
    told = dict(zip(line["x"], line["customdata"], strict=True))
    for step in {*some(run)} & {*drawn}:
        true = sum(costs(run, layers_at(run, step)))
        assert same(drawn[step], true if true > 0 else None, 1e-8)
        assert same(float(told[step]), true, 1e-8)
    assert line["line"]["color"] == LINE
    assert line.get("yaxis", "y") == "y"
    assert layout["yaxis"]["type"] == "log"
    assert layout["yaxis"]["title"]["text"] == "loss"
    assert layout["xaxis"]["title"]["text"] == "step"
    assert (line["mode"] == "markers") == (run.steps == 0)
    assert holds(layout["xaxis"], 0, run.steps)
    assert run.steps == 0 or fits(layout["xaxis"], 0, run.steps)


@every_run
def test_accuracy_and_dead_neurons_are_shares_on_an_axis_of_their_own(name):
    run = RUNS[name]
    data, layout = read(charts.curve_chart(run, 0))
    line = named(data, "loss")
    expected = ["accuracy"] * (accuracy(run, 0) is not None)
    expected += ["dead neurons"] * (len(run.start.layers) > 1)
    assert [trace["name"] for trace in data] == ["loss", *expected]
    for trace in data[1:]:
        true = {"accuracy": accuracy, "dead neurons": dead_share}[trace["name"]]
        hue = {"accuracy": ACTIVATION, "dead neurons": SHUT}[trace["name"]]
        assert trace["x"] == line["x"]
        drawn = dict(zip(trace["x"], trace["y"], strict=True))
        for step in {*some(run)} & {*drawn}:
            assert same(drawn[step], true(run, step))
        assert trace["yaxis"] == "y2"
        assert trace["line"]["color"] == hue
        assert trace["line"]["dash"] == {"accuracy": "solid", "dead neurons": "dot"}[trace["name"]]
        assert (trace["mode"] == "markers") == (run.steps == 0)
        assert trace["name"] in trace["hovertemplate"]
    assert holds(layout["yaxis2"], 0, 1)
    assert fits(layout["yaxis2"], 0, 1)
    assert layout["yaxis2"]["title"]["text"] == "share"
    lower, upper = layout["yaxis2"]["domain"], layout["yaxis"]["domain"]
    assert 0 == lower[0] < lower[1] < upper[0] < upper[1] == 1
    assert layout["xaxis"]["anchor"] == "y2"


@every_run
def test_the_chosen_step_is_marked_and_drawn_even_where_steps_are_left_out(name):
    run = RUNS[name]
    for step in some(run):
        data, layout = read(charts.curve_chart(run, step))
        (mark,) = layout["shapes"]
        assert (mark["x0"], mark["x1"]) == (step, step)
        assert (mark["line"]["dash"], mark["line"]["color"]) == ("dot", LINE)
        x = named(data, "loss")["x"]
        assert step in x
        assert x == sorted({*x})
        assert (x[0], x[-1]) == (0, run.steps)
        # No more than the eye can tell apart, evenly.
        assert len(x) == run.steps + 1 if run.steps <= 300 else 290 < len(x) <= 301
        widest = max((b - a for a, b in pairwise(x)), default=0)
        assert widest <= max(1, run.steps / 299 + 1)


@every_run
def test_the_words_say_where_the_run_stands(name):
    run = RUNS[name]
    for step in some(run):
        said = charts.describe_curves(run, step)
        empty = "Nothing is trained yet: the curves begin with the first step. "
        assert said.startswith(empty) == (run.steps == 0)
        said = said.removeprefix(empty)
        told = re.fullmatch(
            r"Over (\d+) steps the loss goes from (\S+) to (\S+); at step (\d+) it is ([^\s,;]+)"
            r"(?:, and (\S+)% of the hidden neurons are dead)?(?:; accuracy (\S+)%)?",
            said,
        )
        losses = [sum(costs(run, layers_at(run, k))) for k in (0, run.steps, step)]
        assert int(told[1]) == run.steps
        assert int(told[4]) == step
        assert all(near(float(told[k]), x) for k, x in zip((2, 3, 5), losses, strict=True))
        assert (told[6] is None) == (len(run.start.layers) == 1)
        if told[6]:
            assert same(float(told[6]), 100 * dead_share(run, step), 6e-3)
        true = accuracy(run, step)
        assert (told[7] is None) == (true is None)
        if told[7]:
            assert same(float(told[7]), 100 * true, 6e-3)


def test_a_loss_of_0_is_left_out_of_the_log_scale():
    run = RUNS["xor by mse"]
    losses = run.losses.copy()
    losses[3] = 0
    without = replace(run, summary=replace(run.summary, losses=losses))
    line = named(read(charts.curve_chart(without, 0))[0], "loss")
    assert line["y"][3] is None
    assert line["customdata"][3] == "0"
    assert None not in line["y"][:3] + line["y"][4:]


def test_plotly_knows_every_name_and_value():
    check(*(charts.curve_chart(RUNS[name], 0) for name in ("circles", "start")))
