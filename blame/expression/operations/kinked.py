"""What has a kink, where the slopes of the two sides differ.

There each hands back a stated subgradient, as PyTorch does: relu and abs 0, max and min equal parts
to all that are level.
"""

from __future__ import annotations

import numpy as np

from blame.activations import ACTIVATIONS
from blame.arrays import Array
from blame.expression.operations.operation import Kinked, Operation

_RELU = ACTIVATIONS["relu"]
_EACH_HALF = "hands half to each in PyTorch and JAX, and in TensorFlow all to the first of the two."
_EQUAL_PARTS = (
    "hands an equal part to each in PyTorch, TensorFlow and JAX, but with an axis PyTorch gives "
    "all to one of them."
)


def _share(of: Array) -> Array:
    """Return 1 where the difference is above 0, 0 below, and half each at a tie."""
    return np.heaviside(of, 0.5)


def _parts(y: Array, a: Array) -> Array:
    """Return an equal part for each entry that is the one taken."""
    level = 1.0 * (a == y)
    return level / np.add.reduce(level, -1, keepdims=True)


def _ahead(a: Array) -> Array:
    """Return how far each entry is ahead of the largest of the others."""
    ranked = np.sort(a, -1)
    return np.where(a == ranked[..., -1:], a - ranked[..., -2:-1], a - ranked[..., -1:])


def _along_relu(tie: Array, a: Array, da: Array) -> Array:
    return np.where(abs(a) <= tie, np.maximum(da, 0.0), (a > 0) * da)


def _along_abs(tie: Array, a: Array, da: Array) -> Array:
    return np.where(abs(a) <= tie, abs(da), np.sign(a) * da)


def _along_max(tie: Array, a: Array, b: Array, da: Array, db: Array) -> Array:
    return np.where(abs(a - b) <= tie, np.maximum(da, db), np.where(a > b, da, db))


def _along_min(tie: Array, a: Array, b: Array, da: Array, db: Array) -> Array:
    return -_along_max(tie, -a, -b, -da, -db)


def _along_largest(tie: Array, a: Array, da: Array) -> Array:
    level = np.maximum.reduce(a, -1, keepdims=True) - a <= tie
    return np.maximum.reduce(np.where(level, da, -np.inf), -1, keepdims=True)


def _along_smallest(tie: Array, a: Array, da: Array) -> Array:
    return -_along_largest(tie, -a, -da)


KINKED = (
    Operation(
        "relu",
        _RELU.value,
        (lambda y, a: _RELU.derivative(a),),
        "np.maximum({a}, 0)",
        ("({a} > 0)",),
        "A ReLU is a gate: open above 0 it hands everything on, shut it hands on nothing.",
        also=("ReLU",),
        kink=Kinked(
            lambda a: a,
            "relu hands back 0",
            "below its slope is 0, above it is 1",
            _along_relu,
            "relu hands back 0 in PyTorch, TensorFlow and JAX. Written max(x, 0) it is another "
            "matter: one half with maximum in PyTorch and JAX, everything with TensorFlow's.",
        ),
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
        kink=Kinked(
            lambda a, b: a - b,
            "max hands half to each",
            "on one side all goes to the first, on the other all to the second",
            _along_max,
            f"maximum {_EACH_HALF} Python's own max(a, b), as in a small engine, gives all to the "
            "first as well.",
        ),
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
        kink=Kinked(
            lambda a, b: a - b,
            "min hands half to each",
            "on one side all goes to the first, on the other all to the second",
            _along_min,
            f"minimum {_EACH_HALF} Python's own min(a, b), as in a small engine, gives all to the "
            "first as well.",
        ),
        exact=True,
    ),
    Operation(
        "abs",
        np.abs,
        (lambda y, a: np.sign(a),),
        "np.abs({a})",
        ("np.sign({a})",),
        "abs hands it on as it is above 0, and with the sign turned below.",
        kink=Kinked(
            lambda a: a,
            "abs hands back 0",
            "below its slope is \u22121, above it is 1",
            _along_abs,
            "abs hands back 0 in PyTorch and TensorFlow, everything in JAX, as if 0 were above 0.",
        ),
        exact=True,
    ),
    Operation(
        "largest entry",
        lambda a: np.maximum.reduce(a, -1, keepdims=True),
        (_parts,),
        "np.max({a})",
        ("({a} == {y}) / np.sum({a} == {y})",),
        "max hands everything to the largest entry, and the others get nothing.",
        shown="max",
        gathers=True,
        said=("1 at the largest, else 0",),
        kink=Kinked(
            _ahead,
            "max hands an equal part to each that is level",
            "each of those that are level takes all where it alone moves up",
            _along_largest,
            f"max of a whole tensor {_EQUAL_PARTS} Python's own max(v) gives all to the first.",
        ),
        exact=True,
    ),
    Operation(
        "smallest entry",
        lambda a: np.minimum.reduce(a, -1, keepdims=True),
        (_parts,),
        "np.min({a})",
        ("({a} == {y}) / np.sum({a} == {y})",),
        "min hands everything to the smallest entry, and the others get nothing.",
        shown="min",
        gathers=True,
        said=("1 at the smallest, else 0",),
        kink=Kinked(
            lambda a: _ahead(-a),
            "min hands an equal part to each that is level",
            "each of those that are level takes all where it alone moves down",
            _along_smallest,
            f"min of a whole tensor {_EQUAL_PARTS} Python's own min(v) gives all to the first.",
        ),
        exact=True,
    ),
)
