"""What is written with a sign: sums, products, powers."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array
from blame.expression.operations.operation import Operation


def _ones(y: Array, *inputs: Array) -> Array:
    return np.ones_like(inputs[0])


def _minus_ones(y: Array, *inputs: Array) -> Array:
    return -np.ones_like(inputs[0])


SIGNS = (
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
)
