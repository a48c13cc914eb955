"""The formula of one update: what is held, what is tied, with momentum and weight decay."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from blame import BackwardPass
from blame.exercise.names import entry_name, entry_names
from blame.training.updates import Rule, Update
from pages.shared.words.formulas.latex import TIMES, aligned, matrix, symbol
from pages.shared.words.formulas.rows import MOST
from pages.shared.words.numbers import Numbers


def update(
    passes: BackwardPass,
    after: Mapping[str, np.ndarray],
    rate: float,
    n: Numbers,
    how: Update | None = None,
) -> str:
    """Return the first step every parameter takes: the old value less the rate times its blame.

    Parameters
    ----------
    passes : before the step.
    after : every parameter's array after it, by its name.
    rate : the learning rate.
    how : what is held, tied, and how the blame is used; plain gradient descent where it is None.
    """
    how = Update() if how is None else how
    network, lines = passes.forward_pass.network, []
    gradients, rules = passes.parameter_gradients(), how.rules(network)
    for name, before in network.parameters().items():
        rule = rules[name]
        if rule.held is not None and rule.held.all():
            lines.append(rf"{symbol(name, n)} &\text{{ is held}}")
            continue
        velocity = how.velocity(rule, before, gradients[name], None)
        lines += _step(
            name, before, velocity, after[name], rate, n, _in_symbols(name, rule, how, n)
        )
    return aligned(lines)


def _step(
    name: str,
    before: np.ndarray,
    velocity: np.ndarray,
    after: np.ndarray,
    rate: float,
    n: Numbers,
    used: str,
) -> list[str]:
    """Return one array's step; of a large one that of the number which moves the furthest."""
    if max(before.shape) > MOST:
        place = np.unravel_index(np.argmax(abs(velocity)), velocity.shape)
        own = entry_name(name, [int(i) for i in place])
        left = symbol(own, n)
        old, moved, new = (float(array[place]) for array in (before, velocity, after))
        return [
            rf"{left} &\leftarrow {n.tex(old, own)} - {n.factor(rate)}{TIMES}{n.factor(moved)}",
            rf"&= {n.tex(new)}",
        ]
    first = rf"{symbol(name, n)} &\leftarrow "
    names = entry_names(name, before.shape)
    # What is used may be more than the blame, which then is not what stands there.
    blamed = () if used else [f"d{each}" for each in names]
    shown = rf"{matrix(before, n, names)} - {n.factor(rate)}{TIMES}{matrix(velocity, n, blamed)}"
    told = [rf"{first}{symbol(name, n)} - {n.factor(rate)}{TIMES}{used}", f"&= {shown}"]
    plain = [f"{first}{shown}"]
    return [*(told if used else plain), f"&= {matrix(after, n)}"]


def _in_symbols(name: str, rule: Rule, how: Update, n: Numbers) -> str:
    """Return what the rate multiplies where that is not the blame alone, else nothing."""
    own = symbol(f"d{name}", n)
    terms = [rf"\textstyle\sum_j {own}" if rule.tied else own]
    if how.weight_decay:
        terms.append(rf"{Numbers().factor(how.weight_decay)}{TIMES}{symbol(name, n)}")
    if len(terms) == 1 and not rule.tied and rule.held is None:
        return ""
    made = f"({' + '.join(terms)})"
    return made if rule.held is None else rf"{made} \text{{ where it is trained}}"
