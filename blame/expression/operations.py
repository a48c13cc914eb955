"""The registry of operations. A new one is one entry here; all else reads it from it.

At a kink each hands back a stated subgradient, as PyTorch does: relu and abs 0, max and min half to
each of the two.
"""

from __future__ import annotations

import numpy as np

from blame.activations import ACTIVATIONS
from blame.arrays import Array
from blame.expression.operation import Operation


def _ones(y: Array, *inputs: Array) -> Array:
    return np.ones_like(inputs[0])


def _minus_ones(y: Array, *inputs: Array) -> Array:
    return -np.ones_like(inputs[0])


def _share(of: Array) -> Array:
    """Return 1 where the difference is above 0, 0 below, and half each at a tie."""
    return np.heaviside(of, 0.5)


_SIGMOID, _TANH, _RELU = (ACTIVATIONS[name] for name in ("sigmoid", "tanh", "relu"))

OPERATIONS: dict[str, Operation] = {
    operation.name: operation
    for operation in (
        Operation(
            "add",
            lambda a, b: a + b,
            (_ones, _ones),
            "{a} + {b}",
            ("1", "1"),
            "A sum hands what comes back to both of its terms, unchanged.",
            sign="+",
            exact=True,
        ),
        Operation(
            "subtract",
            lambda a, b: a - b,
            (_ones, _minus_ones),
            "{a} - {b}",
            ("1", "-1"),
            "A difference hands it on to the first, and with the sign turned to the second.",
            sign="-",
            exact=True,
        ),
        Operation(
            "multiply",
            lambda a, b: a * b,
            (lambda y, a, b: b, lambda y, a, b: a),
            "{a} * {b}",
            ("{b}", "{a}"),
            "A product hands each factor what comes back times the other factor.",
            sign="*",
            exact=True,
        ),
        Operation(
            "divide",
            lambda a, b: a / b,
            (lambda y, a, b: 1 / b, lambda y, a, b: -a / b**2),
            "{a} / {b}",
            ("1 / {b}", "-{a} / {b} ** 2"),
            "A fraction hands it on divided by what is below; more below makes it smaller.",
            sign="/",
            domain=lambda a, b: b != 0,
            domain_words="a divisor other than 0",
            exact=True,
        ),
        Operation(
            "power",
            lambda a, b: a**b,
            (
                lambda y, a, b: np.where(b == 0, 0.0, b * a ** np.where(b == 0, 1.0, b - 1)),
                lambda y, a, b: y * np.log(a),
            ),
            "{a} ** {b}",
            ("{b} * {a} ** ({b} - 1)", "{y} * np.log({a})"),
            "A power hands on the exponent times the power that is one lower.",
            sign="**",
            domain=lambda a, b: (a > 0) | ((b == np.floor(b)) & ((a != 0) | (b >= 0))),
            domain_words="a base above 0, or a whole exponent (at 0 none below 0)",
        ),
        Operation(
            "negate",
            lambda a: -a,
            (_minus_ones,),
            "-{a}",
            ("-1",),
            "A minus turns the sign of what comes back.",
            sign="-",
            exact=True,
        ),
        Operation(
            "exp",
            np.exp,
            (lambda y, a: y,),
            "np.exp({a})",
            ("{y}",),
            "The slope of exp is its own value.",
        ),
        Operation(
            "log",
            np.log,
            (lambda y, a: 1 / a,),
            "np.log({a})",
            ("1 / {a}",),
            "The slope of the natural logarithm is one over what goes in.",
            also=("ln",),
            domain=lambda a: a > 0,
            domain_words="a number above 0",
        ),
        Operation(
            "tanh",
            _TANH.value,
            (lambda y, a: _TANH.derivative(a),),
            "np.tanh({a})",
            ("1 - {y} ** 2",),
            "The slope of tanh is 1 minus the square of its output: flat where it is near 1 or -1.",
        ),
        Operation(
            "sigmoid",
            _SIGMOID.value,
            (lambda y, a: _SIGMOID.derivative(a),),
            "1 / (1 + np.exp(-{a}))",
            ("{y} * (1 - {y})",),
            "The slope of a sigmoid is y (1 - y) of its output: at most a quarter.",
            torch="torch.sigmoid({a})",
        ),
        Operation(
            "relu",
            _RELU.value,
            (lambda y, a: _RELU.derivative(a),),
            "np.maximum({a}, 0)",
            ("({a} > 0)",),
            "A ReLU is a gate: open above 0 it hands everything on, shut it hands on nothing.",
            also=("ReLU",),
            kink=lambda a: a,
            kink_words="relu hands back 0",
            torch="torch.relu({a})",
            exact=True,
        ),
        Operation(
            "max",
            np.maximum,
            (lambda y, a, b: _share(a - b), lambda y, a, b: _share(b - a)),
            "np.maximum({a}, {b})",
            ("np.heaviside({a} - {b}, 0.5)", "np.heaviside({b} - {a}, 0.5)"),
            "max hands everything to the larger of the two, and the other gets nothing.",
            also=("maximum",),
            kink=lambda a, b: a - b,
            kink_words="max hands half to each",
            exact=True,
        ),
        Operation(
            "min",
            np.minimum,
            (lambda y, a, b: _share(b - a), lambda y, a, b: _share(a - b)),
            "np.minimum({a}, {b})",
            ("np.heaviside({b} - {a}, 0.5)", "np.heaviside({a} - {b}, 0.5)"),
            "min hands everything to the smaller of the two, and the other gets nothing.",
            also=("minimum",),
            kink=lambda a, b: a - b,
            kink_words="min hands half to each",
            exact=True,
        ),
        Operation(
            "abs",
            np.abs,
            (lambda y, a: np.sign(a),),
            "np.abs({a})",
            ("np.sign({a})",),
            "abs hands it on as it is above 0, and with the sign turned below.",
            kink=lambda a: a,
            kink_words="abs hands back 0",
            exact=True,
        ),
        Operation(
            "sqrt",
            np.sqrt,
            (lambda y, a: 0.5 / y,),
            "np.sqrt({a})",
            ("0.5 / {y}",),
            "The slope of a root is one over twice the root: steep near 0.",
            domain=lambda a: a > 0,
            domain_words="a number above 0",
            exact=True,
        ),
        Operation(
            "sin",
            np.sin,
            (lambda y, a: np.cos(a),),
            "np.sin({a})",
            ("np.cos({a})",),
            "The slope of the sine is the cosine.",
        ),
        Operation(
            "cos",
            np.cos,
            (lambda y, a: -np.sin(a),),
            "np.cos({a})",
            ("-np.sin({a})",),
            "The slope of the cosine is minus the sine.",
        ),
        Operation(
            "sum",
            lambda a: np.add.reduce(a, -1, keepdims=True),
            (_ones,),
            "np.sum({a})",
            ("1",),
            "sum hands every entry the same: what comes back, unchanged.",
            gathers=True,
        ),
        Operation(
            "mean",
            lambda a: np.add.reduce(a, -1, keepdims=True) / a.shape[-1],
            (lambda y, a: np.ones_like(a) / a.shape[-1],),
            "np.mean({a})",
            ("1 / np.size({a})",),
            "mean hands every entry its share: what comes back, divided by how many there are.",
            gathers=True,
        ),
    )
}
"""Every operation by name."""


def written_as(sign: str, arity: int) -> Operation:
    """Return the operation that a sign stands for, between two inputs or before one."""
    return next(
        operation
        for operation in OPERATIONS.values()
        if operation.sign == sign and operation.arity == arity
    )


def called(name: str) -> Operation | None:
    """Return the operation that a text calls by this name, None if there is none."""
    return next(
        (
            operation
            for operation in OPERATIONS.values()
            if not operation.sign and name in (operation.name, *operation.also)
        ),
        None,
    )


def functions() -> tuple[str, ...]:
    """Return what a text may call."""
    return tuple(operation.name for operation in OPERATIONS.values() if not operation.sign)
