"""What may be put together as a network, and what is said of what may not."""

import numpy as np
import pytest

from blame import Layer, Network, backward, forward
from blame.arrays import FEW, float_array, is_small, product, sample_rows
from blame.parameters import as_vector, from_vector

ONE = Layer([[1.0, 2.0], [3.0, 4.0]], [5.0, 6.0], "relu")


def test_a_layer_knows_its_shape():
    wide = Layer(np.zeros((4, 1, 2, 3)), np.zeros((5, 3)), "tanh")
    assert (wide.n_in, wide.n_out, wide.stack_shape) == (2, 3, (4, 5))
    assert (ONE.n_in, ONE.n_out, ONE.stack_shape) == (2, 2, ())
    assert Layer([[1.0]], [0.0]).activation.name == "identity"


def test_a_network_knows_its_sizes_and_its_floats():
    three = Network((Layer(np.zeros((2, 3)), np.zeros(3)), Layer(np.zeros((3, 1)), np.zeros(1))))
    assert three.sizes == (2, 3, 1)
    assert list(three.parameters()) == ["W1", "b1", "W2", "b2"]
    single = Layer(np.zeros((1, 2), np.float32), np.zeros(2, np.float32))
    assert Network((single,)).dtype == np.float32
    # One of float64 makes all of it so.
    mixed = Network((single, ONE))
    assert mixed.dtype == np.float64
    assert {layer.weights.dtype for layer in mixed.layers} == {np.dtype(np.float64)}
    assert [layer.activation.name for layer in mixed.layers] == ["identity", "relu"]


def test_parameters_are_replaced_by_name():
    two = Network((ONE, Layer([[7.0], [8.0]], [9.0])))
    other = two.with_parameters(b1=[0.5, 0.25], W2=[[1.0], [2.0]])
    assert as_vector(other.parameters()).tolist() == [1, 2, 3, 4, 0.5, 0.25, 1, 2, 9]
    assert other.layers[0].activation.name == "relu"
    assert as_vector(two.parameters()).tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    with pytest.raises(ValueError, match="unknown parameter 'b3'; choose from W1, b1, W2, b2"):
        two.with_parameters(b3=[1.0])


def test_vectors_hold_weights_row_by_row_then_the_bias():
    names = {"W1": np.array([[1.0, 2.0], [3.0, 4.0]]), "b1": np.array([[5.0, 6.0], [7.0, 8.0]])}
    assert as_vector(names, (2,)).tolist() == [[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 7, 8]]
    stack = from_vector(np.arange(18.0).reshape(2, 9), (2, 2, 1), [ONE.activation] * 2)
    assert stack.layers[0].weights[1].tolist() == [[9, 10], [11, 12]]
    assert stack.layers[0].bias[1].tolist() == [13, 14]
    assert stack.layers[1].weights[1].tolist() == [[15], [16]]
    assert stack.layers[1].bias[1].tolist() == [17]
    with pytest.raises(ValueError, match=r"widths \(2, 2, 1\) has 9 parameters, got 10"):
        from_vector(np.zeros(10), (2, 2, 1), [ONE.activation] * 2)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Layer(np.zeros((0, 2)), [0.0, 0.0]), r"weights must have shape .* got \(0, 2\)"),
        (lambda: Layer(np.zeros((2, 0)), []), r"weights must have shape .* got \(2, 0\)"),
        (
            lambda: Layer([[1.0]], 0.0),
            r"bias must .* one number for each column of the weights \(1, 1\), got \(\)",
        ),
        (
            lambda: Layer(np.zeros((3, 1, 1)), np.zeros((2, 1))),
            r"do not broadcast: weights \(3,\), bias \(2,\)",
        ),
        (
            lambda: Network((ONE, ONE, Layer([[1.0]], [0.0]))),
            "layer 2 gives 2 outputs but layer 3 takes 1; W3 must have 2 rows",
        ),
        (
            lambda: Network(tuple(Layer(np.zeros((n, 2, 2)), [0.0, 0.0]) for n in (3, 2))),
            r"do not broadcast: layer 1 \(3,\), layer 2 \(2,\)",
        ),
        (lambda: float_array("x", [1.0, -np.inf]), "x must be finite, got -inf"),
        (lambda: float_array("x", [1j]), "x must be an array of real numbers: x must hold real"),
        (lambda: float_array("x", ["1"]), "x must be an array of real numbers"),
        (
            lambda: sample_rows("x", 1.0, 1, np.float64),
            r"x must have shape \(1,\) or \(n_samples, 1\) to fit the network, got \(\)",
        ),
        (lambda: sample_rows("x", np.zeros((2, 3)), 2, np.float64), r"got \(2, 3\)"),
        (lambda: sample_rows("x", np.zeros((0, 2)), 2, np.float64), r"got \(0, 2\)"),
        (
            lambda: forward(Network((Layer(np.zeros((3, 1, 1)), [0.0]),)), np.zeros((2, 1, 1))),
            r"the leading axes of x \(2,\) do not broadcast with the network's stack \(3,\)",
        ),
        (
            lambda: backward(
                forward(Network((Layer(np.zeros((3, 1, 1)), [0.0]),)), [1.0]), np.zeros((2, 1, 1))
            ),
            r"leading axes of target \(2,\) do not broadcast with those of the prediction \(3,\)",
        ),
        (
            lambda: backward(forward(Network((ONE,)), np.zeros((3, 2))), np.zeros((2, 2))),
            "target has 2 samples but x has 3; give one row of targets for each row of x",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_its_shapes(make, told):
    with pytest.raises(ValueError, match=told):
        make()


def test_numbers_become_floats_and_copies():
    given = np.array([[1, 2], [3, 4]], order="F")
    kept = float_array("x", given)
    assert (kept.dtype, kept.flags.c_contiguous, kept.flags.writeable) == (np.float64, True, False)
    assert float_array("x", np.float32([1])).dtype == np.float32
    assert float_array("x", np.float16([1])).dtype == np.float64
    assert float_array("x", [True, False]).tolist() == [1, 0]
    assert float_array("x", np.float32([1]), np.float64).dtype == np.float64
    assert sample_rows("x", [1, 2], 2, np.float64).shape == (1, 2)
    assert sample_rows("x", np.zeros((4, 3, 2)), 2, np.float64).shape == (4, 3, 2)


def test_a_product_is_the_sum_of_its_terms_whatever_its_size():
    random = np.random.default_rng(1)
    met = set()
    for rows, inner, columns in np.ndindex(4, 4, 4):
        shape = (rows + 1, inner + 1, columns + 1)
        met.add(is_small(*shape))
        assert is_small(*shape) == (np.prod(shape) < FEW)
        left = random.integers(-9, 9, (2, *shape[:2])).astype(float)
        right = random.integers(-9, 9, (2, *shape[1:])).astype(float)
        found = product(left, right)
        for m, i, j in np.ndindex(2, shape[0], shape[2]):
            assert found[m, i, j] == sum(left[m, i, k] * right[m, k, j] for k in range(shape[1]))
    assert met == {True, False}


def test_a_tiny_product_is_summed_from_the_left():
    # 1e16 + 1 - 1e16 is 0 from the left and 1 otherwise.
    left, right = np.array([[1e16, 1.0, -1e16]]), np.ones((3, 1))
    assert product(left, right).tolist() == [[0]]
    both = product(np.vstack([left, left]), right)
    assert both.tolist() == [[0], [0]]
