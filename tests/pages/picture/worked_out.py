"""Works a receipt's formula out again, and the passes that receipts are opened in."""

from __future__ import annotations

import math
import re
from fractions import Fraction

import numpy as np

from blame import Layer, Network, backward, forward, initialise
from blame.probe.trace import Trace

NAME = re.compile(r"[a-zA-Z_]+\d*\[\d+(?:, \d+)?\]|y_pred|y_true|d_loss_y|loss")
SLOPE = re.compile(r"(\w+)'\((z\d\[\d+\])\)")
FUNCTIONS = {
    "max": max,
    "tanh": math.tanh,
    "exp": math.exp,
    "ln": math.log,
}
SLOPES = {
    "relu": lambda z: float(z > 0),
    "tanh": lambda z: 1 - math.tanh(z) ** 2,
    "identity": lambda z: 1.0,
    "sigmoid": lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2,
}


def worked_out(written, value_of):
    """Return what a product, sum or call gives; names are looked up, slopes worked out."""
    text = SLOPE.sub(lambda found: f"({SLOPES[found[1]](value_of(found[2]))!r})", written)
    text = NAME.sub(lambda found: f"({value_of(found[0])!r})", text)
    text = text.replace("×", "*").replace("²", "**2").replace(", else", " else")
    return eval(text, {"__builtins__": {}}, FUNCTIONS)


def exactly(written):
    """Return what numbers come to as they are written, to the last digit.

    None where a function has to round, or where no numbers alone are written.
    """
    if re.search(r"tanh|exp|ln|≈0|more|of ", written) or NAME.search(written):
        return None
    text = re.sub(r"\d[\d.]*(?:e-?\d+)?", r"Fraction('\g<0>')", written)
    text = text.replace("×", "*").replace("²", "**2").replace(", else", " else")
    return Fraction(eval(text, {"__builtins__": {}}, {"max": max, "Fraction": Fraction}))


def check_equals(written, sign, value):
    """Check that "=" stands only before what the numbers make as written, "≈" before all else."""
    assert sign in ("=", "≈")
    made = exactly(written)
    if made is not None and value != "≈0":
        assert (sign == "=") == (made == Fraction(value)), (written, sign, value)


def traced(sizes, hidden="relu", last="identity", loss="mse", seed=0, target=(1.0,)):
    start = initialise(sizes, seed)
    ends = [hidden] * (len(sizes) - 2) + [last]
    layers = [
        Layer(layer.weights, layer.bias + 0.1, end)
        for layer, end in zip(start.layers, ends, strict=True)
    ]
    x = np.linspace(0.4, -0.7, sizes[0])
    return Trace(backward(forward(Network(tuple(layers)), x), np.array(target), loss))


TRACES = {
    "relu": traced((2, 3, 1)),
    "tanh": traced((2, 3, 2, 1), "tanh"),
    "deep relu": traced((2, 2, 3, 1), seed=4),
    "half_sse": traced((2, 2, 1), "sigmoid", loss="half_sse"),
    "bce": traced((2, 2, 1), "tanh", "sigmoid", "bce"),
    "bent end": traced((2, 2, 1), "tanh", "tanh"),
    "two outputs": traced((2, 4, 2), target=(1.0, -0.5)),
    "three outputs": traced((2, 2, 3), loss="half_sse", target=(1.0, -0.5, 0.25)),
    "negative target": traced((2, 2, 1), target=(-0.5,)),
}
