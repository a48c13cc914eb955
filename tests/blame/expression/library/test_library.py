"""Every entry of the library of expressions: its printed numbers beside the true ones."""

import numpy as np
import pytest

from blame.expression.kinks import kinks_of
from blame.expression.library.library import EXPRESSIONS

WRONG = {("through-time", "d_w_h, as asked")}
"""The numbers that differ; each is told by the slip that makes it."""


@pytest.mark.parametrize("key", EXPRESSIONS)
def test_printed_numbers_are_the_true_ones(key):
    entry = EXPRESSIONS[key]
    rows = entry.compared()
    assert bool(rows) == bool(entry.source)
    for row in rows:
        if row.why:
            assert (key, row.name) in WRONG
            assert not row.agrees
            assert row.published != row.true
        else:
            assert row.agrees, row
    assert entry.title
    assert entry.special.endswith((".", "!"))
    assert entry.expression.graph.operations <= 40


def test_a_wrong_number_would_be_seen():
    entry = EXPRESSIONS["circuit"]
    assert all(row.agrees for row in entry.compared())
    changed = type(entry)(**{**vars(entry), "blame": {"x": -4.1}})
    assert [row.agrees for row in changed.compared()][-1] is False


def test_the_slip_of_the_asker_makes_their_number():
    # 1 - x^2 taken at the input of each tanh.
    w, h0, wy = 2, 0.5, 40
    h1 = np.tanh(w * h0)
    slip = [1 - (w * h) ** 2 for h in (h0, h1)]
    found = wy * slip[1] * (h1 + w * slip[0] * h0)
    assert found == pytest.approx(EXPRESSIONS["through-time"].asked["w_h"][0])


def test_a_step_along_the_blame_is_the_lectures():
    expression = EXPRESSIONS["lecture"].expression
    numbers, slopes = expression.numbers(), expression.gradient()
    after = expression.with_numbers({n: v + 0.01 * slopes[n] for n, v in numbers.items()})
    assert float(after.values["L"]) == pytest.approx(-7.286496, abs=5e-7)


def test_the_kinds_are_all_there():
    kinds = {entry.kind for entry in EXPRESSIONS.values()}
    assert {"circuit", "neuron", "shared weight", "max", "chain through time"} <= kinds
    (kink,) = kinks_of(EXPRESSIONS["on-the-kink"].expression)
    assert kink.name == "a"
    assert not kink.exact
