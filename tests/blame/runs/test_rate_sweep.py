"""The sweep of learning rates: which rates descend, and which is the best, told by hand."""

import numpy as np
import pytest

from blame import Layer, Network, train
from blame.runs.rate_sweep import RATES, ROUNDING, RateSweep, sweep_rates


def swept(words, losses, rose=None):
    n = len(words)
    rose = np.zeros(n, bool) if rose is None else np.array(rose, bool)
    return RateSweep(np.arange(1.0, n + 1), np.array(losses, float), np.array(words), rose, 9)


def test_the_rates_are_four_hundred_with_eighty_a_decade_or_nearly():
    assert len(RATES) == 400
    assert (RATES[0], RATES[-1]) == pytest.approx((1e-4, 10))
    np.testing.assert_allclose(RATES[1:] / RATES[:-1], 10 ** (5 / 399))


@pytest.mark.parametrize(
    ("words", "losses", "best"),
    [
        (["slow", "falling", "converged"], [3, 1, 2], 1),
        (["slow", "oscillating", "converged"], [3, 1, 2], 1),
        # Of equals the middle one, of an even number the later of the two in the middle.
        (["converged"] * 5, [2, 0, 0, 0, 2], 2),
        (["converged"] * 4, [0, 0, 0, 0], 2),
        # What died, ran away or is stuck counts only where nothing else does.
        (["slow", "dead", "away", "kink"], [9, 1, 2, 3], 0),
        (["dead", "kink", "away"], [2, 1, np.inf], 1),
        (["dead", "kink", "away"], [2, 3, 1], 2),
    ],
)
def test_the_best_rate(words, losses, best):
    assert swept(words, losses).best() == best


@pytest.mark.parametrize(
    ("rose", "count"), [([0, 0, 0], 3), ([1, 0, 0], 0), ([0, 1, 0], 1), ([0, 0, 1], 2)]
)
def test_rates_descend_up_to_the_first_that_rose(rose, count):
    assert swept(["slow"] * 3, [1, 1, 1], rose).descends_up_to() == count


def lone_bias(start, target=0.0):
    return Network((Layer([[0.0]], [start], "identity"),)), [[0.0]], [[target]]


def test_a_rate_rose_where_the_loss_did_at_any_step():
    # A rate of r multiplies the error by 1 - 2 r at each step.
    rates = [0.1, 0.5, 0.99, 1.01, 10.0]
    found = sweep_rates(*lone_bias(1.0), rates, 300)
    assert found.rose.tolist() == [False, False, False, True, True]
    assert found.losses[:4] == pytest.approx([(1 - 2 * r) ** 600 for r in rates[:4]], rel=1e-6)
    assert found.losses[4] == np.inf
    assert (found.rates.tolist(), found.steps) == (rates, 300)
    # Up and down again is a rise too: the first step of this run is far too long.
    layers = (Layer([[1.0]], [0.0], "relu"), Layer([[2.0]], [0.0], "identity"))
    run = train(Network(layers), [[1.0]], [[0.5]], 0.26, 12)
    rises = np.diff(run.losses) > 0
    assert rises.any() == sweep_rates(Network(layers), [[1.0]], [[0.5]], [0.26], 12).rose[0]


def test_a_rise_by_rounding_alone_is_none():
    # Three points on no line: the loss settles well above 0, and there wavers by its last bit.
    network = Network((Layer([[0.3]], [0.1], "identity"),))
    x, target = [[0.3], [0.7], [1.1]], [[0.2], [0.9], [0.4]]
    losses = train(network, x, target, 0.4, 400).losses
    assert 0 < np.diff(losses).max() <= ROUNDING * losses[0]
    assert not sweep_rates(network, x, target, [0.4], 400).rose[0]
    # Twice that share is a rise: the first step of a rate a hair above the stable one.
    for share, rose in ((0.5, False), (2, True)):
        rate = 1 + share * ROUNDING / 4
        assert sweep_rates(*lone_bias(1.0), [rate], 1).rose[0] == rose


def test_rates_are_one_row():
    for wrong in (0.1, [], [[0.1]]):
        with pytest.raises(ValueError, match=r"rates must have shape \(n_rates,\)"):
            sweep_rates(*lone_bias(1.0), wrong, 3)
