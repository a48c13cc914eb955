"""Statements of a listing, followed in order: what is assigned, defined and looped over."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from blame.exercise.reading.listing.calls import libraries
from blame.exercise.reading.listing.calls.generators import Generator
from blame.exercise.reading.listing.loops import NONSENSE, Loops
from blame.exercise.reading.listing.parsed import (
    asked,
    assigned,
    last,
    names_main,
    updates,
    whole_of_attribute,
)
from blame.exercise.reading.listing.symbols import Node, Value
from blame.exercise.reading.listing.values import (
    UNKNOWN,
    Builtin,
    Instance,
    Linear,
    NotFollowed,
    UserClass,
    UserFunction,
    array_of,
    named,
)


class Returned(Exception):  # noqa: N818
    def __init__(self, value: Value) -> None:
        self.value = value


class Statements(Loops):
    """A listing being followed; `made` is what was assigned, in order, with the line."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[tuple[str, Value, int]] = []
        self.shown: list[tuple[list[str], Value]] = []
        self.generator: Generator | None = None
        self.generators: list[Generator] = []
        self.undrawn: list[int] = []
        self.failed: set[int] = set()
        self.calls = 0

    def follow(self, statements: list[ast.stmt]) -> None:
        """Follow statements one by one; a simple one that cannot be followed is passed over."""
        for statement in statements:
            self.line = getattr(statement, "lineno", 0)
            try:
                self.statement(statement)
            except NONSENSE as error:
                if not self.calls:
                    self.failed |= set(range(self.line, last(statement) + 1))
                for name in assigned(statement):
                    if not updates(statement, name):
                        self.names[-1][name] = UNKNOWN
                if self.probing:
                    raise NotFollowed("in a function") from error
            except Returned:
                if not self.calls:
                    # A return outside of a function, in half a listing: the rest still counts.
                    continue
                raise

    def statement(self, statement: ast.stmt) -> None:
        self.spend(1)
        match statement:
            case ast.Assign(targets=targets, value=value):
                found = self.value_of(value)
                if _with_holes(found):
                    raise NotFollowed("a name among numbers")
                for target in targets:
                    self.assign(target, found)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self.assign(target, self.value_of(value))
            case ast.AugAssign(target=target, op=op, value=value):
                if isinstance(op, ast.Add) and self.starts_at_0(target):
                    self.assign(target, self.value_of(value))
                else:
                    self.assign(target, self.value_of(ast.BinOp(left=target, op=op, right=value)))
            case ast.Expr(value=value):
                names = asked(value)
                found = None
                try:
                    found = self.value_of(value)
                finally:
                    if not self.probing and len(self.names) == 1:
                        self.shown.append((names, found))
                if isinstance(found, (Node, np.ndarray)) and not self.probing:
                    self.made.append(("", found, self.line))
            case ast.FunctionDef(name=name, args=args, body=body):
                self.names[-1][name] = UserFunction(name, args, body)
            case ast.ClassDef(name=name, body=body):
                methods = {
                    one.name: UserFunction(one.name, one.args, one.body)
                    for one in body
                    if isinstance(one, ast.FunctionDef)
                }
                self.names[-1][name] = UserClass(name, methods)
            case ast.For(target=target, iter=iterable, body=body):
                self.loop(target, iterable, body)
            case ast.While(body=body) | ast.With(body=body) | ast.Try(body=body):
                self.follow(body)
            case ast.If(test=test, body=body, orelse=orelse):
                self.branch(test, body, orelse)
            case ast.Return(value=value):
                raise Returned(None if value is None else self.value_of(value))
            case _:
                pass

    def starts_at_0(self, target: ast.expr) -> bool:
        """Whether a name holds a 0 of its own: what is added to it is all there is of the sum."""
        if not isinstance(target, ast.Name):
            return False
        match self.names[-1].get(target.id):
            case Node(op="leaf", value=0, args=(target.id, *_)):
                return True
        return False

    def branch(self, test: ast.expr, body: list[ast.stmt], orelse: list[ast.stmt]) -> None:
        if isinstance(test, ast.Compare) and names_main(test):
            self.follow(body)
        else:
            self.follow(body if self.holds(self.value_of(test)) else orelse)

    def assign(self, target: ast.expr, value: Value) -> None:
        if isinstance(target, ast.Name):
            if isinstance(value, tuple):
                value = list(value)
            value = named(value, target.id)
            self.names[-1][target.id] = value
            self.noted(target.id, value)
        elif isinstance(target, (ast.Tuple, ast.List)):
            parts = self.items(value)
            if len(parts) != len(target.elts):
                raise NotFollowed("names and values")
            for one, part in zip(target.elts, parts, strict=True):
                self.assign(one, part)
        elif isinstance(target, ast.Attribute):
            self.assign_attribute(target, value)
        elif isinstance(target, ast.Subscript) and whole_of_attribute(target):
            # weight.data[:] = ... fills a layer as weight.data = ... does.
            self.assign(target.value, value)
        elif isinstance(target, ast.Subscript):
            held = self.value_of(target.value)
            index = self.index_of(target.slice)
            if isinstance(held, dict) and isinstance(index, (str, int)):
                held[index] = named(value, f"{ast.unparse(target.value)}[{index!r}]")
            elif isinstance(held, np.ndarray):
                self.set_cells(held, index, value)
            elif isinstance(held, list) and isinstance(index, int) and abs(index) < len(held):
                held[index] = named(value, f"{ast.unparse(target.value)}[{index}]")

    def set_cells(self, held: Any, index: Any, value: Value) -> None:
        try:
            held[index] = array_of(value) if np.ndim(held[index]) else value
        except (IndexError, ValueError, TypeError):
            raise NotFollowed("index") from None

    def assign_attribute(self, target: ast.Attribute, value: Value) -> None:
        place: ast.expr = target
        while isinstance(place, ast.Attribute) and place.attr == "data":
            place = place.value
        if not isinstance(place, ast.Attribute):
            self.assign(place, value)
            return
        held = self.value_of(place.value)
        if isinstance(held, Instance):
            value = named(value, place.attr)
            held.holds[place.attr] = value
            self.noted(place.attr, value)
        elif isinstance(held, Linear):
            libraries.fill(held, place.attr, named(value, ast.unparse(place)))

    def noted(self, name: str, value: Value) -> None:
        if not self.probing:
            self.made.append((name, value, self.line))


def _with_holes(value: Value) -> bool:
    """Whether a list of numbers has a name in it that nothing is known of."""
    if not isinstance(value, list):
        return False
    unknown = any(isinstance(part, Builtin) for part in value)
    numbers = any(isinstance(part, Node) for part in value)
    return (unknown and numbers) or any(map(_with_holes, value))
