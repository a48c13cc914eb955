"""Statements of a listing, followed in order: what is assigned, defined and looped over."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from blame.exercise.reading.listing import symbols
from blame.exercise.reading.listing.calls import libraries
from blame.exercise.reading.listing.calls.generators import Generator
from blame.exercise.reading.listing.evaluate import Evaluator
from blame.exercise.reading.listing.found.sample_loop import sample_by_sample
from blame.exercise.reading.listing.parsed import (
    asked,
    assigned,
    last,
    names_main,
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

NONSENSE = (NotFollowed, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What following a line can end in: a text may ask anything of its values."""
UNROLLED = 12
MOST_SAMPLES_FOLLOWED = 30
"""A loop that goes through samples is followed so far; its loss has a term for each of them."""
TURNS = {"epoch", "epochs", "step", "iteration", "iter", "it", "_", "t", "e", "ep"}
"""Names of what counts the turns of a training loop: one turn is followed."""


class Returned(Exception):  # noqa: N818
    def __init__(self, value: Value) -> None:
        self.value = value


class Statements(Evaluator):
    """A listing being followed; `made` is what was assigned, in order, with the line."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[tuple[str, Value, int]] = []
        self.shown: list[tuple[list[str], Value]] = []
        self.steps: int | None = None
        self.one_by_one: int | None = None
        """The line of a loop that updates the weights sample by sample."""
        self.cut_short: int | None = None
        """The line of a loop that goes through more samples than are followed."""
        self.generator: Generator | None = None
        self.generators: list[Generator] = []
        self.undrawn: list[int] = []
        self.failed: set[int] = set()
        self.calls = 0
        self.probing = 0
        self.line = 0

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

    def loop(self, target: ast.expr, iterable: ast.expr, body: list[ast.stmt]) -> None:
        if (
            self.one_by_one is None
            and not self.probing
            and sample_by_sample(target, iterable, body)
            and self.samples_of(iterable) != 1
        ):
            self.one_by_one = self.line
        counted = isinstance(iterable, ast.Call) and getattr(iterable.func, "id", "") == "range"
        name = target.id if isinstance(target, ast.Name) else ""
        if counted and isinstance(iterable, ast.Call):
            used = any(
                isinstance(part, ast.Name) and part.id == name
                for line in body
                for part in ast.walk(line)
            )
            ends = [self.value_of(arg) for arg in iterable.args[:2]]
            turns = ends[-1].value - (ends[0].value if len(ends) == 2 else 0)
            samples = turns > UNROLLED and self.goes_through(name, body, int(turns))
            many = turns > UNROLLED and (not samples or self.one_by_one is not None)
            if name.lower() in TURNS or not used or many:
                if self.steps is None and turns >= 1 and not samples:
                    self.steps = int(min(turns, 1e6))
                self.bind(target, symbols.num(0))
                self.follow(body)
                return
        items = self.items(self.value_of(iterable))
        most = UNROLLED if self.one_by_one is not None else MOST_SAMPLES_FOLLOWED
        if len(items) > most and self.one_by_one is None and self.cut_short is None:
            self.cut_short = self.line
        for item in items[:most]:
            self.bind(target, item)
            self.follow(body)

    def goes_through(self, name: str, body: list[ast.stmt], turns: int) -> bool:
        """Whether a loop's counter picks one after the other from what has as many of them."""
        for part in (part for line in body for part in ast.walk(line)):
            if (
                isinstance(part, ast.Subscript)
                and isinstance(part.value, ast.Name)
                and any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(part.slice))
            ):
                held = self.names[-1].get(part.value.id, self.names[0].get(part.value.id))
                if isinstance(held, (list, np.ndarray)) and len(held) == turns:
                    return True
        return False

    def samples_of(self, iterable: ast.expr) -> int | None:
        """Return how many samples a loop goes through, None where that cannot be followed."""
        try:
            value = self.value_of(iterable)
            return len(self.items(value))
        except NONSENSE:
            return None

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
