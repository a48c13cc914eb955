"""A formula, said once: worked out on numbers, and written as text, as NumPy and as LaTeX.

A formula stands in the registries as Python writes it, `2 * (y - t)`. It knows numbers, names,
sums, products, fractions, powers, `a if z > 0 else b`, and the functions below. A comparison
counts as 1 where it holds and as 0 elsewhere.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "max": np.maximum,
    "exp": np.exp,
    "log": np.log,
    "tanh": np.tanh,
}
"""What a formula may call."""
_CALLS: dict[str, tuple[str, str, str]] = {
    "max": ("max({})", "np.maximum({})", r"\max({})"),
    "exp": ("exp({})", "np.exp({})", "e^{{{}}}"),
    "log": ("ln({})", "np.log({})", r"\ln({})"),
    "tanh": ("tanh({})", "np.tanh({})", r"\tanh({})"),
}
"""How text, NumPy and LaTeX write a call of each."""

_CONDITION, _SUM, _PRODUCT, _FACTOR, _ATOM = range(5)
"""How tightly a piece of a formula holds together; where more is needed, it gets parentheses."""


_NOTHING = re.compile(r"(\\frac\{)?(\{\\approx\})?0(?![.\d])")
"""How a 0 is written, or a product or a fraction that begins with it, marked if rounded."""


@dataclass(frozen=True)
class Formula:
    """One formula over named variables."""

    source: str

    def value(self, values: Mapping[str, float]) -> float:
        """Return the formula's value, worked out as on paper: 0 times anything is 0."""
        with np.errstate(all="ignore"):
            return float(_value(_parsed(self.source), values))

    def text(self, names: Mapping[str, str]) -> str:
        """Return the formula as text, each variable written as `names` has it."""
        return _Text(names).write(_parsed(self.source))

    def numpy(self, names: Mapping[str, str]) -> str:
        """Return the formula as NumPy, for arrays of any one shape."""
        return _NumPy(names).write(_parsed(self.source))

    def latex(self, names: Mapping[str, str], times: str = r"\,") -> str:
        """Return the formula as LaTeX; `times` stands between factors."""
        return _Latex(names, times).write(_parsed(self.source))


@lru_cache(maxsize=256)
def _parsed(source: str) -> ast.expr:
    return ast.parse(source, mode="eval").body


def _value(node: ast.expr, values: Mapping[str, float]) -> Any:
    def of(part: ast.expr) -> Any:
        return _value(part, values)

    match node:
        case ast.Constant(value=int() | float() as number):
            return np.float64(number)
        case ast.Name(id=name):
            return np.float64(values[name])
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -of(operand)
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div() as sign, right=right):
            first, second = of(left), of(right)
            if first == 0 or (second == 0 and isinstance(sign, ast.Mult)):
                return np.float64(0)
            return first * second if isinstance(sign, ast.Mult) else first / second
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return of(left) + of(right)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return of(left) - of(right)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return of(left) ** of(right)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return of(body) if of(test) else of(orelse)
        case ast.Compare(left=left, ops=[ast.Gt()], comparators=[right]):
            return np.float64(of(left) > of(right))
        case ast.Call(func=ast.Name(id=name), args=given) if name in FUNCTIONS:
            return FUNCTIONS[name](*map(of, given))
    raise ValueError(f"a formula cannot hold {ast.unparse(node)!r}")


class _Text:
    """Writes a formula as text; the other writers say what they do differently."""

    calls = 0
    gates = True
    """Whether a product with a comparison is told as a condition."""
    minus, greater = "-", "{} > {}"
    product, fraction, power = "{} × {}", "{} / {}", "{}^{}"
    condition = "{} if {}, else {}"
    fraction_holds: tuple[int, int, int] = (_PRODUCT, _PRODUCT, _FACTOR)
    """How tightly a fraction holds, and how tightly its two parts must."""
    condition_holds = _CONDITION

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def write(self, node: ast.expr, need: int = _CONDITION) -> str:
        """Return a piece of the formula, in parentheses if it holds less tightly than needed."""
        text, holds = self.piece(node)
        return f"({text})" if holds < need else text

    def piece(self, node: ast.expr) -> tuple[str, int]:
        """Return a piece of the formula, and how tightly it holds."""
        write = self.write
        match node:
            case ast.Constant(value=value):
                return str(value), _ATOM
            case ast.Name(id=name):
                written = self.names[name]
                # A number with a sign or a power of ten of its own may begin a sum, no more.
                loose = written.startswith("-") or re.fullmatch(r"[^\\]+ \\cdot .+", written)
                return written, _SUM if loose else _ATOM
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                written = write(operand, _PRODUCT)
                # Nothing is minus 0, nor minus 0 times something.
                return (written if _NOTHING.match(written) else self.minus + written), _SUM
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return f"{write(left, _SUM)} + {write(right, _PRODUCT)}", _SUM
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                return f"{write(left, _SUM)} - {write(right, _PRODUCT)}", _SUM
            case ast.BinOp(left=left, op=ast.Mult(), right=ast.Compare() as test) if self.gates:
                pieces = write(left), write(test), "0"
                return self.condition.format(*pieces), self.condition_holds
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                product = isinstance(right, ast.BinOp) and isinstance(right.op, ast.Mult)
                parts = write(left, _PRODUCT), write(right, _PRODUCT if product else _FACTOR)
                return self.product.format(*parts), _PRODUCT
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                holds, above, below = self.fraction_holds
                return self.fraction.format(write(left, above), write(right, below)), holds
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                return self.raised(write(left, _ATOM), write(right, _ATOM)), _FACTOR
            case ast.IfExp(test=test, body=body, orelse=orelse):
                pieces = write(body), write(test), write(orelse)
                return self.condition.format(*pieces), self.condition_holds
            case ast.Compare(left=left, ops=[ast.Gt()], comparators=[right]):
                return self.greater.format(write(left), write(right)), _CONDITION
            case ast.Call(func=ast.Name(id=name), args=given) if name in FUNCTIONS:
                return _CALLS[name][self.calls].format(", ".join(map(write, given))), _ATOM
        raise ValueError(f"a formula cannot hold {ast.unparse(node)!r}")

    def raised(self, base: str, exponent: str) -> str:
        """Return a power."""
        return f"{base}²" if exponent == "2" else self.power.format(base, exponent)


class _NumPy(_Text):
    calls = 1
    gates = False
    product, power = "{} * {}", "{} ** {}"
    condition, condition_holds = "np.where({1}, {0}, {2})", _ATOM

    def raised(self, base: str, exponent: str) -> str:
        return self.power.format(base, exponent)


class _Latex(_Text):
    calls = 2
    gates = False
    fraction, fraction_holds = r"\frac{{{}}}{{{}}}", (_FACTOR, _CONDITION, _CONDITION)
    condition = r"{} \text{{ if }} {} \text{{, else }} {}"

    def __init__(self, names: Mapping[str, str], times: str) -> None:
        super().__init__(names)
        self.product = f"{{}}{times}{{}}"

    def write(self, node: ast.expr, need: int = _CONDITION) -> str:
        if isinstance(node, ast.Compare) and need > _CONDITION:
            return rf"[\,{super().write(node)}\,]"
        return super().write(node, need)

    def raised(self, base: str, exponent: str) -> str:
        return f"{base}^2" if exponent == "2" else f"{base}^{{{exponent}}}"
