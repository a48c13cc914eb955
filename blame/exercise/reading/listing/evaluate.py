"""Expressions of a listing, followed on symbols: a few kinds, bounded work, nothing executed."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np

from blame.exercise.reading.listing import symbols
from blame.exercise.reading.listing.cells import Cells
from blame.exercise.reading.listing.symbols import Node, Value, num
from blame.exercise.reading.listing.values import (
    MOST_CELLS,
    UNKNOWN,
    Builtin,
    Instance,
    Key,
    Linear,
    NotFollowed,
    Stack,
    TooMuch,
    UserFunction,
    array_of,
    plain,
)

MOST_DEEP = 40


class Evaluator(Cells):
    """Follows expressions: `value_of` follows one."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def look_up(self, name: str) -> Value:
        for scope in (self.names[-1], self.names[0]):
            if name in scope:
                return scope[name]
        return Builtin(name, name)

    def value_of(self, expression: ast.expr) -> Value:
        """Return what an expression comes to; `UNKNOWN` or NotFollowed where it is of no kind."""
        self.depth += 1
        try:
            if self.depth > MOST_DEEP * 4:
                raise TooMuch
            method: Callable[[Any], Value] | None = getattr(
                self, f"_{type(expression).__name__.lower()}", None
            )
            if method is None:
                raise NotFollowed(type(expression).__name__)
            self.spend(1)
            return method(expression)
        finally:
            self.depth -= 1

    def _constant(self, expression: ast.Constant) -> Value:
        value = expression.value
        if isinstance(value, bool) or value is None or isinstance(value, str):
            return value
        if isinstance(value, (int, float)):
            try:
                return num(float(value))
            except OverflowError:
                raise NotFollowed("too large a number") from None
        raise NotFollowed("constant")

    def _name(self, expression: ast.Name) -> Value:
        return self.look_up(expression.id)

    def _list(self, expression: ast.List | ast.Tuple) -> Value:
        if len(expression.elts) > MOST_CELLS:
            raise TooMuch
        found: list[Value] = []
        for part in expression.elts:
            if isinstance(part, ast.Starred):
                raise NotFollowed("starred")
            found.append(self.value_of(part))
        return found

    def _tuple(self, expression: ast.Tuple) -> Value:
        return tuple(self._list(expression))

    def _dict(self, expression: ast.Dict) -> Value:
        found = {}
        for key, value in zip(expression.keys, expression.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, (str, int)):
                found[key.value] = self.value_of(value)
            elif isinstance(key, ast.Tuple):
                found[Key(f"key {len(found)}", self.value_of(key))] = self.value_of(value)
        return found

    def _unaryop(self, expression: ast.UnaryOp) -> Value:
        value = self.value_of(expression.operand)
        if isinstance(expression.op, ast.Not):
            return not self.holds(value)
        if isinstance(expression.op, ast.UAdd):
            return value
        if isinstance(expression.op, ast.USub):
            return self.each(symbols.neg, value)
        raise NotFollowed("operator")

    def _binop(self, expression: ast.BinOp) -> Value:
        left, right = self.value_of(expression.left), self.value_of(expression.right)
        operator = type(expression.op)
        if operator is ast.MatMult:
            return self.matmul(left, right)
        if operator is ast.Mult and isinstance(left, list) and not isinstance(right, list):
            return self._repeated(left, right)
        if operator is ast.Add and isinstance(left, list) and isinstance(right, list):
            if len(left) + len(right) > MOST_CELLS:
                raise TooMuch
            return left + right
        made = {
            ast.Add: symbols.add,
            ast.Sub: symbols.sub,
            ast.Mult: symbols.mul,
            ast.Div: symbols.div,
            ast.Pow: symbols.power,
        }.get(operator)
        if made is None:
            raise NotFollowed("operator")
        return self.both(made, left, right)

    def _repeated(self, left: list[Value], right: Value) -> Value:
        if isinstance(right, Node) and 0 < len(left) * right.value <= MOST_CELLS:
            return left * int(right.value)
        raise NotFollowed("repeated list")

    def _compare(self, expression: ast.Compare) -> Value:
        if len(expression.ops) != 1:
            raise NotFollowed("comparisons")
        left, right = self.value_of(expression.left), self.value_of(expression.comparators[0])
        operator = expression.ops[0]
        if isinstance(left, (str, bool)) or left is None or isinstance(right, (str, bool)):
            return (left == right) == isinstance(operator, (ast.Eq, ast.Is))
        if isinstance(operator, (ast.Gt, ast.GtE)):
            return self.both(symbols.greater, left, right)
        if isinstance(operator, (ast.Lt, ast.LtE)):
            return self.both(symbols.greater, right, left)
        if isinstance(operator, (ast.Eq, ast.NotEq)):
            wanted = isinstance(operator, ast.Eq)
            return self.both(lambda a, b: num(float((a.value == b.value) == wanted)), left, right)
        raise NotFollowed("comparison")

    def _ifexp(self, expression: ast.IfExp) -> Value:
        test = self.value_of(expression.test)
        if isinstance(test, Node):
            chosen = self.value_of(expression.body), self.value_of(expression.orelse)
            if all(isinstance(part, Node) for part in chosen):
                return symbols.choose(test, *chosen)
        return self.value_of(expression.body if self.holds(test) else expression.orelse)

    def _subscript(self, expression: ast.Subscript) -> Value:
        held = self.value_of(expression.value)
        if isinstance(held, Stack):
            held = held.layers
        index = self.index_of(expression.slice)
        if isinstance(held, dict):
            return held.get(index, UNKNOWN) if isinstance(index, (str, int)) else UNKNOWN
        if isinstance(held, np.ndarray):
            try:
                return plain(held[index])
            except (IndexError, TypeError, ValueError):
                raise NotFollowed("index") from None
        if isinstance(held, (list, tuple)) and isinstance(index, (int, slice)):
            try:
                return held[index]
            except IndexError:
                raise NotFollowed("index") from None
        raise NotFollowed("subscript")

    def index_of(self, expression: ast.expr) -> Any:
        if isinstance(expression, ast.Slice):
            ends = [
                None if end is None else self.index_of(end)
                for end in (expression.lower, expression.upper, expression.step)
            ]
            return slice(*ends)
        if isinstance(expression, ast.Tuple):
            return tuple(self.index_of(part) for part in expression.elts)
        value = self.value_of(expression)
        if isinstance(value, Node):
            return int(value.value) if abs(value.value) < MOST_CELLS else MOST_CELLS
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, (list, np.ndarray)):
            cells = array_of(value)
            return np.array([int(cell.value) for cell in cells.ravel()]).reshape(cells.shape)
        if isinstance(value, Builtin) and value.name == "newaxis":
            return None
        raise NotFollowed("index")

    def _attribute(self, expression: ast.Attribute) -> Value:
        held = self.value_of(expression.value)
        name = expression.attr
        if isinstance(held, Builtin):
            return Builtin(name, f"{held.path}.{name}")
        if isinstance(held, Instance):
            if name in held.holds:
                return held.holds[name]
            if name in held.of.methods:
                method = held.of.methods[name]
                return UserFunction(method.name, method.parameters, method.body, held)
            return UNKNOWN
        if isinstance(held, Linear):
            return {"weight": held.weight, "kernel": held.weight, "bias": held.bias}.get(name)
        if isinstance(held, Stack) and name == "layers":
            return list(held.layers)
        if name in ("data", "value", "values"):
            return held
        if name == "T":
            return plain(array_of(held).T)
        if name == "shape":
            return tuple(num(size) for size in array_of(held).shape)
        if name == "size":
            return num(array_of(held).size)
        raise NotFollowed("attribute")

    def _lambda(self, expression: ast.Lambda) -> Value:
        answer = ast.Return(value=expression.body)
        return UserFunction("lambda", expression.args, [answer])

    def _listcomp(self, expression: ast.ListComp | ast.GeneratorExp) -> Value:
        if len(expression.generators) != 1 or expression.generators[0].ifs:
            raise NotFollowed("comprehension")
        clause = expression.generators[0]
        found = []
        scope = dict(self.names[-1])
        for item in self.items(self.value_of(clause.iter)):
            self.bind(clause.target, item)
            found.append(self.value_of(expression.elt))
        self.names[-1].clear()
        self.names[-1].update(scope)
        return found

    _generatorexp = _listcomp

    def _call(self, expression: ast.Call) -> Value:
        raise NotImplementedError
