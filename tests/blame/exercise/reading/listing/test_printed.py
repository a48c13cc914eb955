"""What is printed or filled in place is read as what is assigned."""

import numpy as np
import pytest

from blame.exercise.reading import read_exercise

MODEL = """model = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
with torch.no_grad():
    model[0].weight.data{part} = torch.tensor([[0.1, 0.2], [0.3, 0.4]])
    model[0].bias.data{part} = torch.tensor([0.5, 0.6])
    model[2].weight.data{part} = torch.tensor([[0.7, 0.8]])
    model[2].bias.data{part} = torch.tensor([0.9])
x = torch.tensor([[1., 2.]])
y = torch.tensor([[1.]])
loss = F.mse_loss(model(x), y)
"""


@pytest.mark.parametrize("part", ["", "[:]", "[...]"])
def test_a_layer_filled_in_place_has_its_weights_and_its_bias(part):
    exercise = read_exercise(MODEL.format(part=part)).exercise
    first, second = exercise.network.layers
    assert first.weights.tolist() == [[0.1, 0.3], [0.2, 0.4]]
    assert (first.bias.tolist(), second.bias.tolist()) == ([0.5, 0.6], [0.9])
    # h = relu(0.5 + 0.5), relu(1.1 + 0.6); out = 0.7 * 1 + 0.8 * 1.7 + 0.9
    assert float(np.ravel(exercise.forward().prediction)[0]) == pytest.approx(2.96)


def test_arrays_that_one_print_wrote_side_by_side_have_their_names():
    text = (
        ">>> print(W1)\n[[ 0.1 -0.2]\n [ 0.4  0.5]]\n>>> print(W2)\n[[0.7]\n [0.8]]\n"
        ">>> print(x, y)\n[1. 2.] [3.]\nactivation tanh, output linear, mse, lr = 0.05\n"
    )
    reading = read_exercise(text)
    assert np.ravel(reading.exercise.x).tolist() == [1.0, 2.0]
    assert np.ravel(reading.exercise.target).tolist() == [3.0]
    assert not {"x", "target"} & {assumption.key for assumption in reading.assumed}


def test_a_forward_pass_within_a_print_keeps_its_activation():
    text = (
        "import numpy as np\ndef act(z):\n    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + "
        "np.exp(-z))\nx = np.array([1.0, 2.0])\nw = np.array([0.5, -0.3])\n"
        "print(act(x @ w + 0.1))\n"
    )
    exercise = read_exercise(text).exercise
    assert exercise.activations == ("tanh",)
    assert exercise.network.layers[0].bias.tolist() == [0.1]
