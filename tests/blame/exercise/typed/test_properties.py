"""Every float reads back from every spelling; no text at all becomes a number it does not write.

The oracle reads with exact decimals and shares nothing with what it checks.
"""

from __future__ import annotations

import math
import struct
from decimal import Context, Decimal

import numpy as np
import pytest

pytest.importorskip(
    "hypothesis", reason="Hypothesis is missing: pip install -r requirements-dev.txt"
)

from hypothesis import example as case
from hypothesis import given, settings
from hypothesis import strategies as st

from blame.exercise.typed.numbers import read_number, read_numbers
from tests.blame.oracles.decimals import GROUP_SPACES, MINUSES, exact

FLOATS = st.floats(allow_nan=False, allow_infinity=False) | st.floats(-2e6, 2e6)
SIGNS = "0123456789001123.,;:-+eE/ \t\n\r^*{}[]()_=\\&'"
STRANGE = MINUSES + GROUP_SPACES + "\u00d7\u00b7\u22c5\uff10\uff15\u00b3\u207b\u0663\ufeff\u200b"
TEXTS = st.text(st.sampled_from(SIGNS + STRANGE), max_size=24) | st.text(max_size=40)


def bits(value: float | None) -> bytes | None:
    return None if value is None else struct.pack(">d", value)


def spellings(value: float, minus: str, space: str) -> list[str]:
    """Return the ways to write a number that must read back as exactly this one."""
    text = repr(value)
    mantissa, e, exponent = text.partition("e")
    found = [
        text,
        text.upper(),
        text.replace(".", ","),
        text.replace("-", minus),
        text.replace(".", ",").replace("-", minus),
        text.translate({ord(str(d)): 0xFF10 + d for d in range(10)}),
        f"\u00a0 {text} \u2009",
        f"{text};",
        f"{text} / 1",
    ]
    if e:
        found += [
            f"{mantissa}\u00d710^{exponent}",
            f"{mantissa} \u00b7 10^{{{int(exponent)}}}",
            rf"{mantissa} \cdot 10^{{{int(exponent)}}}",
            f"{mantissa}*10**{int(exponent)}",
        ]
    elif abs(value) >= 1000:
        whole, _, rest = text.partition(".")
        found += [f"{int(whole):,}".replace(",", space) + mark + rest for mark in ".,"]
    return found


@settings(deadline=None, derandomize=True, max_examples=400)
@given(FLOATS, st.sampled_from(MINUSES), st.sampled_from(GROUP_SPACES))
@case(-0.0, "\u2212", "\u202f")
@case(5e-324, "\u2212", "\u202f")
@case(-1.7976931348623157e308, "\u2212", "\u202f")
@case(-1234567.891, "\u2212", "\u202f")
@case(999999999999999.9, "\u2212", "\u00a0")
def test_every_float_reads_back_from_every_spelling(value, minus, space):
    for text in spellings(value, minus, space):
        assert bits(read_number(text).value) == bits(value), text


def listings(values: list[float]) -> list[str]:
    """Return the ways to list numbers that must read back as exactly these."""
    texts = [repr(value) for value in values]
    commas = [text.replace(".", ",") for text in texts]
    array = np.array(values)
    with np.printoptions(floatmode="unique", threshold=10**6):
        printed = [str(array), repr(array), str(array[:, None]), repr(array[None])]
    return [
        *printed,
        str(values),
        str([np.float64(value) for value in values]),
        f"tensor({values}, dtype=torch.float64, grad_fn=<AddBackward0>)",
        *(mark.join(texts) for mark in (",", ", ", ";", "\t", " ", "\n", "\r\n", " & ", r" \\ ")),
        *(mark.join(commas) for mark in (";", "; ", "\t", " ")),
    ]


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.lists(FLOATS, min_size=2, max_size=12))
@case([1.234, 5.678])
@case([0.0, -0.0])
@case([1e16, 234.5])
def test_every_listing_reads_back(values):
    for text in listings(values):
        found = [one.value for one in read_numbers(text, 99)]
        assert list(map(bits, found)) == list(map(bits, values)), text


@settings(deadline=None, derandomize=True, max_examples=3000)
@given(TEXTS)
@case("0.5 0.3")
@case("1/2/3")
@case("1e99999999")
@case("1/1e-99999999")
def test_no_text_becomes_a_number_that_it_does_not_write(text):
    found = read_number(text)
    assert (found.value is None) == bool(found.why)
    assert len(found.said) < 150
    if found.value is not None:
        assert math.isfinite(found.value)
        assert found.value == exact(text), text
    else:
        assert found.said


@settings(deadline=None, derandomize=True, max_examples=1500)
@given(TEXTS, st.integers(0, 5))
@case("0.5 0.3", 5)
@case("1,5 2,5", 5)
def test_no_paste_gives_a_number_that_stands_nowhere_in_it(text, most):
    found = read_numbers(text, most)
    assert len(found) <= most
    if not any(one.value is not None for one in found):
        return
    spans = [text[i:j] for i in range(len(text)) for j in range(i + 1, len(text) + 1)]
    written = {exact(span) for span in spans}
    assert all(one.value in written for one in found if one.value is not None), (text, found)


def test_the_oracle_itself_tells_numbers_apart():
    assert exact("0.5 0.3") is None
    assert exact("\u22121,5\u00d710^-3/2") == -0.00075
    assert exact("1\u202f234,5") == 1234.5
    assert float(Context(prec=40).divide(Decimal(1), Decimal(3))) == exact("1/3")
