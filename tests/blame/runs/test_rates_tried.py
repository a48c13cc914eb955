"""How far from the reader's own rate others are tried, and that their own is none of them."""

from dataclasses import replace

import pytest

from blame.exercise.presets import NOTEBOOK, PRESETS, drawn
from blame.runs.remedies import _other_rates

SHUT = PRESETS["gate_shut"].exercise


def rates(exercise, **ways):
    return [found.learning_rate for found in _other_rates(exercise, **ways)]


def test_a_rate_is_doubled_fourteen_times_and_no_more():
    # The best of all rates up to 1 is 0.251: 2 ** 14 times 1.53e-5, and 2 ** 15 times 7.65e-6.
    exercise = drawn(NOTEBOOK, 1)
    assert rates(replace(exercise, learning_rate=1.53e-5), faster=True) == [0.251]
    assert rates(replace(exercise, learning_rate=7.65e-6), faster=True) == [0.125]


def test_a_rate_is_halved_fourteen_times_and_no_more():
    # 20 / 2 ** 14 = 0.00122; a 128th of the stable limit of 0.1402 is 0.0011.
    exercise = drawn(NOTEBOOK, 15)
    assert rates(replace(exercise, learning_rate=20.0), slower=True) == [0.00122]
    assert rates(replace(exercise, learning_rate=40.0), slower=True) == [0.0011]


@pytest.mark.parametrize("rate", [0.0341, 0.017])
def test_a_rate_that_is_itself_a_share_of_the_limit_is_not_offered_again(rate):
    # The limit at the start is 0.0681: these are its half and its quarter, as they would be typed.
    own = replace(SHUT, learning_rate=rate)
    assert all(other < rate for other in rates(own, slower=True))
    assert all(other > rate for other in rates(own, faster=True))
    assert len(rates(own, slower=True)) == 1
    assert rates(own, slower=True, faster=True) == [
        *rates(own, slower=True),
        *rates(own, faster=True),
    ]
