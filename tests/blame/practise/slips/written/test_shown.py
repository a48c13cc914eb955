"""A slip's formula in numbers comes to what a plain-Python pass with that slip makes."""

import re
from math import exp

import numpy as np
import pytest

from blame import find_slips
from blame.practise.slips.asked import known_places
from blame.practise.slips.desk import Setup
from blame.practise.slips.registry import SLIPS
from blame.practise.slips.written.shown import show_slips
from tests.blame.practise.slips.plain import Plain
from tests.blame.practise.slips.shapes import SHAPES, TIES


def worked_out(text):
    """Return what a right-hand side comes to, by Python itself."""
    plain = text.replace("×", "*").replace("²", "**2")
    if where := re.fullmatch(r"(.+) where (.+?)(?:, else (.+))?", plain):
        plain = f"({where[1]}) if {where[2]} else {where[3] or 0}"
    return eval(plain, {"exp": exp})


def shown(shape, key):
    exercise = SHAPES[shape]
    names = list(known_places(exercise))
    return show_slips(exercise, {names[0]: 1.0}, [key], [], repr)


@pytest.mark.parametrize("shape", SHAPES)
def test_both_sides_in_numbers_come_to_what_is_said(shape):
    exercise = SHAPES[shape]
    setup = Setup.of(exercise)
    seen = 0
    for key, slip in SLIPS.items():
        if not slip.fits(setup) or key.startswith(TIES.get(shape, ("no slip",))):
            continue
        for found in shown(shape, key):
            plain = Plain(exercise, key).names()
            if not np.isfinite(plain[found.name]):
                continue
            assert found.done.value == pytest.approx(plain[found.name], rel=1e-7), key
            for side in (found.done, found.is_so):
                if side.numbers:
                    seen += 1
                    assert worked_out(side.numbers) == pytest.approx(side.value, abs=1e-9), key
    assert seen > 20


def test_what_most_people_meet_is_in_numbers_on_both_sides():
    for key, shape in [
        ("no_bias", "mazur"), ("gate_forgotten", "shut"), ("slope_left_out", "mazur"),
        ("slope_twice", "mazur"), ("half", "shut"), ("no_half", "mazur"),
        ("updated_weights", "mazur"), ("not_transposed", "mazur"), ("input_forgotten", "shut"),
        ("update_added", "shut"), ("rate_left_out", "shut"), ("slope_formula_at_z", "held"),
        ("softmax_without_exp", "softmax"), ("bias_in_its_gradient", "mazur"),
    ]:  # fmt: skip
        (found,) = shown(shape, key)
        assert found.done.numbers, key
        assert found.is_so.numbers, key
        assert found.done.numbers != found.is_so.numbers, key


def test_a_formula_goes_on_from_the_readers_own_numbers():
    # z1[0] is 2.1 without the bias; the reader has 2.5 for y_pred, and from that twice the error.
    exercise = SHAPES["shut"]
    numbers = {"y_pred": 2.5, "d_loss_y": 1.5}
    best = next(each for each in find_slips(exercise, numbers) if "half" in each.slips[0])
    (found,) = show_slips(exercise, numbers, best.slips, ("d_loss_y",), "{:g}".format)
    assert (found.name, found.done.numbers, found.done.value) == ("d_loss_y", "(2.5 - 1)", 1.5)
    assert (found.is_so.numbers, found.is_so.value) == ("2 × (2.5 - 1)", 3.0)


def test_two_slips_are_shown_one_by_one():
    exercise = SHAPES["mazur"]
    found = show_slips(exercise, {"z1[0]": 1.0}, ("no_bias", "slope_left_out"), (), repr)
    assert [each.slip for each in found] == ["no_bias", "slope_left_out"]
    assert found[0].name == "z1[0]"
    assert found[1].name.startswith("d_z")
