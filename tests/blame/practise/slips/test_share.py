"""How many slips are found again, on drawn exercises of any shape, from a few of their numbers."""

import pytest

from blame import find_slips
from tests.exercises import notebook_with
from tests.slips.shares import share_of


@pytest.mark.parametrize(
    ("count", "digits", "share"),
    [(1, 4, 0.95), (1, 3, 0.95), (1, 2, 0.9), (2, 5, 0.8), (2, 4, 0.8)],
)
def test_the_share_that_is_found(count, digits, share):
    found = share_of(count, digits)
    assert found.share >= share
    # What leaves numbers does not stand above what leaves none.
    assert found.beaten == 0


def test_three_slips_are_found_more_often_than_not():
    assert share_of(3, 5, tries=20, numbers_each=(6, 9)).share >= 0.5


def test_three_slips_by_hand_are_found_together():
    # No bias in the sums: z1 = [2.1, 0.1], y_pred = 2.1 - 1.5 * 0.1. One half in the loss: its
    # slope is 1.95 - 1. The update adds: W2 + 0.1 * a1 * 0.95.
    worked_out = {
        "z1[0]": 2.1, "y_pred": 1.95, "d_loss_y": 0.95, "dW2[0, 0]": 1.995, "dW2[1, 0]": 0.095,
        "new W2[0, 0]": 1.1995, "new W2[1, 0]": -1.4905,
    }  # fmt: skip
    best, *others = find_slips(notebook_with(b1_1=-0.2), worked_out)
    assert set(best.slips) == {"no_bias", "half", "update_added"}
    assert best.leaves == ()
    assert all(other.leaves for other in others)
