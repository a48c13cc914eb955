"""Which quantity a number of a formula is, for the page to light it with its other faces.

Streamlit's formulas may carry no names. So a number that has one stands in a group of its own,
behind four spaces that are no wider together than nothing: the first says how wide an em is there,
then come the name's own two numbers (scripts/faces/factors.js).
"""

from __future__ import annotations

import re

from pages.shared.words.numbers import FACE, FACE_ENDS

_FACED = re.compile(rf"{FACE}(\d+) ([^{FACE_ENDS}]*){FACE_ENDS}")
_UNIT, _STEP = 2500, 2e-4
"""The first space, and what all of them are counted in, in em."""
_NEARLY_0 = re.compile(r"= ((?:\{(?:\\kern-?[\d.]+em){4} )?)\{\\approx\}0")


def plain(tex: str) -> str:
    """Return LaTeX as it is written, without the names its numbers carry."""
    return _FACED.sub("", tex)


def with_faces(tex: str) -> str:
    """Return LaTeX in which each number that carries a name is a group of its own.

    The mark of a value that rounding made is sign enough: no other equals sign stands before it.
    """
    written, at = "", 0
    for found in _FACED.finditer(tex):
        written += tex[at : found.start()]
        length, name = int(found[1]), found[2]
        written = written[:-length] + marked(written[-length:], name)
        at = found.end()
    return _NEARLY_0.sub(lambda found: rf"\approx {found[1]}0", written + tex[at:])


def marked(tex: str, name: str) -> str:
    """Return a piece of LaTeX as a face of a quantity."""
    widths = (_UNIT, *code_of(name))
    each = (*widths, -sum(widths))
    return "{" + "".join(rf"\kern{width * _STEP:.4f}em" for width in each) + f" {tex}}}"


def code_of(name: str) -> tuple[int, int]:
    """Return a name's two numbers, each from 1 to 4999."""
    first, second = 7, 11
    for letter in name:
        first = (first * 31 + ord(letter)) % 4999
        second = (second * 37 + ord(letter)) % 4993
    return first + 1, second + 1
