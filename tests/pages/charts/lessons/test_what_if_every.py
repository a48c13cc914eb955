"""The gap between promise and truth as the nudge shrinks, and the same nudge to every number."""

import re
from dataclasses import replace

import numpy as np

from blame.probe.every_nudge import nudge_every
from blame.probe.what_if import Flip, NudgeCurve
from pages.shared.charts.lessons import what_if
from pages.shared.charts.palette import LINE
from tests.pages.charts import any_shape
from tests.pages.charts.by_hand import EXERCISES, PARAMETERS, passes, symbol
from tests.pages.charts.lessons.test_what_if import (
    CASES,
    every_case,
    found_of,
    hue,
    loss_at,
    slope_of,
)
from tests.pages.charts.reading import as_sent, bars_by_name, fits, holds, named, near, read, same


def test_some_gaps_are_real_and_some_are_rounding_alone():
    told = [what_if.describe_gap(found_of(*case).shrunk) for case in CASES]
    assert {"none is larger" in words for words in told} == {True, False}


def gaps(name, number, curve):
    """Return the size of each nudge and its gap, where it is clearly more than rounding."""
    loss, slope = passes(EXERCISES[name])["loss"], slope_of(name, number)
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
        (why,) = layout["annotations"]
        assert why["text"].startswith("None is larger than rounding")
        return
    assert not layout.get("annotations")
    x, y = max(drawn.items(), key=lambda pair: pair[1])
    for guide, power in (("like the nudge", 1), ("like its square", 2)):
        line = named(data, guide)
        assert same(line["x"], [abs(float(n)) for n in curve.nudges], 1e-9)
        assert same(line["y"], [y * (at / x) ** power for at in line["x"]], 1e-9, 0)
        assert line["line"]["color"] == LINE
    dashes = [named(data, guide)["line"]["dash"] for guide in ("like the nudge", "like its square")]
    assert dashes == ["dot", "dash"]


@every_case
def test_the_words_of_the_gap_are_of_what_is_drawn(name, number, nudge):
    curve = found_of(name, number, nudge).shrunk
    marks = named(read(what_if.gap_chart(curve))[0], "gap")
    start, _, said = what_if.describe_gap(curve).partition(": ")
    assert start == "Gap over the size of the nudge"
    if not marks["x"]:
        assert said.startswith("none is larger than rounding may make it: promise and truth agree")
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


def test_where_no_loss_is_a_number_the_chart_of_gaps_says_so():
    curve = replace(found_of(*CASES[0]).shrunk, losses=np.full(25, np.inf))
    _, layout = read(what_if.gap_chart(curve))
    assert "leaves the floats" in layout["annotations"][0]["text"]
    assert "leaves the floats" in what_if.describe_gap(curve)


def drawn_in_numbers(figure):
    """Return bars and marks in the numbers that they are shares of, and the axis in these too."""
    (bars, marks), layout = as_sent(figure)
    told = [float(text.rpartition(" ")[2]) for text in marks["customdata"]]
    shares, numbers = bars["x"] + marks["x"], [*read(figure)[0][0]["x"], *told]
    k = max(range(len(shares)), key=lambda i: abs(shares[i]))
    scale = numbers[k] / shares[k] if shares[k] else 1.0
    assert max(map(abs, shares)) in (0, 1)
    bars, marks = (
        {**trace, "x": [share * scale for share in trace["x"]]} for trace in (bars, marks)
    )
    return bars, marks, {"range": [end * scale for end in layout["xaxis"]["range"]]}


@every_case
def test_every_numbers_change_is_a_bar_and_its_promise_a_mark(name, number, nudge):
    found = found_of(name, number, nudge)
    figure = what_if.all_chart(found.names, found.truths, found.promises)
    bars, marks, axis = drawn_in_numbers(figure)
    drawn = bars_by_name(bars)
    assert list(drawn) == list(found.names)
    loss = passes(EXERCISES[name])["loss"]
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
    assert holds(axis, 0, *bars["x"], *marks["x"])
    if any([*bars["x"], *marks["x"]]):
        assert fits(axis, 0, *bars["x"], *marks["x"])
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


def test_zero_is_in_sight_where_all_changes_have_one_sign():
    for sign in (1, -1):
        truths, promises = [3.0 * sign, 5.0 * sign], [2.0 * sign, 6.0 * sign]
        *_, axis = drawn_in_numbers(what_if.all_chart(["a", "b"], truths, promises))
        assert fits(axis, 0, *truths, *promises)
        assert same(axis["range"], [-0.12, 6.12] if sign > 0 else [-6.12, 0.12])


def test_of_many_numbers_those_that_do_or_promise_most_are_shown():
    exercise = any_shape.made((4, 6, 3), ("tanh", "sigmoid"), seed=4)
    found = nudge_every(exercise.backward(), "W1[0, 0]", 0.3, [0.0, 0.3], [0.3])
    told = found.names, found.truths, found.promises
    figure = what_if.all_chart(*told)
    bars, marks, _ = drawn_in_numbers(figure)
    _, layout = read(figure)
    shown = bars_by_name(bars)
    assert len(shown) == what_if.MOST_BARS < len(found.names)
    size = {n: max(abs(t), abs(p)) for n, t, p in zip(*told, strict=True)}
    left = [size[name] for name in found.names if name not in shown]
    assert max(left) <= min(size[name] for name in shown)
    assert list(shown) == [name for name in found.names if name in shown]
    by_name = {n: (t, p) for n, t, p in zip(*told, strict=True)}
    for name, mark in zip(shown, marks["x"], strict=True):
        assert same([shown[name], mark], by_name[name])
    assert f"and {len(left)} smaller" in layout["yaxis"]["ticktext"]
    assert what_if.describe_all(*told).endswith(f"; and {len(left)} smaller")
    weight = exercise.with_numbers({"W1[0, 0]": exercise.numbers()["W1[0, 0]"] + 0.3})
    change = any_shape.passes(weight)["loss"] - any_shape.passes(exercise)["loss"]
    assert same(by_name["W1[0, 0]"][0], change, 1e-7, 1e-9)


def test_names_of_gates_that_flip_close_together_share_a_label():
    flips = tuple(Flip(f"z1[{j}]", at) for j, at in enumerate((0.1, 0.11, 0.12, -0.4)))
    nudges = np.linspace(-0.5, 0.5, 5)
    curve = NudgeCurve("b1[0]", 1.0, 0.5, 2.0, nudges, 2 + 0.5 * nudges, flips)
    _, layout = read(what_if.nudge_chart(curve, 0.2, 2.1))
    assert [note["text"] for note in layout["annotations"]] == [
        "z1[3] = 0",
        "z1[0], z1[1], z1[2] = 0",
    ]
    assert same([note["x"] for note in layout["annotations"]], [0.6, 1.11])
    assert len(layout["shapes"]) == 4
