"""What a training loop goes through one by one is read as samples, however it is written."""

import math

import pytest

from blame.exercise.reading import read_exercise

HEAD = "import math\nimport numpy as np\nimport torch\nlr = 0.5\n"
TABLE = "[((0, 0), 0), ((0, 1), 1), ((1, 0), 1), ((1, 1), 0)]"
ROWS = [[0, 0], [0, 1], [1, 0], [1, 1]]
WANTED = [0, 1, 1, 0]
ONE = "w1, w2, b = 0.3, -0.2, 0.1\n"
STEP = """
        {take}z = w1 * x1 + w2 * x2 + b
        y = 1 / (1 + math.exp(-z))
        loss = 0.5 * (t - y) ** 2
        d = (y - t) * y * (1 - y)
        w1 -= lr * d * x1; w2 -= lr * d * x2; b -= lr * d
"""
LOOPS = {
    "a list of pairs": (f"data = {TABLE}\n", "(x1, x2), t in data", ""),
    "pairs in the loop": ("", f"(x1, x2), t in {TABLE}", ""),
    "a tuple of tuples": (
        f"data = ({', '.join(str((*x, t)) for x, t in zip(ROWS, WANTED, strict=True))})\n",
        "x1, x2, t in data",
        "",
    ),
    "rows taken apart later": (
        f"data = {[[*x, t] for x, t in zip(ROWS, WANTED, strict=True)]}\n",
        "row in data",
        "x1, x2, t = row; ",
    ),
    "inputs taken apart later": (f"data = {TABLE}\n", "x, t in data", "x1, x2 = x; "),
    "inputs by index": (f"data = {TABLE}\n", "x, t in data", "x1 = x[0]; x2 = x[1]; "),
    "two lists": (f"ins = {ROWS}\nouts = {WANTED}\n", "(x1, x2), t in zip(ins, outs)", ""),
    "two arrays": (
        f"ins = np.array({ROWS})\nouts = np.array({WANTED})\n",
        "(x1, x2), t in zip(ins, outs)",
        "",
    ),
    "counted": (f"table = {TABLE}\n", "k, ((x1, x2), t) in enumerate(table)", ""),
    "a dictionary": (
        f"truth = {{{', '.join(f'{tuple(x)}: {t}' for x, t in zip(ROWS, WANTED, strict=True))}}}\n",
        "(x1, x2), t in truth.items()",
        "",
    ),
    "dictionaries": (
        f"cases = {[{'x': x, 'y': t} for x, t in zip(ROWS, WANTED, strict=True)]}\n",
        "case in cases",
        "x1, x2 = case['x']; t = case['y']; ",
    ),
    "by a counter": (
        f"cases = {ROWS}\nwishes = {WANTED}\n",
        "i in range(4)",
        "x1, x2 = cases[i]; t = wishes[i]; ",
    ),
}


@pytest.mark.parametrize("how", LOOPS)
@pytest.mark.parametrize("epochs", [True, False])
def test_all_samples_of_a_loop_are_read(how, epochs):
    data, loop, take = LOOPS[how]
    outer = "for epoch in range(20):\n" if epochs else "if True:\n"
    text = HEAD + ONE + data + outer + f"    for {loop}:" + STEP.format(take=take)
    reading = read_exercise(text)
    exercise = reading.exercise
    assert exercise.x.tolist() == ROWS
    assert exercise.target.ravel().tolist() == WANTED
    layer = exercise.network.layers[0]
    assert (layer.weights.ravel().tolist(), layer.bias.tolist()) == ([0.3, -0.2], [0.1])
    assert (layer.activation.name, exercise.loss) == ("sigmoid", "half_sse")
    assert exercise.learning_rate == 0.5
    line = text.split("\n").index(f"    for {loop}:") + 1
    (said,) = reading.problems
    assert said.startswith(f"Line {line}: the loop updates the weights after each sample.")
    (asked,) = (one for one in reading.assumed if one.key == "samples")
    assert "all its samples at once" in asked.sentence
    first = read_exercise(text, {"samples": "first"}).exercise
    assert (first.x.tolist(), first.target.ravel().tolist()) == (ROWS[0], WANTED[:1])


def test_layers_of_pytorch_in_a_loop_have_all_samples():
    pairs = ", ".join(f"(torch.tensor({x}.), torch.tensor({t}.))" for x, t in (
        ("[1., 2", "[1"), ("[3., 4", "[0"), ("[0., -1", "[1"))).replace(".)", ".])")  # fmt: skip
    text = HEAD + (
        "model = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.Sigmoid())\n"
        "model[0].weight.data = torch.tensor([[0.3, -0.2]])\n"
        "model[0].bias.data = torch.tensor([0.1])\n"
        "opt = torch.optim.SGD(model.parameters(), lr=0.5)\nloss_of = torch.nn.BCELoss()\n"
        f"data = [{pairs}]\nfor x, t in data:\n    opt.zero_grad()\n"
        "    loss = loss_of(model(x), t)\n    loss.backward()\n    opt.step()\n"
    )
    exercise = read_exercise(text).exercise
    assert exercise.x.tolist() == [[1, 2], [3, 4], [0, -1]]
    assert exercise.target.ravel().tolist() == [1, 0, 1]
    assert exercise.loss == "bce"


def test_classes_in_a_loop_are_ones_among_zeros():
    text = HEAD + (
        "W = np.array([[0.1, 0.2, 0.3], [0.4, -0.5, 0.6]]); b = np.array([0.1, 0, -0.1])\n"
        "data = [([1, 2], 0), ([0, 1], 2), ([2, -1], 1)]\n"
        "for x, c in data:\n    z = np.array(x) @ W + b\n    p = np.exp(z) / np.sum(np.exp(z))\n"
        "    loss = -np.log(p[c])\n    d = p.copy()\n    d[c] -= 1\n"
        "    W -= lr * np.outer(x, d); b -= lr * d\n"
    )
    exercise = read_exercise(text).exercise
    assert exercise.activations == ("softmax",)
    assert exercise.x.tolist() == [[1, 2], [0, 1], [2, -1]]
    assert exercise.target.tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]


def test_a_loop_that_adds_up_over_pairs_is_of_all_of_them():
    text = HEAD + ONE + (
        f"data = {TABLE}\nloss = 0\nfor (x1, x2), t in data:\n"
        "    y = 1 / (1 + math.exp(-(w1 * x1 + w2 * x2 + b)))\n    loss += 0.5 * (t - y)**2\n"
    )  # fmt: skip
    reading = read_exercise(text)
    exercise = reading.exercise
    assert reading.problems == ()
    assert (exercise.x.tolist(), exercise.target.ravel().tolist()) == (ROWS, WANTED)
    total = sum(
        0.5 * (t - 1 / (1 + math.exp(-(0.3 * p - 0.2 * q + 0.1)))) ** 2
        for (p, q), t in zip(ROWS, WANTED, strict=True)
    )
    assert float(exercise.backward().loss) == pytest.approx(total, rel=1e-12)


def test_more_samples_than_an_exercise_takes_are_counted_and_the_first_kept():
    text = HEAD + ONE + f"data = {[((k, k % 3), k % 2) for k in range(40)]}\n"
    reading = read_exercise(text + "for (x1, x2), t in data:" + STEP.format(take=""))
    assert reading.exercise.x.tolist() == [[k, k % 3] for k in range(8)]
    assert any("40 samples" in said and "first 8" in said for said in reading.problems)
