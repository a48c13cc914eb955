"""The blame of each sample on its own: who pulls at the weights, and do they agree?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blame.arrays import Array, read_only
from blame.backward import BackwardPass
from blame.parameters import as_vector


@dataclass(frozen=True, eq=False)
class SampleBlame:
    """The gradient of each sample's own share of the loss, (n_samples, P), and what it sums to.

    `gradients` sums over the samples to the whole gradient; where the loss is a mean, its one n-th
    is in it.
    """

    gradients: Array

    @property
    def sizes(self) -> Array:
        """How hard each sample pulls: the Euclidean length of its gradient, (n_samples,)."""
        lengths: Array = np.linalg.norm(self.gradients, axis=1)
        return lengths

    @property
    def along(self) -> Array:
        """What each sample adds to the length of the whole gradient, (n_samples,).

        Above 0 it pulls the same way as all together, below 0 against them; the entries sum to
        the length of the whole gradient.
        """
        whole = self.gradients.sum(axis=0)
        length = float(np.linalg.norm(whole))
        if length == 0:
            return np.zeros(len(self.gradients))
        along: Array = self.gradients @ (whole / length)
        return along

    @property
    def agreement(self) -> float:
        """The length of the sum over the sum of the lengths: 1 all agree, 0 they cancel.

        1 where there is no blame at all.
        """
        total = float(self.sizes.sum())
        return float(np.linalg.norm(self.gradients.sum(axis=0))) / total if total else 1.0


def sample_blame(passes: BackwardPass) -> SampleBlame:
    """Return each sample's blame: dL/dW is a sum over samples, and these are its terms.

    Parameters
    ----------
    passes : the backward pass of a single network over all samples.
    """
    ahead = passes.forward_pass
    terms: dict[str, Array] = {}
    for k, delta in enumerate(passes.deltas, start=1):
        inputs = ahead.x if k == 1 else ahead.a[k - 2]
        terms[f"W{k}"] = inputs[:, :, None] * delta[:, None, :]
        if passes.bias_gradients[k - 1] is not None:
            terms[f"b{k}"] = delta
    return SampleBlame(read_only(as_vector(terms, (len(ahead.x),))))
