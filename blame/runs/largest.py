"""The largest eigenvalue of large symmetric matrices, without all the others."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array

ROUNDS = (12, 24, 60)
"""After so many rounds it is looked whether the largest is near enough."""
CLOSE = 1e-9
"""How near the largest must be, as a share of the largest in size."""


def largest_eigenvalue(matrices: Array) -> Array:
    """Return the largest eigenvalue of each symmetric matrix of a stack, (..., P, P) to (...).

    NaN where a matrix is not finite. By the method of Lanczos, each new vector made orthogonal to
    all before it; where the bound on its error is not small after so many rounds, all eigenvalues
    are worked out instead.

    References
    ----------
    Golub and Van Loan (2013), Matrix Computations, 4th ed., section 10.1.
    """
    stack, size = matrices.shape[:-2], matrices.shape[-1]
    flat = matrices.reshape(-1, size, size)
    finite = np.isfinite(flat).all(axis=(1, 2))
    found = np.full(len(flat), np.nan)
    if finite.any():
        found[finite] = _largest(flat[finite])
    return found.reshape(stack)


def _largest(matrices: Array) -> Array:
    count, size = matrices.shape[:2]
    looked = [min(rounds, size) for rounds in ROUNDS]
    rounds = looked[-1]
    begin = np.random.default_rng(0).normal(size=size)
    basis = np.zeros((count, rounds + 1, size))
    basis[:, 0] = begin / np.linalg.norm(begin)
    inner = np.zeros((count, rounds, rounds))
    for k in range(rounds):
        moved = (matrices @ basis[:, k, :, None])[..., 0]
        inner[:, k, k] = (moved * basis[:, k]).sum(axis=-1)
        known = basis[:, : k + 1]
        # Twice, for once leaves a little of the vectors before.
        for _ in range(2):
            shares = known @ moved[..., None]
            moved = moved - (shares * known).sum(axis=1)
        left = np.sqrt((moved**2).sum(axis=-1))
        if k + 1 < rounds:
            inner[:, k, k + 1] = inner[:, k + 1, k] = left
        safe = np.where(left > 0, left, 1)
        basis[:, k + 1] = moved / safe[:, None]
        if k + 1 in looked:
            values, vectors = np.linalg.eigh(inner[:, : k + 1, : k + 1])
            unsure = left * abs(vectors[:, -1, -1]) > CLOSE * abs(values).max(axis=-1)
            if not unsure.any():
                break
    found: Array = values[:, -1]
    if unsure.any():
        found[unsure] = np.linalg.eigvalsh(matrices[unsure])[:, -1]
    return found
