"""Numbers of one sentence that add up, and multiply, as they are written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Context, Decimal
from typing import NamedTuple

from pages.shared.words.numbers import NOTHING, Numbers, full, short

TELLING = 3
"""So many digits of a difference are shown at least, if it has them."""
MOST_DIGITS = 9
"""Numbers that would need more to agree do not: their difference is said to be about so."""
ALL_DIGITS = 17
"""Numbers so close that they would look alike get as many as a float has."""
FAR = 100
"""Numbers closer than one part in so many are not told apart well enough at rest."""
MOST_PRODUCT = 8
"""So many digits a product may have beside its factors; a longer one is about so."""
ALMOST = "\N{ALMOST EQUAL TO}"
"""Stands before a value that is not quite what the numbers before it make, as written."""
_ABOUT = "about "


class Change(NamedTuple):
    """From `before` to `after`, a change of `by`: as written, after - before is by.

    `size` is `by` without its sign. Both start with "about " where no few digits agree.
    """

    before: str
    after: str
    by: str
    size: str


class Multiplied(NamedTuple):
    """Factors, the sign between them and their product, and the product, as written."""

    factors: tuple[str, ...]
    equals: str
    product: str


class Nudge(NamedTuple):
    """A change beside what was promised; `gap`, without a sign, is how far they are apart."""

    change: Change
    promised: str
    gap: str


def agreeing(before: float, after: float, numbers: Numbers | None = None) -> Change:
    """Return two numbers and their difference with as many decimals as make them agree.

    The difference is that of the decimals that all digits would show, so that nothing the
    subtraction of floats loses can come between. A value that rounding made counts as 0.
    """
    n = numbers or Numbers()
    if not (math.isfinite(before) and math.isfinite(after)):
        by = full(after - before)
        return Change(n.text(before), n.text(after), _plus(by), by.removeprefix("-"))
    a, b = _typed(before, n), _typed(after, n)
    by_exactly = _exact().subtract(b, a)
    texts = n.text(before), n.text(after)
    shown = _agreed([a, b, by_exactly], [(1, 0, 2)], n, close=abs(by_exactly) * 10 < abs(a))
    if shown is None:
        by = n.text(float(by_exactly))
        return Change(*texts, _ABOUT + _plus(by), _ABOUT + by.removeprefix("-"))
    written = [text if text == NOTHING else _written(value)
               for text, value in zip(texts, shown[:2], strict=True)]  # fmt: skip
    return Change(*written, _plus(_written(shown[2])), _written(abs(shown[2])))


def from_to(before: float, after: float, numbers: Numbers | None = None) -> tuple[str, str]:
    """Return two numbers as they are written at rest, or with the digits that tell them apart."""
    n = numbers or Numbers()
    if abs(after - before) * FAR <= abs(before):
        return agreeing(before, after, n)[:2]
    return n.text(before), n.text(after)


def beside_promise(
    before: float, after: float, promised: float, numbers: Numbers | None = None
) -> Nudge:
    """Return a change, what was promised of it, and the gap between the two, so that all agree."""
    n = numbers or Numbers()
    change = agreeing(before, after, n)
    if all(map(math.isfinite, (before, after, promised))):
        a, b, p = _typed(before, n), _typed(after, n), _typed(promised, n)
        did = _exact().subtract(b, a)
        values = [a, b, did, p, _exact().subtract(did, p)]
        shown = _agreed(values, [(1, 0, 2), (2, 3, 4)], n, close=False)
        if shown is not None:
            written = list(map(_written, shown))
            change = Change(
                *(text if text == NOTHING else mine
                  for text, mine in zip(change[:2], written, strict=False)),
                _plus(written[2]), written[2].removeprefix("-"),
            )  # fmt: skip
            return Nudge(change, _plus(written[3]), written[4].removeprefix("-"))
    gap = abs(after - before - promised)
    told = n.signed(promised)
    if not change.by.startswith(_ABOUT) and math.isfinite(gap):
        # To the same place as the change, so that no gap is seen that is none.
        did = Decimal(change.by)
        at_place = _rounded(Decimal(full(promised)), _places(did))
        if gap * 1e3 < abs(promised) and at_place != 0:
            told = _plus(_written(at_place))
    return Nudge(change, told, _ABOUT + n.text(gap) if gap else "0")


def multiplied(
    factors: Sequence[float], product: float, numbers: Numbers | None = None
) -> Multiplied:
    """Return factors and their product so that they agree as written, or an ≈ between them."""
    n = numbers or Numbers()
    texts, written = tuple(map(n.text, factors)), n.text(product)
    if NOTHING in (*texts, written) or not all(map(math.isfinite, (*factors, product))):
        return Multiplied(texts, "=", written)
    exact = Decimal(1)
    for text in texts:
        exact = _exact().multiply(exact, Decimal(text))
    if exact == Decimal(written):
        return Multiplied(texts, "=", written)
    is_whole = all(
        Decimal(text) == Decimal(full(f)) for text, f in zip(texts, factors, strict=True)
    )
    if is_whole and _digits(exact) <= MOST_PRODUCT:
        return Multiplied(texts, "=", _written(exact))
    return Multiplied(texts, ALMOST, written)


def adds_up(terms: Sequence[Sequence[str]], value: str) -> bool:
    """Whether the sum of products of numbers as written is the value as written.

    With a mark for what rounding made among them, nothing is claimed that could be off.
    """
    texts = [text for term in terms for text in term]
    if NOTHING in (*texts, value):
        return True
    try:
        total = Decimal(0)
        for term in terms:
            product = Decimal(1)
            for text in term:
                product = _exact().multiply(product, Decimal(text))
            total = _exact().add(total, product)
        return total == Decimal(value)
    except ArithmeticError:
        return False


def _exact() -> Context:
    """Return an arithmetic that loses no digit of any floats' sums and products as written."""
    return Context(prec=1500)


def about(agrees: bool) -> str:
    """Return what stands before a number that agrees with those before it, or does not quite."""
    return "" if agrees else _ABOUT


def _typed(value: float, numbers: Numbers) -> Decimal:
    """Return the decimal that all digits would show; what rounding made is 0."""
    return Decimal(0) if numbers.text(value) == NOTHING else Decimal(full(value))


def _agreed(
    values: Sequence[Decimal],
    differences: Sequence[tuple[int, int, int]],
    numbers: Numbers,
    *,
    close: bool,
) -> list[Decimal] | None:
    """Return the values rounded to the fewest places at which every difference agrees.

    Each of `differences` holds the places of b, a and b - a among the values. None where more
    digits would be needed than a sentence takes.
    """
    own = [value for k, value in enumerate(values) if k not in {d for *_, d in differences}]
    if numbers.all_digits:
        first = max(_places(value) for value in own)
    else:
        first = max(_places(Decimal(short(float(value)))) for value in own)
    most = ALL_DIGITS if close or numbers.all_digits else MOST_DIGITS
    for places in range(first, first + 2 * ALL_DIGITS):
        shown = [_rounded(value, places) for value in values]
        if max(map(_digits, shown)) > most:
            return None
        agree = all(_exact().subtract(shown[b], shown[a]) == shown[d] for b, a, d in differences)
        if agree and all(map(_tells, shown, values)):
            return shown
    return None


def _tells(shown: Decimal, value: Decimal) -> bool:
    """Whether enough of a value is left in what is shown of it."""
    return shown == value or (shown != 0 and _digits(value, shown) >= TELLING)


def _digits(value: Decimal, shown: Decimal | None = None) -> int:
    """Return how many significant digits a value has, or has down to the last place of `shown`."""
    if value == 0:
        return 1
    last = (
        shown.as_tuple().exponent
        if shown is not None
        else value.normalize(_exact()).as_tuple().exponent
    )
    assert isinstance(last, int)
    return value.adjusted() - last + 1


def _places(value: Decimal) -> int:
    exponent = value.normalize(_exact()).as_tuple().exponent
    assert isinstance(exponent, int)
    return -exponent


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places, _exact()), context=_exact())


def _written(value: Decimal) -> str:
    """Return a decimal as `short` writes a number that ends here."""
    if value == 0:
        return "0"
    value = value.normalize(_exact())
    size = value.adjusted()
    if size < -4 or (size >= 5 and _places(value) < 0):
        mantissa = f"{value.scaleb(-size, _exact()):f}"
        return f"{mantissa}e{size}"
    return f"{value:f}"


def _plus(text: str) -> str:
    return text if text.startswith("-") or text in ("0", NOTHING, "nan") else f"+{text}"
