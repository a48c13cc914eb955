"""Deep chains against plain loops, and where products of factors are known."""

import numpy as np
import pytest

from blame import ACTIVATIONS, initialise
from blame.probe.chains import chains, he, xavier


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
