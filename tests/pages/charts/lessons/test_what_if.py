"""The loss as one number moves, blame's promise, the gap between them, and every number's."""

import re
from functools import cache

import numpy as np
import pytest

from blame.probe.every_nudge import nudge_every
from pages.shared.charts.lessons import what_if
from pages.shared.charts.palette import ACTIVATION, LINE, LOWERS, RAISES, SHUT
from tests.exercises import changed, number_of
from tests.pages.charts.by_hand import EXERCISES, passes, symbol
from tests.pages.charts.reading import check, fits, holds, named, near, numbers, read, same

CASES = [
    ("notebook", "W1_0_1", -0.3),
    ("notebook", "b2_0", 0.5),
    ("gate shut", "b1_1", 0.4),
    ("gate shut", "W2_0_0", 0.0),
    ("both dead", "W1_1_0", 0.3),
    ("both dead", "b1_0", 2.0),
    ("first shut", "b1_0", 2.5),
    ("random 3", "W1_1_1", 1e-3),
    ("random 8", "b1_1", -3.0),
    ("random 21", "W2_1_0", -0.8),
]
every_case = pytest.mark.parametrize(("name", "number", "nudge"), CASES)


@cache
def reach_of(nudge):
    """Return how far the axis goes each way: doubled until the nudge is inside."""
    return next(reach for reach in (0.5, 1.0, 2.0, 4.0) if reach >= 1.1 * abs(nudge))


def found_of(name, number, nudge):
    along, shrunk = what_if.curve_nudges(nudge), what_if.gap_nudges(nudge)
    return nudge_every(EXERCISES[name].backward(), symbol(number), nudge, along, shrunk)


def loss_at(name, number, nudge):
    exercise = EXERCISES[name]
    return passes(changed(exercise, **{number: number_of(exercise, number) + float(nudge)}))["loss"]


def slope_of(name, number):
    return passes(EXERCISES[name])["d" + symbol(number)]


def hue(value):
    return RAISES if value > 0 else LOWERS if value < 0 else SHUT


def flips(name, number, reach):
    """Return where a hidden z is 0 along the curve: z is linear in each number of layer 1."""
    exercise = EXERCISES[name]
    if number[1] == "2":
        return []
    j = int(number[-1])
    upstream = 1.0 if number[0] == "b" else number_of(exercise, f"x_{number[3]}")
    at = -passes(exercise)[f"z1[{j}]"] / upstream
    return [(f"z1[{j}]", at)] if abs(at) < reach else []


def test_the_cases_reach_every_branch():
    assert {np.sign(slope_of(name, number)) for name, number, _ in CASES} == {-1, 0, 1}
    crossing = [len(flips(n, p, reach_of(d))) for n, p, d in CASES]
    assert {*crossing} == {0, 1}


@every_case
def test_the_true_loss_and_the_promise_are_each_their_own_line(name, number, nudge):
    found = found_of(name, number, nudge)
    data, layout = read(what_if.nudge_chart(found.curve, nudge, found.after))
    value, loss = number_of(EXERCISES[name], number), passes(EXERCISES[name])["loss"]
    slope = slope_of(name, number)
    reach = reach_of(nudge)
    truth, promise = named(data, "true loss"), named(data, "promise of blame")
    assert same([truth["x"][0], truth["x"][-1]], [value - reach, value + reach])
    assert same(truth["y"], [loss_at(name, number, x - value) for x in truth["x"]], 1e-9, 1e-12)
    assert promise["x"] == truth["x"]
    assert same(promise["y"], [loss + slope * (x - value) for x in truth["x"]], 1e-9, 1e-12)
    assert (truth["line"]["color"], truth["line"]["dash"]) == (LINE, "solid")
    assert (promise["line"]["color"], promise["line"]["dash"]) == (hue(slope), "dash")
    assert layout["xaxis"]["title"]["text"] == symbol(number)
    assert layout["yaxis"]["title"]["text"] == "loss"
    assert same(layout["xaxis"]["range"], [value - reach, value + reach])
    chosen = loss + slope * nudge
    assert holds(layout["yaxis"], *truth["y"], loss, chosen)
    span = [*truth["y"], loss, chosen, found.after]
    if max(span) > min(span):
        assert fits(layout["yaxis"], *span)


@every_case
def test_the_gap_stands_at_the_nudge_between_promise_and_truth(name, number, nudge):
    found = found_of(name, number, nudge)
    data, _ = read(what_if.nudge_chart(found.curve, nudge, found.after))
    value, loss = number_of(EXERCISES[name], number), passes(EXERCISES[name])["loss"]
    slope, after = slope_of(name, number), loss_at(name, number, nudge)
    gap = named(data, "gap")
    promise = loss + slope * nudge
    assert same(gap["x"], [value + nudge] * 2)
    assert same(gap["y"], [promise, after], 1e-9, 1e-12)
    marks = {
        "today": (value, loss, ACTIVATION, "circle"),
        "promised": (value + nudge, promise, hue(slope), "diamond-open"),
        "nudged": (value + nudge, after, gap["line"]["color"], "square"),
    }
    for mark, (x, y, colour, symbol_) in marks.items():
        point = named(data, mark)
        assert same([*point["x"], *point["y"]], [x, y], 1e-9, 1e-12), mark
        assert (point["marker"]["color"], point["marker"]["symbol"]) == (colour, symbol_)
        assert point["text"] == ["" if mark == "promised" else mark]
        start, _, told = point["hovertemplate"].partition(": ")
        assert start == mark
        assert same(numbers(told.replace("<", " <")), [x, y], 1e-9, 1e-12)
        assert "<br>loss " in told
        # Off the curve, which rises to the side of the blame's sign.
        assert point["textposition"] == ("top left" if slope >= 0 else "top right")


@every_case
def test_a_gate_that_flips_is_marked_where_its_z_is_0(name, number, nudge):
    found = found_of(name, number, nudge)
    _, layout = read(what_if.nudge_chart(found.curve, nudge, found.after))
    value = number_of(EXERCISES[name], number)
    expected = flips(name, number, reach_of(nudge))
    assert [note["text"] for note in layout["annotations"]] == [f"{z} = 0" for z, _ in expected]
    places = [value + at for _, at in expected]
    assert same([note["x"] for note in layout["annotations"]], places, 1e-9, 1e-9)
    assert same([line["x0"] for line in layout["shapes"]], places, 1e-9, 1e-9)
    said = what_if.describe_nudge(found.curve, nudge, found.after)
    told = re.findall(r"; (z1\[\d\]) is 0 at (\S+)", said + " ")
    assert [z for z, _ in told] == [z for z, _ in expected]
    assert all(near(float(at.rstrip(";")), x) for (_, at), x in zip(told, places, strict=True))


@every_case
def test_the_words_of_a_nudge(name, number, nudge):
    found = found_of(name, number, nudge)
    said = what_if.describe_nudge(found.curve, nudge, found.after).split("; z1")[0]
    words = re.fullmatch(
        r"The loss over (\w\d\[[\d, ]+\]) with its tangent of slope (\S+)\. Today (\S+) with loss "
        r"(\S+); nudged by (\S+) the loss is (\S+), blame promised (\S+)",
        said,
    )
    loss, slope = passes(EXERCISES[name])["loss"], slope_of(name, number)
    assert words[1] == symbol(number)
    expected = [slope, number_of(EXERCISES[name], number), loss, nudge]
    expected += [loss_at(name, number, nudge), loss + slope * nudge]
    told = map(float, words.groups()[1:])
    assert all(near(a, b) for a, b in zip(told, expected, strict=True))


def test_plotly_knows_every_name_and_value():
    found = found_of("notebook", "W1_0_1", -0.3)
    check(
        what_if.nudge_chart(found.curve, found.nudge, found.after),
        what_if.gap_chart(found.shrunk),
        what_if.all_chart(found.names, found.truths, found.promises),
    )
