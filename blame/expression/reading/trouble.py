"""What is said of a piece that cannot be read."""

from __future__ import annotations

import ast
import difflib

from blame.expression.operations import functions


def why_not(tree: ast.AST) -> tuple[str, str]:
    """Return why a piece of the tree is no formula, and what to do instead."""
    if isinstance(tree, ast.Attribute):
        return "looks into something", "use the plain names of numbers and vectors"
    if isinstance(tree, ast.BinOp | ast.UnaryOp | ast.Compare | ast.BoolOp):
        return "is no operation that blame goes through", "use + - * / ** and functions"
    if isinstance(tree, ast.List | ast.Tuple):
        return "is a vector with more than numbers in it", "write numbers only, such as [2, 3]"
    if isinstance(tree, ast.Constant):
        return "is no number", "write numbers such as 3, -0.5 or 1e-3"
    return "is no formula", "use numbers, names, + - * / ** and functions"


def why_no_call(func: ast.expr) -> tuple[str, str]:
    """Return why something cannot be called, and what to do instead."""
    if isinstance(func, ast.Attribute) and func.attr in ("detach", "item"):
        return "cuts blame off", "take it away where blame is to go through"
    return "cannot be called", f"functions are {listed(functions())}"


def meant(name: str, known: tuple[str, ...]) -> str:
    """Return which known name was probably meant; nothing where none is close."""
    close = difflib.get_close_matches(name, known, 1, 0.6)
    return f"did you mean {close[0]}?" if close else ""


def listed(names: tuple[str, ...]) -> str:
    """Return names as a list in a sentence."""
    return f"{', '.join(names[:-1])} and {names[-1]}"
