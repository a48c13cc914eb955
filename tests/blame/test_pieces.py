"""Each small part of the maths: activations, losses, shapes, errors, overflow, kinks."""

import math
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from blame import ACTIVATIONS, PRESETS, Layer, Network, backward, forward, initialise, train
from blame import numerical_gradient as numerical
from blame.exercise.presets import NOTEBOOK, drawn
from blame.kinks import on_the_kink
from blame.probe.bias_sweep import sweep_bias, vary
from blame.runs.deaths import deaths, growing_from
from tests.exercises import notebook_with


def test_activations_at_known_points():
    z = np.array([-800.0, -2.0, 0.0, 2.0, 800.0])
    known = {
        "relu": ([0, 0, 0, 2, 800], [0, 0, 0, 1, 1]),
        "leaky_relu": ([-8, -0.02, 0, 2, 800], [0.01, 0.01, 0.01, 1, 1]),
        "identity": (z, [1, 1, 1, 1, 1]),
        "sigmoid": (
            [0, 1 / (1 + math.e**2), 0.5, 1 / (1 + math.e**-2), 1],
            [0, 0.10499358540350652, 0.25, 0.10499358540350652, 0],
        ),
        "tanh": (
            [-1, math.tanh(-2), 0, math.tanh(2), 1],
            [0, 1 / math.cosh(2) ** 2, 1, 1 / math.cosh(2) ** 2, 0],
        ),
    }
    known["softplus"] = (
        [0, math.log1p(math.e**-2), math.log(2), 2 + math.log1p(math.e**-2), 800],
        [0, 1 / (1 + math.e**2), 0.5, 1 / (1 + math.e**-2), 1],
    )
    # Along the row: the largest takes all but e^-798, e^-800 and e^-802, which no float holds.
    known["softmax"] = ([0, 0, 0, 0, 1], [0, 0, 0, 0, 0])
    assert set(known) == set(ACTIVATIONS)
    for name, (values, slopes) in known.items():
        np.testing.assert_allclose(ACTIVATIONS[name].value(z), values, rtol=1e-14, atol=1e-300)
        np.testing.assert_allclose(ACTIVATIONS[name].derivative(z), slopes, rtol=1e-14, atol=1e-300)


@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_subgradient_at_exactly_zero(zero):
    z = np.array([zero])
    assert ACTIVATIONS["relu"].derivative(z) == 0
    assert ACTIVATIONS["leaky_relu"].derivative(z) == 0.01


@pytest.mark.parametrize(
    ("z", "target", "loss", "delta"),
    [
        (0.0, 1.0, math.log(2), -0.5),
        (800.0, 0.0, 800.0, 1.0),
        (-800.0, 1.0, 800.0, -1.0),
        (800.0, 1.0, 0.0, 0.0),
        (-50.0, 0.0, math.exp(-50), math.exp(-50)),
        (2.0, 0.25, 0.25 * math.log1p(math.exp(-2)) + 0.75 * math.log1p(math.exp(2)), None),
    ],
)
def test_bce_is_stable_with_a_sigmoid(z, target, loss, delta):
    back = backward(forward(Network((Layer([[1.0]], [0.0], "sigmoid"),)), [z]), [target], "bce")
    assert float(back.loss) == pytest.approx(loss, rel=1e-13, abs=1e-300)
    if delta is not None:
        assert float(back.deltas[0][0, 0]) == pytest.approx(delta, rel=1e-13, abs=1e-300)


def test_bce_without_a_sigmoid_takes_probabilities_only():
    relu = Network((Layer([[1.0]], [0.0], "relu"),))
    back = backward(forward(relu, [0.25]), [1.0], "bce")
    assert float(back.loss) == pytest.approx(math.log(4))
    assert float(back.activation_gradients[0][0, 0]) == -4
    with pytest.raises(ValueError, match=r"every prediction between 0 and 1, got 1\.5"):
        backward(forward(relu, [1.5]), [1.0], "bce")
    with pytest.raises(ValueError, match="every target between 0 and 1, got 2"):
        backward(forward(relu, [0.5]), [2.0], "bce")
    with pytest.raises(ValueError, match="end the network with sigmoid"):
        train(relu, [0.5], [1.0], loss="bce")


LAYER = Layer([[1.0, 2.0]], [0.0, 0.0])


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Layer([1.0, 2.0], [0.0]), r"weights must have shape .* got \(2,\)"),
        (lambda: Layer([[1.0, 2.0]], [0.0]), r"bias must have shape \(\.\.\., 2\).* got \(1,\)"),
        (lambda: Layer([[np.nan]], [0.0]), "weights must be finite, got nan"),
        (lambda: Layer([["a"]], [0.0]), "weights must be an array of real numbers"),
        (lambda: Layer([[1.0], [1.0, 2.0]], [0.0]), "weights must be an array"),
        (lambda: Layer([[1.0]], [0.0], "gelu"), "unknown activation 'gelu'; choose from relu"),
        (lambda: Network(()), "at least one layer"),
        (lambda: Network((LAYER, LAYER)), "layer 1 gives 2 outputs but layer 2 takes 1"),
        (lambda: Layer(np.ones((3, 1, 1)), np.ones((2, 1))), "do not broadcast"),
        (lambda: forward(Network((LAYER,)), [1.0, 2.0]), r"x must have shape \(1,\)"),
        (lambda: forward(Network((LAYER,)), [np.inf]), "x must be finite, got inf"),
        (lambda: forward(Network((LAYER,)), np.ones((0, 1))), "x must have shape"),
        (lambda: backward(forward(Network((LAYER,)), [1.0]), [1.0]), r"target must have shape"),
        (
            lambda: backward(forward(Network((LAYER,)), [[1.0], [2.0]]), [1.0, 2.0]),
            "target has 1 samples but x has 2",
        ),
        (
            lambda: backward(forward(Network((LAYER,)), [1.0]), [1.0, 2.0], "mae"),
            "unknown loss 'mae'; choose from mse",
        ),
        (lambda: train(Network((LAYER,)), [1.0], [1.0, 2.0], -0.1), "must not be negative"),
        (lambda: train(Network((LAYER,)), [1.0], [1.0, 2.0], steps=-1), "steps must be a whole"),
        (lambda: train(Network((LAYER,)), [1.0], [1.0, 2.0], [0.1, 0.2, np.nan]), "be finite"),
        (lambda: numerical(Network((LAYER,)), [1.0], [1.0, 2.0], step=0), "step must be a pos"),
        (lambda: initialise((2,), 0), "sizes must be two or more"),
        (lambda: initialise((2, 1), 0, scale="big"), "scale must be"),
        (lambda: Network((LAYER,)).with_parameters(W9=[1.0]), "unknown parameter 'W9'"),
        (lambda: vary(Network((LAYER,)), "W1", (0, 5), [1.0]), "no entry"),
        (lambda: notebook_with(x_0=1e7), r"x\[0\] must be a number from -1,000,000 to 1,000,000"),
        (lambda: drawn(NOTEBOOK, -1), "seed must be"),
    ],
)
def test_errors_name_the_thing_and_what_was_received(make, told):
    with pytest.raises(ValueError, match=told):
        make()


def test_everything_is_frozen_and_inputs_are_left_alone():
    weights, x = np.ones((2, 2)), np.ones((3, 2))
    network = Network((Layer(weights, [0, 0]),))
    weights[0, 0] = x[0, 0] = 7
    assert network.layers[0].weights[0, 0] == 1
    back = backward(forward(network, x), np.ones((3, 2)))
    for array in (back.loss, back.deltas[0], back.input_gradient, back.forward_pass.z[0]):
        assert not array.flags.writeable
    with pytest.raises(FrozenInstanceError):
        back.loss = np.zeros(())
    run = train(network, x, np.ones((3, 2)), 0.1, 3)
    assert network.layers[0].weights.tolist() == [[1, 1], [1, 1]]
    assert not run.networks.layers[0].weights.flags.writeable


def test_history_gives_each_network():
    run = PRESETS["gate_shut"].exercise.train()
    assert run.steps == 50
    assert run.at(0).parameters()["b2"] == [0.05]
    assert run.at(-1).parameters()["b2"] == run.at(50).parameters()["b2"]
    with pytest.raises(ValueError, match="from 0 to 50, got 51"):
        run.at(51)
    step = backward(forward(run.at(2), [1, 2]), [1])
    assert float(step.loss) == run.losses[2]


def test_overflow_stops_the_run_and_keeps_every_finite_step():
    run = notebook_with(learning_rate=2, steps=500, b1_1=0.1).train()
    assert run.overflow_step == run.steps + 1 < 500
    assert np.isfinite(run.losses).all()
    assert np.isfinite(run.backward.weight_gradients[0]).all()
    # The next step by hand: b2 is all that moves, and its error triples with each step.
    assert run.losses[-1] == pytest.approx(9 * run.losses[-2])
    assert float(run.losses[-1]) * 9 == np.inf
    assert NOTEBOOK.train().overflow_step is None


def test_one_overflow_in_a_stack_leaves_the_others_alone():
    exercise = notebook_with(b1_1=-0.2)
    run = train(exercise.network, exercise.x, exercise.target, [0.1, 100.0, 0.01], 200)
    alone = train(exercise.network, exercise.x, exercise.target, 0.01, 200)
    assert run.overflow_steps[0] == run.overflow_steps[2] == -1
    assert 0 < run.overflow_steps[1] < 200
    assert run.steps == 200
    assert np.array_equal(run.losses[:, 2], alone.losses)
    assert not np.isfinite(run.losses[run.overflow_steps[1], 1])
    assert np.isfinite(run.losses[: run.overflow_steps[1], 1]).all()


def test_too_large_from_the_start_is_an_error():
    network = Network((Layer([[1e200]], [0.0]), Layer([[1e200]], [0.0])))
    with pytest.raises(ValueError, match="already at step 0"):
        train(network, [1.0], [0.0])


def test_kink_detector_on_both_sides():
    assert on_the_kink(NOTEBOOK.forward())[0].tolist() == [[False, True]]
    assert on_the_kink(notebook_with(b1_1=-0.2).forward())[0].tolist() == [[False, False]]
    assert on_the_kink(notebook_with(b1_1=-0.1 + 1e-12).forward())[0].tolist() == [[False, False]]
    assert not on_the_kink(NOTEBOOK.forward())[1].any()
    exact = notebook_with(W1_0_1=0, W1_1_1=0, b1_1=0)
    assert on_the_kink(exact.forward())[0].tolist() == [[False, True]]


def test_bias_sweep_cuts_blame_at_the_gate():
    exercise = notebook_with(b1_1=0.1)
    biases = np.linspace(-0.85, 0.65, 201)
    swept = sweep_bias(exercise.network, exercise.x, exercise.target, 1, biases)
    assert swept.gate_at == pytest.approx(-0.1)
    after = swept.backward.deltas[0][:, 0, 1]
    assert (after[swept.biases < -0.1 - 1e-9] == 0).all()
    assert (after[swept.biases > -0.1 + 1e-9] != 0).all()
    one = notebook_with(b1_1=float(swept.biases[150])).backward()
    assert one.deltas[0][0, 1] == after[150]


def test_presets_do_what_their_stories_say():
    def gates(key):
        return PRESETS[key].exercise.backward().local_gradients[0][0].tolist()

    def run(key):
        return PRESETS[key].exercise.train()

    assert gates("gate_shut") == [1, 0]
    assert gates("gate_open") == [1, 1]
    assert gates("both_dead") == [0, 0]
    dead = PRESETS["both_dead"].exercise.backward()
    assert not dead.weight_gradients[0].any()
    assert not dead.weight_gradients[1].any()
    assert dead.bias_gradients[1][0] != 0
    assert deaths(run("notebook")) == (3, 2)
    assert deaths(run("gate_shut")) == (None, 0)
    errors = run("diverges").backward.activation_gradients[1][:, 0, 0]
    np.testing.assert_allclose(errors[2:] / errors[1:-1], -2)
    assert growing_from(run("diverges")) == 0
    assert growing_from(run("notebook")) is None
    crawl = run("crawls").losses
    assert (np.diff(crawl) < 0).all()
    assert crawl[-1] > 0.75 * crawl[0]
    grows = PRESETS["grows"].exercise.backward()
    assert abs(grows.weight_gradients[0]).max() == 6 * abs(grows.deltas[1]).max()
    fades = PRESETS["fades"].exercise.backward()
    np.testing.assert_allclose(abs(fades.weight_gradients[0]), abs(fades.deltas[1]).max() / 20)
    assert all(preset.story.endswith(".") and preset.title for preset in PRESETS.values())


@pytest.mark.parametrize("seed", range(20))
def test_random_exercise_is_alive_tidy_and_repeatable(seed):
    exercise = drawn(NOTEBOOK, seed)
    assert exercise == drawn(NOTEBOOK, seed)
    assert all(round(value, 1) == value for value in exercise.numbers().values())
    back = exercise.backward()
    assert back.local_gradients[0].any()
    assert abs(back.forward_pass.z[0]).min() > 0.05
    assert float(back.loss) > 0
