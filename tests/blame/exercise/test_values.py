"""Every quantity has one name, with one sample or several, one output or several."""

import pytest

from blame import Exercise, Layer, Network
from blame.exercise.presets import NOTEBOOK


def worked_out(exercise):
    """Return the quantities of an exercise that are not given."""
    given = exercise.numbers()
    return {name: value for name, value in exercise.values().items() if name not in given}


def test_one_sample_one_output():
    # The notebook's numbers, worked out by hand.
    assert worked_out(NOTEBOOK) == pytest.approx(
        {
            "z1[0]": 2.2,
            "z1[1]": 0,
            "a1[0]": 2.2,
            "a1[1]": 0,
            "y_pred": 2.25,
            "loss": 1.5625,
            "d_loss_y": 2.5,
            "dW2[0, 0]": 5.5,
            "dW2[1, 0]": 0,
            "db2[0]": 2.5,
            "d_a1[0]": 2.5,
            "d_a1[1]": -3.75,
            "d_z1[0]": 2.5,
            "d_z1[1]": -3.75,
            "dW1[0, 0]": 2.5,
            "dW1[0, 1]": -3.75,
            "dW1[1, 0]": 5,
            "dW1[1, 1]": -7.5,
            "db1[0]": 2.5,
            "db1[1]": -3.75,
            "d_x[0]": 2.5 * 0.5 + 3.75 * 0.3,
            "d_x[1]": 2.5 * 0.8 - 3.75 * 0.2,
        },
        abs=1e-12,
    )


def test_two_samples_one_output():
    # y = w x + b with w = 2, b = 1: 3 and 5, wanted 2 and 7; the mean of two squares.
    network = Network((Layer([[2.0]], [1.0], "identity"),))
    named = worked_out(Exercise(network, [[1.0], [2.0]], [[2.0], [7.0]]))
    assert named == {
        "y_pred[0]": 3,
        "y_pred[1]": 5,
        "loss": 2.5,
        "d_loss_y[0]": 1,
        "d_loss_y[1]": -2,
        "dW1[0, 0]": -3,
        "db1[0]": -1,
        "d_x[0, 0]": 2,
        "d_x[1, 0]": -4,
    }


def test_two_samples_two_outputs_and_no_bias_and_a_curved_end():
    network = Network((Layer([[1.0, -1.0]], None, "relu"),))
    named = worked_out(Exercise(network, [[1.0], [-2.0]], [[0.0, 0.0]] * 2, "half_sse"))
    assert named == {
        "z1[0, 0]": 1,
        "z1[0, 1]": -1,
        "z1[1, 0]": -2,
        "z1[1, 1]": 2,
        "y_pred[0, 0]": 1,
        "y_pred[0, 1]": 0,
        "y_pred[1, 0]": 0,
        "y_pred[1, 1]": 2,
        "loss": 2.5,
        "d_loss_y[0, 0]": 1,
        "d_loss_y[0, 1]": 0,
        "d_loss_y[1, 0]": 0,
        "d_loss_y[1, 1]": 2,
        "d_z1[0, 0]": 1,
        "d_z1[0, 1]": 0,
        "d_z1[1, 0]": 0,
        "d_z1[1, 1]": 2,
        "dW1[0, 0]": 1,
        "dW1[0, 1]": -4,
        "d_x[0, 0]": 1,
        "d_x[1, 0]": -2,
    }


def test_an_update_beyond_the_floats_is_refused_not_left_out():
    wild = NOTEBOOK.with_numbers({"x[0]": 1e6, "W2[0, 0]": 1e6, "learning_rate": 100.0})
    with pytest.raises(ValueError, match="must lie within 1,000,000"):
        wild.updated()
