"""The loss as a curve with its tangent, and what each output gives to it."""

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.shared.charts.lessons import loss
from pages.shared.charts.palette import ACTIVATION, LINE, LOWERS, RAISES, SHUT
from tests.exercises import changed, number_of
from tests.pages.charts import any_shape
from tests.pages.charts.any_shape import exercises
from tests.pages.charts.by_hand import EXERCISES, on_paper, passes
from tests.pages.charts.reading import (
    bars_by_name,
    check,
    fits,
    holds,
    named,
    numbers,
    read,
    same,
    stands_for,
)

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)


@every_exercise
def test_the_curve_is_the_loss_at_each_prediction(exercise):
    data, layout = read(loss.loss_chart(exercise.backward()))
    curve = named(data, "loss")
    assert same(curve["y"], [(x - number_of(exercise, "y_true")) ** 2 for x in curve["x"]])
    assert layout["xaxis"]["title"]["text"] == "y_pred"
    assert layout["yaxis"]["title"]["text"] == "loss"
    # The lowest point lies in the middle, both ends and today's prediction in sight.
    assert same((curve["x"][0] + curve["x"][-1]) / 2, number_of(exercise, "y_true"), tiny=1e-12)
    assert (curve["line"]["dash"], curve["line"]["color"]) == ("solid", LINE)
    assert same(layout["xaxis"]["range"], [curve["x"][0], curve["x"][-1]])
    assert holds(layout["xaxis"], passes(exercise)["y_pred"], number_of(exercise, "y_true"))
    assert layout["yaxis"]["range"][0] >= -0.2 * max(curve["y"])
    # Room below for the name of the target.
    assert layout["yaxis"]["range"][0] <= -0.05 * max(curve["y"])
    assert fits(layout["yaxis"], 0, passes(exercise)["loss"], max(curve["y"]))
    # Doubled until today's prediction is inside.
    off = abs(passes(exercise)["y_pred"] - number_of(exercise, "y_true"))
    reach = next(0.8 * 2**k for k in range(20) if 0.8 * 2**k >= 1.1 * off)
    assert same(curve["x"][-1] - curve["x"][0], 2 * reach)
    assert len(curve["x"]) > 60


@every_exercise
def test_the_tangent_touches_today_with_the_slope_of_blame(exercise):
    true, paper = passes(exercise), on_paper(exercise)
    data, layout = read(loss.loss_chart(exercise.backward()))
    tangent, today = named(data, "slope d_loss_y"), named(data, "today")
    assert same([*today["x"], *today["y"]], [true["y_pred"], true["loss"]])
    slope = true["d_loss_y"]
    for x, y in zip(tangent["x"], tangent["y"], strict=True):
        assert same(y, true["loss"] + slope * (x - true["y_pred"]), 1e-9, 1e-12)
    assert tangent["x"][0] < true["y_pred"] < tangent["x"][1]
    curve = named(data, "loss")["x"]
    assert same(tangent["x"][1] - tangent["x"][0], (curve[-1] - curve[0]) / 2, 1e-9)
    assert same(sum(tangent["x"]) / 2, true["y_pred"], 1e-9)
    hue = SHUT if paper["d_loss_y"] == 0 else RAISES if slope > 0 else LOWERS
    assert tangent["line"]["color"] == hue
    assert tangent["line"]["dash"] == "dash"
    assert today["marker"]["color"] == ACTIVATION
    assert stands_for(today["text"][0].removeprefix("slope "), slope, paper["d_loss_y"])
    # Inside the parabola, where the curve does not run.
    assert today["textposition"] == ("top left" if slope > 0 else "top right")
    # And there is room above it: 16 of the chart's some 200 pixels and more.
    low, high = layout["yaxis"]["range"]
    assert high - today["y"][0] > 0.12 * (high - low)
    said = numbers(today["customdata"][0].replace("<br>", " "))
    assert same(said, [true["y_pred"], true["loss"]])
    assert re.match(r"y_pred = .*<br>loss = ", today["customdata"][0])


@every_exercise
def test_the_target_lies_at_a_loss_of_0(exercise):
    data, _ = read(loss.loss_chart(exercise.backward()))
    target = named(data, "y_true")
    assert (target["x"], target["y"]) == ([number_of(exercise, "y_true")], [0])
    assert target["text"] == ["y_true"]
    assert (target["marker"]["symbol"], target["marker"]["color"]) == ("diamond", LINE)
    assert numbers(target["hovertemplate"].replace("<", " <")) == [number_of(exercise, "y_true")]


@every_exercise
def test_the_words_of_the_loss_say_where_it_stands(exercise):
    true, paper = passes(exercise), on_paper(exercise)
    said = loss.describe_loss(exercise.backward())
    found = re.fullmatch(
        r"Parabola of the loss over y_pred with its lowest point at y_true (\S+); "
        r"today y_pred is (\S+), the loss (\S+) and the slope (\S+)",
        said,
    )
    assert float(found[1]) == number_of(exercise, "y_true")
    for written, name in zip(found.groups()[1:], ("y_pred", "loss", "d_loss_y"), strict=True):
        assert stands_for(written, true[name], paper[name])


def test_a_prediction_on_target_has_a_flat_grey_tangent_and_room_around_it():
    exercise = changed(EXERCISES["both dead"], b2_0=1.0)
    data, layout = read(loss.loss_chart(exercise.backward()))
    tangent = named(data, "slope d_loss_y")
    assert tangent["y"] == [0, 0]
    assert tangent["line"]["color"] == SHUT
    assert same(layout["xaxis"]["range"], [0.2, 1.8])


def test_plotly_knows_every_name_and_value():
    check(loss.loss_chart(EXERCISES["notebook"].backward()))


@settings(max_examples=60, deadline=None)
@given(exercises(), st.integers(0, 3), st.integers(0, 3))
def test_any_loss_is_drawn_over_one_output_with_all_others_as_they_are(exercise, pick, other):
    true, back = any_shape.passes(exercise), exercise.backward()
    sample, output = pick % exercise.n_samples, other % exercise.sizes[-1]
    name = any_shape.output_name(exercise, sample, output)
    data, layout = read(loss.loss_chart(back, sample, output))
    check(loss.loss_chart(back, sample, output))
    guesses = any_shape.guesses_of(exercise)
    curve = named(data, "loss")
    for x, y in zip(curve["x"], curve["y"], strict=True):
        moved = [list(row) for row in guesses]
        moved[sample][output] = x
        assert same(y, any_shape.loss_of(exercise, moved), 1e-7, 1e-8)
    assert layout["xaxis"]["title"]["text"] == name
    today = named(data, "today")
    assert same([*today["x"], *today["y"]], [true[name], true["loss"]], 1e-8, 1e-9)
    assert holds(layout["yaxis"], *today["y"], *curve["y"])
    assert holds(layout["xaxis"], *today["x"])
    slope = true[any_shape.output_name(exercise, sample, output, "d_loss_y")]
    tangent = named(data, f"slope {any_shape.output_name(exercise, sample, output, 'd_loss_y')}")
    (x0, x1), (y0, y1) = tangent["x"], tangent["y"]
    assert same((y1 - y0) / (x1 - x0), slope, 1e-6, 1e-7)
    said = loss.describe_loss(back, sample, output)
    alone = exercise.n_samples * exercise.sizes[-1] == 1
    assert ("all others as they are" in said) != alone
    # What is called the lowest point is.
    marks = [trace for trace in data if trace["name"].startswith("y_true")]
    assert ("lowest point" in said) == bool(marks)
    for mark in marks:
        assert mark["y"][0] <= min(curve["y"]) + 1e-9
        # In sight, with a name that stays inside.
        low, high = layout["xaxis"]["range"]
        assert holds(layout["xaxis"], *mark["x"])
        assert holds(layout["yaxis"], *mark["y"])
        share = (mark["x"][0] - low) / (high - low)
        side = "right" if share < 0.2 else "left" if share > 0.8 else "center"
        assert mark["textposition"] == f"bottom {side}"
        assert mark["name"] == any_shape.output_name(exercise, sample, output, "y_true")
    if not marks:
        assert exercise.loss == "output" or exercise.loss.startswith("cross")


@settings(max_examples=60, deadline=None)
@given(exercises(), st.integers(0, 3))
def test_the_parts_of_outputs_and_samples_make_up_the_loss(exercise, pick):
    true, back = any_shape.passes(exercise), exercise.backward()
    sample = pick % exercise.n_samples
    parts = any_shape.parts_of(exercise, any_shape.guesses_of(exercise))
    data, layout = read(loss.shares_chart(back, sample))
    outputs = [any_shape.output_name(exercise, sample, j) for j in range(exercise.sizes[-1])]
    groups = [bars_by_name(trace) for trace in data]
    if exercise.loss != "output":
        errors = groups.pop(0)
        assert list(errors) == outputs
        for name, value in errors.items():
            goal = true[name.replace("y_pred", "y_true")]
            assert same(value, true[name] - goal, 1e-8, 1e-9)
    assert list(groups[0]) == outputs
    assert same(list(groups[0].values()), parts[sample], 1e-7, 1e-8)
    if exercise.n_samples > 1:
        assert list(groups[1]) == [f"sample {s}" for s in range(exercise.n_samples)]
        assert same(list(groups[1].values()), [sum(row) for row in parts], 1e-7, 1e-8)
        assert same(sum(groups[1].values()), true["loss"], 1e-7, 1e-8)
        shares = [t.split("  ")[-1] for t in layout["yaxis"]["ticktext"] if t[:6] == "sample"]
        if all(s.endswith("%") for s in shares):
            assert abs(sum(float(s[:-1]) for s in shares) - 100) < 1
    said = loss.describe_shares(back, sample)
    assert all(f"{name} " in said for name in [*outputs, *groups[-1]])


def test_a_guess_at_the_end_of_what_a_cross_entropy_takes_is_on_its_curve():
    exercise = any_shape.made((1, 1), ("sigmoid",), "bce").with_numbers(
        {"x[0]": 1.0, "W1[0, 0]": 30.0, "b1[0]": 0.0, "y_true": 0.0}
    )
    data, layout = read(loss.loss_chart(exercise.backward()))
    today, curve = named(data, "today"), named(data, "loss")
    assert today["x"] == [1 / (1 + math.exp(-30))]
    assert same(today["y"], [30.0], 1e-6)
    assert holds(layout["yaxis"], 30.0)
    assert max(curve["y"]) > 29
    assert all(map(math.isfinite, curve["y"]))
    # The text stays inside the chart.
    assert today["textposition"] == "top left"


def test_of_classes_the_right_ones_curve_is_shown_first():
    exercise = any_shape.made((2, 3), ("softmax",), "cross_entropy", n_samples=3, seed=2)
    back = exercise.backward()
    assert [loss.first_output(back, s) for s in range(3)] == [0, 1, 2]
    data, _ = read(loss.loss_chart(back, 1, 1))
    curve = named(data, "loss")
    y = any_shape.passes(exercise)["y_pred[1, 1]"]
    there = min(range(len(curve["x"])), key=lambda i: abs(curve["x"][i] - y))
    rest = any_shape.passes(exercise)["loss"] + math.log(y) / 3
    assert same(curve["y"][there] - rest, -math.log(curve["x"][there]) / 3, 1e-8, 1e-9)
    assert loss.first_output(any_shape.made((1, 2), ("tanh",)).backward()) == 0
    assert loss.outputs(back) == ["output 0", "output 1", "output 2"]


@pytest.mark.parametrize("target", [[0.3, 0.7], [0.0, 1.0]])
def test_no_lowest_point_is_told_where_a_cross_entropy_of_shares_has_none(target):
    exercise = any_shape.made((2, 2), ("softmax",), "cross_entropy", seed=3)
    exercise = exercise.with_numbers({f"y_true[{j}]": t for j, t in enumerate(target)})
    for output, share in enumerate(target):
        data, _ = read(loss.loss_chart(exercise.backward(), 0, output))
        said = loss.describe_loss(exercise.backward(), 0, output)
        assert ("lowest point" in said) == (share == 1)
        curve = named(data, "loss")
        if share:
            # It falls all the way: the lowest is at a share of 1, not at the target.
            assert curve["y"][-1] == min(curve["y"]) < max(curve["y"])
