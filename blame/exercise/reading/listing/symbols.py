"""Numbers that remember how they were made, so that a network can be found in a computation.

A listing is followed on these instead of being executed: `x @ W1 + b1` becomes sums of products
whose leaves know their names, and which of them weigh which is then read off the sums.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

Value = Any
"""What a name of a listing can hold: an array of nodes, a list, a text, a function, a layer."""


class Node:
    """One scalar: what made it, out of what, and its value.

    `op` is "num", "leaf" (args: name, index), "add", "neg", "mul", "div", "pow", "gt",
    or the name of a function.
    """

    __slots__ = ("args", "op", "value")

    def __init__(self, op: str, args: tuple[Any, ...], value: float) -> None:
        self.op = op
        self.args = args
        self.value = value

    def __add__(self, other: Any) -> Node:
        return add(self, node(other))

    def __radd__(self, other: Any) -> Node:
        return add(node(other), self)

    def __mul__(self, other: Any) -> Node:
        return mul(self, node(other))

    def __rmul__(self, other: Any) -> Node:
        return mul(node(other), self)


def num(value: float) -> Node:
    """Return a number that has no name."""
    return Node("num", (), float(value))


def node(value: Any) -> Node:
    """Return a number as a node; a node stays."""
    return value if isinstance(value, Node) else num(value)


def _both_num(a: Node, b: Node) -> bool:
    return a.op == "num" and b.op == "num"


def add(a: Node, b: Node) -> Node:
    if a.op == "num" and a.value == 0:
        return b
    if b.op == "num" and b.value == 0:
        return a
    if _both_num(a, b):
        return num(a.value + b.value)
    return Node("add", (a, b), a.value + b.value)


def neg(a: Node) -> Node:
    if a.op == "num":
        return num(-a.value)
    return a.args[0] if a.op == "neg" else Node("neg", (a,), -a.value)


def sub(a: Node, b: Node) -> Node:
    return add(a, neg(b))


def mul(a: Node, b: Node) -> Node:
    if _both_num(a, b):
        return num(a.value * b.value)
    for one, other in ((a, b), (b, a)):
        if one.op == "num" and one.value == 1:
            return other
        if one.op == "gt" and one.args[0] is other and one.args[1].value == 0:
            return Node("relu", (other,), max(other.value, 0.0))
    return Node("mul", (a, b), a.value * b.value)


def div(a: Node, b: Node) -> Node:
    try:
        value = a.value / b.value
    except ZeroDivisionError:
        value = math.nan
    if _both_num(a, b):
        return num(value)
    if b.op == "num" and b.value == 1:
        return a
    return _as_sigmoid(a, b) or _as_share(a, b, value) or Node("div", (a, b), value)


def _as_sigmoid(above: Node, below: Node) -> Node | None:
    """Return 1 / (1 + e^-z), or e^z / (1 + e^z), as the sigmoid of z."""
    if below.op != "add":
        return None
    for one, power in (below.args, below.args[::-1]):
        if one.op == "num" and one.value == 1 and power.op == "exp":
            inside = power.args[0]
            if above.op == "num" and above.value == 1:
                return function("sigmoid", neg(inside))
            if above.op == "exp" and above.args[0] is inside:
                return function("sigmoid", inside)
    return None


def _as_share(above: Node, below: Node, value: float) -> Node | None:
    """Return e^z over the sum of several such as a softmax's share."""
    if above.op != "exp" or below.op != "add":
        return None
    powers: list[Node] = []
    left = [below]
    while left and len(powers) < 40:
        part = left.pop()
        if part.op == "add":
            left += part.args[::-1]
        else:
            powers.append(part)
    if left or any(part.op != "exp" for part in powers):
        return None
    places = [k for k, part in enumerate(powers) if _same_power(part, above)]
    if len(places) != 1:
        return None
    zs = [part.args[0] for part in powers]
    shifts = {z.args[1].value for z in zs if z.op == "add" and z.args[1].op == "num"}
    if len(shifts) == 1 and all(z.op == "add" and z.args[1].op == "num" for z in zs):
        # The largest was taken away from each, which leaves the shares as they are.
        zs = [z.args[0] for z in zs]
    return Node("softmax", (places[0], *zs), value)


def _same_power(a: Node, b: Node) -> bool:
    """Whether two are e to the same number, as where a line works out the same ones twice."""
    one, other = a.args[0], b.args[0]
    if one is other or one.op != "add" or other.op != "add":
        return bool(one is other)
    shifts = one.args[1], other.args[1]
    shifted = shifts[0].op == shifts[1].op == "num" and shifts[0].value == shifts[1].value
    return one.args[0] is other.args[0] and shifted


def power(a: Node, b: Node) -> Node:
    try:
        value = math.pow(a.value, b.value)
    except (OverflowError, ValueError, ZeroDivisionError):
        value = math.nan
    if _both_num(a, b):
        return num(value)
    if b.op == "num" and b.value == 1:
        return a
    return Node("pow", (a, b), value)


def greater(a: Node, b: Node, or_equal: bool = False) -> Node:
    return Node("gt", (a, b), float(a.value >= b.value if or_equal else a.value > b.value))


def larger(a: Node, b: Node) -> Node:
    """Return the larger of two: ReLU and leaky ReLU are written so."""
    for one, other in ((a, b), (b, a)):
        if one.op == "num" and one.value == 0 and other.op != "num":
            return function("relu", other)
        slope = _multiple(one, other)
        if slope is not None and 0 < slope < 1:
            return leaky(other, slope)
    return a if a.value >= b.value else b


def choose(condition: Node, a: Node, b: Node) -> Node:
    """Return a where the condition holds, else b."""
    if condition.op == "gt":
        z, limit = condition.args
        if limit.value == 0 and a is z:
            if b.op == "num" and b.value == 0:
                return function("relu", z)
            slope = _multiple(b, z)
            if slope is not None and 0 < slope < 1:
                return leaky(z, slope)
    return a if condition.value else b


def leaky(z: Node, slope: float) -> Node:
    return Node("leaky_relu", (z, slope), z.value if z.value > 0 else slope * z.value)


def _multiple(of: Node, base: Node) -> float | None:
    if of.op == "mul":
        for one, other in (of.args, of.args[::-1]):
            if one.op == "num" and other is base:
                return float(one.value)
    return None


def _softplus(z: float) -> float:
    return max(z, 0.0) + math.log1p(math.exp(-abs(z)))


def _sigmoid(z: float) -> float:
    small = math.exp(-abs(z))
    return (1 if z >= 0 else small) / (1 + small)


FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "tanh": math.tanh,
    "sqrt": math.sqrt,
    "abs": abs,
    "sigmoid": _sigmoid,
    "softplus": _softplus,
    "relu": lambda z: max(z, 0.0),
}
"""Functions of one number, by the name of their node."""


def function(name: str, z: Node) -> Node:
    try:
        value = FUNCTIONS[name](z.value)
    except (OverflowError, ValueError):
        value = math.nan
    if z.op == "num":
        return num(value)
    if name == "log" and z.op == "add":
        for one, other in (z.args, z.args[::-1]):
            if one.op == "num" and one.value == 1 and other.op == "exp":
                return Node("softplus", (other.args[0],), value)
    return Node(name, (z,), value)


def softmax(zs: list[Node]) -> list[Node]:
    """Return the shares of e^z; each node knows its place and all of the z."""
    top = max(z.value for z in zs)
    powers = [math.exp(min(z.value - top, 0.0)) for z in zs]
    return [Node("softmax", (k, *zs), part / sum(powers)) for k, part in enumerate(powers)]
