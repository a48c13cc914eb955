"""Numbers of one sentence agree as they are written, checked as decimals."""

import math
import re
from decimal import Decimal

import pytest

from pages.shared.words.agreeing import (
    about,
    adds_up,
    agreeing,
    beside_promise,
    from_to,
    multiplied,
)
from pages.shared.words.numbers import NOTHING, Numbers

hypothesis = pytest.importorskip("hypothesis")
st = hypothesis.strategies
FLOATS = st.one_of(
    st.floats(-1e6, 1e6, allow_subnormal=False),
    st.integers(-40, 40).map(lambda n: n / 10),
    st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False),
)
PROPERTY = hypothesis.settings(max_examples=400, deadline=None, derandomize=True)


def agree(change, before, after):
    """Check a change as written against the two floats, by decimals alone."""
    told = Decimal(change.by.removeprefix("about "))
    assert change.size.removeprefix("about ") == str(change.by).removeprefix("about ").lstrip("+-")
    assert change.by.startswith("about ") == change.size.startswith("about ")
    exact = Decimal(repr(float(after))) - Decimal(repr(float(before)))
    assert (told > 0) == (exact > 0), "the change has another sign"
    assert (told < 0) == (exact < 0), "the change has another sign"
    if "about" not in change.by:
        assert Decimal(change.after) - Decimal(change.before) == told
    for text, value in ((change.before, before), (change.after, after), (told, exact)):
        assert abs(Decimal(text) - Decimal(str(value))) <= abs(Decimal(str(value))) / 199
    return told


@PROPERTY
@hypothesis.given(FLOATS, FLOATS)
def test_what_is_shown_adds_up(before, after):
    if before == after:
        assert agreeing(before, after).by == "0"
        return
    agree(agreeing(before, after), before, after)


@PROPERTY
@hypothesis.given(st.integers(-40, 40), st.floats(1e-12, 0.5), st.booleans())
def test_a_small_move_shows_its_digits(tenths, by, down):
    before = tenths / 10
    after = before - by if down else before + by
    if after == before:
        return
    change = agreeing(before, after)
    assert change.before != change.after
    assert "about" not in change.by or abs(Decimal(repr(before))) < 10 * Decimal(by)
    agree(change, before, after)


@PROPERTY
@hypothesis.given(st.integers(-4000, 4000), st.integers(-4000, 4000), st.integers(0, 4))
def test_short_decimals_are_never_about_so(a, b, places):
    change = agreeing(a / 10**places, b / 10**places)
    assert Decimal(change.after) - Decimal(change.before) == Decimal(change.by)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (1.5625, 1.488395, ("1.5625", "1.4884", "-0.0741")),
        (0.8, 0.8000001, ("0.8", "0.8000001", "+1e-7")),
        (0.8, 0.8 + 1e-15, ("0.8", "0.800000000000001", "+1e-15")),
        (1.5625, 2.3e-9, ("1.5625", "2.3e-9", "about -1.562")),
        (2.5e-9, 2.4884e-9, ("2.5e-9", "2.4884e-9", "-1.16e-11")),
        (1.5, 1.5, ("1.5", "1.5", "0")),
        (0.0, -0.0, ("0", "0", "0")),
        (0.1, 0.1 + 0.2, ("0.1", "0.3", "+0.2")),
        (123456.0, 987654.0, ("1.235e5", "9.877e5", "+8.642e5")),
        (1.0, math.inf, ("1", "inf", "+inf")),
    ],
)
def test_sizes_and_exponents(before, after, shown):
    assert agreeing(before, after)[:3] == shown


def test_all_digits_on_demand_add_up_too():
    change = agreeing(0.1, 0.1 + 0.2, Numbers(all_digits=True))
    assert change[:3] == ("0.1", "0.30000000000000004", "+0.20000000000000004")


def test_what_rounding_made_counts_as_nothing():
    n = Numbers(nothing=frozenset({4.9e-32}))
    assert agreeing(4.9e-32, 0.0009, n)[:3] == (NOTHING, "0.0009", "+0.0009")
    assert agreeing(0.0009, 4.9e-32, n)[:3] == ("0.0009", NOTHING, "-0.0009")
    assert agreeing(0.0009, 4.9e-32)[1] == "4.9e-32"


def test_from_one_to_another_at_rest_or_with_what_tells_them_apart():
    assert from_to(1.5625, 18.147628) == ("1.5625", "18.15")
    assert from_to(18.147628, 18.147629) == ("18.147628", "18.147629")
    assert from_to(0.0, 0.0) == ("0", "0")


@PROPERTY
@hypothesis.given(FLOATS.filter(lambda v: abs(v) < 1e6), st.floats(-0.5, 0.5), st.floats(-1, 1))
def test_change_promise_and_gap_agree(before, by, promised):
    hypothesis.assume(before + by != before)
    found = beside_promise(before, before + by, promised)
    if "about" in found.gap + found.change.by:
        return
    did, gap = Decimal(found.change.by), Decimal(found.gap)
    assert Decimal(found.change.after) - Decimal(found.change.before) == did
    assert abs(did - Decimal(found.promised)) == gap
    assert float(gap) == pytest.approx(abs(by - promised), rel=0.01, abs=1e-9)


def test_a_promise_beside_its_change():
    found = beside_promise(1.5625, 2.1025000000000005, 0.5)
    assert (found.change[:3], found.promised, found.gap) == (
        ("1.5625", "2.1025", "+0.54"), "+0.5", "0.04"
    )  # fmt: skip
    # Too far apart in size for one sentence: it says so.
    assert beside_promise(1.5625, 1.5625 - 1e-9, -1e-9).gap.startswith("about ")
    assert beside_promise(1.5, 1.5, 0.0).gap == "0"


@PROPERTY
@hypothesis.given(FLOATS.filter(lambda v: abs(v) < 1e6), FLOATS.filter(lambda v: abs(v) < 1e6))
def test_factors_make_their_product_or_it_is_about_so(a, b):
    shown = multiplied([a, b], a * b)
    made = Decimal(shown.factors[0]) * Decimal(shown.factors[1])
    assert (shown.equals == "=") == (made == Decimal(shown.product))
    assert float(shown.product) == pytest.approx(a * b, rel=2e-3, abs=1e-300)


def test_short_factors_agree():
    assert multiplied([-7.5, 0.01], -0.075) == (("-7.5", "0.01"), "=", "-0.075")
    # One digit more than at rest where that makes them agree.
    assert multiplied([1.2345, 3.3], 1.2345 * 3.3) == (("1.2345", "3.3"), "=", "4.07385")
    assert multiplied([1 / 3, 0.7], 0.7 / 3).equals == "≈"


def test_a_sum_of_products_as_written():
    assert adds_up([["1", "0.5"], ["2", "0.8"], ["0.1"]], "2.2")
    assert adds_up([["1", "0.5"], ["2", "0.8"], ["0.1"]], "+2.2")
    assert not adds_up([["1", "0.5"], ["2", "0.8"], ["0.1"]], "2.201")
    assert not adds_up([["1.234", "1.234"]], "1.523")
    assert adds_up([["2", NOTHING]], NOTHING)
    assert not adds_up([["2", "about 1"]], "2")
    assert about(True) == ""
    assert re.fullmatch("about ", about(False))
