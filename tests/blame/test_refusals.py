"""What holds for some networks only refuses the others, says why, and takes its own."""

from dataclasses import replace

import numpy as np
import pytest

from blame import Layer, Network, backward, forward, train
from blame.exercise.presets import NOTEBOOK
from blame.probe.bias_sweep import gate_bias
from blame.probe.landscape import landscape
from blame.refusals import refuse_unless
from tests.blame.oracles.complex_step import Case
from tests.exercises import notebook_with

LESSON = notebook_with(b1_1=0.3).backward()
"""One sample, 2-2-1, ReLU and identity, mse."""
SAMPLES = backward(forward(NOTEBOOK.network, [[1, 2], [3, 4]]), [[1], [2]], "mse")
STACK = NOTEBOOK.train()
PASSES = {
    "two samples": SAMPLES,
    "a stack": STACK.backward,
    "two outputs": Case((2, 2, 2), ("relu", "identity"), "mse").backward(),
    "three layers": Case((2, 2, 2, 1), ("relu", "relu", "identity"), "mse").backward(),
    "three neurons": Case((2, 3, 1), ("relu", "identity"), "mse").backward(),
    "tanh": Case((2, 2, 1), ("tanh", "identity"), "mse").backward(),
    "sigmoid": Case((2, 2, 1), ("relu", "sigmoid"), "mse").backward(),
    "bce": Case((2, 2, 1), ("relu", "sigmoid"), "bce").backward(),
    "half_sse": Case((2, 2, 1), ("relu", "identity"), "half_sse").backward(),
}
SAID = {
    "two samples": "needs 1 sample, got 2; ",
    "a stack": r"needs a single network, got a stack \(51,\); ",
    "two outputs": "needs 1 output, got 2; ",
    "three layers": "needs 2 layers, got 3; ",
    "three neurons": "needs widths 2-2-1, got 2-3-1; ",
    "tanh": "needs relu in every hidden layer, got tanh; ",
    "sigmoid": "needs identity in the last layer, got sigmoid; ",
    "bce": "needs the loss mse, got bce; ",
    "half_sse": "needs the loss mse, got half_sse; ",
}
"""How each is refused; what refuses it, and the remedy, stand before and after."""


@pytest.mark.parametrize("kind", SAID)
def test_each_refusal_says_what_is_needed_what_came_and_what_to_use(kind):
    needs = {
        "two samples": {},
        "a stack": {},
        "two outputs": {"outputs": 1},
        "three layers": {"layers": 2},
        "three neurons": {"sizes": (2, 2, 1)},
        "tanh": {"hidden": ("relu",)},
        "sigmoid": {"last": ("identity",)},
        "bce": {"losses": ("mse",)},
        "half_sse": {"losses": ("mse",)},
    }[kind]
    with pytest.raises(ValueError, match=f"^the test {SAID[kind]}go home$"):
        refuse_unless("the test", PASSES[kind], instead="go home", **needs)
    refuse_unless("the test", LESSON, instead="go home", **needs)
    # What is not asked for is not refused.
    loose = {"samples": None, "steps": True, "instead": "go home"}
    if needs or kind in ("two samples", "a stack"):
        refuse_unless("the test", PASSES[kind], **loose)


def test_a_forward_pass_has_no_loss_to_refuse():
    passes = PASSES["bce"].forward_pass
    refuse_unless("the test", passes, instead="go home", losses=("mse",))
    with pytest.raises(ValueError, match="needs relu or tanh in every hidden layer, got sigmoid"):
        refuse_unless(
            "the test",
            Case((2, 2, 1), ("sigmoid", "identity"), "mse").backward().forward_pass,
            instead="go home",
            hidden=("relu", "tanh"),
        )


def test_a_sweep_of_a_bias_refuses_a_stack_and_a_neuron_or_bias_that_is_not_there():
    with pytest.raises(ValueError, match="a sweep of a bias " + SAID["a stack"] + "pick one"):
        gate_bias(STACK.forward, 0)
    bare = Network((Layer([[1.0]], None), Layer([[1.0]], [0.5])))
    with pytest.raises(ValueError, match="a bias needs one in layer 1, got none; move a weight"):
        gate_bias(forward(bare, [2.0]), 0)
    assert gate_bias(forward(bare, [2.0]), 0, layer=2) == -2
    with pytest.raises(ValueError, match="neuron must be from 0 to 1, got 2"):
        gate_bias(LESSON.forward_pass, 2)
    with pytest.raises(ValueError, match="neuron must be from 0 to 1, got -1"):
        gate_bias(LESSON.forward_pass, -1)
    # z1[1] is 0.1 + b1[1].
    assert gate_bias(LESSON.forward_pass, 1) == pytest.approx(-0.1)


def test_a_landscape_refuses_a_stack_and_takes_many_samples():
    with pytest.raises(ValueError, match="a landscape " + SAID["a stack"] + "take one network"):
        landscape(STACK.backward, "W1[0, 0]", "b2[0]", [0, 1], [0, 1])
    assert landscape(SAMPLES, "W1[0, 0]", "b2[0]", [0, 1], [0, 1]).losses.shape == (2, 2)


def test_a_run_of_many_steps_is_one_stack_axis():
    network = Network((Layer(np.zeros((3, 2, 1)), np.zeros((3, 1))),))
    run = train(network, [1.0, 2.0], [1.0], 0.1, 2, "mse")
    with pytest.raises(ValueError, match=r"needs a single network, got a stack \(3, 3\)"):
        refuse_unless("the test", run.backward, steps=True, instead="go home")
    refuse_unless("the test", replace(NOTEBOOK, steps=3).train().backward, steps=True, instead="")
