"""The picture of the network in words, for those who hear it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from blame.probe.trace import Trace
from pages.shared.words.numbers import Numbers

View = Literal["forward", "blame", "both"]


def describe_picture(
    trace: Trace,
    view: View,
    numbers: Numbers,
    sample: int = 0,
    unknown: Collection[str] = (),
) -> str:
    """Say in words what the picture of one sample shows, but for what is not found yet."""
    passes, forward = trace.passes, trace.passes.forward_pass
    numbers = numbers.of(passes)
    x = ", ".join(numbers.text(value) for value in forward.x[sample])
    several = trace.n_samples > 1
    which = f"Sample {sample} of {trace.n_samples}. " if several else ""
    said = [f"Network of widths {', '.join(map(str, trace.sizes))}. {which}Input {x}."]
    for k, (z, a) in enumerate(zip(forward.z, forward.a, strict=True), start=1):
        for j in trace.width(k):
            values = f"z {numbers.text(z[sample, j])}, a {numbers.text(a[sample, j])}"
            text = f"Layer {k} neuron {j}: {values}"
            if view != "forward" and trace.delta(k, j, sample).name not in unknown:
                text += f", blame {numbers.signed(passes.deltas[k - 1][sample, j])}"
            said.append(text + (", gate shut." if is_shut(trace, k, j, sample) else "."))
    of = " of all samples" if several else ""
    said.append(f"Loss{of} {numbers.text(float(passes.loss))}.")
    return " ".join(said)


def is_shut(trace: Trace, k: int, j: int, sample: int = 0) -> bool:
    """Whether a hidden neuron hands nothing back: the slope of its activation there is 0."""
    return k < trace.depth and trace.slope(k, j, sample).value == 0
