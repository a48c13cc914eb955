"""The tour's figures: read as the browser will, against numbers worked out here."""

import pytest

from blame.exercise.build import blank
from blame.probe.both_ways import both_ways
from blame.probe.what_if import nudge_curve
from pages.shared.charts import tour
from pages.shared.tour.exercises import NUDGED
from tests.pages.charts.reading import read


def curve(weight=1.0):
    exercise = NUDGED.with_numbers({"W1[0, 0]": weight})
    low, high = tour.span_of(weight)
    nudges = [low + (high - low) * k / 40 - weight for k in range(41)]
    return nudge_curve(exercise.backward(), "W1[0, 0]", nudges)


@pytest.mark.parametrize("weight", [1.0, 1.5, -3.0, 7.0])
def test_the_curve_is_the_loss_and_the_dot_is_on_it(weight):
    traces, layout = read(tour.loss_chart(curve(weight), None))
    line, now = traces
    assert line["y"] == pytest.approx([(2 * w - 3) ** 2 for w in line["x"]])
    assert (now["x"], now["y"]) == ([weight], [(2 * weight - 3) ** 2])
    low, high = layout["xaxis"]["range"]
    assert low <= min(-0.5, weight)
    assert max(3.5, weight) <= high
    assert layout["yaxis"]["range"][1] >= now["y"][0]


@pytest.mark.parametrize(("weight", "colour"), [(1.0, tour.signed(-1)), (2.0, tour.signed(1))])
def test_the_line_touches_the_curve_and_has_its_slope(weight, colour):
    of = curve(weight)
    slope = tour.Slope(of.value, of.loss, of.slope)
    traces, _ = read(tour.loss_chart(of, slope))
    line = next(trace for trace in traces if trace["name"].startswith("slope"))
    (x0, x1), (y0, y1) = line["x"], line["y"]
    assert (y1 - y0) / (x1 - x0) == pytest.approx(2 * (2 * weight - 3) * 2)
    assert y0 + (y1 - y0) * (weight - x0) / (x1 - x0) == pytest.approx((2 * weight - 3) ** 2)
    assert line["line"]["color"] == colour
    assert "slope of" in tour.describe_loss(of, slope)
    assert "slope" not in tour.describe_loss(of, None)


@pytest.mark.parametrize("sizes", [(1, 1), (4, 8, 8, 3), (10, 10, 10, 10, 10)])
def test_each_pass_has_a_mark_of_its_own_within_the_picture(sizes):
    both = both_ways(blank(sizes))
    traces, layout = read(tour.passes_chart(both))
    places = [place for trace in traces for place in zip(trace["x"], trace["y"], strict=True)]
    assert len(places) == len(set(places)) == both.nudging + both.backward
    low, high = layout["xaxis"]["range"]
    bottom, top = layout["yaxis"]["range"]
    assert all(low < x < high and top < y < bottom for x, y in places)
    said = tour.describe_passes(both)
    assert f"{both.parameters} weights and biases: 1 backwards, {both.nudging} by nudging" in said
