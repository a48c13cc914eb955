"""Which neurons stand on a kink, where one rounding bit decides."""

from __future__ import annotations

import numpy as np

from blame import BackwardPass
from blame.kinks import on_the_kink
from pages.shared.words.lessons.notes.said import MOST_TOLD, as_kept, opened, title
from pages.shared.words.numbers import Numbers


def rounding_notes(passes: BackwardPass, numbers: Numbers) -> list[str]:
    """Say which z are zeros but for rounding: all that matters of a kink before there is blame."""
    trace = opened("what is said of kinks", passes)
    found = []
    for k, near in enumerate(on_the_kink(passes.forward_pass), 1):
        if trace.activations[k - 1].kinks != (0.0,):
            continue
        for s, j in np.argwhere(near).tolist():
            name = trace.entry(f"z{k}", j, s)
            if trace.value(name):
                kept = as_kept(trace.value(name), numbers)
                found.append(f"{name} cannot be told from 0: {kept} is no more than rounding.")
    more = len(found) - MOST_TOLD
    return [*found[:MOST_TOLD], *([f"The same holds of {more} more."] if more > 0 else [])]


def kink_notes(passes: BackwardPass, numbers: Numbers) -> list[str]:
    """Say which neurons stand on the kink of their activation, of all layers and samples."""
    trace = opened("what is said of kinks", passes)
    found = []
    for k, near in enumerate(on_the_kink(passes.forward_pass), 1):
        unit = trace.activations[k - 1]
        if unit.kinks != (0.0,):
            continue
        for s, j in np.argwhere(near).tolist():
            name = trace.entry(f"z{k}", j, s)
            slope = float(passes.local_gradients[k - 1][s, j])
            gated = unit.name == "relu"
            if trace.value(name) == 0:
                end = ": the gate is shut." if gated else "."
                found.append(
                    f"{name} is exactly 0, where the {title(unit)} has no slope. The convention "
                    f"takes {slope:g}, as PyTorch and TensorFlow do{end}"
                )
                continue
            state = f"the gate is {'open' if slope else 'shut'}"
            if not gated:
                state = f"its slope is {slope:g}"
            found.append(
                f"{name} cannot be told from 0: {as_kept(trace.value(name), numbers)} is within "
                f"the rounding error of its own sum. Its sign is rounding noise, and {state} "
                "because of it."
            )
    more = len(found) - MOST_TOLD
    return [*found[:MOST_TOLD], *([f"{more} more stand on the kink."] if more > 0 else [])]
