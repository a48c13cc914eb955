"""Which samples each update uses: the epochs written out one after the other."""

import numpy as np
import pytest

from blame.batches import check_batches, draw_batches


@pytest.mark.parametrize(("n_samples", "size"), [(5, 1), (5, 2), (5, 5), (1, 1), (7, 3), (6, 3)])
@pytest.mark.parametrize("start", [0, 1, 4, 7])
@pytest.mark.parametrize("steps", [0, 1, 6])
def test_batches_are_cut_from_epochs_laid_end_to_end(n_samples, size, start, steps):
    epochs = [np.random.default_rng([3, k]).permutation(n_samples) for k in range(80)]
    stream = np.concatenate(epochs)
    found = draw_batches(n_samples, size, steps, 3, start)
    assert found.shape == (steps, size)
    for m in range(steps):
        first = (start + m) * size
        assert found[m].tolist() == stream[first : first + size].tolist()


@pytest.mark.parametrize("arguments", [(5, 2, -1, 0), (5, 2, 1, -1), (5, 2, 1, 0, -1)])
def test_steps_seed_and_start_are_from_zero_up(arguments):
    with pytest.raises(ValueError, match="steps, seed and start must be from 0 up"):
        draw_batches(*arguments)


@pytest.mark.parametrize("size", [0, 6, -1])
def test_a_batch_holds_from_one_sample_to_all(size):
    with pytest.raises(ValueError, match=f"batch_size must be from 1 to 5, got {size}"):
        draw_batches(5, size, 1, 0)


def test_rows_are_numbers_of_samples():
    assert check_batches([[0, 4], [4, 0], [2, 2]], 3, 5).tolist() == [[0, 4], [4, 0], [2, 2]]
    assert check_batches(np.empty((0, 2), int), 0, 5).shape == (0, 2)
    assert check_batches(np.array([[1]], np.uint8), 1, 5).dtype == np.intp
    for wrong in ([[0, 5]], [[-1, 2]], [[-1, 5]]):
        low, high = min(wrong[0]), max(wrong[0])
        with pytest.raises(ValueError, match=f"rows from 0 to 4, got {low} to {high}"):
            check_batches(wrong, 1, 5)
    for wrong, steps in (([[0.0, 1.0]], 1), ([[0], [1]], 1), ([0, 1], 2), ([[], []], 2)):
        rows = np.array(wrong, int) if wrong == [[], []] else wrong
        with pytest.raises(ValueError, match=rf"whole numbers of shape \({steps}, batch_size\)"):
            check_batches(rows, steps, 5)
