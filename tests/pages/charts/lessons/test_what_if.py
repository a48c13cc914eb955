"""The loss as one number moves, blame's promise, the gap between them, and every number's."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from blame.probe.every_nudge import nudge_every
from pages.shared.charts.lessons import what_if
from pages.shared.charts.palette import ACTIVATION, LINE, LOWERS, RAISES, SHUT
from tests.pages.charts.by_hand import EXAMPLES, PARAMETERS, passes, symbol
from tests.pages.charts.reading import bars_by_name, fits, holds, named, near, numbers, read, same

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
def found_of(name, number, nudge):
    return nudge_every(EXAMPLES[name].backward(), symbol(number), nudge)


def loss_at(name, number, nudge):
    example = EXAMPLES[name]
    return passes(replace(example, **{number: getattr(example, number) + float(nudge)}))["loss"]


def slope_of(name, number):
    return passes(EXAMPLES[name])["d" + symbol(number)]


def hue(value):
    return RAISES if value > 0 else LOWERS if value < 0 else SHUT


def flips(name, number, reach):
    """Return where a hidden z is 0 along the curve: z is linear in each number of layer 1."""
    example = EXAMPLES[name]
    if number[1] == "2":
        return []
    j = int(number[-1])
    upstream = 1.0 if number[0] == "b" else getattr(example, f"x_{number[3]}")
    at = -passes(example)[f"z1[{j}]"] / upstream
    return [(f"z1[{j}]", at)] if abs(at) < reach else []


def test_the_cases_reach_every_branch():
    assert {np.sign(slope_of(name, number)) for name, number, _ in CASES} == {-1, 0, 1}
    crossing = [len(flips(n, p, max(1.6 * abs(d), 0.5))) for n, p, d in CASES]
    assert {*crossing} == {0, 1}
    told = [what_if.describe_gap(found_of(*case).shrunk) for case in CASES]
    assert {"none is larger" in words for words in told} == {True, False}


@every_case
def test_the_true_loss_and_the_promise_are_each_their_own_line(name, number, nudge):
    found = found_of(name, number, nudge)
    data, layout = read(what_if.nudge_chart(found.curve, nudge, found.after))
    value, loss = getattr(EXAMPLES[name], number), passes(EXAMPLES[name])["loss"]
    slope = slope_of(name, number)
    reach = max(1.6 * abs(nudge), 0.5)
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
    value, loss = getattr(EXAMPLES[name], number), passes(EXAMPLES[name])["loss"]
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
    value = getattr(EXAMPLES[name], number)
    expected = flips(name, number, max(1.6 * abs(nudge), 0.5))
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
    loss, slope = passes(EXAMPLES[name])["loss"], slope_of(name, number)
    assert words[1] == symbol(number)
    expected = [slope, getattr(EXAMPLES[name], number), loss, nudge]
    expected += [loss_at(name, number, nudge), loss + slope * nudge]
    told = map(float, words.groups()[1:])
    assert all(near(a, b) for a, b in zip(told, expected, strict=True))


def gaps(name, number, curve):
    """Return the size of each nudge and its gap, where it is clearly more than rounding."""
    loss, slope = passes(EXAMPLES[name])["loss"], slope_of(name, number)
    found = [
        (abs(float(n)), abs(loss_at(name, number, n) - loss - slope * float(n)))
        for n in curve.nudges
    ]
    return [(size, gap) for size, gap in found if gap > 1e-12 * max(1, loss)]


@every_case
def test_gaps_larger_than_rounding_are_marked_over_the_size_of_the_nudge(name, number, nudge):
    curve = found_of(name, number, nudge).shrunk
    data, layout = read(what_if.gap_chart(curve))
    marks = named(data, "gap")
    true = gaps(name, number, curve)
    drawn = dict(zip(marks["x"], marks["y"], strict=True))
    assert all(any(same(x, size, 1e-9) for x in drawn) for size, _ in true)
    for size, gap in true:
        assert same(drawn[min(drawn, key=lambda x: abs(x - size))], gap, 1e-3)
    assert all(y > 0 and (y > 1e-15 or not true) for y in drawn.values())
    assert len(drawn) <= len(curve.nudges)
    for axis, title in (("xaxis", "size of the nudge"), ("yaxis", "gap")):
        assert layout[axis]["type"] == "log"
        assert layout[axis]["title"]["text"] == title
    if not drawn:
        assert [trace["name"] for trace in data] == ["gap"]
        return
    x, y = max(drawn.items(), key=lambda pair: pair[1])
    for guide, power in (("like the nudge", 1), ("like its square", 2)):
        line = named(data, guide)
        assert same(line["x"], [abs(float(n)) for n in curve.nudges], 1e-9)
        assert same(line["y"], [y * (at / x) ** power for at in line["x"]], 1e-9, 0)
    dashes = [named(data, guide)["line"]["dash"] for guide in ("like the nudge", "like its square")]
    assert dashes == ["dot", "dash"]


@every_case
def test_the_words_of_the_gap_are_of_what_is_drawn(name, number, nudge):
    curve = found_of(name, number, nudge).shrunk
    marks = named(read(what_if.gap_chart(curve))[0], "gap")
    start, _, said = what_if.describe_gap(curve).partition(": ")
    assert start == "Gap over the size of the nudge"
    if not marks["x"]:
        assert said == "none is larger than rounding may make it"
        return
    told = re.fullmatch(r"(\S+) at (\S+), (\S+) at (\S+)", said)
    expected = [marks["y"][0], marks["x"][0], marks["y"][-1], marks["x"][-1]]
    assert all(same(float(a), b, 6e-4) for a, b in zip(told.groups(), expected, strict=True))


def test_rounding_is_no_gap():
    # The loss is a parabola in b2: the gap is the nudge's square, below 5e-8 lost in rounding.
    shrunk = found_of("notebook", "b2_0", 1e-4).shrunk
    marks = named(read(what_if.gap_chart(shrunk))[0], "gap")
    assert 1e-8 < min(marks["x"]) < 1e-7 < 1e-5 < max(marks["x"])
    assert min(np.abs(shrunk.nudges)) < 1e-9
    assert same(marks["y"], [x * x for x in marks["x"]], 0.3, 0)


@every_case
def test_every_numbers_change_is_a_bar_and_its_promise_a_mark(name, number, nudge):
    found = found_of(name, number, nudge)
    (bars, marks), layout = read(what_if.all_chart(found.names, found.truths, found.promises))
    drawn = bars_by_name(bars)
    assert list(drawn) == list(found.names)
    loss = passes(EXAMPLES[name])["loss"]
    promised = dict(zip(found.names, marks["x"], strict=True))
    assert {*map(symbol, PARAMETERS)} < {*drawn}
    for each in (*PARAMETERS, "x_0", "x_1", "y_true"):
        told = {"x_0": "x[0]", "x_1": "x[1]"}.get(each) or each
        told = symbol(each) if each in PARAMETERS else told
        assert same(drawn[told], loss_at(name, each, nudge) - loss, 1e-9, 1e-12), told
        if each in PARAMETERS:
            assert same(promised[told], slope_of(name, each) * nudge, 1e-9, 1e-12)
    assert bars["marker"]["color"] == [hue(value) for value in bars["x"]]
    assert marks["y"] == bars["y"]
    assert holds(layout["xaxis"], 0, *bars["x"], *marks["x"])
    if any([*bars["x"], *marks["x"]]):
        assert fits(layout["xaxis"], 0, *bars["x"], *marks["x"])
    for text, each, value in zip(marks["customdata"], found.names, marks["x"], strict=True):
        assert text.startswith(f"{each}: blame promised ")
        assert same(float(text.rpartition(" ")[2]), value)


@every_case
def test_the_words_of_every_number(name, number, nudge):
    found = found_of(name, number, nudge)
    said = what_if.describe_all(found.names, found.truths, found.promises)
    start, _, listed = said.partition(": ")
    assert start == "Change of the loss, and the promise"
    for part, each, truth, promise in zip(
        listed.split("; "), found.names, found.truths, found.promises, strict=True
    ):
        told = re.fullmatch(r"(.+) (\S+), promised (\S+)", part)
        assert told[1] == each
        assert near(float(told[2]), truth)
        assert near(float(told[3]), promise)
