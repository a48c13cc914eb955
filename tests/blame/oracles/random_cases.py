"""Random networks with a batch and a loss, drawn for Hypothesis clear of kinks and of the tails."""

from dataclasses import dataclass, replace
from itertools import pairwise, product

import numpy as np
import pytest

pytest.importorskip(
    "hypothesis", reason="random networks need hypothesis: pip install -r requirements-dev.txt"
)

from hypothesis import assume
from hypothesis import strategies as st

from blame import ACTIVATIONS, LOSSES, Layer, Network
from blame.activations import units
from tests.blame.oracles import independent

COPIES = {"logistic": "sigmoid", "shares": "softmax"}
"""Activations under a name that no loss is fused to: the loss then goes through the prediction."""

OUTPUTS = {
    **ACTIVATIONS,
    **{name: replace(ACTIVATIONS[of], name=name) for name, of in COPIES.items()},
}


def asked(loss, output):
    """Return whether a pair is worth a case of its own: no copy without need, and some blame.

    Shares sum to 1 whatever the network does, so their sum has no slope at all.
    """
    fused = LOSSES[loss].fused
    if output in COPIES:
        return fused is not None and fused.activation == COPIES[output]
    return (loss, output) != ("output", "softmax")


PAIRS = [pair for pair in product(LOSSES, OUTPUTS) if asked(*pair)]


def bounded(loss, output):
    """Return whether every prediction of this output lies where the loss is defined."""
    (low, high), (lowest, highest) = LOSSES[loss].domain, OUTPUTS[output].output_range
    return low <= lowest and highest <= high


@dataclass(frozen=True)
class Case:
    """A network as plain arrays, a batch, and a loss."""

    weights: list
    biases: list
    outputs: list
    x: np.ndarray
    target: np.ndarray
    loss: str

    @property
    def names(self):
        return [COPIES.get(name, name) for name in self.outputs]

    @property
    def own(self):
        """What the functions of `independent` take."""
        return self.weights, self.biases, self.names, self.x, self.target, self.loss

    @property
    def network(self):
        layers = zip(self.weights, self.biases, self.outputs, strict=True)
        return Network(tuple(Layer(w, b, OUTPUTS[name]) for w, b, name in layers))

    def clear(self):
        """Turn down numbers near a kink, and sizes at which the plain formulas lose digits."""
        z, a = independent.layer_by_layer(self.weights, self.biases, self.names, self.x)
        for name, each in zip(self.outputs, z, strict=True):
            assume(abs(each).max() < 6)
            for kink in OUTPUTS[name].kinks:
                assume(abs(each - kink).min() > 1e-6)
        low, high = LOSSES[self.loss].domain
        assume(low < a[-1].min() and a[-1].max() < high)


@st.composite
def cases(draw, loss, output, members=1, layers=4, width=6):
    """Draw cases of one shape, so that they can be stacked."""
    depth = draw(st.integers(1, layers))
    sizes = draw(st.lists(st.integers(1, width), min_size=depth + 1, max_size=depth + 1))
    hidden = st.lists(st.sampled_from(units()), min_size=depth - 1, max_size=depth - 1)
    outputs = [*draw(hidden), output]
    samples = draw(st.integers(1, 5))
    classes = draw(st.booleans())
    biased = draw(st.lists(st.sampled_from([True, True, False]), min_size=depth, max_size=depth))
    # A squeezed case is moved into the loss's domain by its last bias.
    biased[-1] |= not bounded(loss, output)
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    drawn = []
    for _ in range(members):
        shape = (samples, sizes[-1])
        x = generator.normal(size=(samples, sizes[0]))
        target = generator.normal(size=shape)
        if np.isfinite(LOSSES[loss].domain).all():
            low, high = LOSSES[loss].domain
            spread = generator.integers(0, 2, shape) if classes else generator.uniform(size=shape)
            target = low + (high - low) * spread
        # Not centred on 0: a chain of single ReLU neurons would be shut too often.
        weights = [generator.normal(0, n**-0.5, (n, m)) for n, m in pairwise(sizes)]
        biases = [
            generator.normal(0.2, 0.5, m) if has_bias else None
            for m, has_bias in zip(sizes[1:], biased, strict=True)
        ]
        case = Case(weights, biases, outputs, x, target * 1.0, loss)
        drawn.append(case if bounded(loss, output) else squeezed(case, generator))
        drawn[-1].clear()
    return drawn


def squeezed(case, generator):
    """Return the case with its last pre-activations between 0.1 and 0.9, inside (0, 1)."""
    z = independent.layer_by_layer(case.weights, case.biases, case.names, case.x)[0][-1]
    room = np.ptp(z, axis=0)
    scale = 0.8 / np.maximum(room, 0.8)
    # A softplus of 0.9 is above 1: its z go below 0 instead.
    below = 1.0 if case.outputs[-1] == "softplus" else 0.0
    low = 0.1 - below + (0.8 - room * scale) * generator.uniform()
    weights = [*case.weights[:-1], case.weights[-1] * scale]
    biases = [*case.biases[:-1], low + (case.biases[-1] - z.min(axis=0)) * scale]
    return replace(case, weights=weights, biases=biases)
