"""Whole arrays are equal, transposed, a factor off, of another layer, or none of these."""

import pytest

from blame.practise.slips.pasted.arrays import compare_arrays
from tests.blame.practise.slips.plain import Plain
from tests.blame.practise.slips.shapes import SHAPES

SQUARE = SHAPES["square"]
PLAIN = Plain(SQUARE)


def said(**matrices):
    """Return the verdicts on arrays of three by three, given with five digits."""
    numbers = {
        f"{array}[{i}, {j}]": float(f"{value:.5g}")
        for array, rows in matrices.items()
        for i, row in enumerate(rows)
        for j, value in enumerate(row)
    }
    return {verdict.array: verdict for verdict in compare_arrays(SQUARE, numbers)}


def times(factor, rows):
    return [[factor * value for value in row] for row in rows]


def turned(rows):
    return [list(column) for column in zip(*rows, strict=True)]


def test_each_array_has_a_verdict_of_its_own():
    found = said(dW1=PLAIN.dW[0], dW2=turned(PLAIN.dW[1]), dW3=times(4, PLAIN.dW[2]))
    assert [each.kind for each in found.values()] == ["multiple", "turned", "equal"]
    assert {array: each.words for array, each in found.items()} == {
        "dW1": "dW1 is equal to the true one.",
        "dW2": "dW2 has rows and columns the other way round.",
        "dW3": "dW3 is 4 times the true one, which you get if the loss and its slope sum over the "
        "samples.",
    }


@pytest.mark.parametrize(
    ("factor", "words"), [(0.5, "1/2"), (-1, "-1"), (1 / 12, "1/12"), (0.731957, "0.73196")]
)
def test_a_constant_factor_is_told(factor, words):
    assert words in said(dW2=times(factor, PLAIN.dW[1]))["dW2"].words


def test_a_factor_and_a_turn_together():
    words = said(dW3=times(2, turned(PLAIN.dW[2])))["dW3"].words
    assert words == (
        "dW3 has rows and columns the other way round, and is 2 times the true one."
    )  # fmt: skip


def test_an_array_of_another_layer():
    assert said(dW2=PLAIN.dW[2])["dW2"].words == "dW2 is dW3, of another place."


def test_another_array_is_called_so():
    rows = times(1, PLAIN.dW[1])
    assert rows[2][2] != 0
    rows[2][2] *= 1.5
    assert said(dW2=rows)["dW2"].words == "dW2 is another, by no single factor."


def test_a_part_of_an_array_and_a_single_number_have_no_verdict():
    assert compare_arrays(SQUARE, {"dW1[0, 0]": 1.0, "loss": 2.0}) == ()


def test_an_array_that_one_slip_makes_is_told_by_it():
    made = Plain(SQUARE, "input_forgotten").dW[1]
    verdict = said(dW2=made)["dW2"]
    assert verdict.kind == "slip"
    assert verdict.words.startswith(
        "dW2 is what you get if what came through a weight is left out of its gradient: "
    )
