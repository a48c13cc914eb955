"""The largest eigenvalue of large matrices, beside all of them worked out at once."""

import numpy as np
import pytest

from blame.runs import largest
from blame.runs.largest import largest_eigenvalue

RANDOM = np.random.default_rng(5)


def symmetric(*shape):
    half = RANDOM.normal(size=shape)
    return half + half.swapaxes(-1, -2)


def with_eigenvalues(values):
    """A matrix with these eigenvalues, its eigenvectors drawn at random."""
    turned, _ = np.linalg.qr(RANDOM.normal(size=(len(values), len(values))))
    return turned * np.array(values) @ turned.T


@pytest.mark.parametrize("size", [1, 3, 41, 61, 139])
def test_it_is_the_largest_of_all(size):
    stack = symmetric(3, 2, size, size)
    expected = np.linalg.eigvalsh(stack)[..., -1]
    assert largest_eigenvalue(stack) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize(
    "values",
    [
        # Far more negative than positive, hardly apart, all alike, none above 0, and one alone.
        [*np.linspace(-1e6, -1, 80), 3.0],
        [*np.linspace(1, 1.001, 90)],
        [2.0] * 70,
        [*np.linspace(-5, -1, 64)],
        [*[0.0] * 99, 7.0],
        [0.0] * 50,
    ],
)
def test_spectra_that_are_hard_to_tell_apart(values):
    found = float(largest_eigenvalue(with_eigenvalues(values)))
    assert found == pytest.approx(max(values), rel=1e-8, abs=1e-8 * max(map(abs, values)))


def test_what_is_not_finite_is_not_a_number_and_spoils_nothing_else():
    stack = np.array([np.eye(50) * 4, np.full((50, 50), np.nan), np.full((50, 50), np.inf)])
    found = largest_eigenvalue(stack)
    assert found[0] == pytest.approx(4)
    assert np.isnan(found[1:]).all()


def test_where_it_is_not_near_enough_all_are_worked_out(monkeypatch):
    matrix = with_eigenvalues(np.linspace(1, 2, 80))
    monkeypatch.setattr(largest, "ROUNDS", (2, 3))
    assert float(largest_eigenvalue(matrix)) == pytest.approx(2, rel=1e-12)
