"""Training told by hand: one bias, one step, stacks of rates, and where a run leaves the floats."""

import numpy as np
import pytest

from blame import LOSSES, Layer, Network, backward, forward, train
from blame.activations import Activation
from blame.losses import Loss
from blame.training import pass_at

LONE = Network((Layer([[0.0]], [1.0], "identity"),))


def bias(rate, steps, network=LONE):
    """A lone bias b under b squared: each step multiplies it by 1 - 2 rate."""
    return train(network, [[0.0]], [[0.0]], rate, steps)


def test_a_step_goes_against_the_blame_by_the_rate():
    run = bias(0.3, 5)
    assert run.networks.layers[0].bias[:, 0] == pytest.approx(0.4 ** np.arange(6))
    assert run.losses == pytest.approx(0.16 ** np.arange(6))
    assert (run.steps, run.overflow_step) == (5, None)
    assert float(run.learning_rate) == 0.3
    assert run.overflow_steps.shape == ()


def test_the_defaults_are_fifty_steps_of_a_tenth_under_mse():
    run = train(LONE, [[0.0]], [[0.0]])
    assert (run.steps, float(run.learning_rate)) == (50, 0.1)
    assert run.losses[1] == pytest.approx(0.64)
    two = train(Network((Layer([[0.0, 0.0]], [1.0, 1.0]),)), [[0.0]], [[0.0, 0.0]], 0.1, 1)
    assert two.losses.tolist() == pytest.approx([1, 0.81])


@pytest.mark.parametrize("steps", [0, 1, 7])
def test_a_stack_of_rates_and_starts_is_each_run_alone(steps):
    starts = Network((Layer(np.zeros((3, 1, 1)), [[1.0], [2.0], [-4.0]], "identity"),))
    run = bias(np.array([[0.1, 0.2, 0.3], [0.5, 0.0, 1.5]]), steps, starts)
    assert run.losses.shape == (steps + 1, 2, 3)
    for m, rate in np.ndenumerate([[0.1, 0.2, 0.3], [0.5, 0.0, 1.5]]):
        errors = [1.0, 2.0, -4.0][m[1]] * (1 - 2 * rate) ** np.arange(steps + 1.0)
        assert run.losses[:, *m] == pytest.approx(errors**2)


def test_a_run_ends_at_its_last_step_in_the_floats():
    # Each step multiplies b by -(2e100 - 1): b squared is 1, 4e200, and then no float.
    run = bias(1e100, 9)
    assert (run.steps, run.overflow_step) == (1, 2)
    assert run.losses.tolist() == pytest.approx([1, 4e200])
    # In the very last step too; a step sooner nothing happens.
    assert (bias(1e100, 2).steps, bias(1e100, 2).overflow_step) == (1, 2)
    assert bias(1e100, 1).overflow_step is None
    assert (bias(1e200, 3).steps, bias(1e200, 3).overflow_step) == (0, 1)
    stack = bias([0.1, 1e100, 1e200], 4)
    assert stack.overflow_steps.tolist() == [-1, 2, 1]
    assert stack.steps == 4
    assert stack.overflow_step == 2
    assert bias([1e200, 1e100], 4).steps == 1


def test_a_member_too_large_at_the_start_leaves_the_others_alone():
    starts = Network((Layer(np.zeros((2, 1, 1)), [[1.0], [1e200]], "identity"),))
    run = bias(0.3, 4, starts)
    assert run.overflow_steps.tolist() == [-1, 0]
    assert run.losses[:, 0] == pytest.approx(0.16 ** np.arange(5))


def test_the_history_is_of_all_steps_and_of_each():
    network = Network((Layer([[0.5]], [0.25], "tanh"), Layer([[2.0]], [0.0], "identity")))
    run = train(network, [[1.0], [-2.0]], [[0.5], [1.0]], 0.1, 6, "half_sse")
    for step in (0, 3, 6):
        passes = pass_at(run, step)
        alone = backward(forward(run.at(step), [[1.0], [-2.0]]), [[0.5], [1.0]], "half_sse")
        assert passes.loss == alone.loss == run.losses[step]
        for name, gradient in alone.parameter_gradients().items():
            assert np.array_equal(passes.parameter_gradients()[name], gradient)
            assert np.array_equal(run.backward.parameter_gradients()[name][step], gradient)
    assert run.at(-7).parameters()["W1"] == run.at(0).parameters()["W1"] == 0.5
    for step in (7, -8):
        with pytest.raises(ValueError, match=f"step must be from 0 to 6, got {step}"):
            run.at(step)


SQUARE = Activation("square", np.square, lambda z: 2 * z, "z^2", output_range=(0.0, np.inf))
LOG = Loss(
    "log",
    lambda p, t: np.log(p + 1).sum((-1, -2)),
    lambda p, t: 1 / (p + 1),
    "",
    domain=(0.0, np.inf),
)


def test_a_loss_needs_an_output_that_never_leaves_its_domain():
    def net(activation):
        return Network((Layer([[1.0]], [0.5], activation),))

    assert train(net(SQUARE), [1.0], [1.0], 0.1, 2, LOG).steps == 2
    for activation in ("identity", "tanh", "leaky_relu"):
        with pytest.raises(
            ValueError, match=f"log needs predictions between 0 and inf.*{activation}"
        ):
            train(net(activation), [1.0], [1.0], 0.1, 2, LOG)
    for activation in ("relu", "tanh", SQUARE):
        with pytest.raises(ValueError, match="bce needs predictions between 0 and 1 at every step"):
            train(net(activation), [0.0], [1.0], 0.1, 2, "bce")
    assert train(net("sigmoid"), [0.0], [1.0], 0.1, 2, LOSSES["bce"]).steps == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"steps": -1}, "steps must be a whole number from 0 up, got -1"),
        ({"steps": 2.0}, "steps must be a whole number from 0 up, got 2.0"),
        ({"steps": True}, "steps must be a whole number from 0 up, got True"),
        ({"learning_rate": [0.1, -0.5]}, "learning_rate must not be negative, got -0.5"),
        ({"batches": [[1]], "steps": 1}, "batches must hold rows from 0 to 0, got 1 to 1"),
        ({"loss": "mae"}, "unknown loss 'mae'"),
    ],
)
def test_what_does_not_fit_is_named(arguments, told):
    with pytest.raises(ValueError, match=told):
        train(LONE, [[0.0]], [[0.0]], **arguments)
    stack = Network((Layer(np.zeros((3, 1, 1)), np.zeros((3, 1))),))
    with pytest.raises(
        ValueError,
        match=r"learning_rate \(2,\) does not broadcast with the stack \(3,\); give one number",
    ):
        train(stack, [[0.0]], [[0.0]], [0.1, 0.2])
    assert train(LONE, [[0.0]], [[0.0]], 0.0, np.int64(2)).steps == 2
    huge = Network((Layer([[1e200]], [0.0]),))
    with pytest.raises(
        ValueError, match="too large for the floats already at step 0; start from sm"
    ):
        train(huge, [[1.0]], [[0.0]], 0.1, 1)
