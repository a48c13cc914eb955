"""The many ways to write one number: what keyboards, LaTeX and arrays put around its digits."""

from __future__ import annotations

import re
import unicodedata

GROUP_SPACES = "\u00a0\u2007\u2009\u202f"
"""Spaces that hold digits together: no-break, figure, thin, narrow no-break."""
_DASHES = "\u2212\u2013\u2010\u2011\ufe63\uff0d"
_TIMES = "\u00d7\u00b7\u22c5\u2219\u2715"
_AROUND = "\ufeff\u200b\u200e\u200f\u2060"
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True))
_SIGNS = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_TIMES, "*"),
        "\uff0b": "+",
        "\uff0e": ".",
        "\uff0c": ",",
        "\uff1b": ";",
        "\uff0f": "/",
        "\u2044": "/",
        "\u2215": "/",
    }
)
_POWERS = re.compile(r"10(?:(?:\^|\*\*)\{?\s?([+-]?\d{1,9})\}?|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,9}))")
_PRODUCTS = re.compile(r"\s{0,4}(\*)\s{0,4}(?=10\^)")
_SLASHES = re.compile(r"[^\S\n]{0,4}/[^\S\n]{0,4}")
_COMMANDS = re.compile(r"\\(?:begin|end)\{[a-zA-Z]{1,12}\*?\}|\\hline|\\(?:left|right)|\\[;:! ]|\$")
_FRACTIONS = re.compile(r"\\[dt]?frac\{([^{}]{1,25})\}\{([^{}]{1,25})\}")
_NAMED = re.compile(r"\s*[A-Za-z_]\w{0,30}\s{0,3}[=:](?!=)")
_CALLS = re.compile(
    r"\b(?:\w{1,8}\.)?(?:array|asarray|tensor|Tensor|matrix|Matrix|float(?:16|32|64)?)\s?\("
)
_KEYWORDS = re.compile(
    r"(?:,\s{0,20})?\b(?:dtype|device|grad_fn|requires_grad|order|copy|ndmin)\s{0,3}=\s{0,3}"
    r"(?:<[^<>]{0,80}>|'[^']{0,40}'|[\w.]{1,40})"
)


def without_calls(text: str) -> str:
    """Return a text without the calls of NumPy or PyTorch around its brackets, and their name."""
    if "(" not in text or not _CALLS.search(text):
        return text
    text = _NAMED.sub("", text, count=1) if _NAMED.match(text) else text
    return _KEYWORDS.sub("", _CALLS.sub("[", text))


def plain_number(text: str) -> str:
    """Return the text of one number with ASCII digits, -, / and *10^, and no marks after it."""
    text = _plain(text).strip()
    # A messenger or a list added one; 0.3... is another number than 0.3.
    return text[:-1] if re.search(r"[\d.][.,;]\Z", text) else text


def plain_list(text: str) -> str:
    r"""Return the text of several numbers without the names, calls and commands around them.

    Rows end in a line end and LaTeX's cells in a tab. A list in brackets, of any kind, has "[".
    """
    text = _NAMED.sub("", text, count=1) if _NAMED.match(text) else text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\\\", "\n").replace("&", "\t")
    text = _COMMANDS.sub(" ", text).replace("\\,", "\u2009")
    text = _KEYWORDS.sub("", _CALLS.sub("[", text))
    text = _plain(text)
    return re.sub(r"[ \t]{1,4},", ",", text).replace("\t", " ") if "[" in text else text


def _plain(text: str) -> str:
    text = text.strip(_AROUND).translate(_SIGNS)
    text = _FRACTIONS.sub(r"\1/\2", text.replace("\\cdot", "*").replace("\\times", "*"))
    if not text.isascii():
        text = "".join(map(_digit, text))
    text = re.sub(r"(?<=\d)_(?=\d)", "", text)
    return _SLASHES.sub("/", _PRODUCTS.sub(r"\1", _POWERS.sub(_power, text)))


def _power(found: re.Match[str]) -> str:
    exponent, raised = found.groups()
    return f"10^{exponent or ''.join(_RAISED[sign] for sign in raised)}"


def _digit(sign: str) -> str:
    """Return a digit of any script as 0 to 9, whatever else as it is."""
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)
