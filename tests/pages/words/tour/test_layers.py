"""The sentences of sums, gates, paths and updates: against arithmetic written out here."""

import pytest

from pages.shared.tour.exercises import GATE, PATHS, SUM, UPDATED
from pages.shared.words.tour import layers
from pages.shared.words.tour.hand import Hand


def of(exercise, changes, before=None, **more):
    now = exercise.with_numbers(changes)
    return Hand(exercise, exercise if before is None else before, now, **more)


def plain(text):
    return text.replace("\u2212", "-")


@pytest.mark.parametrize(
    ("x", "silent"), [((1, 0), 1), ((0, 0.5), 0), ((0, 0), None), ((1, 0.5), None), ((1, -1), None)]
)
def test_an_input_is_silenced_where_it_alone_is_0(x, silent):
    hand = of(SUM, {"x[0]": x[0], "x[1]": x[1]})
    assert layers.silenced(hand) == silent
    out = 2 * (0.5 * x[0] + 1.5 * x[1] - 2.5)
    blame = [each * out for each in x]
    said = plain(layers.sum_state(hand))
    for i in (0, 1):
        assert f"`dW1[{i}, 0]` is **{blame[i] + 0.0:g}** at an input of {x[i]:g}" in said
    if silent is not None:
        told = plain(layers.sum_learned(hand))
        other = 1 - silent
        assert f"is that of the guess, {out:g}, times its own input: 0 × ({out:g}) = 0" in told
        assert f"{x[other]:g} × ({out:g}) = {blame[other]:g} at the other" in told


@pytest.mark.parametrize(("bias", "shut"), [(0.5, False), (-1, False), (-1.1, True), (-3, True)])
def test_the_gate_is_shut_below_0_and_passes_nothing_then(bias, shut):
    hand = of(GATE, {"b1[0]": bias})
    z = 1 + bias
    arrives = 2 * 2 * (2 * max(z, 0) - 1)
    passes = arrives if z > 0 else 0
    assert layers.gate_shut(hand) == shut
    said = plain(layers.gate_state(hand))
    where = "below 0" if z < -1e-12 else "exactly 0, on the edge" if z == 0 else "above 0"
    assert where in said
    assert f"`d_z1[0]`: **{passes:g}**" in said
    if shut:
        told = plain(layers.gate_learned(hand))
        assert f"of z = {z:.4g} it makes a = 0." in told
        assert f"it lets 0 pass of the {arrives:g} that arrives" in told
        assert "`dW1[0, 0]` is 0 and `db1[0]` is 0" in told


@pytest.mark.parametrize(
    ("w", "turned"),
    [((1.5, 0.2), False), ((1.5, 0.6), False), ((1.5, 0.8), True), ((0.4, 0.2), True)],
)
def test_paths_are_multiplied_along_and_added_where_they_meet(w, turned):
    hand = of(PATHS, {"W2[0, 0]": w[0], "W2[0, 1]": w[1]})
    # z = a = 1; each guess is its weight.
    seeds = [2 * (w[0] - 0.5), 2 * (w[1] - 3)]
    parts = [w[j] * seeds[j] for j in (0, 1)]
    total = sum(parts)
    assert layers.turned(hand) == turned == (total < 0)
    said = plain(layers.paths_state(hand))
    assert f"{parts[0]:.4g} + ({parts[1]:.4g}) = {total:.4g}, which is `d_a1[0]`" in said
    told = plain(layers.paths_learned(hand))
    assert f"× ({seeds[1]:.4g}) = {parts[1]:.4g} through the second" in told
    assert f"= {parts[0]:.4g} through the first guess" in told
    assert f"{parts[0]:.4g} + ({parts[1]:.4g}) = {total:.4g}." in told


def test_a_step_that_lets_the_loss_fall_is_told_so_and_one_that_lets_it_rise():
    fell = Hand(UPDATED, UPDATED, UPDATED.updated(), 1, True)
    assert "after 1 step. It fell from 2.1609" in layers.update_state(fell)
    rose = Hand(UPDATED, UPDATED.updated(), UPDATED, 2, True)
    assert "after 2 steps. It rose from 0.932" in layers.update_state(rose)
    assert "stayed" in layers.update_state(Hand(UPDATED, UPDATED, UPDATED, 3, True))
    # Who has moved a number by hand has not pressed.
    assert layers.update_state(Hand(UPDATED, UPDATED, UPDATED.updated(), 1)) == (
        "The loss is **0.932**."
    )


def test_what_a_step_takes_is_what_it_took():
    hand = Hand(UPDATED, UPDATED, UPDATED.updated(), 1, True)
    said = plain(layers.update_learned(hand))
    # y = 0.7 (0.6 + 2 0.3 + 0.1) - 0.6 (-0.4 + 2 0.5 + 0.2) + 0.1 = 0.53, and a1[0] = 1.3.
    blame = 2 * (0.53 - 2) * 1.3
    assert f"0.02 × ({blame:.4g}) = {0.02 * blame:.4g}" in said
    before, after = (one.numbers()["W2[0, 0]"] for one in (hand.before, hand.now))
    assert before - after == pytest.approx(0.02 * blame)
