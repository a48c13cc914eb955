"""Read a training run: what became of it, at which step, and the numbers that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from blame.runs.deaths import deaths, settled
from blame.runs.evidence import constant_floor
from blame.runs.signs import resting_gates
from blame.runs.verdicts import VERDICTS, verdicts
from blame.training import History

__all__ = ["FIT", "Bottom", "Finding", "bottom", "constant_floor", "diagnose"]

Bottom = Literal["fit", "minimum", "saddle", "flat", "unknown"]
FIT = 1e-6
"""A run fits its samples when the loss is below this share of where it started, or of 1."""
SATURATED = 0.01
"""A neuron is saturated where its slope is below this share of its activation's steepest."""
_AROUND = np.linspace(-30, 30, 601)


@dataclass(frozen=True)
class Finding:
    """What happened, the step at which it began or shows, and the evidence in numbers.

    `kind` is a key of `VERDICTS`, "neuron_dead" or "neuron_saturated". `where` names the neuron it
    concerns by its z, z1[0], of all samples; or the layer, or the factor that grew most; else it
    is empty.
    """

    kind: str
    step: int
    evidence: Mapping[str, float]
    where: str = ""


def diagnose(history: History) -> tuple[Finding, ...]:
    """Return what became of a single run: the verdict, each dead neuron, each saturated one.

    Evidence by kind:

    away         `factor`, by how much the loss grew a step; the growth a step of the output's
                 blame, and of the largest entry of each weight and activation, by their names;
                 `where` is the one that grew most
    kink         `flips` in the last `RECENT` steps, or 0 where the neuron rests; on which
                 `sample`; its `z` at the end and the `blame` that arrives at it
    dead         `floor`, the lowest loss that a constant prediction can reach, NaN where none can
                 be told; `loss` at the end; `where` is the layer
    converged    `loss`, `blame`; `lowest` and `highest`, eigenvalues of the Hessian in what is
                 trained; `least`, the loss that nothing can go below, where that is not 0
    oscillating  `rises` and `steps`, how many of how many last steps raised the loss; `low` and
                 `high`, between which it went
    slow         `fell`, the share of the loss above the least one that is gone
    falling      `ratio`, what each of the last steps multiplied that by; NaN without a least one
    neuron_dead  `before` and `after`, its largest z just before and at the step it died; `rests`
                 is 1 where it rests on its kink though blame arrives there, else 0
    neuron_saturated  `slope`, its largest on any sample at the end; `steepest`, its activation's

    Raises
    ------
    ValueError
        If the history is of a stack.
    """
    if history.losses.ndim != 1:
        raise ValueError(
            f"diagnose reads one run, got a stack of shape {history.losses.shape[1:]}; "
            "for a stack there is `verdicts`"
        )
    kind = str(verdicts(history))
    step, numbers, where = VERDICTS[kind].find(history)
    verdict = Finding(kind, step, MappingProxyType(dict(numbers)), where)
    return (verdict, *_dead_neurons(history), *_saturated_neurons(history))


def bottom(finding: Finding, start: float) -> Bottom:
    """Say what a converged run came to rest on.

    "fit" where the loss is next to the least there is; else by the Hessian's eigenvalues:
    "minimum" where none is below 0 by more than rounding and one above, "saddle" where some are
    below and some above, "flat" where none is above, "unknown" where they are not finite.
    """
    least = finding.evidence.get("least", 0.0)
    if np.isfinite(least) and finding.evidence["loss"] - least <= FIT * max(1.0, start - least):
        return "fit"
    lowest, highest = finding.evidence["lowest"], finding.evidence["highest"]
    if not np.isfinite([lowest, highest]).all():
        return "unknown"
    small = 1e-6 * max(1.0, highest, -lowest)
    if highest <= small:
        return "flat"
    return "saddle" if lowest < -small else "minimum"


def _dead_neurons(history: History) -> list[Finding]:
    found = []
    for layer, resting in enumerate(resting_gates(history)):
        z = history.forward.z[layer]
        for j, step in enumerate(deaths(history, layer)):
            if step is not None:
                before, after = (float(z[s, :, j].max()) for s in (max(step - 1, 0), step))
                evidence = MappingProxyType(
                    {"before": before, "after": after, "rests": float(resting[j])}
                )
                found.append(Finding("neuron_dead", step, evidence, f"z{layer + 1}[{j}]"))
    # In the order they happened; of one step in that of the layers.
    return sorted(found, key=lambda finding: finding.step or 0)


def _saturated_neurons(history: History) -> list[Finding]:
    """Return each hidden neuron whose activation is all but level on every sample to the end."""
    found = []
    layers = history.networks.layers[:-1]
    for k, (layer, slopes) in enumerate(
        zip(layers, history.backward.local_gradients, strict=False), start=1
    ):
        if layer.activation.kinks or layer.activation.straight:
            continue
        steepest = float(abs(layer.activation.derivative(_AROUND)).max())
        largest = abs(slopes).max(axis=1)
        for j, level in enumerate((largest < SATURATED * steepest).T):
            step = settled(level)
            if step is not None:
                evidence = {"slope": float(largest[-1, j]), "steepest": steepest}
                found.append(
                    Finding("neuron_saturated", step, MappingProxyType(evidence), f"z{k}[{j}]")
                )
    return found
