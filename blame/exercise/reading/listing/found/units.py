"""The units of a computation: each a sum of products, with its bias and its activation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from blame.exercise.reading.listing.symbols import Node

ACTIVATIONS = ("tanh", "sigmoid", "relu", "softplus", "leaky_relu", "softmax")
MOST_LAYERS = 6
MOST_TERMS = 40
"""A sum that doubles itself line by line has more terms than can be listed."""
_DATA = re.compile(
    r"(?:self\.)?(?:x|X|i|in|inp|inputs?|features?|data|a0|l0|layer_?0|sample|X_\w+)[\d_\[\]]*"
)
_WEIGHT = re.compile(
    r"(?:.*\.)?(?:w|v|u|theta|weights?|syn)(?:[\d_\[\]]|$).*|.*(?i:weight|kernel).*"
)


class NotANetwork(Exception):  # noqa: N818
    """Sums that are no fully connected layers."""


@dataclass
class Unit:
    activation: str
    slope: float
    weights: dict[Any, tuple[Node, Node]]
    """Weight and source, by what the source is."""
    bias: Node | None = None
    theta: bool = False


def _key(source: Node) -> Any:
    return ("leaf", *source.args) if source.op == "leaf" else id(source)


def _terms(z: Node) -> list[tuple[float, Node]]:
    """Return the terms of a sum, each with its sign."""
    found: list[tuple[float, Node]] = []
    left = [(1.0, z)]
    while left:
        sign, part = left.pop()
        if len(left) + len(found) > MOST_TERMS:
            raise NotANetwork
        if part.op == "add":
            left += [(sign, part.args[1]), (sign, part.args[0])]
        elif part.op == "neg":
            left.append((-sign, part.args[0]))
        else:
            found.append((sign, part))
    return found


class UnitReader:
    def __init__(self) -> None:
        self.units: dict[int, Unit] = {}
        self.inputs: dict[int, frozenset[Any]] = {}

    def unit(self, output: Node) -> Unit:
        if id(output) not in self.units:
            self.units[id(output)] = self._unit(output)
        return self.units[id(output)]

    def _unit(self, output: Node) -> Unit:
        activation, slope, z = "identity", 0.0, output
        if output.op in ACTIVATIONS:
            activation = output.op
            z = output.args[1 + output.args[0]] if activation == "softmax" else output.args[0]
            slope = float(output.args[1]) if activation == "leaky_relu" else 0.0
        unit = Unit(activation, slope, {})
        terms = _terms(z)
        weighted = any(term.op == "mul" for _, term in terms)
        for sign, term in terms:
            if weighted and _is_source(term):
                # A weight of 1 that is not written, beside others that are: h1 - 1.5 * h2.
                self._weigh(unit, Node("num", (), sign), term)
            else:
                self._add(unit, sign, term)
        if not unit.weights:
            raise NotANetwork
        return unit

    def _add(self, unit: Unit, sign: float, term: Node) -> None:
        factor = sign
        while term.op == "mul" and "num" in (term.args[0].op, term.args[1].op):
            a, b = term.args
            constant, term = (a, b) if a.op == "num" else (b, a)
            factor *= constant.value
            if term.op != "mul":
                self._weigh(unit, Node("num", (), factor), term)
                return
        if term.op == "mul":
            if factor != 1:
                raise NotANetwork
            self._weigh(unit, *_weight_and_source(*term.args))
        elif term.op in ("leaf", "num"):
            if unit.bias is not None:
                raise NotANetwork
            unit.bias = Node(term.op, term.args, term.value * factor)
            unit.theta = factor < 0
        else:
            raise NotANetwork

    def _weigh(self, unit: Unit, weight: Node, source: Node) -> None:
        if _key(source) in unit.weights:
            raise NotANetwork
        unit.weights[_key(source)] = (weight, source)

    def inputs_of(self, output: Node, depth: int = 0) -> frozenset[Any]:
        """Return the inputs an output depends on: what tells samples apart."""
        if depth > MOST_LAYERS:
            raise NotANetwork
        if id(output) not in self.inputs:
            found: set[Any] = set()
            for _, source in self.unit(output).weights.values():
                if source.op == "leaf":
                    found.add(_key(source))
                else:
                    found |= self.inputs_of(source, depth + 1)
            self.inputs[id(output)] = frozenset(found)
        return self.inputs[id(output)]


def _is_source(term: Node) -> bool:
    return term.op in ACTIVATIONS or (
        term.op == "leaf" and bool(_DATA.fullmatch(term.args[0])) and not term.args[1]
    )


def _weight_and_source(a: Node, b: Node) -> tuple[Node, Node]:
    if a.op != "leaf" and b.op != "leaf":
        raise NotANetwork
    if a.op != "leaf" or b.op != "leaf":
        return (a, b) if a.op == "leaf" else (b, a)
    names = a.args[0], b.args[0]
    for told, pattern in ((1, _DATA), (0, _WEIGHT)):
        fits = [bool(pattern.fullmatch(name)) for name in names]
        if fits[0] != fits[1]:
            # The one that is data is the source; the one that is a weight is not.
            return (b, a) if fits[0] == bool(told) else (a, b)
    return b, a
