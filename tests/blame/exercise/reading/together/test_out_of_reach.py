"""What an exercise cannot keep of a text is said, with the line it stands in."""

import pytest

from blame.exercise.reading import read_exercise

NET = """x = [1, 2]
target = 1
W1 = [[0.1, 0.2], [0.3, 0.4]]
b1 = [0, 0]
W2 = [[0.5], [0.6]]
b2 = [0]
hidden {hidden}, output linear, MSE, learning rate 0.1
"""
LOOP = """import numpy as np
X = np.array([[1.0, 2.0], [0.5, -1.0], [2.0, 0.0]])
Y = np.array([1.0, 0.0, 1.0])
W1 = np.array([[0.1, 0.2], [0.3, -0.4]])
W2 = np.array([0.5, -0.6])
lr = 0.1
for epoch in range(20):
    for x_i, y_i in zip(X, Y):
        h = np.tanh(x_i @ W1)
        p = h @ W2
        loss = 0.5 * (p - y_i) ** 2
        d = p - y_i
        gW2 = d * h
        gW1 = np.outer(x_i, d * W2 * (1 - h ** 2))
        W2 = W2 - lr * gW2
        W1 -= lr * gW1
"""
BATCH = """import numpy as np
X = np.array([[1.0, 2.0], [0.5, -1.0], [2.0, 0.0]])
Y = np.array([1.0, 0.0, 1.0])
w = np.array([0.5, -0.6])
lr = 0.1
for epoch in range(20):
    loss = 0
    g = np.zeros(2)
    for x_i, y_i in zip(X, Y):
        p = x_i @ w
        loss += 0.5 * (p - y_i) ** 2
        g += (p - y_i) * x_i
    w -= lr * g
"""


def problems(text):
    reading = read_exercise(text)
    assert reading.exercise is not None, reading.problems
    return reading.problems


def test_a_leak_of_another_size_names_its_line():
    (said,) = problems(NET.format(hidden="tanh").replace("tanh", "leaky ReLU with slope 0.2"))
    assert said.startswith("Line 7: the leak of 0.2 ")


def test_a_leak_of_a_listing_names_its_line():
    text = (
        "import numpy as np\nx = np.array([1.0, 0.2])\nW = np.array([0.2, 0.4])\n"
        "def act(z):\n    return np.where(z > 0, z, 0.2 * z)\nout = act(x @ W)\n"
    )
    (said,) = problems(text)
    assert said.startswith("Line 5: the leak of 0.2 ")


@pytest.mark.parametrize("written", ["momentum = 1.2", "momentum of 1.2", "momentum 1.2"])
def test_a_momentum_above_its_bound_names_its_line(written):
    (said,) = problems(NET.format(hidden="tanh") + "\n" + written)
    assert said.startswith("Line 9: the momentum of 1.2 ")


@pytest.mark.parametrize("written", ["weight decay 5", "weight_decay=5", "weight decay of 5"])
def test_a_weight_decay_above_its_bound_names_its_line(written):
    (said,) = problems(NET.format(hidden="tanh") + written)
    assert said.startswith("Line 8: the weight decay of 5 ")


@pytest.mark.parametrize("written", ["momentum 0.9", "weight decay 0.01"])
def test_what_is_within_its_bounds_is_kept_without_a_word(written):
    reading = read_exercise(NET.format(hidden="tanh") + written)
    assert reading.problems == ()
    kept = reading.exercise.momentum, reading.exercise.weight_decay
    assert kept == ((0.9, 0.0) if "momentum" in written else (0.0, 0.01))


def test_a_loop_over_samples_that_updates_says_what_of_it_is_taken():
    (said,) = problems(LOOP)
    assert said.startswith("Line 8: the loop updates the weights after each sample.")
    assert "together, in one update" in said
    first = read_exercise(LOOP, {"samples": "first"})
    assert "first sample alone" in first.problems[0]
    assert first.exercise.x.ravel().tolist() == [1.0, 2.0]


def test_a_loop_by_index_that_updates_is_said_too():
    text = LOOP.replace("x_i, y_i in zip(X, Y)", "i in range(len(X))")
    text = text.replace("x_i", "X[i]").replace("y_i", "Y[i]")
    (said,) = problems(text)
    assert said.startswith("Line 8: the loop updates")


def test_a_batch_read_from_a_loop_over_samples_says_that_it_is_one_update():
    text = (
        "import torch\nimport torch.nn as nn\n"
        "X = torch.tensor([[1.0, 2.0], [0.5, -1.0]])\nY = torch.tensor([[1.0], [0.0]])\n"
        "model = nn.Sequential(nn.Linear(2, 1), nn.Sigmoid())\n"
        "model[0].weight.data = torch.tensor([[0.1, 0.2]])\n"
        "model[0].bias.data = torch.tensor([0.3])\n"
        "opt = torch.optim.SGD(model.parameters(), lr=0.1)\nloss_fn = nn.MSELoss()\n"
        "for x_i, y_i in loader:\n    opt.zero_grad()\n    loss = loss_fn(model(x_i), y_i)\n"
        "    loss.backward()\n    opt.step()\n"
    )
    (said,) = problems(text)
    assert said.startswith("Line 10: the loop updates the weights after each sample.")
    assert "together, in one update" in said


def test_a_loop_that_adds_the_gradients_up_is_a_batch_without_a_word():
    assert problems(BATCH) == ()


def test_a_loop_over_the_parameters_is_no_loop_over_samples():
    text = BATCH.replace(
        "    w -= lr * g\n", "    for p, q in zip([w], [g]):\n        p -= lr * q\n"
    )
    assert problems(text) == ()


def test_a_loop_within_a_function_names_its_own_line_and_keeps_its_targets():
    text = (
        "def train(X, Y, W, b, lr):\n    for x, y in zip(X, Y):\n        p = W @ x + b\n"
        "        W = W - lr * (p - y) * x\n        b = b - lr * (p - y)\n    return W, b\n"
        "X = np.array([[1., 2.], [3., 4.]])\nY = np.array([1., 2.])\n"
        "W = np.array([0.1, 0.2])\nb = 0.5\ntrain(X, Y, W, b, 0.01)\nMSE loss\n"
    )
    (said,) = problems(text)
    assert said.startswith("Line 2: the loop updates")
    assert read_exercise(text).exercise.target.ravel().tolist() == [1.0, 2.0]
    first = read_exercise(text, {"samples": "first"}).exercise
    assert first.target.ravel().tolist() == [1.0]


def test_weights_that_errors_are_added_to_are_updated():
    text = BATCH.replace("        g += (p - y_i) * x_i\n", "        w += 0.1 * (y_i - p) * x_i\n")
    (said,) = problems(text.replace("    w -= lr * g\n", ""))
    assert said.startswith("Line 9: the loop updates")
