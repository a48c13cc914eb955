"""The claims about a nudge: for every branch a nudge that reaches it, and one that must not."""

import math
from decimal import Decimal

import pytest

from blame import Layer, Network
from blame.exercise.exercise import Exercise
from blame.exercise.presets import NOTEBOOK
from blame.probe.every_nudge import nudge_every
from pages.shared.charts.lessons.what_if import curve_nudges, gap_nudges
from pages.shared.words.lessons.what_if import notes, sentence
from pages.shared.words.numbers import Numbers
from tests.exercises import notebook_with

N = Numbers()
SHUT = notebook_with(b1_1=-0.2)


def nudged(exercise, name, nudge):
    along, shrunk = curve_nudges(nudge), gap_nudges(nudge)
    return nudge_every(exercise.backward(), name, nudge, along, shrunk)


def said(exercise, name, nudge):
    return " ".join(notes(nudged(exercise, name, nudge), N))


def test_the_sentence_of_a_nudge():
    # y_pred = 2.25 + 2 x 0.1, so the loss is 1.45 squared; blame is 2 x 2.5.
    assert sentence(nudged(SHUT, "W1[1, 0]", 0.1), N) == (
        "W1[1, 0] moves from 0.8 to 0.9. Blame × nudge promised +5 × 0.1 = **+0.5**. The loss "
        "went from 1.5625 to 2.1025: **+0.54**. The gap is 0.04."
    )


@pytest.mark.parametrize("nudge", [0.37, -0.2, 0.0123, 1e-3, -1e-4, 1e-7, 1e-9, 0.0])
@pytest.mark.parametrize("name", ["W1[1, 0]", "b1[0]", "x[1]", "y_true", "z1[0]"])
def test_what_the_sentence_shows_adds_up(name, nudge):
    found = nudged(notebook_with(b1_1=-0.2, W1_0_0=0.123456), name, nudge)
    words = sentence(found, N)
    was, now = words.split(" moves from ")[1].split(". Blame")[0].split(" to ")
    if nudge:
        assert Decimal(now) != Decimal(was)
        assert float(Decimal(now) - Decimal(was)) == pytest.approx(nudge, rel=5e-3)
    product, promised = words.split("promised ")[1].split(". The loss")[0].split(" **")
    promised = Decimal(promised.strip("*"))
    factors = [Decimal(part.strip(" =≈")) for part in product.split(" × ")]
    assert ("=" in product) == (factors[0] * factors[1] == promised)
    assert ("≈" in product) != ("=" in product)
    before, rest = words.split("went from ")[1].split(" to ")
    after, did = rest.split(". The gap")[0].split(": **")
    did = did.strip("*")
    assert float(did.removeprefix("about ")) == pytest.approx(
        found.after - found.curve.loss, rel=5e-3, abs=1e-15
    )
    if "about" not in did:
        assert Decimal(after) - Decimal(before) == Decimal(did)
        gap = words.split("The gap is ")[1].removesuffix(".")
        if "about" not in gap:
            assert abs(Decimal(did) - promised) == Decimal(gap)


def test_a_gate_on_the_way_is_told_where_it_flips():
    # z1[1] = -0.1 + nudge.
    words = said(SHUT, "b1[1]", 0.3)
    assert "On the way z1[1] crosses 0 at b1[1] = -0.1: a gate flips" in words
    # Neither before it nor on the other side.
    assert "crosses" not in said(SHUT, "b1[1]", 0.05)
    assert "crosses" not in said(SHUT, "b1[1]", -0.3)
    # z1[0] = 2.2 falls to 0.
    assert "z1[0] crosses 0 at b1[0] = -2.1" in said(SHUT, "b1[0]", -3.0)


def test_how_the_gap_shrinks():
    square = said(SHUT, "W1[1, 0]", 0.1)
    assert "shrinks like the nudge to the power 2.0" in square
    assert "leaves a gap about 100 times smaller. That is what makes the blame true." in square
    # On the kink, downwards: the loss stays, while blame promises a slope.
    linear = said(NOTEBOOK, "b1[1]", -0.1)
    assert "shrinks only like the nudge to the power 1.0: b1[1] stands on a kink" in linear
    assert "makes the blame true" not in linear
    assert "kink" not in square
    assert "only" not in square


def test_a_nudge_without_a_gap_or_too_small_for_one():
    # With both gates shut the loss does not know W1.
    dead = notebook_with(b1_0=-3.0, b1_1=-1.0)
    assert "Promise and truth agree up to rounding" in said(dead, "W1[0, 0]", 0.1)
    assert "agree up to rounding" not in said(SHUT, "W1[1, 0]", 0.1)
    assert "too close to rounding to see" in said(SHUT, "W1[1, 0]", 1e-6)
    assert "too close" not in said(SHUT, "W1[1, 0]", 0.1)
    none = said(SHUT, "W1[1, 0]", 0.0)
    assert "A nudge of 0 changes nothing." in none
    assert "shrinks" not in none
    assert "A nudge of 0" not in said(SHUT, "W1[1, 0]", 0.1)


def test_which_number_moves_the_loss_most_and_which_lowers_it_most():
    # W2[0, 0] up by 0.5: y_pred up by 1.1. W1[1, 1] up by 0.5 opens the gate: y_pred is 0.9.
    found = nudged(SHUT, "W1[1, 0]", 0.5)
    truths = dict(zip(found.names, found.truths, strict=True))
    most = max(truths, key=lambda name: abs(truths[name]))
    lowest = min(truths, key=truths.get)
    assert truths[most] > 0 > truths[lowest]
    words = " ".join(notes(found, N))
    assert f"a nudge of 0.5 to {most} moves the loss the most: +3.96" in words
    assert most == "W2[0, 0]"
    assert truths[most] == pytest.approx((1.25 + 1.1) ** 2 - 1.25**2)
    assert "where blame promised +2.75." in words
    assert f"The one that lowers it the most is {lowest}: " in words
    assert lowest == "W1[1, 1]"
    assert words.endswith("W1[1, 1]: -1.5525.")
    # Where one number is both, it is told once.
    both = " ".join(notes(nudged(notebook_with(b1_1=-3, W2_1_0=0, y_true=3), "W1[1, 0]", 0.2), N))
    assert "moves the loss the most: -0.4664" in both
    assert "lowers it the most" not in both
    # Nothing moves a loss that no nudge reaches.
    assert "the most" not in said(SHUT, "W1[1, 0]", 0.0)


# One input of 9, weights of 0: z is what the nudges make it, and both guesses start even.
BEYOND = {
    "the share of a class": ("softmax", "bce_sum", [0.0, 1.0], 5.0),
    "a sigmoid as a share": ("sigmoid", "cross_entropy", [1.0, 0.0], -90.0),
}


@pytest.mark.parametrize("name", BEYOND)
def test_a_nudge_beyond_the_floats_is_said_to_be_and_compared_with_nothing(name):
    unit, loss, target, nudge = BEYOND[name]
    network = Network((Layer([[0.0, 0.0]], [0.0, 0.0], unit),))
    exercise = Exercise(network, [9.0], target, loss)
    found = nudged(exercise, "W1[0, 0]", nudge)
    near = nudged(exercise, "W1[0, 0]", nudge / 100)
    words, told = sentence(found, N), " ".join(notes(found, N))
    assert not math.isfinite(found.after)
    assert math.isfinite(near.after)
    assert "The loss there is beyond what floats hold" in words
    assert "beyond" not in sentence(near, N)
    assert f"A nudge of {N.text(nudge)} to W1[0, 0] takes the loss beyond what floats hold" in told
    assert "beyond" not in " ".join(notes(near, N))
    # Of the others the largest, and how the gap shrinks where there is one, are still told.
    finite = {k: t for k, t in zip(found.names, found.truths, strict=True) if math.isfinite(t)}
    most = max(finite, key=lambda k: abs(finite[k]))
    assert f"Of all other numbers, a nudge of {N.text(nudge)} to {most} moves" in told
    assert "The gap shrinks like the nudge to the power" in told
    assert "inf" not in f"{words} {told}"
