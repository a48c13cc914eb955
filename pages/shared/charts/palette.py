"""The colours and what each one means, the same on every page, light and dark.

All are Okabe-Ito hues or close to them, chosen so that each stands out by at least 3 to 1 against
both page backgrounds; a test computes it. No meaning is carried by hue alone.
"""

RAISES = "#d55e00"
"""A gradient above zero: more of this number raises the loss."""
LOWERS = "#1b7fc1"
"""A gradient below zero: more of this number lowers the loss."""
ACTIVATION = "#009e73"
"""A value on the forward pass."""
SHUT = "#868b92"
"""A shut gate, and whatever passes nothing on."""
LINE = "#868b92"
"""Curves and parts that carry no meaning of their own."""

NEURONS = ("#009e73", "#a06cc0")
"""One hue for each hidden neuron, always beside its name."""


RUNS = ("#a06cc0", "#b08a00", "#c2577d", "#2f8f9d", "#8c7355")
"""One hue for each kept run, always with a dash of its own and its name."""
SAMPLES = (*NEURONS, *RUNS[1:])
"""One hue for each sample, always with a pattern of its own and its name."""
OUTCOMES = {
    "converged": ACTIVATION,
    "falling": LOWERS,
    "slow": LOWERS,
    "oscillating": "#a06cc0",
    "kink": "#a06cc0",
    "dead": SHUT,
    "away": RAISES,
}
"""What became of a run, always beside a mark of its own: the hue of what its loss or gates do."""


def signed(gradient: float) -> str:
    """Return the colour of a gradient by its sign."""
    if gradient == 0:
        return SHUT
    return RAISES if gradient > 0 else LOWERS
