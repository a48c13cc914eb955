"""A listing being followed: its statements, and what the calls in them come to."""

from __future__ import annotations

import ast

import numpy as np

from blame.exercise.reading.listing import symbols
from blame.exercise.reading.listing.calls import libraries
from blame.exercise.reading.listing.calls.arguments import Named
from blame.exercise.reading.listing.calls.calls import CALLS
from blame.exercise.reading.listing.calls.generators import Generator
from blame.exercise.reading.listing.calls.handed import in_order
from blame.exercise.reading.listing.calls.random import drawn, seeded
from blame.exercise.reading.listing.found.activation_probe import turns_out
from blame.exercise.reading.listing.statements import Returned, Statements
from blame.exercise.reading.listing.symbols import Node, Value
from blame.exercise.reading.listing.values import (
    UNKNOWN,
    Act,
    Builtin,
    Instance,
    Key,
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

MOST_CALLS = 6
"""User functions call each other at most so deep."""


class Run(Statements):
    """What a listing does, its calls among it: nothing is executed, all is followed."""

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
                pairs = [
                    (key.numbers if isinstance(key, Key) else key, held)
                    for key, held in owner.items()
                ]
                return {
                    "values": list(owner.values()),
                    "items": pairs,
                    "keys": [key for key, _ in pairs],
                }.get(function.attr, UNKNOWN)
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
        if isinstance(function, (Linear, Stack, Act)) and args and isinstance(args[0], Stack):
            more = function.layers if isinstance(function, Stack) else [function]
            return Stack([*args[0].layers, *more])
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
        elif name == "get_layer" and isinstance(model, Stack) and args:
            wanted = args[0]
            if isinstance(wanted, Node):
                return model.layers[int(wanted.value)]
            named_so = [one for one in libraries.linears(model) if one.name == wanted]
            return named_so[0] if named_so else UNKNOWN
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
        line = self.line
        try:
            self.follow(function.body)
        except Returned as answer:
            return answer.value
        finally:
            self.names.pop()
            self.calls -= 1
            self.line = line
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
