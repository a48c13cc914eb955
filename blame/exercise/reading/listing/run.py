"""Statements of a listing, followed in order: what is assigned, defined and called."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from blame.exercise.reading.listing import libraries, symbols
from blame.exercise.reading.listing.activation_probe import turns_out
from blame.exercise.reading.listing.calls import CALLS, Named, drawn, seeded
from blame.exercise.reading.listing.evaluate import Evaluator
from blame.exercise.reading.listing.generators import Generator
from blame.exercise.reading.listing.handed import in_order
from blame.exercise.reading.listing.sample_loop import sample_by_sample
from blame.exercise.reading.listing.symbols import Node, Value
from blame.exercise.reading.listing.values import (
    UNKNOWN,
    Act,
    Builtin,
    Instance,
    Linear,
    LossCall,
    NotFollowed,
    Stack,
    UserClass,
    UserFunction,
    array_of,
    named,
    plain,
)

NONSENSE = (NotFollowed, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What following a line can end in: a text may ask anything of its values."""
MOST_CALLS = 6
"""User functions call each other at most so deep."""
UNROLLED = 12
TURNS = {"epoch", "epochs", "step", "iteration", "iter", "it", "_", "t", "e", "ep"}
"""Names of what counts the turns of a training loop: one turn is followed."""


class Returned(Exception):  # noqa: N818
    def __init__(self, value: Value) -> None:
        self.value = value


class Run(Evaluator):
    """A listing being followed; `made` is what was assigned, in order, with the line."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[tuple[str, Value, int]] = []
        self.shown: list[tuple[list[str], Value]] = []
        self.steps: int | None = None
        self.one_by_one: int | None = None
        """The line of a loop that updates the weights sample by sample."""
        self.generator: Generator | None = None
        self.generators: list[Generator] = []
        self.undrawn: list[int] = []
        self.failed: set[int] = set()
        self.calls = 0
        self.probing = 0
        self.line = 0
        self.offset = 0

    def follow(self, statements: list[ast.stmt]) -> None:
        """Follow statements one by one; a simple one that cannot be followed is passed over."""
        for statement in statements:
            self.line = getattr(statement, "lineno", 0) + self.offset
            try:
                self.statement(statement)
            except NONSENSE as error:
                if not self.calls:
                    self.failed |= set(range(self.line, _last(statement) + self.offset + 1))
                for name in _assigned(statement):
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
                self.assign(target, self.value_of(ast.BinOp(left=target, op=op, right=value)))
            case ast.Expr(value=value):
                asked = _asked(value)
                found = None
                try:
                    found = self.value_of(value)
                finally:
                    if not self.probing and len(self.names) == 1:
                        self.shown.append((asked, found))
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

    def branch(self, test: ast.expr, body: list[ast.stmt], orelse: list[ast.stmt]) -> None:
        if isinstance(test, ast.Compare) and _names_main(test):
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
            if name.lower() in TURNS or not used or turns > UNROLLED:
                if self.steps is None and turns >= 1:
                    self.steps = int(min(turns, 1e6))
                self.bind(target, symbols.num(0))
                self.follow(body)
                return
        items = self.items(self.value_of(iterable))
        for item in items[:UNROLLED]:
            self.bind(target, item)
            self.follow(body)

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
        elif isinstance(target, ast.Subscript) and _whole_of_attribute(target):
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

    def _call(self, expression: ast.Call) -> Value:
        function = expression.func
        if isinstance(function, ast.Attribute):
            held = self.method_of(function, expression)
            if held is not None:
                return held[0]
        args = [self.value_of(arg) for arg in expression.args if not isinstance(arg, ast.Starred)]
        given = {word.arg: self.value_of(word.value) for word in expression.keywords if word.arg}
        if isinstance(function, ast.Attribute):
            owner = self.value_of(function.value)
            if isinstance(owner, Generator):
                found = drawn(owner, function.attr, args, given)
                return UNKNOWN if found is None else found
            if isinstance(owner, Linear | Stack):
                return self.of_model(owner, function.attr, args)
            if isinstance(owner, list) and function.attr in ("append", "extend") and args:
                owner.extend(args if function.attr == "append" else self.items(args[0]))
                return None
            if isinstance(owner, dict):
                return {"values": list(owner.values()), "items": list(owner.items())}.get(
                    function.attr, UNKNOWN
                )
            if not isinstance(owner, (Builtin, Instance)):
                return self.library(Builtin(function.attr), [owner, *args], given)
        return self.called(self.value_of(function), args, given)

    def called(self, function: Value, args: list[Value], given: Named) -> Value:
        if isinstance(function, UserFunction):
            return self.user(function, args, given)
        if isinstance(function, UserClass):
            made = Instance(function)
            start = function.methods.get("__init__")
            if start:
                self.inline(_bound(start, made), args, given)
            return made
        if isinstance(function, Instance):
            for name in ("forward", "__call__", "call"):
                if name in function.of.methods:
                    return self.user(_bound(function.of.methods[name], function), args, given)
        if isinstance(function, (Linear, Stack, Act)) and args:
            return libraries.applied(self, function, args[0])
        if isinstance(function, LossCall) and len(args) == 2:
            return libraries.lost(self, function.key, *args)
        if isinstance(function, Builtin):
            return self.library(function, args, given)
        raise NotFollowed("call")

    def library(self, function: Builtin, args: list[Value], given: Named) -> Value:
        name = function.name
        made = libraries.made_layer(name, args, given, self.line)
        if made is None:
            made = libraries.loss_call(self, name, args, given)
        if made is not None:
            return made
        generator = seeded(name, args)
        if generator is not None:
            self.generators.append(generator)
            if name == "seed" and function.path.split(".")[0] in ("np", "numpy"):
                self.generator = generator
            return generator
        if "random" in function.path.split(".") or name in ("randn", "rand"):
            return self.random(function, args, given)
        if name in CALLS:
            try:
                return CALLS[name](self, args, given)
            except (IndexError, TypeError, AttributeError):
                raise NotFollowed(name) from None
        if name == "print" and not self.probing:
            self.made += [
                ("", one, self.line) for one in args if isinstance(one, Node | np.ndarray)
            ]
            return UNKNOWN
        for word, value in {**in_order(args), **given}.items():
            # A function that is not in the text: what it is given are the exercise's numbers.
            self.names[0].setdefault(word, named(value, word))
            self.noted(word, self.names[0][word])
        return UNKNOWN

    def random(self, function: Builtin, args: list[Value], given: Named) -> Value:
        numpys = function.path.split(".")[0] in ("np", "numpy") or function.path == function.name
        found = (
            drawn(self.generator, function.name, args, given)
            if (numpys and self.generator is not None)
            else None
        )
        if found is None:
            self.undrawn.append(self.line)
            return UNKNOWN
        return found

    def method_of(self, function: ast.Attribute, expression: ast.Call) -> tuple[Value] | None:
        """Follow what changes a layer in place: copy_, fill_, and PyTorch's init."""
        if function.attr in ("copy_", "fill_", "set_") and expression.args:
            self.assign(function.value, self.value_of(expression.args[0]))
            return (None,)
        if function.attr == "zero_" and not expression.args:
            self.assign(function.value, symbols.num(0))
            return (None,)
        if function.attr in ("constant_", "zeros_", "ones_") and expression.args:
            filled = {"zeros_": 0.0, "ones_": 1.0}.get(function.attr)
            value = symbols.num(filled) if filled is not None else self.value_of(expression.args[1])
            self.assign(expression.args[0], value)
            return (None,)
        return None

    def of_model(self, model: Value, name: str, args: list[Value]) -> Value:
        if name in ("forward", "call", "predict", "__call__") and args:
            return libraries.applied(self, model, args[0])
        if name == "set_weights" and args:
            libraries.spread(model, self.items(args[0]))
        elif name == "load_state_dict" and args and isinstance(args[0], dict):
            libraries.spread(model, list(args[0].values()))
        elif name in ("add", "append") and args and isinstance(model, Stack):
            model.layers.append(args[0])
        return model if name in ("to", "double", "float", "eval", "train") else UNKNOWN

    def user(self, function: UserFunction, args: list[Value], given: Named) -> Value:
        """Follow a call of the listing's own function; one that is an activation is that."""
        function.called = True
        if len(args) == 1 and not given and not self.probing and function.acts is not False:
            try:
                cells = array_of(args[0])
            except NotFollowed:
                cells = None
            if cells is not None:
                if function.acts is None:
                    function.acts = turns_out(self, function)
                if function.acts:
                    return libraries.activated(
                        self, function.acts.name, plain(cells), function.acts.slope
                    )
        return self.inline(function, args, given)

    def inline(self, function: UserFunction, args: list[Value], given: Named) -> Value:
        if self.calls >= MOST_CALLS:
            raise NotFollowed("calls too deep")
        scope = self.arguments(function, args, given)
        self.names.append(scope)
        self.calls += 1
        line, offset = self.line, self.offset
        try:
            self.follow(function.body)
        except Returned as answer:
            return answer.value
        finally:
            self.names.pop()
            self.calls -= 1
            self.line, self.offset = line, offset
        return None

    def arguments(self, function: UserFunction, args: list[Value], given: Named) -> Named:
        names = [one.arg for one in (*function.parameters.args, *function.parameters.kwonlyargs)]
        values = [function.instance, *args] if function.instance else list(args)
        defaults = function.parameters.defaults
        scope: Named = {}
        plain_names = names[: len(function.parameters.args)]
        for name, default in zip(
            plain_names[len(plain_names) - len(defaults) :], defaults, strict=True
        ):
            scope[name] = self.value_of(default)
        scope.update(zip(names, values, strict=False))
        scope.update({name: value for name, value in given.items() if name in names})
        for name in scope:
            if not self.probing:
                scope[name] = named(scope[name], name)
                self.noted(name, scope[name])
        return scope


def _bound(method: UserFunction, instance: Instance) -> UserFunction:
    return UserFunction(method.name, method.parameters, method.body, instance)


def _whole_of_attribute(target: ast.Subscript) -> bool:
    parts = target.slice
    whole = isinstance(parts, ast.Slice) and not (parts.lower or parts.upper or parts.step)
    return isinstance(target.value, ast.Attribute) and (
        whole or (isinstance(parts, ast.Constant) and parts.value is Ellipsis)
    )


def _names_main(test: ast.Compare) -> bool:
    return isinstance(test.left, ast.Name) and test.left.id == "__name__"


def _with_holes(value: Value) -> bool:
    """Whether a list of numbers has a name in it that nothing is known of."""
    if not isinstance(value, list):
        return False
    unknown = any(isinstance(part, Builtin) for part in value)
    numbers = any(isinstance(part, Node) for part in value)
    return (unknown and numbers) or any(map(_with_holes, value))


def _asked(expression: ast.expr) -> list[str]:
    """Return the names that a session asks for: x, y or print(x)."""
    if isinstance(expression, ast.Call) and getattr(expression.func, "id", "") == "print":
        return [name for arg in expression.args for name in _asked(arg)]
    if isinstance(expression, (ast.Tuple, ast.List)):
        return [name for part in expression.elts for name in _asked(part)]
    if isinstance(expression, ast.Name):
        return [expression.id]
    return [ast.unparse(expression)] if isinstance(expression, ast.Attribute) else []


def _last(statement: ast.stmt) -> int:
    # A block's own lines are told one by one.
    return statement.lineno if hasattr(statement, "body") else statement.end_lineno or 0


def _assigned(statement: ast.stmt) -> list[str]:
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    return [target.id for target in targets if isinstance(target, ast.Name)]
