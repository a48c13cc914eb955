"""What a prediction can be compared with: rows, classes, nothing."""

import numpy as np
import pytest

from blame import Layer, Network, backward, forward, train
from blame import numerical_gradient as numerical

GENERATOR = np.random.default_rng(7)
NETWORK = Network((Layer(GENERATOR.normal(size=(2, 3)), None, "softmax"),))
X = GENERATOR.normal(size=(4, 2))


@pytest.mark.parametrize("loss", ["cross_entropy", "cross_entropy_sum"])
def test_classes_are_the_rows_they_stand_for(loss):
    classes, rows = [2, 0, 2, 1], np.array([[0, 0, 1], [1, 0, 0], [0, 0, 1], [0, 1, 0]])
    by_class = backward(forward(NETWORK, X), classes, loss)
    by_row = backward(forward(NETWORK, X), rows.astype(float), loss)
    assert by_class.target.tolist() == rows.tolist()
    assert by_class.loss == by_row.loss
    run = train(NETWORK, X, np.array(classes), 0.1, 3, loss)
    assert np.array_equal(run.losses, train(NETWORK, X, rows, 0.1, 3, loss).losses)
    found = numerical(NETWORK, X, classes, loss).weight_gradients[0]
    np.testing.assert_allclose(found, by_row.weight_gradients[0], atol=1e-8)


def test_one_sample_has_a_class_or_a_row_of_whole_numbers():
    ahead = forward(NETWORK, X[0])
    assert backward(ahead, 1, "cross_entropy").target.tolist() == [[0, 1, 0]]
    assert backward(ahead, np.int64(2), "cross_entropy").target.tolist() == [[0, 0, 1]]
    assert backward(ahead, [0, 1, 0], "cross_entropy").target.tolist() == [[0, 1, 0]]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ([0, 1, 2, 3], "target must name a class from 0 to 2, one for each output, got 3"),
        ([0, -1, 2, 1], "target must name a class from 0 to 2, one for each output, got -1"),
        ([0, 1, 2], "target names 3 classes but x has 4 samples"),
        (1, "target names 1 classes but x has 4 samples"),
        ([0.0, 1.0, 2.0, 1.0], r"target must have shape \(3,\) or \(n_samples, 3\)"),
        (None, r"cross_entropy compares the prediction with a target: give \(3,\) or \(4, 3\)"),
    ],
)
def test_a_target_that_fits_no_class_is_named(target, said):
    with pytest.raises(ValueError, match=said):
        backward(forward(NETWORK, X), target, "cross_entropy")


def test_other_losses_take_no_classes():
    with pytest.raises(ValueError, match=r"target must have shape \(3,\)"):
        backward(forward(NETWORK, X), [0, 1, 2, 1], "mse")


def test_the_slope_of_the_output_itself_needs_no_target():
    network = Network((Layer([[2.0, 1.0]], [1.0, -4.0], "relu"),))
    back = backward(forward(network, [[1.0], [3.0]]), None, "output")
    # Relu of 3, -3 and of 7, -1: one gate is open in each.
    assert float(back.loss) == 10
    assert back.activation_gradients[0].tolist() == [[1, 1], [1, 1]]
    assert back.weight_gradients[0].tolist() == [[4, 0]]
    assert back.bias_gradients[0].tolist() == [2, 0]
    assert back.target.tolist() == [[0, 0], [0, 0]]
    assert numerical(network, [[1.0], [3.0]], None, "output").bias_gradients[0] == pytest.approx(
        [2, 0]
    )
    stack = backward(forward(network, [[1.0], [3.0]]), np.zeros((5, 2, 2)), "output")
    assert stack.loss.tolist() == [10] * 5
