"""How many slips are found again, on drawn exercises of any shape, from a few of their numbers."""

import pytest

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
