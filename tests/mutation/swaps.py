"""What stands for what: operators, functions and words, each with what it is turned into."""

from __future__ import annotations

import ast
import re

COMPARISONS: dict[type[ast.cmpop], tuple[str, tuple[str, ...]]] = {
    ast.Lt: ("<", ("<=", ">=")),
    ast.LtE: ("<=", ("<", ">")),
    ast.Gt: (">", (">=", "<=")),
    ast.GtE: (">=", (">", "<")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: (r"is\s+not", ("is",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: (r"not\s+in", ("in",)),
}
"""How each is written, and its mutants: the bound moved, the comparison turned round."""

ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
    ast.Pow: ("**", "*"),
}


def _both_ways(pairs: str) -> dict[str, str]:
    both: dict[str, str] = {}
    for one, other in (pair.split("/") for pair in pairs.split()):
        both[one] = other
        both.setdefault(other, one)
    return both


FUNCTIONS = _both_ways(
    "min/max argmin/argmax minimum/maximum nanmin/nanmax nanargmin/nanargmax fmin/fmax any/all"
    " floor/ceil"
)
METHODS = FUNCTIONS | _both_ways("sum/mean nansum/nanmean")
"""`sum` only after a dot: there is no built-in `mean`."""

DROPPED = frozenset({"swapaxes", "abs"})
"""Functions of which only the first argument stays."""

WORDS = _both_ways(
    "above/below grew/shrank grows/shrinks grow/shrink growing/shrinking raise/lower raises/lowers"
    " raised/lowered open/shut opens/shuts opened/closed larger/smaller largest/smallest more/less"
    " most/least first/last rises/falls rise/fall rose/fell rising/falling before/after up/down"
    " positive/negative higher/lower highest/lowest increase/decrease increases/decreases"
    " always/never faster/slower fastest/slowest large/small earlier/later longer/shorter"
    " wider/narrower"
)
WORD = re.compile(rb"(?<![\w.\-])(?:%s)(?![\w\-=])" % "|".join(WORDS).encode(), re.IGNORECASE)


def opposite(word: str) -> str:
    """Return the word turned round, with the capital it had."""
    other = WORDS[word.lower()]
    return other.capitalize() if word[0].isupper() else other


def number(value: int | float, *, index: bool) -> str:
    """Return another number: the next one, twice as much, a tolerance a thousand times as wide."""
    if isinstance(value, int):
        return "0" if index and value == 1 else str(value + 1)
    if value == 0:
        return "1.0"
    return f"{1000 * value:.6g}" if abs(value) < 1e-3 else repr(2 * value)
