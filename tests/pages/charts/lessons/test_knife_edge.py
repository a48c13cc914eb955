"""The loss of one network in several arithmetics: each line its own, on the scale it says."""

import re
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from blame.exercise.presets import NOTEBOOK
from blame.probe.knife_edge import ARITHMETICS, outcomes
from pages.shared.charts.lessons import knife_edge
from tests.exercises import by_link_name, changed
from tests.pages.charts.by_hand import EXERCISES, PARAMETERS, passes, passes_at, run, symbol
from tests.pages.charts.reading import check, fits, named, near, read, same

STEPS = 4
CASES = {
    "notebook": NOTEBOOK,
    "gate shut": EXERCISES["gate shut"],
    "reaches 0": replace(EXERCISES["both dead"], learning_rate=0.5),
    "random 8": EXERCISES["random 8"],
    "all 0": changed(EXERCISES["both dead"], b2_0=1.0),
}
every_case = pytest.mark.parametrize("name", CASES)
OUTCOMES = {name: outcomes(exercise, STEPS) for name, exercise in CASES.items()}


def exact(exercise):
    """Return the losses in fractions of the numbers as typed: no rounding at all."""
    typed = {name: Fraction(repr(float(value))) for name, value in by_link_name(exercise).items()}
    losses, now = [], typed
    for _ in range(STEPS + 1):
        found = passes_at(now)
        losses.append(float(found["loss"]))
        now = now | {
            name: now[name] - typed["learning_rate"] * found["d" + symbol(name)]
            for name in PARAMETERS
        }
    return losses


def losses_of(name, key):
    return next(each.losses for each in OUTCOMES[name] if each.key == key)


@pytest.mark.parametrize("log", [True, False])
@every_case
def test_every_arithmetic_has_its_own_line(name, log):
    data, _ = read(knife_edge.losses_chart(OUTCOMES[name], log=log))
    assert [trace["name"] for trace in data] == list(ARITHMETICS.values())
    for key, title in ARITHMETICS.items():
        line, losses = named(data, title), losses_of(name, key)
        kept = [(k, loss) for k, loss in enumerate(losses) if loss > 0 or not log]
        assert [*zip(line["x"], line["y"], strict=True)] == kept
        assert [float(text) for text in line["customdata"]] == [loss for _, loss in kept]
        assert line["hovertemplate"].startswith(f"{title}, step ")
    for key, true in (
        ("float64", [step["loss"] for step in run(replace(CASES[name], steps=STEPS))]),
        ("exact", exact(CASES[name])),
    ):
        drawn = named(data, ARITHMETICS[key])
        assert same(drawn["y"], [x for x in true if x > 0 or not log], 1e-9, 1e-30)


def test_the_cases_reach_every_branch():
    assert losses_of("notebook", "float64")[1] > 10 > losses_of("notebook", "float32")[1]
    assert 0 in losses_of("reaches 0", "exact")
    assert not any(losses_of("all 0", "float64"))
    assert passes(CASES["gate shut"])["gate"] == [True, False]


@pytest.mark.parametrize("log", [True, False])
@every_case
def test_the_scale_is_the_one_asked_for_and_holds_every_loss(name, log):
    _, layout = read(knife_edge.losses_chart(OUTCOMES[name], log=log))
    axis = layout["yaxis"]
    assert axis["title"]["text"] == "loss"
    assert layout["xaxis"]["title"]["text"] == "updates made"
    assert layout["xaxis"]["dtick"] == 1
    if log:
        assert axis["type"] == "log"
        assert "range" not in axis
        return
    highest = max(loss for each in OUTCOMES[name] for loss in each.losses)
    assert "type" not in axis
    assert fits(axis, 0, highest or 1.0)
    # Room for the marks at 0, and little more.
    assert -0.15 * (highest or 1.0) < axis["range"][0] < 0


def test_lines_that_agree_are_told_apart():
    data, _ = read(knife_edge.losses_chart(OUTCOMES["gate shut"], log=False))
    assert len({trace["marker"]["symbol"] for trace in data}) == 4
    # Drawn one over the other: the later ones are hollow and not smaller than the first.
    sizes = [trace["marker"]["size"] for trace in data]
    assert sizes[0] < sizes[1] < sizes[2]
    assert all("open" in trace["marker"]["symbol"] for trace in data[1:])
    assert np.isfinite(sizes).all()
    assert len({t["line"]["color"] for t in data}) == 4
    # The notebook's own, the one other pages speak of, is a plain line; exact is the palest.
    assert [t["line"]["dash"] for t in data] == ["solid", "solid", "dash", "dot"]


@every_case
def test_the_words_list_every_loss_under_its_arithmetic(name):
    start, _, listed = knife_edge.describe_losses(OUTCOMES[name]).partition(". ")
    assert start == "Loss over the first updates"
    parts = re.split(r"; ", listed)
    for part, (key, title) in zip(parts, ARITHMETICS.items(), strict=True):
        told, _, losses = part.partition(": ")
        assert told == title
        values = [float(loss) for loss in losses.split(", ")]
        assert all(near(a, b) for a, b in zip(values, losses_of(name, key), strict=True))


def test_plotly_knows_every_name_and_value():
    check(*(knife_edge.losses_chart(OUTCOMES["notebook"], log=log) for log in (True, False)))
