"""Every step of both passes and of the update, as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from blame.arrays import Array, product
from blame.practise.slips.desk import Desk, Step

SLOPE_OF_A: Mapping[str, Callable[[Array], Array]] = {
    "sigmoid": lambda a: a * (1 - a),
    "softmax": lambda a: a * (1 - a),
    "tanh": lambda a: 1 - a**2,
}
"""Slopes that are written with the activation itself."""


def transposed(values: Array) -> Array:
    """Return a matrix, or each of a stack, with rows and columns the other way round."""
    return values.swapaxes(-1, -2)


def _z(work: Desk, k: int) -> Array:
    weighted = product(work.input(k), work.setup.weights[k - 1])
    bias = work.setup.biases[k - 1]
    return weighted if bias is None else weighted + bias[..., None, :]


def _a(work: Desk, k: int) -> Array:
    return work.setup.activations[k - 1].value(work.get("z", k))


def _loss(work: Desk, k: int) -> Array:
    setup = work.setup
    if setup.fused and not work.on_paper:
        return np.asarray(setup.fused.value(work.get("z", setup.depth), setup.target))
    return _paper_loss(work, k)


def _paper_loss(work: Desk, k: int) -> Array:
    return np.asarray(work.setup.loss.value(work.get("a", work.last), work.setup.target))


def _upstream(work: Desk, k: int) -> Array:
    setup = work.setup
    if k < setup.depth:
        return product(work.get("delta", k + 1), transposed(setup.weights[k]))
    if setup.fused and not work.on_paper:
        return setup.fused.gradient(work.get("z", k), setup.target)
    return _paper_upstream(work, k)


def _paper_upstream(work: Desk, k: int) -> Array:
    if k < work.last:
        return _upstream(work, k)
    return work.setup.loss.gradient(work.get("a", k), work.setup.target)


def _slope(work: Desk, k: int) -> Array:
    if work.on_paper:
        return _paper_slope(work, k)
    return work.setup.activations[k - 1].derivative(work.get("z", k))


def _paper_slope(work: Desk, k: int) -> Array:
    activation = work.setup.activations[k - 1]
    of_a = SLOPE_OF_A.get(activation.name)
    return of_a(work.get("a", k)) if of_a else activation.derivative(work.get("z", k))


def _delta(work: Desk, k: int) -> Array:
    setup = work.setup
    if k == setup.depth and setup.fused and not work.on_paper:
        return setup.fused.delta(work.get("z", k), setup.target)
    return _paper_delta(work, k)


def _paper_delta(work: Desk, k: int) -> Array:
    setup = work.setup
    if k == setup.depth and setup.fused and setup.fused.slope == "y - t":
        prediction = work.get("a", k)
        whole = setup.target.sum(-1, keepdims=True) if setup.fused.slope_of_any else 1.0
        off: Array = prediction * whole - setup.target
        return off / setup.loss.shares(*prediction.shape[-2:])
    upstream = work.get("upstream", k)
    return setup.activations[k - 1].delta(work.get("z", k), upstream, work.get("slope", k))


def _dW(work: Desk, k: int) -> Array:
    return product(transposed(work.input(k)), work.get("delta", k))


def _db(work: Desk, k: int) -> Array:
    found: Array = np.add.reduce(work.get("delta", k), -2)
    return found


def _d_x(work: Desk, k: int) -> Array:
    return product(work.get("delta", 1), transposed(work.setup.weights[0]))


def velocity(work: Desk, kind: str, k: int) -> Array:
    """Return what the learning rate multiplies: the gradient, after all that holds for its array.

    Parameters
    ----------
    kind : "W" or "b".
    """
    rule = work.setup.rules[f"{kind}{k}"]
    gradient = work.get(f"d{kind}", k)
    return work.setup.update.velocity(rule, parameter(work, kind, k), gradient, None)


def parameter(work: Desk, kind: str, k: int) -> Array:
    """Return the weights, "W", or the bias, "b", of layer k before the update."""
    found = (work.setup.weights if kind == "W" else work.setup.biases)[k - 1]
    assert found is not None
    return found


def _new_W(work: Desk, k: int) -> Array:
    return parameter(work, "W", k) - work.setup.rate * velocity(work, "W", k)


def _new_b(work: Desk, k: int) -> Array:
    return parameter(work, "b", k) - work.setup.rate * velocity(work, "b", k)


RIGHT: Mapping[str, Step] = {
    "z": _z,
    "a": _a,
    "loss": _loss,
    "upstream": _upstream,
    "slope": _slope,
    "delta": _delta,
    "dW": _dW,
    "db": _db,
    "d_x": _d_x,
    "new_W": _new_W,
    "new_b": _new_b,
}
"""Every step of both passes and of the update, as it is. The blame at a is called upstream."""
ON_PAPER: Mapping[str, Step] = {
    "loss": _paper_loss,
    "upstream": _paper_upstream,
    "slope": _paper_slope,
    "delta": _paper_delta,
}
"""Steps that go by the activations, where floats go by z to keep their digits.

For whoever has other activations than those of z.
"""
OWN_AXES = dict.fromkeys(RIGHT, 2) | {"loss": 0, "db": 1, "new_b": 1}
"""How many axes the array of each step has by itself."""
