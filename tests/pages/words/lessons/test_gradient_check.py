"""The words of the gradient check against quotients worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from blame.probe.gradient_check import Check, ErrorCurve, check_gradients, error_curve
from pages.shared.words.lessons import gradient_check as said
from tests.exercises import changed, notebook_with, number_of
from tests.pages.words.reading import (
    ALL,
    EXERCISES,
    FEW,
    SHORT,
    as_number,
    by_hand,
    link_name,
    near,
    read,
)

AGREES = Check("b1[0]", 2.5, 2.5, 2.5, 2.5, (), 1e-12)
LOST = Check("W1[0, 0]", 0.0, 1e-8, -1e-8, 1e-8, (), 2e-8)
KINK = Check("b1[1]", -3.75, 0.0, -3.75, -1.875, ("z1[1]",), 1e-12)
BESIDE = Check("b1[1]", -3.75, 0.0, -3.9, -1.95, ("z1[1]",), 1e-12, "above", -3.75)
WRONG = Check("b2[0]", 2.5, 2.0, 2.0, 2.0, (), 1e-12)
SENTENCES = {
    "agree with the difference quotient": AGREES,
    "what is left of the difference of the two losses is rounding": LOST,
    "gates flip within the step on both sides": KINK,
    "the quotient differs by more than rounding explains": WRONG,
}
CURVE = ErrorCurve(
    "b2[0]",
    np.array([0.1, 1e-3, 1e-8]),
    np.array([0, 1e-13, 1e-9]),
    np.array([0.2, 3e-4, 2e-2]),
)


def notes(found, curve=CURVE, h=1e-5):
    return said.notes(found, curve, h, SHORT)


@pytest.mark.parametrize("told", SENTENCES)
def test_each_verdict_has_its_sentence_and_no_other(told):
    text = " ".join(notes([SENTENCES[told]]))
    assert [other for other in SENTENCES if other in text] == [told]


def test_each_sentence_names_the_checks_of_its_verdict():
    other = Check("d_x", -1.0, -1.0, -1.0, -1.0, (), 0.0)
    found = [LOST, AGREES, KINK, other, WRONG]
    agreed, lost, kink, wrong, *_ = notes(found, h=2.5e-5)
    assert read("# of # gradients agree", agreed) == [2, 5]
    assert lost.startswith("W1[0, 0]: at h = 2.5e-5 what is left")
    assert kink.startswith("b1[1]: gates flip")
    assert wrong.startswith("b2[0]: the quotient differs by more than rounding explains.")
    both = notes([KINK, KINK])[0]
    assert both.startswith("b1[1], b1[1]: gates flip")


def test_rounding_hides_small_gradients_and_small_steps():
    (text, *_) = notes([LOST])
    assert "The step, or the gradient itself, is too small for it to show." in text
    found = {
        check.name: check for check in check_gradients(notebook_with(b1_1=0.3).backward(), 1e-5)
    }
    tiny = {
        check.name: check for check in check_gradients(notebook_with(b1_1=0.3).backward(), 1e-14)
    }
    assert (found["b2[0]"].verdict, tiny["b2[0]"].verdict) == ("agrees", "rounding")


def test_agreement_is_to_one_part_in_a_million_as_it_says():
    for error, agrees in ((0.9e-6, True), (1.1e-6, False)):
        check = Check("b2[0]", 1.0, 1.0, 1.0, 1 + error, (), 0.0)
        text = notes([check])[0]
        assert ("to within one part in a million" in text) == agrees


def test_across_a_kink_the_central_difference_is_the_mean_as_it_says():
    text = " ".join(notes([BESIDE]))
    assert "1 of 1 gradients agree" in text
    assert "a difference across both would be their mean" in text
    assert "from the side alone that keeps the gate" in text
    assert "Take a smaller step." in " ".join(notes([KINK]))
    for h, clean in ((1e-2, "above"), (1e-4, "")):
        checks = check_gradients(notebook_with(b1_1=-0.099).backward(), h)
        check = next(c for c in checks if c.name == "b1[1]")
        assert (check.verdict, check.clean) == ("agrees", clean)
        assert check.central == pytest.approx((check.below + check.above) / 2, abs=1e-6)


@pytest.mark.parametrize(
    ("errors", "near_one"),
    [
        ((0.2, 3e-4, 2e-2), 1e-3),
        ((9e-4, 3e-2, 2e-1), 0.1),
        ((0.5, 0.4, 9.99e-4), 1e-8),
        ((0.2, 1e-3, 2e-2), None),
        ((0.2, 1.5e-3, 2e-2), None),
        ((0.2, 0.0, 2e-2), None),
    ],
)
def test_the_best_step_is_that_of_the_smallest_error_if_it_came_near(errors, near_one):
    curve = ErrorCurve("W2[1, 0]", CURVE.steps, np.zeros(3), np.array(errors))
    text = " ".join(notes([AGREES], curve))
    if near_one is None:
        assert "one-sided" not in text
    else:
        pattern = "The one-sided difference of W2[1, 0] is best near h = #:"
        assert read(pattern, text) == [near_one]


def test_above_the_best_step_the_curve_spoils_it_and_below_rounding_does():
    exercise = notebook_with(b1_1=0.3)
    steps = [10.0**-k for k in range(1, 14)]
    curve = error_curve(exercise.backward(), "W2[0, 0]", steps)
    text = " ".join(notes([AGREES], curve))
    assert "above it the curve of the loss (truncation) spoils it, below it rounding does" in text
    (best,) = read("is best near h = #:", text)
    slope = by_hand(exercise)["dW2[0, 0]"]

    def error(h):
        up = by_hand(changed(exercise, W2_0_0=number_of(exercise, "W2_0_0") + h))["loss"]
        return abs((up - by_hand(exercise)["loss"]) / h - slope) / slope

    # Truncation is that of a parabola: half the curvature, (dy/dW2[0, 0])^2, times h.
    above = best * 1e3
    assert error(above) > error(best)
    curvature = by_hand(exercise)["a1[0]"] ** 2
    assert error(above) == pytest.approx(curvature * above / slope, rel=1e-3)
    below = best * 1e-4
    assert error(below) > error(best)
    assert error(below) > 10 * curvature * below / slope


def test_without_kinks_only_rounding_is_left_and_it_grows_as_h_shrinks():
    text = notes([AGREES])[-1]
    assert "Between kinks this loss is a parabola in each single parameter" in text
    assert "the central difference has no truncation error here: only rounding" in text
    assert "which grows as h shrinks" in text
    straight = notes([AGREES], replace(CURVE, kinks=False))[-1]
    assert "This loss is a parabola in each single parameter" in straight
    assert "kink" not in straight
    curve = error_curve(notebook_with(b1_1=0.3).backward(), "W1[0, 0]", [1e-1, 1e-5, 1e-10])
    assert curve.central[0] < 1e-13
    assert curve.central[0] < curve.central[1] < curve.central[2]


def test_where_there_is_no_error_at_all_none_is_spoken_of():
    text = notes([AGREES], replace(CURVE, central=np.zeros(3)))[-1]
    assert text.endswith("the central difference has no truncation error here.")


@FEW
@given(EXERCISES)
def test_the_two_slopes_at_a_kink_are_those_of_either_side(exercise):
    h = 0.25
    checks = check_gradients(exercise.backward(), h)
    lines = said.kinks(checks, ALL)
    told = {line.partition(":")[0]: line for line in lines}
    here = by_hand(exercise)
    for check in checks:
        name = link_name(check.name)
        value = number_of(exercise, name)
        passes = [by_hand(changed(exercise, **{name: value + by})) for by in (-h, 0, h)]
        flipped = [z for z in ("z1[0]", "z1[1]") if len({now[z] > 1e-9 for now in passes}) > 1]
        unsure = any(abs(now[z]) < 1e-9 for now in passes for z in ("z1[0]", "z1[1]"))
        if unsure:
            continue
        assert (check.name in told) == bool(flipped), check.name
        if flipped:
            line = told[check.name]
            assert f": {' and '.join(flipped)} crosses 0 within h." in line
            below, above, taken = read(
                "The slope is # below and # above; backpropagation takes #, the one ", line
            )
            low, mid, high = (now["loss"] for now in passes)
            assert below == pytest.approx((mid - low) / h, abs=1e-9)
            assert above == pytest.approx((high - mid) / h, abs=1e-9)
            assert taken == pytest.approx(here[f"d{check.name}"], abs=1e-9)
            side = line.removesuffix(".").rpartition("the one ")[2]
            apart = {"below": abs(taken - below), "above": abs(taken - above)}
            assert apart[side] <= min(apart.values()) + 1e-9


def test_the_side_is_told_on_both_sides_of_the_kink():
    # z1[1] is -0.01 or 0.01, so within h = 0.1 it crosses 0; W2[1, 0] and the seed make the slope.
    for bias, side in ((-0.11, "below"), (-0.09, "above")):
        found = check_gradients(notebook_with(b1_1=bias).backward(), 0.1)
        (line,) = (line for line in said.kinks(found, SHORT) if line.startswith("b1[1]"))
        assert line.endswith(f"the one {side}.")
    assert said.kinks([AGREES, LOST, WRONG], SHORT) == []


def test_the_table_has_every_check_with_its_numbers():
    rows = [line.strip("| ").split(" | ") for line in said.table([LOST, KINK], ALL).splitlines()]
    assert rows[0] == ["gradient", "backprop", "difference quotient", "relative error", "verdict"]
    assert [row[0].replace("\u00a0", " ") for row in rows[2:]] == ["**W1[0, 0]**", "**b1[1]**"]
    assert [as_number(text) for text in rows[2][1:4]] == [0, 1e-8, 1]
    assert [as_number(text) for text in rows[3][1:4]] == [-3.75, -1.875, 0.5]
    assert [row[4] for row in rows[2:]] == ["rounding", "kink"]
    beside = said.table([BESIDE], ALL).splitlines()[2].strip("| ").split(" | ")
    assert [as_number(text) for text in beside[1:4]] == [-3.75, -3.75, 0]
    assert beside[4] == "agrees, from above"
    third = Check("b2[0]", 3.0, 0.0, 0.0, 2.0, (), 0.0)
    assert "| 0.33 |" in said.table([third], SHORT)


def test_reading_numbers_back_can_fail():
    assert read("is # and #", "it is 1.5e-3 and -2") == [1.5e-3, -2]
    with pytest.raises(AssertionError):
        read("is #", "it is nothing")
    assert near(18.15, 18.1476)
    assert not near(18.16, 18.1476)
