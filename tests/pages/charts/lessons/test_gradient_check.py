"""The error of both difference quotients over the step: which is which, and the chosen step."""

import re

import numpy as np
import pytest

from blame.probe.gradient_check import ErrorCurve, error_curve
from pages.shared.charts.lessons import gradient_check
from pages.shared.charts.palette import ACTIVATION, NEURONS
from tests.exercises import changed, number_of
from tests.pages.charts.by_hand import EXERCISES, passes, symbol
from tests.pages.charts.reading import check, holds, named, near, read, same

STEPS = [10.0**-k for k in range(1, 16)]
CASES = [
    ("gate shut", "W2_0_0"),
    ("gate shut", "b1_1"),
    ("first shut", "b1_1"),
    ("both dead", "W1_0_0"),
    ("random 3", "b2_0"),
    ("random 8", "W2_1_0"),
    ("random 21", "W1_1_0"),
]
every_case = pytest.mark.parametrize(("name", "number"), CASES)
PARTED = ErrorCurve(
    "W1[0, 1]",
    np.array([0.1, 1e-3, 1e-5, 1e-9, 1e-12]),
    np.array([2e-3, 5e-7, 0.0, 3e-8, 4e-4]),
    np.array([0.05, 6e-4, 7e-6, 0.0, 1.5]),
)
"""Both have errors of exactly 0, at different steps."""


def curve_of(name, number):
    return error_curve(EXERCISES[name].backward(), symbol(number), STEPS)


def by_hand(name, number, h):
    """Return the errors of the central and of the one-sided quotient, in plain Python."""
    exercise = EXERCISES[name]
    value = number_of(exercise, number)

    def loss(moved):
        return passes(changed(exercise, **{number: moved}))["loss"]

    slope = passes(exercise)["d" + symbol(number)]
    above = (loss(value + h) - loss(value)) / h
    central = (loss(value + h) - loss(value - h)) / (2 * h)
    return tuple(
        abs(slope - found) / max(abs(slope), abs(found), 1e-300) for found in (central, above)
    )


@every_case
def test_each_quotients_error_is_drawn_under_its_name(name, number):
    data, _ = read(gradient_check.error_chart(curve_of(name, number), 1e-5))
    central, one_sided = named(data, "central"), named(data, "one-sided")
    assert same(central["x"], STEPS)
    assert same(one_sided["x"], STEPS)
    for k, h in enumerate(STEPS[:4]):
        true = by_hand(name, number, h)
        # Rounding of the losses, divided by the step.
        assert same(central["y"][k], true[0], 1e-3, 1e-13 / h)
        assert same(one_sided["y"][k], true[1], 1e-3, 1e-13 / h)


def test_one_sided_and_central_differ_among_the_cases():
    errors = [by_hand(*case, 1e-2) for case in CASES]
    assert any(one_sided > 1e-4 > 1e-9 > central for central, one_sided in errors)
    assert any(central == one_sided == 0 for central, one_sided in errors)


def test_an_error_of_0_lies_at_the_bottom_and_nothing_else_moves():
    data, layout = read(gradient_check.error_chart(PARTED, 1e-3))
    for name, errors in (("central", PARTED.central), ("one-sided", PARTED.one_sided)):
        trace = named(data, name)
        floor = min(trace["y"])
        assert same(trace["x"], PARTED.steps)
        assert same(trace["y"], [error or floor for error in errors], tiny=0)
        assert 0 < floor < 1e-16
        assert holds(layout["yaxis"], *trace["y"], 2.0)
        told = [text.split(": error ") for text in trace["customdata"]]
        assert same([float(h) for h, _ in told], PARTED.steps)
        assert same([float(error) for _, error in told], errors)
        assert trace["hovertemplate"].startswith(f"{name}, h = ")
    looks = {t["name"]: (t["marker"]["symbol"], t["line"]["color"]) for t in data}
    assert looks == {"central": ("circle", ACTIVATION), "one-sided": ("diamond-open", NEURONS[1])}
    assert NEURONS[1] != ACTIVATION


def test_both_scales_are_logs_and_the_step_shrinks_to_the_right():
    _, layout = read(gradient_check.error_chart(PARTED, 1e-3))
    assert (layout["xaxis"]["type"], layout["yaxis"]["type"]) == ("log", "log")
    assert layout["xaxis"]["title"]["text"] == "step h"
    assert layout["yaxis"]["title"]["text"] == "relative error"
    left, right = layout["xaxis"]["range"]
    assert left > right
    assert holds(layout["xaxis"], 1e-1, 1e-15, turned=True)
    low, high = layout["yaxis"]["range"]
    assert low < high


@pytest.mark.parametrize("step", [1e-1, 3e-7, 1e-15])
def test_the_chosen_step_and_the_tolerance_are_marked(step):
    _, layout = read(gradient_check.error_chart(PARTED, step))
    upright, across = layout["shapes"]
    assert (upright["x0"], upright["x1"]) == (step, step)
    assert (across["y0"], across["y1"]) == (1e-6, 1e-6)
    (note,) = layout["annotations"]
    # A note on a log axis stands at the logarithm.
    assert note["y"] == -6
    assert note["text"] == "agrees below 1e-6"
    assert (note["xref"], note["yanchor"]) == ("paper", "bottom")


@pytest.mark.parametrize("case", [None, *CASES])
def test_the_words_tell_the_first_the_least_and_the_last_error(case):
    curve = curve_of(*case) if case else PARTED
    said = gradient_check.describe_error(curve)
    start, *parts = said.split("; ")
    assert start == f"Error of the difference quotients of {curve.name} over the step"
    for part, name, errors in zip(
        parts, ("central", "one-sided"), (curve.central, curve.one_sided), strict=True
    ):
        told = re.fullmatch(
            rf"{name} difference: relative error (\S+) at h (\S+), least (\S+) at (\S+), "
            r"(\S+) at (\S+)",
            part,
        )
        pairs = sorted(zip(errors.tolist(), curve.steps.tolist(), strict=True))
        least = {h for error, h in pairs if error == pairs[0][0]}
        first, h_first, low, h_low, last, h_last = map(float, told.groups())
        assert near(first, errors[0])
        assert near(last, errors[-1])
        assert same(low, pairs[0][0], 6e-4, 0)
        assert any(near(h_low, h) for h in least)
        assert near(h_first, curve.steps[0])
        assert same(h_last, curve.steps[-1], 6e-4, 0)


def test_plotly_knows_every_name_and_value():
    check(gradient_check.error_chart(PARTED, 1e-3))
