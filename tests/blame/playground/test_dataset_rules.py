"""Datasets by the formulas they stand for, and each line of a reader's own text."""

import numpy as np
import pytest

from blame.playground.datasets import DATASETS, MOST_SAMPLES, make_dataset
from blame.playground.own_samples import read_csv

TOO_LARGE = "line 1: numbers must be finite and at most 1,000,000 in size"


def test_each_drawn_dataset_by_its_formula():
    # Every second sample of the circles is inside; angles go once round.
    circles = make_dataset("circles", 8, 0.0)
    for k in range(8):
        radius = 0.8 if k % 2 else 2.0
        angle = 2 * np.pi * k / 8
        assert circles.x[k] == pytest.approx([radius * np.cos(angle), radius * np.sin(angle)])
        assert circles.target[k, 0] == k % 2
    # Two half circles of radius 1.5: one from (0.75, -0.375) over the top to (-2.25, -0.375), the
    # other from (-0.75, 0.375) below to (2.25, 0.375).
    moons = make_dataset("moons", 9, 0.0)
    upper, lower = (moons.x[moons.target[:, 0] == side] for side in (0, 1))
    assert (len(upper), len(lower)) == (5, 4)
    assert upper[[0, 2, 4]] == pytest.approx(
        np.array([[0.75, -0.375], [-0.75, 1.125], [-2.25, -0.375]])
    )
    assert np.hypot(*(upper - [-0.75, -0.375]).T) == pytest.approx(1.5)
    assert np.hypot(*(lower - [0.75, 0.375]).T) == pytest.approx(1.5)
    assert lower[0] == pytest.approx([-0.75, 0.375])
    assert (lower[:, 1] <= 0.375 + 1e-9).all()
    lines = make_dataset("two lines", 9, 0.0)
    assert lines.x[:, 0].tolist() == [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2]
    assert lines.target[:, 0].tolist() == [0.5, 0.25, 0, -0.25, -0.5, 0.25, 1, 1.75, 2.5]


@pytest.mark.parametrize("name", ["circles", "moons", "two lines"])
def test_noise_is_added_with_its_standard_deviation(name):
    still, loud = make_dataset(name, 200, 0.0, 3), make_dataset(name, 200, 0.5, 3)
    drawn = np.random.default_rng(3)
    if name == "two lines":
        assert np.array_equal(still.x, loud.x)
        added = (loud.target - still.target)[:, 0]
        assert added == pytest.approx(0.5 * drawn.normal(size=200))
    else:
        assert np.array_equal(still.target, loud.target)
        assert loud.x - still.x == pytest.approx(0.5 * drawn.normal(size=(200, 2)))


def test_the_defaults_and_bounds_of_a_dataset():
    assert np.array_equal(make_dataset("moons").x, make_dataset("moons", 100, 0.1, 0).x)
    for n_samples in (8, 200):
        assert len(make_dataset("circles", n_samples).x) == n_samples
    for arguments, told in (
        (("moons", 201), "n_samples must be from 8 to 200, got 201"),
        (("moons", 50, 0.1, -1), "noise and seed must be from 0 up, got 0.1 and -1"),
        (("moons", 50, float("inf")), "noise and seed must be from 0 up, got inf and 0"),
        (("spirals",), "unknown dataset 'spirals'; choose from one sample, four points"),
    ):
        with pytest.raises(ValueError, match=told):
            make_dataset(*arguments)
    one = make_dataset("one sample")
    assert (one.x.tolist(), one.target.tolist(), one.n_in) == ([[1, 2]], [[1]], 2)
    assert make_dataset("four points").x.tolist() == [[1, 2], [2, 2], [0, 1], [3, 1]]
    assert {n for n, source in DATASETS.items() if not source.drawn} == {
        "one sample",
        "four points",
        "xor",
    }


TOO_MANY = "line 1: needs 1 to 8 inputs and a target, got 10 numbers"


@pytest.mark.parametrize(
    ("text", "rows", "problems"),
    [
        # The first of , ; and tab that a line holds parts it, else spaces do.
        ("1, 2 ,3", [[1, 2, 3]], []),
        ("1;2;3", [[1, 2, 3]], []),
        ("1\t2\t3", [[1, 2, 3]], []),
        ("1  2   3", [[1, 2, 3]], []),
        # Names are skipped on the first line that is not empty, and only there.
        ("x y\n1 2", [[1, 2]], []),
        ("\n \nx,y\n1,2", [[1, 2]], []),
        ("1,2\nx,y", [[1, 2]], ["line 2: 'x' is not a number"]),
        ("x,1\n1,2", [[1, 2]], ["line 1: 'x' is not a number"]),
        ("1,x\n1,2", [[1, 2]], ["line 1: 'x' is not a number"]),
        # A million is in, a little more is not; a lone number has no input.
        ("1e6,-1e6", [[1e6, -1e6]], []),
        ("1,1000000.1\n1,2", [[1, 2]], [TOO_LARGE]),
        ("-1000000.1,1\n1,2", [[1, 2]], [TOO_LARGE]),
        ("5\n1,2", [[1, 2]], ["line 1: needs 1 to 8 inputs and a target, got 1 numbers"]),
        ("1,2,3,4\n1,2", [[1, 2, 3, 4]], ["line 2: has 2 numbers where the first sample has 4"]),
        ("1 2 3 4 5 6 7 8 0", [[1, 2, 3, 4, 5, 6, 7, 8, 0]], []),
        ("1 2 3 4 5 6 7 8 9 0\n1,2", [[1, 2]], [TOO_MANY]),
        ("1,2,3\n1,2", [[1, 2, 3]], ["line 2: has 2 numbers where the first sample has 3"]),
        # Twenty characters of what is no number are shown.
        ("1," + "y" * 15 + "\n1,2", [[1, 2]], [f"line 1: {'y' * 15!r} is not a number"]),
        ("1," + "y" * 21 + "\n1,2", [[1, 2]], [f"line 1: {'y' * 15 + '...'!r} is not a number"]),
    ],
)  # fmt: skip
def test_each_line_of_a_text_is_a_sample_or_is_told(text, rows, problems):
    found, told = read_csv(text)
    assert np.hstack([found.x, found.target]).tolist() == rows
    assert told == problems


def test_as_many_samples_as_the_most_are_read_without_a_word():
    lines = [f"{k},1" for k in range(MOST_SAMPLES)]
    found, told = read_csv("\n".join(lines))
    assert (len(found.x), told) == (MOST_SAMPLES, [])
    # What follows is told once, and not read.
    found, told = read_csv("\n".join([*lines, "1,1", "x,1"]))
    assert len(found.x) == MOST_SAMPLES
    assert told == ["line 201 and what follows: only the first 200 samples are used"]
