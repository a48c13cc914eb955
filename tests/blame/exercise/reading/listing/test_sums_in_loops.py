"""Loops that add up over samples, more of them than an exercise takes among them."""

import numpy as np
import pytest

from blame.exercise.reading import read_exercise

XS, YS = [k / 10 for k in range(1, 15)], [k / 5 for k in range(1, 15)]
ADDED = f"""
X = {XS}
y = {YS}
w = 0.5; b = 0.1; lr = 0.05
for epoch in range(20):
    J = 0; dw = 0; db = 0
    for {{loop}}:
        p = w*{{x}} + b
        J += (p - {{y}})**2
        dw += 2*(p - {{y}})*{{x}}
        db += 2*(p - {{y}})
    J = J/14
    w -= lr*dw/14
    b -= lr*db/14
"""


@pytest.mark.parametrize(
    ("loop", "x", "y"),
    [("i in range(14)", "X[i]", "y[i]"), ("i in range(len(X))", "X[i]", "y[i]"),
     ("a, t in zip(X, y)", "a", "t")],
)  # fmt: skip
def test_a_loop_over_more_samples_than_an_exercise_takes(loop, x, y):
    found = read_exercise(ADDED.format(loop=loop, x=x, y=y))
    assert np.ravel(found.exercise.x).tolist() == XS[:8]
    assert np.ravel(found.exercise.target).tolist() == YS[:8]
    assert (found.exercise.loss, found.exercise.steps) == ("mse", 20)
    assert found.problems == (
        "The text has 14 samples and an exercise takes 8: the first 8 are kept.",
    )
    # The update divides, so nothing is missing.
    assert not any("missing" in said for said in found.said)


def test_a_loop_over_very_many_samples_says_that_it_was_cut():
    many = [k / 100 for k in range(60)]
    text = ADDED.replace(str(XS), str(many)).replace(str(YS), str(many)).replace("14", "60")
    found = read_exercise(text.format(loop="a, t in zip(X, y)", x="a", y="t"))
    assert "Line 7: the loop goes through more samples" in " ".join(found.problems)


def test_a_division_that_is_forgotten_is_still_told():
    text = ADDED.replace("lr*dw/14", "lr*dw").replace("14", "3").replace(str(XS), "[1, 2, 3]")
    text = text.replace(str(YS), "[2, 4, 6]").format(loop="i in range(3)", x="X[i]", y="y[i]")
    (said,) = (said for said in read_exercise(text).said if "missing" in said)
    assert "dw: the division by the number of samples is missing" in said
