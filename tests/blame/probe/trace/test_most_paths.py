"""How many paths are listed where nothing is asked: all of a lesson, the strongest of a maze."""

import numpy as np
import pytest

from blame import backward, forward, initialise
from blame.probe.trace import Trace
from blame.probe.trace.paths import paths


@pytest.mark.parametrize(
    ("hidden", "count", "listed"), [((8, 8), 64, 64), ((5, 13), 65, 64), ((6, 6, 4), 144, 64)]
)
def test_sixty_four_paths_are_listed_and_the_rest_is_summed_up(hidden, count, listed):
    network = initialise((1, *hidden, 1), 3, activation="tanh")
    trace = Trace(backward(forward(network, [0.7]), [0.2]))
    found = paths(trace, "x[0]")
    assert (found.count, len(found.shown), found.more) == (count, listed, count - listed)
    # Every path by a product of matrices in which one neuron a layer is kept.
    slopes = [a[0] for a in trace.passes.local_gradients]
    seed = trace.passes.activation_gradients[-1][0, 0]
    products = np.ones(1) * seed
    for layer, slope in zip(reversed(network.layers), reversed(slopes), strict=True):
        products = (layer.weights * slope).reshape(layer.n_in, layer.n_out, 1) * (
            products.reshape(layer.n_out, -1)
        )
        products = products.reshape(layer.n_in, -1)
    every = np.sort(np.abs(products.ravel()))[::-1]
    assert len(every) == count
    assert [abs(path.product) for path in found.shown] == pytest.approx(every[:listed].tolist())
    assert found.total == pytest.approx(products.sum())
