"""Exact fractions: by hand on the notebook, and as the oracle of whole runs on random decimals."""

from fractions import Fraction

import numpy as np
import pytest

from blame import Network, train
from blame.exercise.presets import NOTEBOOK
from blame.network import Layer
from blame.probe.exact import MOST_STEPS, as_typed, exact_train


def run(exercise, steps=3, **how):
    return exact_train(
        exercise.network, exercise.x, exercise.target, exercise.learning_rate, steps, **how
    )


def test_a_typed_decimal_is_what_was_typed():
    assert as_typed(0.1) == Fraction(1, 10)
    assert as_typed(-0.3) == Fraction(-3, 10)
    assert as_typed(1e-7) == Fraction(1, 10**7)
    assert Fraction(0.1) != Fraction(1, 10)


def test_on_paper_the_second_neuron_is_exactly_zero():
    first = run(NOTEBOOK)[0]
    assert first.z[0] == (Fraction(11, 5), Fraction(0))
    assert first.gate[0] == (1, 0)
    assert first.a == ((Fraction(11, 5), 0), (Fraction(9, 4),))
    # 2.2 x 1 + 0 + 0.05 = 2.25, so the loss is 1.25 squared and the blame twice 1.25.
    assert first.loss == Fraction(25, 16)
    assert first.delta[1] == (Fraction(5, 2),)
    assert first.delta[0] == (Fraction(5, 2), Fraction(0))
    assert first.weight_gradients[0] == ((Fraction(5, 2), 0), (Fraction(5), 0))
    assert first.weight_gradients[1] == ((Fraction(11, 2),), (Fraction(0),))
    # One update by hand: b2 = 0.05 - 0.1 x 2.5 and so on.
    second = run(NOTEBOOK)[1]
    assert second.bias[1] == (Fraction(-1, 5),)
    assert second.weights[0][0] == (Fraction(1, 4), Fraction(-3, 10))
    assert second.weights[0][1] == (Fraction(3, 10), Fraction(1, 5))


def test_exact_losses_are_the_shut_gates():
    losses = [float(step.loss) for step in run(NOTEBOOK)]
    assert losses == pytest.approx([1.5625, 0.7832, 0.1204, 0.0006], abs=5e-5)


def test_floats_in_the_same_order_are_the_array_codes_bits():
    exercise = NOTEBOOK
    history = exercise.train()
    for k, step in enumerate(run(exercise, MOST_STEPS, number=float)):
        assert step.loss == history.losses[k]
        assert step.z[0] == tuple(history.forward.z[0][k, 0])
        assert step.delta[0] == tuple(history.backward.deltas[0][k, 0])


def test_bias_first_takes_another_rounding():
    # (-0.3 + 0.4) - 0.1 leaves one bit in float64; (-0.1 - 0.3) + 0.4 leaves none.
    after = run(NOTEBOOK, 0, number=float)[0]
    before = run(NOTEBOOK, 0, number=float, bias_first=True)[0]
    assert after.z[0][1] == 2.0**-55
    assert before.z[0][1] == -0.1 + 1 * -0.3 + 2 * 0.2
    assert before.gate[0][1] == 0


@pytest.mark.parametrize("seed", range(12))
def test_random_decimals_train_as_fractions_do(seed):
    generator = np.random.default_rng(seed)
    sizes = [(2, 2, 1), (3, 4, 2), (1, 3, 2, 1)][seed % 3]
    layers = []
    for k in range(len(sizes) - 1):
        draw = generator.integers(-20, 21, (sizes[k], sizes[k + 1])) / 10
        shift = generator.integers(-20, 21, sizes[k + 1]) / 10
        layers.append(Layer(draw, shift, "identity" if k == len(sizes) - 2 else "relu"))
    network = Network(tuple(layers))
    x, target = (generator.integers(-20, 21, n) / 10 for n in (sizes[0], sizes[-1]))
    exact = exact_train(network, x, target, 0.01, 3)
    closest = min(abs(z) for step in exact for row in step.z[:-1] for z in row)
    if closest < 1e-9:
        pytest.skip("an exact zero, or nearly one: floats may take the other side")
    history = train(network, x, target, learning_rate=0.01, steps=3)
    for k, step in enumerate(exact):
        assert history.losses[k] == pytest.approx(float(step.loss), rel=1e-9)
        for layer in range(len(network.layers)):
            slopes = np.array(step.weight_gradients[layer], dtype=float)
            np.testing.assert_allclose(
                history.backward.weight_gradients[layer][k], slopes, rtol=1e-9, atol=1e-12
            )


def test_what_does_not_fit_is_named():
    exercise = NOTEBOOK
    with pytest.raises(ValueError, match="steps must be from 0 to"):
        run(exercise, MOST_STEPS + 1)
    with pytest.raises(ValueError, match="x must have shape"):
        exact_train(exercise.network, [1.0], exercise.target, 0.1, 1)
    tanh = Network((Layer([[1.0]], [0.0], "tanh"), Layer([[1.0]], [0.0])))
    with pytest.raises(ValueError, match="layer 1 must be relu"):
        exact_train(tanh, [1.0], [1.0], 0.1, 1)
