"""Whether a formula holds for its numbers as they are written, to the last digit."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from fractions import Fraction

from blame.formula import Formula
from pages.shared.words.numbers import NOTHING


def holds(formula: Formula, written: Mapping[str, str], value: str) -> bool:
    """Whether a formula of numbers as written is exactly its value as written.

    A logarithm or a power of e does not end, so it is never claimed. With a mark for what
    rounding made among the numbers, nothing is claimed that could be off.
    """
    if NOTHING in (*written.values(), value):
        return True
    try:
        numbers = {name: Fraction(text) for name, text in written.items()}
        return _exactly(ast.parse(formula.source, mode="eval").body, numbers) == Fraction(value)
    except (ArithmeticError, ValueError):
        return False


def _exactly(node: ast.expr, numbers: Mapping[str, Fraction]) -> Fraction:
    def of(part: ast.expr) -> Fraction:
        return _exactly(part, numbers)

    match node:
        case ast.Constant(value=int() | float() as number):
            return Fraction(repr(number))
        case ast.Name(id=name):
            return numbers[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -of(operand)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return of(left) + of(right)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return of(left) - of(right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return of(left) * of(right)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return of(left) / of(right)
        case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=int() as power)):
            return of(left) ** power
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return of(body) if of(test) else of(orelse)
        case ast.Compare(left=left, ops=[ast.Gt()], comparators=[right]):
            return Fraction(of(left) > of(right))
        case ast.Call(func=ast.Name(id="max"), args=given):
            return max(map(of, given))
    raise ValueError(f"{ast.unparse(node)} does not end")
