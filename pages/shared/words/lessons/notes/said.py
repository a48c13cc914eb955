"""What several notes say alike: names of units and layers, and values as they are kept."""

from __future__ import annotations

from collections.abc import Iterable

from blame import BackwardPass
from blame.activations import Activation
from blame.probe.trace import Trace, trace_of
from blame.refusals import refuse_unless
from pages.shared.words.exercise import activation_title
from pages.shared.words.numbers import Numbers, full

MOST_TOLD = 4
"""So many neurons are told one by one; of more, how many they are."""


def opened(what: str, passes: BackwardPass) -> Trace:
    """Return the trace of one network's pass; a stack of networks is refused."""
    refuse_unless(what, passes, samples=None, instead="pick one network first")
    return trace_of(passes)


def title(activation: Activation) -> str:
    """Return what an activation is called in a sentence."""
    return activation_title(activation.name)


def of_layer(trace: Trace, k: int) -> str:
    """Return " of layer 2" where that must be said: where more than one layer has neurons so."""
    return f" of layer {k}" if trace.depth > 2 or k == trace.depth else ""


def as_kept(value: float, numbers: Numbers) -> str:
    """Return what float64 has for a value that is shown as 0 elsewhere: its digits on demand."""
    return f"the {full(value)} that float64 has" if numbers.all_digits else "what float64 has"


def listed(texts: Iterable[str]) -> str:
    """Return texts as a row: "a", "a and b", "a, b and c"."""
    *before, last = texts
    return f"{', '.join(before)} and {last}" if before else last
