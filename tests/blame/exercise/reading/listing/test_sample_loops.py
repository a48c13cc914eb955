"""Loops over the samples: those that add up are one exercise, those that update offer a choice."""

import math

import pytest

from blame.exercise.reading import read_exercise

ADDING = """
x1 = [1, 0, 1]; x2 = [2, 1, -1]; y = [1, 0, 1]
w1 = 0.5; w2 = -0.3; b = 0.1; alpha = 0.05; m = 3
J = 0; dw1 = 0; dw2 = 0; db = 0
for i in range(m):
    z = w1*x1[i] + w2*x2[i] + b
    a = 1/(1+np.exp(-z))
    J += {each}
    dz = {slope}
    dw1 += x1[i]*dz; dw2 += x2[i]*dz; db += dz
{after}
w1 = w1 - alpha*dw1
"""
LOGS = "-(y[i]*np.log(a)+(1-y[i])*np.log(1-a))"
CASES = {
    "bce": (LOGS, "a - y[i]", "J /= m; dw1 /= m; dw2 /= m; db /= m"),
    "bce_sum": (LOGS, "a - y[i]", ""),
    "half_sse": ("(a - y[i])**2 / 2", "(a - y[i]) * a * (1 - a)", ""),
    "mse": ("(a - y[i])**2", "2 * (a - y[i]) * a * (1 - a)", "J = J / m; dw1 = dw1 / m"),
}
UPDATING = """
import numpy as np
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([[0], [1], [1], [0]])
W = np.array([[0.5], [0.8]]); b = np.array([0.1])
lr = 0.1
for epoch in range(100):
    for i in range(4):
        a = 1 / (1 + np.exp(-(X[i] @ W + b)))
        loss = 0.5 * (y[i] - a) ** 2
        d = (a - y[i]) * a * (1 - a)
        W -= lr * np.outer(X[i], d)
        b -= lr * d
"""


@pytest.mark.parametrize("loss", CASES)
def test_a_loop_that_adds_up_is_of_all_its_samples(loss):
    each, slope, after = CASES[loss]
    reading = read_exercise(ADDING.format(each=each, slope=slope, after=after))
    exercise = reading.exercise
    assert reading.problems == ()
    assert exercise.loss == loss
    assert exercise.x.tolist() == [[1, 2], [0, 1], [1, -1]]
    assert exercise.target.tolist() == [[1], [0], [1]]
    total = 0.0
    for x1, x2, t in ((1, 2, 1), (0, 1, 0), (1, -1, 1)):
        a = 1 / (1 + math.exp(-(0.5 * x1 - 0.3 * x2 + 0.1)))
        if loss.startswith("bce"):
            total -= math.log(a if t else 1 - a)
        else:
            total += (a - t) ** 2 / (2 if loss == "half_sse" else 1)
    share = 3 if loss in ("bce", "mse") else 1
    assert float(exercise.backward().loss) == pytest.approx(total / share, rel=1e-12)


def test_a_softmax_sample_by_sample_is_known_though_its_powers_are_worked_out_twice():
    text = (
        "X = np.array([[1, 2], [0, 1], [2, -1]]); y = [0, 2, 1]\n"
        "W = np.array([[0.1, 0.2, 0.3], [0.4, -0.5, 0.6]]); b = np.array([0.1, 0, -0.1])\n"
        "loss = 0\nfor i in range(3):\n    z = X[i] @ W + b\n"
        "    p = np.exp(z{0}) / np.sum(np.exp(z{0}))\n    loss += -np.log(p[y[i]])\nloss /= 3\n"
    )
    for shift in ("", " - np.max(z)"):
        exercise = read_exercise(text.format(shift)).exercise
        assert exercise.activations == ("softmax",)
        assert exercise.loss == "cross_entropy"
        assert exercise.target.tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]


def test_the_last_line_of_a_loss_says_what_it_is_the_mean_of():
    text = (
        "x = np.array([1., 2.]); W = np.array([[0.1, 0.2], [0.3, 0.4]]); t = np.array([0., 1.])\n"
        "o = x @ W\nloss = (o - t)**2\n"
    )
    assert read_exercise(text).exercise.loss == "sse"
    assert read_exercise(text + "cost = loss.mean()\n").exercise.loss == "mse"


def test_a_loop_that_updates_offers_all_its_samples_instead_of_the_first():
    first, all_ = (read_exercise(UPDATING, {"samples": taken}) for taken in ("first", "all"))
    (asked,) = (one for one in first.assumed if one.key == "samples")
    assert asked.sentence == (
        "Of a loop over the samples the exercise is its first sample alone, as in the first update."
    )
    assert [choice for choice, _ in asked.alternatives] == ["first", "all"]
    assert first.exercise.x.ravel().tolist() == [0, 0]
    assert "first sample alone" in " ".join(first.problems)
    assert all_.exercise.x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert all_.exercise.target.tolist() == [[0], [1], [1], [0]]
    assert all_.exercise.loss == first.exercise.loss == "half_sse"
    assert "trained together, in one update" in " ".join(all_.problems)
    assert "first sample alone" not in " ".join(all_.problems)


def test_nothing_is_offered_where_there_are_no_more_samples():
    one = UPDATING.replace("[[0, 0], [0, 1], [1, 0], [1, 1]]", "[[0, 1]]")
    one = one.replace("[[0], [1], [1], [0]]", "[[1]]").replace("range(4)", "range(1)")
    assert "samples" not in {asked.key for asked in read_exercise(one).assumed}


def test_a_bias_of_0_that_a_sum_starts_from_is_kept():
    text = (
        "x = [1, 2]; w = [0.5, -0.3]; b = 0.0; t = 1\ns = b\nfor i in range(2):\n"
        "    s += w[i] * x[i]\ny = s\nloss = (y - t)**2\n"
    )
    exercise = read_exercise(text).exercise
    assert exercise.network.layers[0].bias.tolist() == [0]
    bare = text.replace("s = b", "s = 0")
    assert read_exercise(bare).exercise.network.layers[0].bias is None
