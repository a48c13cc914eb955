"""Functions without a kink."""

from __future__ import annotations

import numpy as np

from blame.activations import ACTIVATIONS
from blame.expression.operations.operation import Operation

_SIGMOID, _TANH = (ACTIVATIONS[name] for name in ("sigmoid", "tanh"))

SMOOTH = (
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
        also=("\u03c3",),
        torch="torch.sigmoid({a})",
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
)
