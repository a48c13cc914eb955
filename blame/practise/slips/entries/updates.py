"""Slips at the update, and numbers rounded on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from blame.arrays import Array
from blame.practise.slips.desk import Change, Desk, Setup, Step
from blame.practise.slips.slip import Slip
from blame.practise.slips.steps import ON_PAPER, RIGHT, parameter, velocity


def _plus(kind: str) -> Change:
    return lambda work, k, go: parameter(work, kind, k) + work.setup.rate * velocity(work, kind, k)


def _without_rate(kind: str) -> Change:
    return lambda work, k, go: parameter(work, kind, k) - velocity(work, kind, k)


def _change_alone(kind: str) -> Change:
    return lambda work, k, go: -work.setup.rate * velocity(work, kind, k)


def _held_moved(kind: str) -> Change:
    def moved(work: Desk, k: int, go: Step) -> Array:
        rule = work.setup.rules[f"{kind}{k}"]._replace(held=None)
        before, gradient = parameter(work, kind, k), work.get(f"d{kind}", k)
        return before - work.setup.rate * work.setup.update.velocity(rule, before, gradient, None)

    return moved


def _gradient_alone(kind: str) -> Change:
    """Move by the gradient as it is, but for what is held: no decay, nothing tied."""

    def moved(work: Desk, k: int, go: Step) -> Array:
        held = work.setup.rules[f"{kind}{k}"].held
        gradient = work.get(f"d{kind}", k)
        step = gradient if held is None else np.where(held, 0.0, gradient)
        return parameter(work, kind, k) - work.setup.rate * step

    return moved


def _still(kind: str) -> Change:
    return lambda work, k, go: parameter(work, kind, k)


def _rounded(decimals: int) -> Mapping[str, Change]:
    return _each(lambda values: np.round(values, decimals))


def _cut(decimals: int) -> Mapping[str, Change]:
    return _each(lambda values: np.trunc(values * 10**decimals) / 10**decimals)


def _each(shorten: Callable[[Array], Array]) -> Mapping[str, Change]:
    """Return changes that shorten what each step makes; whatever follows goes by that."""

    def of(step: Step) -> Change:
        return lambda work, k, go: shorten(step(work, k))

    return {name: of(ON_PAPER.get(name, step)) for name, step in RIGHT.items()}


def _has_held(setup: Setup) -> bool:
    return bool(setup.update.held)


def _tied_or_decays(setup: Setup) -> bool:
    return bool(setup.update.tied or setup.update.weight_decay)


_MOVE = "new W = W - rate × dW"

UPDATES = (
    Slip(
        "update_added",
        "the update goes with the blame, by a plus",
        "it goes against the blame: minus the learning rate times the gradient",
        {"new_W": _plus("W"), "new_b": _plus("b")},
        "new W = W + rate × dW",
        _MOVE,
    ),
    Slip(
        "rate_left_out",
        "the learning rate is left out of the update",
        "the step is the learning rate times the gradient",
        {"new_W": _without_rate("W"), "new_b": _without_rate("b")},
        "new W = W - dW",
        _MOVE,
    ),
    Slip(
        "change_alone",
        "the change is taken for the new parameter",
        "the new parameter is the old one plus its change",
        {"new_W": _change_alone("W"), "new_b": _change_alone("b")},
        "new W = -rate × dW",
        _MOVE,
    ),
    Slip(
        "bias_not_updated",
        "the biases are not updated",
        "they move like the weights, unless they are held",
        {"new_b": _still("b")},
        "new b = b",
        "new b = b - rate × db",
    ),
    Slip(
        "held_updated",
        "what is held is updated as well",
        "in this exercise some parameters are not trained",
        {"new_W": _held_moved("W"), "new_b": _held_moved("b")},
        "new b = b - rate × db",
        "new b = b",
        _has_held,
    ),
    Slip(
        "gradient_alone",
        "each parameter is moved by its own gradient alone",
        "here a tied bias moves by the sum of its layer's gradients, and decay is added",
        {"new_W": _gradient_alone("W"), "new_b": _gradient_alone("b")},
        "new W = W - rate × dW",
        "new W = W - rate × (dW + decay × W), and for a tied bias the sum of db",
        _tied_or_decays,
    ),
    *(
        Slip(
            f"rounded_to_{decimals}",
            f"each number is rounded to {words} decimals before it is used",
            "rounding on the way changes the last digits of what follows",
            _rounded(decimals),
            "rounded, then used",
            "used with all digits, rounded last",
            alone=True,
        )
        for decimals, words in ((4, "four"), (3, "three"), (2, "two"))
    ),
    *(
        Slip(
            f"cut_after_{decimals}",
            f"each number is cut off after {words} decimals before it is used",
            "cutting on the way changes the last digits of what follows",
            _cut(decimals),
            "cut off, then used",
            "used with all digits, rounded last",
            alone=True,
        )
        for decimals, words in ((4, "four"), (3, "three"), (2, "two"))
    ),
)
