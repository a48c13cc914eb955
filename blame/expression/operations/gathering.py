"""What makes one number out of a vector, without a kink: sum, mean, one of its entries."""

from __future__ import annotations

import numpy as np

from blame.expression.limits import MOST_WIDE
from blame.expression.operations.operation import Operation


def _entry(i: int) -> Operation:
    """Return what takes entry i; a text writes it behind its vector."""
    return Operation(
        f"entry {i}",
        lambda a: a[..., i : i + 1],
        (lambda y, a: np.broadcast_to(1.0 * (np.arange(a.shape[-1]) == i), a.shape),),
        f"{{a}}[{i}]",
        (f"(np.arange(np.size({{a}})) == {i})",),
        "One entry is taken: it gets all that comes back, the others of its vector nothing.",
        sign=f"[{i}]",
        gathers=True,
        said=(f"1 at [{i}], else 0",),
        exact=True,
        taken=i,
    )


GATHERING = (
    Operation(
        "sum",
        lambda a: np.add.reduce(a, -1, keepdims=True),
        (lambda y, a: np.ones_like(a),),
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
    *(_entry(i) for i in range(MOST_WIDE)),
)
