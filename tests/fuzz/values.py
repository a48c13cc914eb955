"""Texts as strangers write them, each made by construction: what it should mean is known."""

from __future__ import annotations

import random

MARKUP = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg/onload=window.hit=1>",
    "</style><script>window.hit=1</script>",
    "[x](javascript:window.hit=1)",
    "![x](http://192.0.2.1/x.png)",
    "http://192.0.2.1/x",
    ":red[x] :material/home: **x** `x` $\\frac{1}{0}$",
    "<a href='javascript:window.hit=1'>x</a>",
    "javascript:window.hit=1",
    "{{7*7}} ${7*7} %(x)s {0} {x}",
    "' OR 1=1; --",
    "| a | b |\n|---|---|",
    "../../etc/passwd",
)
"""What must stay text wherever it is shown. The address belongs to nobody: it is set aside."""
STRANGE = (
    "\u0663\u066b\u0661",
    "\u2212\u00bd",
    "\u22120.5\u00a0\u22120.3",
    "\u221e",
    "\u202e0.5",
    "0\u200b.5",
    "\U0001f4a5",
    "e\u0301" * 30,
    "\ufffd\ufffd",
    "%FF%00",
    "%2500",
    "0.5%20",
    "\x00",
    "0.5\x00",
    "0.5\ufeff0.3",
    "\x1b[31m",
    "\x07\x08",
    "a\nb\r\nc",
    "\u2028",
)
MEANT = ("\u0663\u066b\u0661", "0.5%20")
"""Those of them that write a number all the same."""
NOT_FINITE = ("nan", "-nan", "NaN", "inf", "-inf", "Infinity", "1e400", "-1e400", "1e99999999")
NO_NUMBER = (
    "",
    " ",
    "abc",
    "0x10",
    "1,2,3",
    "1,234.5",
    "1,5 2,5",
    "1.2.3",
    "--1",
    "1e",
    "e5",
    "1__0",
    "_1",
    "True",
    "None",
    "null",
    "[1]",
    "1 2",
    "1/2/3",
    "1/0",
    "1e5x",
)


def long_text(chance: random.Random, most: int = 20_000) -> str:
    """Return a text of some thousand characters that is no number."""
    return chance.choice(("y", "<b>", "9e", "\u00e9", "-")) * chance.randint(1000, most // 3)


def wrong_number(chance: random.Random, low: float, high: float, *, whole: bool) -> str:
    """Return a text that writes no number from `low` to `high`."""
    kinds = [
        lambda: chance.choice(NOT_FINITE),
        lambda: chance.choice(NO_NUMBER),
        lambda: chance.choice(MARKUP),
        lambda: chance.choice([text for text in STRANGE if text not in MEANT]),
        lambda: long_text(chance),
        lambda: "9" * chance.randint(20, 5000),
        lambda: repr(high + chance.choice((1, 0.5, 1e9)) if not whole else int(high) + 1),
        lambda: repr(low - chance.choice((1, 0.5, 1e9)) if not whole else int(low) - 1),
    ]
    if whole:
        kinds.append(lambda: repr(chance.randint(int(low), int(high) - 1) + 0.5))
    return chance.choice(kinds)()


def right_number(
    chance: random.Random, low: float, high: float, default: float, *, whole: bool
) -> tuple[float, str]:
    """Return a number from `low` to `high` and a text that writes exactly it."""
    if whole:
        value = chance.choice((low, high, default, chance.randint(int(low), int(high))))
        return int(value), _spelled(chance, str(int(value)), f"{int(value):.1f}", f"{value:.17e}")
    tiny = chance.choice((5e-324, 1e-300, 1e-12)) * chance.choice((-1, 1))
    value = chance.choice(
        (
            low,
            high,
            default,
            0.0,
            -0.0,
            tiny,
            chance.uniform(-3, 3),
            round(chance.uniform(-3, 3), 2),
            chance.uniform(low, high),
            chance.choice((-1, 1)) * 10 ** chance.uniform(-9, 6),
        )
    )
    value = float(min(max(value, low), high))
    return value, _spelled(chance, repr(value), f"{value:.17g}", f"{value:.20E}")


def _spelled(chance: random.Random, *texts: str) -> str:
    """Return one of the texts, in one time of four in a way that only a machine would write."""
    text = chance.choice(texts)
    odd = [text] * 9
    odd.append(text.translate({ord("0") + k: 0x0660 + k for k in range(10)}))
    odd += [f" {text}", f"{text}\n", "+" + text if text[0] != "-" else text]
    odd += [text.replace(".", ","), text.replace("-", "\u2212"), f"\ufeff{text}", f"{text}/1"]
    # What a sentence, a mail or a chat puts around it.
    odd += [f"{text})", f"{text}\u00a0", f"{text}!", text.replace("-", "%2D").replace(".", "%252E")]
    return chance.choice(odd)
