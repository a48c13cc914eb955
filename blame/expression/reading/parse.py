"""A text as a tree of Python's own, never executed."""

from __future__ import annotations

import ast
import re
import warnings

from blame.expression.errors import ExpressionError
from blame.expression.graph import Place
from blame.expression.reading.pasted.frameworks import mentions_a_framework, plain_tree
from blame.expression.reading.source import Source

_LOOP = re.compile(r"^(?:for|while)\b[^\n]*:", re.M)


def parsed(source: Source) -> ast.Module:
    """Return the tree of a text.

    Raises
    ------
    ExpressionError
        If Python could not read it either, or it is nested too deep.
    """
    try:
        with warnings.catch_warnings():
            # Python warns of `1(2)` and the like on its own; here they are refused with a place.
            warnings.simplefilter("ignore")
            return ast.parse(source.code)
    except SyntaxError as error:
        repeated = _LOOP.search(source.code)
        if repeated:
            at = source.code.count("\n", 0, repeated.start()) + 1
            place = source.place_in_code(at, 0, at, len(repeated[0]))
            remedy = "write one round of it: the formulas, and the numbers"
            raise ExpressionError(place, "repeats", remedy) from None
        line, column = error.lineno or 1, max((error.offset or 1) - 1, 0)
        end = error.end_offset - 1 if error.end_offset and error.end_lineno == line else column + 1
        place = source.place_in_code(line, column, line, max(end, column + 1))
        raise ExpressionError(place, *_syntax(error.msg)) from None
    except (RecursionError, MemoryError, ValueError):
        raise _too_deep() from None


def without_frameworks(tree: ast.Module, code: str) -> tuple[ast.Module, bool]:
    """Return the tree in plain notation, and whether anything was changed."""
    if not mentions_a_framework(code):
        return tree, False
    try:
        return plain_tree(tree)
    except RecursionError:
        raise _too_deep() from None


def _too_deep() -> ExpressionError:
    return ExpressionError(
        Place(), "the text is nested too deep to be read", "give a part a name of its own"
    )


def _syntax(said: str) -> tuple[str, str]:
    if "assign" in said:
        return "cannot be given a number", "write a name, then =, then its number or formula"
    return "cannot be read here", "write assignments such as f = (x + y) * z; x = -2"
