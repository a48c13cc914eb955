"""What stands around the formulas of pasted code, blanked out: every sign keeps its place.

Prompts and answers of a session, docstrings, the class itself, functions, a step without gradients;
and signs that only look like Python's.
"""

from __future__ import annotations

import re

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2015\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2018\u2019\u201a", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
        **dict.fromkeys("\u2219\u2022\u2217\u204e\u22c5\u00b7\u00d7\uff0a", "*"),
        **dict.fromkeys("\u00f7\u2044\u2215\uff0f", "/"),
        **dict.fromkeys(
            "\u00a0\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u202f\u2060\u3000\ufeff\r\t", " "
        ),
        "\uff08": "(",
        "\uff09": ")",
        "\uff0c": ",",
        "\uff0b": "+",
        "\uff1d": "=",
        "\uff1b": ";",
    }
)
_RAISED_DIGITS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
RAISED = {sign: str(n) for n, sign in enumerate(_RAISED_DIGITS)}
"""What the raised digits stand for."""
_DOCSTRING = re.compile(r"(\"\"\"|''')[\s\S]*?\1")
_PROMPT = re.compile(r"^[ ]*(?:>>>|\.\.\.|In ?\[\d{0,4}\]:)(?:[ ]|$)", re.M)
_ANSWER = re.compile(
    r"^[ ]*(?:Out ?\[\d{0,4}\]:[^\n]*|(?:tensor|Value)\((?:[^()\n]|\([^()\n]*\))*\)[ ]*)$", re.M
)
_BLOCK = re.compile(r"(?:(?:class|def)\b[^\n]*:|with\b[^\n]*\bno_grad\(\)[^\n]*:)")
_HEAD = re.compile(r"^[ ]*if __name__\b[^\n]*:[ ]*$", re.M)


def plain_signs(text: str) -> str:
    """Return a text with Python's own signs for those that look like them, each in its place."""
    return text.translate(_SIGNS)


def blanked(text: str) -> str:
    """Return a text of the same length in which what computes nothing is blank."""
    for pattern in (_DOCSTRING, _PROMPT, _ANSWER, _HEAD):
        text = pattern.sub(lambda found: _blank(found[0]), text)
    return _without_blocks(text)


def _blank(text: str) -> str:
    return "".join(sign if sign == "\n" else " " for sign in text)


def _without_blocks(text: str) -> str:
    """Blank each class, function and step without gradients, with all that is indented below."""
    kept: list[str] = []
    inside: int | None = None
    for line in text.split("\n"):
        deep = len(line) - len(line.lstrip())
        if inside is not None and line.strip() and deep <= inside:
            inside = None
        if inside is None and _BLOCK.match(line, deep):
            inside = deep
        kept.append(line if inside is None else " " * len(line))
    return "\n".join(kept)
