"""Every worked example, to the digits it is known to."""

import numpy as np
import pytest

from blame import Layer, Network, backward, forward, train
from tests.blame.oracles.worked_examples import CASES, NOTEBOOK


def network_of(case):
    return Network(
        tuple(
            Layer(case[f"W{k}"], case[f"b{k}"], activation)
            for k, activation in enumerate(case["activations"], start=1)
        )
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_worked_exercise(case):
    back = backward(forward(network_of(case), case["x"]), case["target"], case["loss"])
    run = train(network_of(case), case["x"], case["target"], case["learning_rate"], 4, case["loss"])
    after = run.at(1).parameters()
    ours = {
        "z1": back.forward_pass.z[0][0],
        "prediction": back.forward_pass.prediction[0],
        "loss_value": back.loss,
        "d_prediction": back.activation_gradients[-1][0],
        "d_a1": back.activation_gradients[0][0],
        "d_z1": back.deltas[0][0],
        **{f"d{name}": gradient for name, gradient in back.parameter_gradients().items()},
        **{f"{name}_after": value for name, value in after.items()},
    }
    compared = [key for key in ours if key in case]
    assert "loss_value" in compared
    assert "dW1" in compared
    for key in compared:
        # 9 digits where the source is published in print, else all but the last bits.
        rtol = 2e-8 if "Mazur" in case["name"] else 1e-12
        np.testing.assert_allclose(ours[key], case[key], rtol=rtol, atol=1e-16, err_msg=key)
    losses = case.get("losses_of_the_run", [])
    np.testing.assert_allclose(run.losses[: len(losses)], losses, rtol=1e-12)


def test_notebook_bit_for_bit():
    back = backward(forward(network_of(NOTEBOOK), NOTEBOOK["x"]), NOTEBOOK["target"])
    assert back.forward_pass.z[0].tolist() == [NOTEBOOK["z1"]]
    assert back.weight_gradients[1].tolist() == NOTEBOOK["dW2"]
    assert back.weight_gradients[0].tolist() == NOTEBOOK["dW1"]
    assert float(back.loss) == 1.5625
    run = train(network_of(NOTEBOOK), NOTEBOOK["x"], NOTEBOOK["target"], 0.1, 4)
    assert run.losses.tolist() == NOTEBOOK["losses_of_the_run"]


def test_notebook_in_float32_shuts_the_gate():
    case = {**NOTEBOOK}
    single = Network(
        tuple(
            Layer(np.float32(case[f"W{k}"]), np.float32(case[f"b{k}"]), activation)
            for k, activation in enumerate(case["activations"], start=1)
        )
    )
    run = train(single, case["x"], case["target"], 0.1, 3)
    assert run.forward.z[0].dtype == np.float32
    assert run.forward.z[0][0, 0, 1] == pytest.approx(-7.450581e-09)
    assert run.backward.deltas[0][0, 0, 1] == 0
    np.testing.assert_allclose(run.losses, [1.5625, 0.7832, 0.1204, 0.0006], atol=5e-5)
