"""The loss as a curve with its tangent, and what each output gives to it."""

import re

import pytest

from pages.shared.charts.lessons import loss
from pages.shared.charts.palette import ACTIVATION, LINE, LOWERS, RAISES, SHUT
from tests.exercises import changed, number_of
from tests.pages.charts.by_hand import EXERCISES, on_paper, passes
from tests.pages.charts.reading import (
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
    reach = 1.6 * max(0.5, abs(passes(exercise)["y_pred"] - number_of(exercise, "y_true")))
    assert same(curve["x"][-1] - curve["x"][0], 2 * reach)
    assert len(curve["x"]) > 60


@every_exercise
def test_the_tangent_touches_today_with_the_slope_of_blame(exercise):
    true, paper = passes(exercise), on_paper(exercise)
    data, _ = read(loss.loss_chart(exercise.backward()))
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
