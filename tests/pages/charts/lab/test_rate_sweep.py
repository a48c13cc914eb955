"""What each learning rate leads to: its verdict's mark; the limit and this run in their places."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from blame.runs.rate_sweep import RateSweep, sweep_rates
from pages.shared.charts.lab import rate_sweep as charts
from pages.shared.charts.palette import ACTIVATION, LINE, LOWERS, RAISES, SHUT
from tests.pages.charts.by_hand import EXERCISES, run
from tests.pages.charts.reading import check, holds, named, near, numbers, read, same

NAMES = {
    "converged": ("learned", "circle", ACTIVATION),
    "falling": ("still falling", "diamond", LOWERS),
    "slow": ("still falling", "diamond", LOWERS),
    "oscillating": ("oscillating", "square", "#a06cc0"),
    "dead": ("all dead", "x", SHUT),
    "kink": ("stuck on a kink", "star", "#a06cc0"),
    "away": ("ran away", "triangle-up", RAISES),
}
"""What each verdict is called, and its mark and hue."""
RATES = np.array([1e-4, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.5, 1.0, 3.0, 10.0])


def sweep(verdicts, losses, steps=50):
    rates = RATES[: len(losses)]
    rose = np.zeros(len(losses), np.bool_)
    return RateSweep(rates, np.array(losses), np.array(verdicts.split()), rose, steps)


def swept(exercise):
    return sweep_rates(exercise.network, exercise.x, exercise.target, RATES, exercise.steps)


CASES = {
    "every verdict": sweep(
        "slow falling converged oscillating kink dead converged away away away",
        [1.5, 0.6, 1e-20, 0.02, 0.3, 1e-5, 1e-12, 50.0, 1e9, np.inf],
    ),
    "a lower loss without neurons": sweep(
        "slow falling dead dead away", [0.9, 0.36, 0.0, 1e-8, np.inf], 1
    ),
    "only dead": sweep("dead dead dead", [0.4, 0.2, 0.3]),
    "only ran away": sweep("away away", [np.inf, np.inf], 500),
    "of one loss": sweep("slow converged converged converged", [0.5, 0.0, 0.0, 0.0]),
    **{name: swept(replace(EXERCISES[name], steps=20)) for name in ("gate shut", "random 3")},
}
every_case = pytest.mark.parametrize("name", CASES)


@every_case
def test_each_rate_is_marked_by_what_became_of_it_at_its_loss(name):
    found = CASES[name]
    data, layout = read(charts.sweep_chart(found, 0.1, 0.3))
    drawn = {}
    data = [trace for trace in data if trace["mode"] == "markers"]
    for trace in data:
        for rate, loss, text in zip(trace["x"], trace["y"], trace["customdata"], strict=True):
            drawn[rate] = (loss, trace["name"], trace["marker"], text)
    assert sum(len(trace["x"]) for trace in data) == len(drawn) == len(found.rates)
    for rate, loss, verdict in zip(found.rates, found.losses, found.verdicts, strict=True):
        height, called, mark, text = drawn[float(rate)]
        assert (called, mark["symbol"], mark["color"]) == NAMES[str(verdict)]
        # Held at the edges: a log axis has no zero, and no infinity.
        assert same(height, min(max(float(loss), 1e-16), 1e6), tiny=0)
        at, _, told = text.removeprefix("rate ").partition(": ")
        assert near(float(at), rate)
        if math.isinf(loss):
            assert told == "left the floats"
        else:
            assert same(float(told.removeprefix("loss ")), float(loss), 6e-4, 0)
        assert holds(layout["yaxis"], height)
        assert holds(layout["xaxis"], rate)
    assert [trace["name"] for trace in data] == [
        each
        for each in dict.fromkeys(n for n, _, _ in NAMES.values())
        if each in {t["name"] for t in data}
    ]


@every_case
def test_both_axes_are_logs_and_say_after_how_many_steps(name):
    found = CASES[name]
    _, layout = read(charts.sweep_chart(found, 0.1, 0.3))
    assert (layout["xaxis"]["type"], layout["yaxis"]["type"]) == ("log", "log")
    assert layout["xaxis"]["title"]["text"] == "learning rate"
    steps = "1 step" if found.steps == 1 else f"{found.steps} steps"
    assert layout["yaxis"]["title"]["text"] == f"loss after {steps}"
    assert layout["xaxis"]["range"][0] < -4
    assert layout["xaxis"]["range"][1] > 1
    low, high = layout["yaxis"]["range"]
    assert low < -16 < 6 < high


@pytest.mark.parametrize(
    ("rate", "limit", "drawn", "sides"),
    [
        (0.1, 0.3, {"this run": 0.1, "2/λ at the start": 0.3}, ("right", "left")),
        (0.5, 0.3, {"this run": 0.5, "2/λ at the start": 0.3}, ("left", "right")),
        (4.0, 5.0, {"this run": 4.0, "2/λ at the start": 5.0}, ("right", "right")),
        (2e-4, 5e-4, {"this run": 2e-4, "2/λ at the start": 5e-4}, ("left", "left")),
        (0.1, math.inf, {"this run": 0.1}, ("right",)),
        (0.0, 0.3, {"2/λ at the start": 0.3}, ("left",)),
        (50.0, 0.3, {"2/λ at the start": 0.3}, ("right",)),
        (10.0, 1e-4, {"this run": 10.0, "2/λ at the start": 1e-4}, ("right", "left")),
        (9e-5, 11.0, {}, ()),
    ],
)
def test_this_runs_rate_and_the_limit_are_marked_where_they_are_on_the_chart(
    rate, limit, drawn, sides
):
    data, layout = read(charts.sweep_chart(CASES["every verdict"], rate, limit))
    lines = [trace for trace in data if trace["mode"] == "lines+text"]
    assert [trace["name"] for trace in lines] == list(drawn)
    for (text, place), line, side in zip(drawn.items(), lines, sides, strict=True):
        assert line["x"] == [place, place]
        # From the bottom of the chart to its top; the text stands above it.
        assert same(np.log10(line["y"]).tolist(), layout["yaxis"]["range"])
        assert [told.strip("\u00a0") for told in line["text"]] == ["", text]
        # A text is anchored at one side, and stands on the other.
        assert line["textposition"] == f"top {'left' if side == 'right' else 'right'}"
        assert line["line"]["dash"] == ("solid" if text == "this run" else "dash")
        assert line["line"]["color"] == LINE
        assert line["showlegend"] is False


@every_case
def test_the_words_count_each_fate_and_give_the_rates_it_was_met_at(name):
    found = CASES[name]
    said = charts.describe_sweep(found, 0.125, 0.3)
    steps = "1 step" if found.steps == 1 else f"{found.steps} steps"
    if math.isinf(min(found.losses.tolist())):
        # No lowest: its words have a test of their own.
        said = said.replace("Every run left the floats", f"Lowest inf at {found.rates[0]}")
    told = re.fullmatch(
        rf"Loss after {steps} for {len(found.rates)} learning rates: (.*)\. "
        r"Lowest( of .*)? (\S+) at (\S+)\. This run: 0\.125",
        said,
    )
    expected = {}
    for rate, verdict in zip(found.rates.tolist(), found.verdicts.tolist(), strict=True):
        expected.setdefault(NAMES[verdict][0], []).append(rate)
    parts = [re.fullmatch(r"(\d+) (.+), from (\S+) to (\S+)", p) for p in told[1].split("; ")]
    assert {part[2] for part in parts} == expected.keys()
    for part in parts:
        rates = expected[part[2]]
        assert int(part[1]) == len(rates)
        assert near(float(part[3]), rates[0])
        assert near(float(part[4]), rates[-1])
    alive = [v in ("converged", "oscillating", "slow", "falling") for v in found.verdicts]
    among = [
        (loss, rate)
        for loss, rate, ok in zip(found.losses.tolist(), found.rates.tolist(), alive, strict=True)
        if ok or not any(alive)
    ]
    assert same(float(told[3]), min(among)[0], 6e-4, 0)
    assert any(near(float(told[4]), rate) for loss, rate in among if loss == min(among)[0])
    # "Lowest" of all, unless what is left out is lower still.
    assert bool(told[2]) == (min(found.losses.tolist()) < min(among)[0])


def test_losses_below_zero_stand_below_zero_each_in_its_place():
    losses = [0.5, 0.0, -0.25, -30.0, -2e5, -1e30, np.inf]
    found = sweep("slow slow falling away away away away", losses)
    data, layout = read(charts.sweep_chart(found, 0.1, 0.3))
    marks = [trace for trace in data if trace["mode"] == "markers"]
    drawn = {x: y for trace in marks for x, y in zip(trace["x"], trace["y"], strict=True)}
    assert all(holds(layout["yaxis"], *trace["y"]) for trace in data)
    heights = [drawn[float(rate)] for rate in found.rates]
    assert heights[1] == 0
    assert layout["yaxis"].get("type", "linear") == "linear"
    assert heights[:6] == sorted(heights[:6], reverse=True)
    assert len(set(heights)) == len(heights)
    for loss, height in zip(losses[:5], heights, strict=False):
        assert same(math.copysign(10 ** abs(height) - 1, height), loss, 1e-9)
    # What lies beyond is drawn at the edges that the page names.
    assert same([heights[5], heights[6]], [-math.log10(1 + 1e6), math.log10(1 + 1e6)])
    assert charts.losses_from(found) == -1e6
    for at, text in zip(layout["yaxis"]["tickvals"], layout["yaxis"]["ticktext"], strict=True):
        number = float(text.replace("\N{MINUS SIGN}", "-"))
        assert same(math.copysign(10 ** abs(at) - 1, at), number, 1e-9)
        assert holds(layout["yaxis"], at)
    assert charts.losses_from(CASES["every verdict"]) == 1e-16


def test_where_no_run_stays_within_the_floats_none_is_the_lowest():
    said = charts.describe_sweep(sweep("away away", [np.inf, np.inf]), 0.1, 0.3)
    assert said.endswith(". Every run left the floats. This run: 0.1")


@pytest.mark.parametrize(
    ("limit", "said"), [(np.inf, "without a limit at the end"), (np.nan, "unknown at the end")]
)
def test_a_limit_that_is_no_number_is_told_in_words(limit, said):
    limits = np.array([0.5, limit])
    assert f"0.5 at the start, {said}." in charts.describe_limits(limits, 0.1)
    line = named(read(charts.limit_chart(limits, 0.1))[0], "stable limit 2/λ")
    assert line["customdata"] == ["0.5", ""]


def test_a_dead_run_may_have_the_lowest_loss():
    said = charts.describe_sweep(CASES["random 3"], 0.1, 0.3)
    assert "Lowest of those that neither died nor ran away nor are stuck" in said
    assert " of those" not in charts.describe_sweep(CASES["gate shut"], 0.1, 0.3)
    exercise = replace(EXERCISES["random 3"], steps=20)
    for rate, loss in zip(RATES[:6], CASES["random 3"].losses, strict=False):
        assert same(
            run(replace(exercise, learning_rate=float(rate)))[-1]["loss"], float(loss), 1e-6
        )


LIMITS = {
    "crossed": (np.array([0.5, 0.2, 0.1, 0.4]), 0.2),
    "flat": (np.array([0.5, np.inf, 0.1]), 0.05),
    "always above": (np.array([0.1, 0.2]), 3.0),
    "no rate": (np.array([0.1, 0.2]), 0.0),
    "long": (np.linspace(0.1, 1.0, 61), 0.3),
    "sixty": (np.linspace(0.1, 1.0, 60), 0.3),
}


@pytest.mark.parametrize("name", LIMITS)
def test_the_limit_is_drawn_at_every_step_beside_this_runs_rate(name):
    limits, rate = LIMITS[name]
    data, layout = read(charts.limit_chart(limits, rate))
    line = named(data, "stable limit 2/λ")
    assert line["x"] == list(range(len(limits)))
    assert same(line["y"], [x if math.isfinite(x) else None for x in limits.tolist()])
    told = [float(text) if text else math.inf for text in line["customdata"]]
    assert same(told, limits.tolist())
    assert ("markers" in line["mode"]) == (len(limits) <= 60)
    assert line["line"]["dash"] == "dash"
    assert layout["yaxis"]["type"] == "log"
    assert layout["yaxis"]["title"]["text"] == "learning rate"
    assert layout["xaxis"]["title"]["text"] == "step"
    assert holds(layout["xaxis"], 0, len(limits) - 1)
    assert holds(layout["yaxis"], *limits[np.isfinite(limits)].tolist())
    if rate == 0:
        assert len(data) == 1
        return
    own = named(data, "this run's rate")
    assert (own["x"], own["y"]) == (layout["xaxis"]["range"], [rate, rate])
    assert holds(layout["yaxis"], rate)
    assert near(numbers(own["hovertemplate"].replace("<", " <"))[0], rate)


@pytest.mark.parametrize("name", LIMITS)
def test_the_words_count_the_steps_at_which_the_rate_is_above_the_limit(name):
    limits, rate = LIMITS[name]
    told = re.fullmatch(
        r"Stable learning rate along the run: (\S+) at the start, (\S+) at the end\. "
        r"The rate (\S+) is above it at (\d+) of (\d+) steps",
        charts.describe_limits(limits, rate),
    )
    assert near(float(told[1]), limits[0])
    assert near(float(told[2]), limits[-1])
    assert near(float(told[3]), rate)
    assert int(told[4]) == sum(rate > limit for limit in limits.tolist())
    assert int(told[5]) == len(limits)


def test_plotly_knows_every_name_and_value():
    check(charts.sweep_chart(CASES["every verdict"], 0.1, 0.3), charts.limit_chart(*LIMITS["flat"]))
