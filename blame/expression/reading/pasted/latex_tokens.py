r"""The tokens of a LaTeX text: what is passed over, what ends a statement, what is one name."""

from __future__ import annotations

import re

from blame.expression.reading.pasted.around import RAISED, plain_signs

Token = tuple[str, int]
"""What is written, and where it begins."""
_TOKEN = re.compile(
    r"\\[A-Za-z]+|\\[^A-Za-z]|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+|[A-Za-z]\d*|\S|\n", re.ASCII
)
_BLANK = {"\\left", "\\right", "\\,", "\\;", "\\:", "\\!", "\\ ", "\\displaystyle", "$", "&", "\\$"}
_BLANK |= {"\\big", "\\Big", "\\bigl", "\\bigr", "\\Bigl", "\\Bigr", "\\(", "\\)"}
_BLANK |= {"\\[", "\\]", "~", "\\nonumber", "\\limits"}
ENDS = {"\n", ";", "\\\\", "\\quad", "\\qquad", ","}
TIMES = {"\\cdot", "\\times", "\\ast", "*"}
NAMING = {"\\mathrm", "\\text", "\\operatorname", "\\mathbf", "\\hat", "\\bar", "\\tilde"}
NAMING |= {"\\vec", "\\boldsymbol", "\\bm", "\\mathit", "\\textrm", "\\textit", "\\mathsf"}
_BESIDE = re.compile(r"(?<!\\)%[^\n]*|\\(?:tag|label)\*?\{[^{}]*\}|\\(?:begin|end)\{[a-z]+\*?\}")
_BETWEEN = re.compile(
    r"\\(?:text|mathrm|textrm)\{\s*,?\s*(?:where|with|and|for|at)?\s*,?\s*\}"
    r"|(?<=[\s$])(?:where|with|and|for|at)(?=[\s$])"
)
_NAMED = re.compile(r"(?:^|[;,\n$&]|\\\\|\\quad|\\[ ,;:])[ ]*([A-Za-z]{2,24}\d*)[ ]*&?(?==)")
OPEN, CLOSE = {"(": ")", "[": "]", "{": "}", "\\{": "\\}"}, {")", "]", "}", "\\}"}


def without_what_is_beside(text: str) -> str:
    """Return a text without comments and numbers of equations, its statements told apart."""
    text = plain_signs(text).replace(":=", " =")
    text = _BESIDE.sub(lambda found: " " * len(found[0]), text)
    return _BETWEEN.sub(lambda found: f";{' ' * (len(found[0]) - 1)}", text)


def tokens_of(text: str) -> list[Token]:
    """Return all that counts; a name of several letters is one where it is given something."""
    whole = sorted(set(_NAMED.findall(text)), key=len, reverse=True)
    named = "|".join(rf"(?<![A-Za-z\\]){name}(?![A-Za-z])" for name in whole)
    pattern = re.compile(f"{named}|{_TOKEN.pattern}", re.ASCII) if whole else _TOKEN
    found: list[Token] = []
    for match in pattern.finditer(text):
        sign, at = match[0], match.start()
        if sign in RAISED:
            # Several raised digits in a row are one power.
            if found and found[-1] == ("}", at - 1):
                found[-2:] = [(found[-2][0] + RAISED[sign], at), ("}", at)]
            else:
                found += [("^", at), ("{", at), (RAISED[sign], at), ("}", at)]
        elif sign not in _BLANK:
            found.append((sign, at))
    return found
