"""What a chart shows of an endless axis: the chart chooses, and its choice holds what matters."""

import numpy as np
import pytest

from blame.playground.datasets import Dataset
from pages.shared.charts.lessons import bias_sweep, what_if
from pages.shared.charts.playground import maps, neurons


@pytest.mark.parametrize("today", [-400.0, -5.0, -0.2, -0.1, 0.1, 7.0, 1e5])
def test_a_sweep_holds_the_gate_in_its_middle_and_todays_bias_inside(today):
    biases = bias_sweep.swept_biases(today, -0.1)
    assert len(biases) == 201
    assert biases[100] == pytest.approx(-0.1, abs=1e-9)
    np.testing.assert_allclose(np.diff(biases), np.ptp(biases) / 200, rtol=1e-6)
    # It reaches a tenth further than today's bias lies from the gate, and no more than twice that.
    reach, away = biases[-1] + 0.1, abs(today + 0.1)
    assert reach == pytest.approx(0.75) or 1.1 * away <= reach < 2.2 * away
    assert biases[0] < today < biases[-1]


@pytest.mark.parametrize(
    ("nudge", "reach"), [(0.2, 0.5), (-0.2, 0.5), (0.4, 0.5), (0.5, 1.0), (-2.0, 4.0), (0.0, 0.5)]
)
def test_a_curve_holds_the_nudge_and_none_at_all(nudge, reach):
    nudges = what_if.curve_nudges(nudge)
    assert (nudges[0], nudges[-1]) == pytest.approx((-reach, reach))
    assert len(nudges) == 241
    assert nudges[120] == 0
    assert nudges[0] < nudge < nudges[-1]


def test_an_axis_stands_still_under_a_hand_until_it_comes_near_the_end():
    reaches = [what_if.curve_nudges(k / 1000)[-1] for k in range(1800)]
    assert set(reaches) == {0.5, 1.0, 2.0}
    assert sorted(reaches) == reaches


def test_gaps_are_followed_from_the_nudge_down():
    shrunk = what_if.gap_nudges(-0.2)
    assert shrunk[0] == -0.2
    assert shrunk[4] == pytest.approx(-0.02)
    assert shrunk[-1] == pytest.approx(-2e-7)
    # A nudge of 0 has no smaller ones.
    assert what_if.gap_nudges(0.0)[0] == 0.1


def test_maps_are_finer_along_a_line_than_over_a_plane():
    line = Dataset(np.zeros((3, 1)), np.zeros((3, 1)))
    plane = Dataset(np.zeros((3, 2)), np.zeros((3, 1)))
    assert (maps.points_of(line), maps.points_of(plane)) == (201, 51)
    assert (neurons.points_of(line), neurons.points_of(plane)) == (201, 27)
