"""How numbers are written: four significant digits at rest, all of them on demand."""

from __future__ import annotations

from dataclasses import dataclass

DIGITS = 4


def short(value: float, digits: int = DIGITS) -> str:
    """Return the value to so many significant digits, never "-0", "1e-05" as "1e-5".

    A number that ends within one digit more, as 1.5625 does, is written out: it is exact.
    """
    rounded = float(f"{float(value):.{digits + 1}g}")
    text = f"{float(value) + 0.0:.{digits + (rounded == value)}g}"
    return _plain_exponent(text)


def brief(value: float, digits: int = DIGITS) -> str:
    """Return the value as `short` does, with two digits where it takes an exponent."""
    text = short(value, digits)
    return short(value, 2) if "e" in text else text


def full(value: float) -> str:
    """Return the shortest text that reads back as exactly this value."""
    text = repr(float(value) + 0.0)
    return _plain_exponent(text.removesuffix(".0"))


def percent(share: float) -> str:
    """Return a share as a percentage of three digits: 199 of 200 is not yet 100 %."""
    return f"{100 * share:.3g}%"


def _plain_exponent(text: str) -> str:
    mantissa, e, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if e else text


@dataclass(frozen=True)
class Numbers:
    """Writes numbers the way the reader asked for."""

    all_digits: bool = False

    def text(self, value: float) -> str:
        """Return the value as text."""
        return full(value) if self.all_digits else short(value)

    def signed(self, value: float) -> str:
        """Return the value as text, with a plus sign where it is positive."""
        return ("+" if value > 0 else "") + self.text(value)

    def tex(self, value: float) -> str:
        """Return the value as LaTeX."""
        mantissa, e, exponent = self.text(value).partition("e")
        return rf"{mantissa} \cdot 10^{{{exponent}}}" if e else mantissa

    def factor(self, value: float) -> str:
        """Return the value as LaTeX, in parentheses where it could be misread in a product."""
        tex = self.tex(value)
        return f"({tex})" if tex.startswith("-") or "cdot" in tex else tex
