"""A learning rate changed in the middle: the run goes on from there, and a link says so."""

import numpy as np
import pytest

from blame.playground.growing_run import advance, with_rate
from blame.playground.recipe import Recipe, prepare
from blame.playground.run.rates import MOST_CHANGES, changed, rate_at, read_rates, write_rates


def test_a_run_goes_on_from_where_its_rate_was_changed():
    for optimiser, batch in (("plain", 0), ("momentum", 7), ("adam", 0)):
        recipe = Recipe(data="xor" if not batch else "moons", optimiser=optimiser, batch_size=batch)
        before = advance(prepare(recipe).start, 60)
        after = advance(with_rate(before, 0.02), 30)
        assert after.rates_before == ((0.3, 60),)
        assert np.array_equal(after.losses[:61], before.losses)
        # Not as if the rate had been left alone, and the same as from the link.
        assert after.losses[61] != advance(before, 1).losses[61]
        other = Recipe(
            recipe.data, optimiser=optimiser, batch_size=batch, learning_rate=0.02, rates="0.3@60"
        )
        whole = advance(prepare(other).start, 90)
        assert np.array_equal(whole.parameters, after.parameters)


def test_each_update_has_the_rate_of_its_time():
    before = ((0.3, 2), (0.1, 5))
    assert [rate_at(before, 0.7, k) for k in range(7)] == [0.3, 0.3, 0.1, 0.1, 0.1, 0.7, 0.7]
    assert changed(before, 0.7, 8) == ((0.3, 2), (0.1, 5), (0.7, 8))
    # What was planned behind the step is given up, and at the start all of it.
    assert changed(before, 0.7, 5) == before
    assert changed(before, 0.7, 4) == ((0.3, 2), (0.1, 4))
    assert changed(before, 0.7, 2) == ((0.3, 2),)
    assert changed(before, 0.7, 1) == ((0.3, 1),)
    assert changed(before, 0.7, 0) == ()


def test_rates_survive_their_text():
    for before in ((), ((0.3, 20),), ((1e-05, 1), (10.0, 2000)), ((0.1 + 0.2, 7), (0.0, 9))):
        assert read_rates(write_rates(before)) == before
    assert write_rates(((0.3, 20), (0.05, 60))) == "0.3@20;0.05@60"
    most = ";".join(f"0.1@{k}" for k in range(1, MOST_CHANGES + 1))
    assert len(read_rates(most)) == MOST_CHANGES
    for wrong in ("x", "0.3", "0.3@", "@2", "0.3@0", "0.3@-1", "11@2", "-1@2", "0.3@20;0.1@20",
                  "0.3@20;0.1@9", "1..2@3", "nan@3", "0.3@20;", f"{most};1@99"):  # fmt: skip
        with pytest.raises(ValueError, match=r"rates of before|at most"):
            read_rates(wrong)
