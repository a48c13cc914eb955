"""Each slip that an entry tells of makes the number its source prints, by a few lines of NumPy."""

import numpy as np
import pytest

from blame.exercise.library.library import LIBRARY


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def published(key, updates):
    return LIBRARY[key].published[updates]


def blamed_after_update(x, target, hidden, output, bias, rate, steps):
    """Train two sigmoid layers, the hidden one blamed through output weights already moved."""
    hidden, output = np.array(hidden), np.array(output)
    for _ in range(steps):
        a = sigmoid(x @ hidden + bias[0])
        y = sigmoid(a @ output + bias[1])
        delta = (y - target) * y * (1 - y)
        output = output - rate * np.outer(a, delta)
        hidden = hidden - rate * np.outer(x, (delta @ output.T) * a * (1 - a))
    y = sigmoid(sigmoid(x @ hidden + bias[0]) @ output + bias[1])
    return hidden, y, ((y - target) ** 2).sum() / 2


MAZUR = (
    np.array([0.05, 0.1]),
    np.array([0.01, 0.99]),
    [[0.15, 0.25], [0.2, 0.3]],
    [[0.4, 0.5], [0.45, 0.55]],
    (0.35, 0.6),
    0.5,
)


def test_mazur_blames_the_hidden_neurons_after_the_update():
    _, _, loss = blamed_after_update(*MAZUR, 1)
    assert published("mazur", 1)["loss"] == round(loss, 9)
    _, y, _ = blamed_after_update(*MAZUR, 10000)
    late = published("mazur", 10000)
    assert [late["y_pred[0]"], late["y_pred[1]"]] == pytest.approx(list(y), abs=6e-10)
    # The weights it prints after one update come without the slip.
    hidden, _, _ = blamed_after_update(*MAZUR, 1)
    assert abs(hidden[0, 0] - published("mazur", 1)["W1[0, 0]"]) > 1e-8


def test_mazur_prints_the_loss_of_9999_updates():
    x, target, hidden, output, bias, rate = MAZUR
    hidden, output = np.array(hidden), np.array(output)
    for step in range(10001):
        a = sigmoid(x @ hidden + bias[0])
        y = sigmoid(a @ output + bias[1])
        printed = abs(((y - target) ** 2).sum() / 2 - 3.51085e-05) < 5e-11
        assert printed == (step == 9999)
        delta = (y - target) * y * (1 - y)
        back = (delta @ output.T) * a * (1 - a)
        output, hidden = output - rate * np.outer(a, delta), hidden - rate * np.outer(x, back)


def test_macleod_goes_on_with_rounded_numbers_and_updated_weights():
    new = published("macleod-2-2-1", 1)
    a, delta = np.array([0.68, 0.6637]), 0.0406
    output = np.array([0.3, 0.9]) - delta * a
    assert list(output) == pytest.approx([new["W2[0, 0]"], new["W2[1, 0]"]], abs=5e-6)
    back = delta * output * a * (1 - a)
    hidden = np.array([[0.1, 0.4], [0.8, 0.6]]) - np.outer([0.35, 0.9], back)
    printed = [new[f"W1[{i}, {j}]"] for i in (0, 1) for j in (0, 1)]
    assert list(hidden.ravel()) == pytest.approx(printed, abs=1e-4)


def test_sreekanth_takes_the_slope_of_the_sigmoid_twice():
    y = sigmoid(0.25)
    delta = y * y * (1 - y)
    before, after = published("sreekanth-1-1-1", 0), published("sreekanth-1-1-1", 1)
    assert before["d_z2[0]"] == round(delta, 3)
    assert before["dW2[0, 0]"] == before["dW1[0, 0]"] == round(delta * 0.5, 3)
    assert after["W2[0, 0]"] == after["W1[0, 0]"] == round(0.5 - 0.1 * delta * 0.5, 4)


def test_udacity_sums_where_the_loss_is_a_mean():
    x = np.array([[-1.0, -2.0], [-1.0, -2.0]])
    y = sigmoid(x @ np.array([[2.0, -3.0], [2.0, -3.0]]) + [-3.0, -5.0])
    delta = 2 * (y - [0.000123394576, 0.98201379]) * y * (1 - y)
    summed = {f"dW1[{i}, {j}]": (x.T @ delta)[i, j] for i in (0, 1) for j in (0, 1)}
    summed |= {f"db1[{j}]": delta.sum(axis=0)[j] for j in (0, 1)}
    # What is left of equal digits is good to five.
    assert summed == pytest.approx(published("udacity-miniflow-134", 0), rel=1e-5)


def test_postnetwork_follows_its_wrong_sum():
    numbers = published("postnetwork-softmax", 0)
    shares = np.exp([numbers["z2[0]"], numbers["z2[1]"]])
    shares /= shares.sum()
    assert [numbers["y_pred[0]"], numbers["y_pred[1]"]] == pytest.approx(list(shares), abs=1e-3)
    assert numbers["loss"] == pytest.approx(-np.log(shares[0]), abs=1e-3)


def test_jay_divides_by_the_sum_without_exponentials():
    numbers = published("jay-3-3-3-3", 0)
    z = np.array([numbers[f"z3[{k}]"] for k in range(3)])
    printed = [numbers[f"y_pred[{k}]"] for k in range(3)]
    assert printed == pytest.approx(list(z / z.sum()), abs=1e-5)


def test_jay_goes_on_with_rounded_activations():
    numbers = published("jay-3-3-3-3", 0)
    a = [numbers[f"a2[{k}]"] for k in range(3)]
    z = np.array(a) @ [[0.1, 0.4, 0.8], [0.3, 0.7, 0.2], [0.5, 0.2, 0.9]] + 1
    assert list(z) == pytest.approx([numbers[f"z3[{k}]"] for k in range(3)], abs=1e-9)


def test_jay_takes_the_blame_at_the_first_output_from_those_shares():
    before, after = published("jay-3-3-3-3", 0), published("jay-3-3-3-3", 1)
    z = np.array([before[f"z3[{k}]"] for k in range(3)])
    softmax = np.exp(z) / np.exp(z).sum()
    # The loss at a share without exponentials, the slope of a share by its own z alone.
    alone = -1 / before["y_pred[0]"] * softmax[0] * (1 - softmax[0])
    assert alone * before["a2[0]"] == pytest.approx(before["dW3[0, 0]"], abs=5e-4)
    assert after["W3[0, 0]"] == round(0.1 - 0.01 * before["dW3[0, 0]"], 6)
    # Blame goes with the activation: this one is given as 0.30055.
    assert round(0.3 - 0.01 * alone * before["a2[1]"], 4) == 0.3055
    # The others are negative, where share and activation are positive.
    assert max(before["dW3[0, 1]"], before["dW3[0, 2]"]) < 0 < softmax.min()


def test_sums_that_were_added_up_wrongly():
    jay = np.array([1.35, 1.27, 1.8]) @ [0.5, 0.7, 0.8] + 1
    assert (published("jay-3-3-3-3", 0)["z2[2]"], round(jay, 3)) == (4.001, 4.004)
    a = np.array([0.426, 0.5])
    assert published("postnetwork-softmax", 0)["z2[1]"] == 0.185
    assert round(a @ [-0.1, 0.2] + 0.1, 3) == 0.157


def test_smaxx_goes_on_with_rounded_numbers():
    before, after = published("smaxx-quiz", 0), published("smaxx-quiz", 1)
    assert before["d_loss_y"] == round(2 * (before["y_pred"] - 1), 4)
    assert before["dW1[0, 0]"] == pytest.approx(before["d_z1[0]"] * 1.5, abs=1e-4)
    assert after["W1[0, 0]"] == round(0.8 - before["dW1[0, 0]"], 4)
    assert after["b1[0]"] == round(-0.3 - before["db1[0]"], 4)


def test_four_times_too_large_without_the_weights_along_the_way():
    entry = LIBRARY["mse3048198"]
    (asked,) = entry.asked[0].values()
    assert asked / entry.published[0]["dW1[0, 0]"] == pytest.approx(4, rel=1e-9)
