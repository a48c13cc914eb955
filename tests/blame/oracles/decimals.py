"""An oracle for typed numbers: exact decimals of a cleaned text, sharing nothing with the app."""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation

MINUSES = "\u2212\u2013\u2010\u2011\ufe63\uff0d"
GROUP_SPACES = "\u00a0\u2007\u2009\u202f"


def exact(text: str) -> float | None:
    """Return the number of a text by way of exact decimals, None where it writes none."""
    text = re.sub(f"[{MINUSES}]", "-", text.strip("\ufeff\u200b\u200e\u200f\u2060 \t\r\n")).strip()
    text = text.translate({0xFF0E: ".", 0xFF0C: ",", 0xFF0F: "/", 0xFF0B: "+", 0xFF1B: ";"})
    for old, new in zip(
        "\u207b\u207a\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079",
        "-+0123456789",
        strict=True,
    ):
        text = re.sub(rf"(?<=10){old}|(?<=10[-+\d]){old}", new, text)
    text = re.sub(r"[.,;]$", "", text) if re.search(r"[\d.][.,;]$", text) else text
    text = re.sub(f"(?<=\\d)[{GROUP_SPACES}](?=\\d{{3}})", "", text).replace(",", ".")
    text = re.sub(r"\s*[*\u00d7\u00b7\u22c5\u2219\u2715]\s*10(\^|\*\*|(?=[-+]\d))", "e", text)
    text = re.sub(r"(^|[-+/\s])10(?:\^|\*\*|(?=[-+]\d))", r"\g<1>1e", text)
    text = re.sub(r"e\{\s?([-+]?\d+)\}", r"e\1", text)
    try:
        parts = [Decimal(part.strip()) for part in re.split("[/\u2044\u2215]", text)]
        above, *below = [float(part) for part in parts]
        value = above / below[0] if below else above
    except (InvalidOperation, ValueError, ZeroDivisionError, OverflowError):
        return None
    return value if math.isfinite(value) and len(parts) <= 2 else None
