"""How numbers are written: four significant digits at rest, all of them on demand."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from functools import lru_cache

from blame import BackwardPass
from blame.probe.trace import trace_of
from blame.probe.trace.rounding import made_by_rounding
from pages.shared.words.notation import OURS, Notation

DIGITS = 4
ENDS = 1e-12
"""A number ends where what follows is a smaller share of it than this."""
NOTHING = "\N{ALMOST EQUAL TO}0"
"""How a value is written that rounding alone could have made."""
FACE, FACE_ENDS = "\ue000", "\ue001"
"""Stand around how long a number of a formula is and the name it carries, until all is written."""
NOTHING_SAID = "0 but for rounding"
"""The same, where it is spoken."""


def short(value: float, digits: int = DIGITS) -> str:
    """Return the value to so many significant digits, never "-0", "1e-05" as "1e-5".

    A number that ends within one digit more, as 1.5625 does, is written out: it is exact, or was
    until its last bits were rounded.
    """
    return _short(float(value), digits)


# Picture, bars and words write the same numbers.
@lru_cache(maxsize=4096)
def _short(value: float, digits: int) -> str:
    rounded = float(f"{value:.{digits + 1}g}")
    ends = abs(rounded - value) <= ENDS * abs(value)
    text = f"{value + 0.0:.{digits + ends}g}"
    return _plain_exponent(text)


def full(value: float) -> str:
    """Return the shortest text that reads back as exactly this value."""
    text = repr(float(value) + 0.0)
    return _plain_exponent(text.removesuffix(".0"))


_MINUS = re.compile(r"(?<![\w.)\]])-(?=\.?\d|\()|(?<=[\w)\]] )-(?= [\w(])")
_CODE = re.compile(r"(`[^`]*`|\$[^$]*\$)")


def printed(said: str) -> str:
    """Return sentences with the sign that is printed for minus; code and formulas as they are.

    A hyphen between words or in a shape such as 2-3-1 is none, nor is the sign of an exponent.
    """
    parts = _CODE.split(said)
    parts[::2] = [_MINUS.sub("\N{MINUS SIGN}", part) for part in parts[::2]]
    return "".join(parts)


def percent(share: float) -> str:
    """Return a share as a percentage of three digits: 199 of 200 is not yet 100 %."""
    return f"{100 * share:.3g}%"


def _plain_exponent(text: str) -> str:
    mantissa, e, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if e else text


@lru_cache(maxsize=64)
def rounded_values(passes: BackwardPass) -> Set[float]:
    """Return the values of one sample's pass that rounding alone could have made.

    A value is known by itself, so that wherever a pass's numbers are written they are written
    alike. Keyed by the pass, which never changes.
    """
    trace = trace_of(passes)
    made = frozenset(abs(trace.value(name)) for name in made_by_rounding(passes))
    return made | {-value for value in made}


@dataclass(frozen=True)
class Numbers:
    """Writes numbers the way the reader asked for.

    `nothing` holds the values that rounding alone made: at rest they are written as 0 with a mark.
    `notation` is how formulas of them are written. With `faces` a number of a formula carries the
    name of what it is, for the page to light (formulas/faces.py).
    """

    all_digits: bool = False
    nothing: Set[float] = frozenset()
    notation: Notation = OURS
    faces: bool = False

    def of(self, *passes: BackwardPass) -> Numbers:
        """Return the same for the numbers of these passes: it knows what rounding made in them."""
        return _numbers_of(self, passes)

    def is_nothing(self, value: float) -> bool:
        """Whether rounding alone could have made the value; an exact 0 nobody made."""
        return float(value) in self.nothing

    def text(self, value: float) -> str:
        """Return the value as text."""
        if self.all_digits:
            return full(value)
        return NOTHING if self.is_nothing(value) else short(value)

    def signed(self, value: float) -> str:
        """Return the value as text, with a plus sign where it is positive."""
        text = self.text(value)
        return f"+{text}" if value > 0 and text != NOTHING else text

    def said(self, name: str, value: float) -> str:
        """Return "z1[0] = 1.5" with all digits, for the pointer and the voice.

        What rounding made is 0 there too, until all digits are asked for.
        """
        if self.all_digits or not self.is_nothing(value):
            made = f", {NOTHING_SAID}" if self.is_nothing(value) else ""
            return f"{name} = {full(value)}{made}"
        return f"{name} = {NOTHING_SAID}"

    def equals(self, value: float) -> str:
        """Return "= 1.5", or where rounding made the value the mark alone."""
        text = self.text(value)
        return f"{NOTHING[0]} 0" if text == NOTHING else f"= {text}"

    def tex(self, value: float, name: str = "") -> str:
        """Return the value as LaTeX; `name` is the number that it is of."""
        text = self.text(value)
        mantissa, e, exponent = text.partition("e")
        tex = rf"{mantissa} \cdot 10^{{{exponent}}}" if e else mantissa
        if text == NOTHING:
            tex = r"{\approx}0"
        return self.faced(tex, name)

    def faced(self, tex: str, name: str) -> str:
        """Return a piece of LaTeX that carries the name of what it is, where that is asked for."""
        return f"{tex}{FACE}{len(tex)} {name}{FACE_ENDS}" if self.faces and name else tex

    def factor(self, value: float, name: str = "") -> str:
        """Return the value as LaTeX, in parentheses where it could be misread in a product."""
        tex = self.tex(value, name)
        return f"({tex})" if tex.startswith(("-", "{")) or "cdot" in tex else tex


@lru_cache(maxsize=64)
def _numbers_of(numbers: Numbers, passes: tuple[BackwardPass, ...]) -> Numbers:
    return replace(numbers, nothing=frozenset().union(*map(rounded_values, passes)))
