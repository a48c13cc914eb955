"""The gates of an outcome are those before training, the last ones those after it."""

from dataclasses import replace

import pytest

from blame.exercise.presets import PRESETS
from blame.probe.knife_edge import outcomes

SHUT = PRESETS["gate_shut"].exercise


@pytest.mark.parametrize("steps", [1, 3])
def test_a_gate_that_the_first_step_shuts_was_open_before_it(steps):
    # z1 = [2.2, -0.1], and d_z1[0] is 2.5: a rate of 1.01 takes dW1 = [2.5, 5] and db1 from it, so
    # z1[0] falls by 1.01 (2.5 + 10 + 2.5) to far below 0.
    for outcome in outcomes(replace(SHUT, learning_rate=1.01), steps):
        assert outcome.gates == (True, False)
        assert outcome.blame == pytest.approx((2.5, 0))
        assert outcome.open_at_end == (False, False)
        assert outcome.z == pytest.approx((2.2, -0.1), rel=1e-6)
