"""What the claims of notes are read by: the facts of one exercise by plain loops.

Every note of any exercise is one claim, and each claim holds; a sentence that no claim knows fails,
so nothing is said that is not read back.
"""

import math
import re

import pytest
from hypothesis import strategies as st

from pages.shared.words.numbers import Numbers
from tests.any_shape import named, slope_of, worked_out

ALL = Numbers(all_digits=True)
PICKED = st.integers(0, 7)
NUM = r"([-+]?(?:\d[\d.]*(?:e[-+]?\d+)?|inf))"
NAME = r"([a-zA-Z_]+\d*(?:\[[\d, ]+\])?)"


class Facts:
    """What the loops know of one exercise, at one sample."""

    def __init__(self, exercise, sample):
        self.exercise, self.s = exercise, sample
        self.arrays = worked_out(exercise)
        self.numbers = named(exercise, self.arrays)
        self.depth, self.many = len(exercise.activations), exercise.n_samples > 1
        self.width = exercise.sizes[-1]

    def row(self, array):
        return self.arrays[array][self.s]

    def unit(self, k):
        return self.exercise.activations[k - 1]

    def slope(self, k, j, s=None):
        s = self.s if s is None else s
        z, a = self.arrays[f"z{k}"][s][j], self.arrays[f"a{k}"][s][j]
        return a * (1 - a) if self.unit(k) == "softmax" else slope_of(self.unit(k), z, a)

    def near(self, text, wanted):
        assert float(text) == pytest.approx(wanted, rel=1e-6, abs=1e-9), (text, wanted)

    def layer_of(self, text):
        return int(text) if text else 1

    def cost(self, s, j):
        """Return what one output of one sample adds to the loss, before any mean."""
        y, loss = self.arrays["y_pred"][s][j], self.exercise.loss.removesuffix("_sum")
        t = self.arrays["y_true"][s][j]
        if loss in ("mse", "sse", "half_sse"):
            return (y - t) ** 2 * (0.5 if loss == "half_sse" else 1)
        if loss == "bce":
            return -(t * math.log(y) + (1 - t) * math.log(1 - y))
        return -t * math.log(y)

    @property
    def shares(self):
        n = self.exercise.n_samples
        return {"mse": n * self.width, "bce": n * self.width, "cross_entropy": n}.get(
            self.exercise.loss, 1
        )


def check(sentences, claims, f):
    said = []
    for sentence in sentences:
        matching = [(claim, found) for claim in claims if (found := re.fullmatch(claim, sentence))]
        assert len(matching) == 1, (sentence, [claim for claim, _ in matching])
        claim, found = matching[0]
        said.append(claims[claim].__name__)
        try:
            claims[claim](f, *found.groups())
        except AssertionError as wrong:
            raise AssertionError(f"{sentence}: {wrong}") from None
    return said
