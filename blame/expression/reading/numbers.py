"""What is a number in a text: `3`, `-0.5`, `1/3`, and a vector of them, `[2, -3]`."""

from __future__ import annotations

import ast

Number = tuple[float, ...]


def number_of(tree: ast.expr) -> Number | None:
    """Return the number or vector that stands there, None if it is something else.

    A sign before a number and a fraction of two numbers are part of it, and no operations.
    """
    if isinstance(tree, ast.List | ast.Tuple):
        entries = [_one(entry) for entry in tree.elts]
        found = tuple(entry for entry in entries if entry is not None)
        return found if entries and len(found) == len(entries) else None
    one = _one(tree)
    return None if one is None else (one,)


def _one(tree: ast.expr) -> float | None:
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub | ast.UAdd):
        inner = _plain_or_fraction(tree.operand)
        if inner is None:
            return None
        return -inner if isinstance(tree.op, ast.USub) else inner
    return _plain_or_fraction(tree)


def _plain_or_fraction(tree: ast.expr) -> float | None:
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Div):
        over, under = _one(tree.left), _plain(tree.right)
        return over / under if over is not None and under else None
    return _plain(tree)


def _plain(tree: ast.expr) -> float | None:
    if not isinstance(tree, ast.Constant) or type(tree.value) not in (int, float):
        return None
    try:
        return float(tree.value)  # type: ignore[arg-type]
    except OverflowError:
        return float("inf")
