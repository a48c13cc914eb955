"""The sentences of one weight: against its loss written out here, and turned round."""

import pytest

from pages.shared.tour.exercises import NUDGED, ONE_WEIGHT
from pages.shared.words.tour import one_weight
from pages.shared.words.tour.hand import Hand

X, T = 2, 3
"""The input and the target of these networks."""


def at(weight):
    return NUDGED.with_numbers({"W1[0, 0]": weight})


def moved(*weights):
    start, before, now = map(at, weights)
    return Hand(start, before, now)


def loss_by_hand(weight):
    return (weight * X - T) ** 2


def slope_by_hand(weight):
    return 2 * (weight * X - T) * X


def test_the_networks_are_those_worked_out_here():
    for exercise in (ONE_WEIGHT, NUDGED):
        assert (exercise.x.item(), exercise.target.item(), exercise.loss) == (X, T, "mse")


@pytest.mark.parametrize("weight", [0.5, 1.3, 1.4, 1.5, 1.6, 1.7, -2])
def test_how_far_the_guess_is_off_is_said(weight):
    said = one_weight.guess_state(moved(0.5, 0.5, weight))
    guess = f"{weight * X:g}".replace("-", "\u2212")
    assert f"The guess is {guess} and should be 3: the loss is" in said
    assert f"**{loss_by_hand(weight):.4g}**" in said
    below = loss_by_hand(weight) < 0.1
    assert ("not yet below 0.1" in said) == (not below)
    assert (", below 0.1" in said) == below


def test_the_loss_is_the_square_of_what_is_shown():
    assert one_weight.guess_learned(moved(0.5, 0.5, 1.4)) == (
        "How far the guess, 1.4 × 2 = 2.8, is from where it should be, squared: "
        "(2.8 \u2212 3)² = 0.04."
    )
    assert "\u22121 × 2 = \u22122," in one_weight.guess_learned(moved(0.5, 0.5, -1))
    # 2.864314 is written 2.864, whose square it is not.
    assert "(2.864 \u2212 3)² ≈ 0.01841" in one_weight.guess_learned(moved(0.5, 0.5, 1.432157))


@pytest.mark.parametrize(
    ("before", "now", "is_one"),
    [
        (1, 1.1, True),
        (1, 1.2, True),
        (1, 0.8, True),
        (1, 1, False),
        (1, 1.3, False),
        (1, -1, False),
    ],
)
def test_a_nudge_is_little_and_not_nothing(before, now, is_one):
    hand = moved(1, before, now)
    assert one_weight.is_nudge(hand) == is_one
    said = one_weight.nudge_state(hand)
    assert ("a nudge." in said) == is_one
    assert ("a leap, where a nudge is 0.2 at most" in said) == (abs(now - before) > 0.2)
    assert ("not moved" in said) == (now == before)


@pytest.mark.parametrize(("before", "now"), [(1, 1.1), (1, 0.9), (2, 2.2), (1.5, 1.6)])
def test_a_slope_is_what_a_nudge_comes_to(before, now):
    said = one_weight.nudge_learned(moved(1, before, now)).replace("\u2212", "-")
    by = now - before
    came = loss_by_hand(now) - loss_by_hand(before)
    assert f"A nudge of {by:+.3g} changed the loss by {came:+.3g}" in said
    assert f"which is {came / by:.4g} for each 1 of weight" in said
    assert f"closer this comes to {slope_by_hand(before):g}, " in said
    assert f"how steep the curve is at {before:g}:" in said
    # And so it does.
    off = abs(came / by - slope_by_hand(before))
    tenth = loss_by_hand(before + by / 10) - loss_by_hand(before)
    assert abs(tenth / (by / 10) - slope_by_hand(before)) < off


@pytest.mark.parametrize(
    ("weight", "said"),
    [(1, "lowers the loss"), (2, "raises the loss"), (1.5, "the very bottom")],
)
def test_a_slope_says_what_a_little_more_does(weight, said):
    told = one_weight.bottom_state(moved(1, 1, weight))
    assert said in told
    more = loss_by_hand(weight + 1e-6) - loss_by_hand(weight)
    assert ("raises" in told) == (weight == 2) == (more > 1e-9)
    assert ("lowers" in told) == (weight == 1) == (more < -1e-9)


@pytest.mark.parametrize(("now", "has"), [(1.4, False), (1.5, False), (1.6, True), (4, True)])
def test_the_bottom_is_crossed_where_the_slope_has_turned(now, has):
    assert one_weight.crossed(moved(1, 1.3, now)) == has
    # From the other side it is the other way round.
    assert one_weight.crossed(moved(2, 1.8, now)) == (now < 1.5)


def test_both_slopes_are_told_with_what_they_say():
    said = one_weight.bottom_learned(moved(1, 1.4, 1.8)).replace("\u2212", "-")
    assert "At 1 it was -4, more of it lowers the loss; at 1.8 it is 2.4, more of it raises" in said
    other = one_weight.bottom_learned(moved(2, 1.4, 1.2)).replace("\u2212", "-")
    assert (
        "At 2 it was 4, more of it raises the loss; at 1.2 it is -2.4, more of it lowers" in other
    )
