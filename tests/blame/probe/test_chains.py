"""Deep chains against plain loops, and where products of factors are known."""

import numpy as np
import pytest

from blame import ACTIVATIONS, initialise
from blame.probe.chains import Chains, chains, he, xavier


def by_loops(layers, width, activation, scale, seed):
    """One chain, one neuron after another, without matrices."""
    weights = [
        layer.weights for layer in initialise((width,) * (layers + 1), seed, scale=scale).layers
    ]
    generator = np.random.default_rng(seed)
    generator.normal(0, scale, (layers, width, width))
    x, target = generator.normal(size=(2, width))
    names = [activation] * (layers - 1) + ["identity"]
    a, z = [x], []
    for k in range(layers):
        z.append([sum(a[-1][i] * weights[k][i, j] for i in range(width)) for j in range(width)])
        a.append(np.array([float(ACTIVATIONS[names[k]].value(np.array(v))) for v in z[-1]]))
    delta = [a[-1][j] - target[j] for j in range(width)]
    deltas = [delta]
    for k in reversed(range(layers - 1)):
        delta = [
            sum(delta[j] * weights[k + 1][i, j] for j in range(width))
            * float(ACTIVATIONS[names[k]].derivative(np.array(z[k][i])))
            for i in range(width)
        ]
        deltas.insert(0, delta)
    rms = lambda values: np.sqrt(np.mean(np.square(values)))  # noqa: E731
    return (
        [rms(d) / rms(deltas[-1]) for d in deltas],
        [rms(values) for values in a[1:]],
    )


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize(("layers", "width"), [(1, 3), (4, 1), (7, 4)])
def test_each_chain_is_the_plain_loops(activation, layers, width):
    found = chains(layers, width, activation, 0.9, seed=3, count=4)
    for m in range(4):
        blame, size = by_loops(layers, width, activation, 0.9, 3 + m)
        np.testing.assert_allclose(found.blame[m], blame, rtol=1e-10, atol=1e-300)
        np.testing.assert_allclose(found.size[m], size, rtol=1e-10, atol=1e-300)


def test_the_product_of_the_factors_is_what_arrives():
    found = chains(9, 5, "tanh", 0.8, seed=0, count=20)
    np.testing.assert_allclose(found.factors.prod(1), found.blame[:, 0], rtol=1e-12)
    assert (found.blame[:, -1] == 1).all()


def test_linear_chains_of_width_one_multiply_their_weights():
    found = chains(6, 1, "identity", 1.3, seed=11, count=3)
    for m in range(3):
        weights = np.random.default_rng(11 + m).normal(0, 1.3, (6, 1, 1)).ravel()
        assert found.blame[m, 0] == pytest.approx(abs(weights[1:].prod()), rel=1e-12)


def test_blame_fades_holds_explodes_and_dies():
    assert chains(20, 8, "relu", 0.3 * he(8), 0).fate == "fades"
    assert chains(8, 8, "relu", he(8), 0).fate == "holds"
    assert chains(20, 8, "relu", 2 * he(8), 0).fate == "explodes"
    dead = chains(30, 1, "relu", he(1), 0)
    assert dead.fate == "dies"
    assert dead.shut[:, :-1].mean() > 0.4
    assert (dead.shut[:, -1] == 0).all()
    assert chains(20, 8, "sigmoid", xavier(8), 0).fate == "fades"


def test_bands_are_percentiles_and_marks_are_the_published_ones():
    found = chains(3, 2, "relu", 1.0, 0, count=11)
    low, middle, high = found.band(found.size)
    ordered = np.sort(found.size, 0)
    assert (low == ordered[1]).all()
    assert (middle == ordered[5]).all()
    assert (high == ordered[9]).all()
    assert (he(8), xavier(4)) == (0.5, 0.5)


def test_what_is_out_of_range_is_named():
    for arguments, message in (
        ((31, 4, "relu", 1.0, 0), "layers must be from 1 to 30, got 31"),
        ((3, 9, "relu", 1.0, 0), "width must be from 1 to 8"),
        ((3, 4, "relu", -1.0, 0), "scale must be"),
        ((3, 4, "swish", 1.0, 0), "swish"),
    ):
        with pytest.raises(ValueError, match=message):
            chains(*arguments)


def test_a_scale_of_minus_zero_is_zero():
    # A link can say scale=-0.0; NumPy's generator takes its sign for a negative scale.
    assert (chains(3, 2, "relu", -0.0, 0).size == 0).all()
    assert (initialise((2, 2), 0, scale=-0.0).layers[0].weights == 0).all()


def found_with(arriving, before=1.0):
    """Chains of two layers in which so much of the output's blame arrives."""
    blame = np.array([[a, before] for a in arriving])
    return Chains(blame, np.ones_like(blame), np.zeros_like(blame))


@pytest.mark.parametrize(
    ("arriving", "fate"),
    [
        ([0.0], "dies"),
        ([1e-300], "fades"),
        ([0.099], "fades"),
        ([0.1], "holds"),
        ([10.0], "holds"),
        ([10.1], "explodes"),
        # The middle chain decides, not the mean: it fades beside one that explodes.
        ([0.05, 0.05, 1e9], "fades"),
        ([0.0, 0.0, 5.0], "dies"),
        ([0.0, 5.0, 5.0], "holds"),
    ],
)
def test_the_fate_is_that_of_the_middle_chain(arriving, fate):
    assert found_with(arriving).fate == fate
    assert found_with(arriving).arriving == np.median(arriving)


def test_a_factor_is_0_where_no_blame_is_left_to_multiply():
    assert found_with([3.0, 0.0], before=2.0).factors.tolist() == [[1.5], [0]]
    assert found_with([0.0], before=0.0).factors.tolist() == [[0]]


def test_the_published_scales():
    # He et al. (2015): sqrt(2 / n_in); Glorot and Bengio (2010): sqrt(2 / (n_in + n_out)).
    for width in (1, 2, 3, 8):
        assert he(width) == pytest.approx((2 / width) ** 0.5)
        assert xavier(width) == pytest.approx((2 / (width + width)) ** 0.5)


def test_what_is_shut_is_counted_by_layer():
    found = chains(3, 4, "relu", 1.0, seed=5, count=6)
    for m in range(6):
        weights = np.random.default_rng(5 + m).normal(0, 1.0, (3, 4, 4))
        generator = np.random.default_rng(5 + m)
        generator.normal(0, 1.0, (3, 4, 4))
        a = generator.normal(size=(2, 4))[0]
        for k in range(2):
            z = a @ weights[k]
            assert found.shut[m, k] == (z <= 0).sum() / 4
            a = np.maximum(z, 0)
    assert 0 < found.shut[:, :2].mean() < 1


def test_a_hundred_chains_are_the_default_and_sizes_have_limits():
    assert chains(1, 1, "relu", 1.0, 0).blame.shape == (100, 1)
    assert chains(30, 8, "tanh", 0.5, 0, count=1).blame.shape == (1, 30)
    for arguments, message in (
        ((0, 4, "relu", 1.0, 0), "layers must be from 1 to 30, got 0"),
        ((31, 4, "relu", 1.0, 0), "layers must be from 1 to 30, got 31"),
        ((3, 0, "relu", 1.0, 0), "width must be from 1 to 8, got 0"),
        ((3, 4, "relu", float("inf"), 0), "scale must be a finite number from 0 up, got inf"),
        ((3, 4, "relu", float("nan"), 0), "scale must be a finite number from 0 up, got nan"),
        ((3, 4, "relu", 1.0, 0, 0), "count must be at least 1, got 0"),
    ):
        with pytest.raises(ValueError, match=message):
            chains(*arguments)


def test_blame_beyond_the_squares_of_the_floats_is_still_told():
    # Sixteen layers at a scale of 1e8: a last delta near 1e128, and 1e248 where it arrives.
    found = chains(16, 1, "identity", 1e8, seed=0, count=3)
    for m in range(3):
        weights = np.abs(np.random.default_rng(m).normal(0, 1e8, 16))
        assert found.blame[m, 0] == pytest.approx(weights[1:].prod(), rel=1e-9)
