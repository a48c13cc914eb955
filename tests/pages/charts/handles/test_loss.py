"""The handle of the loss curve: on today's point, and moving it as the output's own bias does."""

import pytest

from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import NOTEBOOK
from pages.shared.charts.handles.loss import loss_handles
from pages.shared.charts.lessons import loss
from tests.pages.charts.reading import named, read

CASES = {
    "identity": NOTEBOOK,
    "tied sigmoid": LIBRARY["mazur"].exercise,
    "three samples": LIBRARY["dlai-week3"].exercise,
    "no target": LIBRARY["karpathy-neuron"].exercise,
    "softmax": LIBRARY["jay-3-3-3-3"].exercise,
}


@pytest.mark.parametrize("exercise", CASES.values(), ids=CASES)
def test_it_lies_on_todays_point_and_goes_as_far_as_it_says(exercise):
    s, j = exercise.n_samples - 1, exercise.sizes[-1] - 1
    data, _ = read(loss.loss_chart(exercise.backward(), s, j))
    today = named(data, "today")
    (handle,) = loss_handles(exercise, s, j)
    assert ([handle.x], [handle.y]) == (today["x"], today["y"])
    assert handle.value == exercise.numbers()[handle.axis]
    # A nudge of the bias so small that the curve is a line moves the point by its slope.
    nudged = exercise.with_numbers({handle.axis: handle.value + 1e-6})
    (after,) = loss_handles(nudged, s, j)
    assert after.x - handle.x == pytest.approx(1e-6 * handle.per, rel=1e-3)
    assert abs(handle.per) > 1e-4
    assert f"moved by {handle.axis}, the bias of" in handle.name
    assert handle.name.startswith("y_pred")


def test_there_is_none_where_no_bias_moves_the_guess():
    bare = LIBRARY["grokking-ch6"].exercise
    assert bare.network.layers[-1].bias is None
    assert loss_handles(bare) == []
    shared = LIBRARY["postnetwork-softmax"].exercise
    assert shared.activations[-1] == "softmax"
    assert "b2" in shared.tied
    moved = shared.with_numbers({"b2[0]": 3.0}).forward().prediction
    assert moved == pytest.approx(shared.forward().prediction)
    assert loss_handles(shared) == []


def test_without_a_target_the_axis_stands_still_while_the_guess_moves():
    exercise = CASES["no target"]
    ranges = {
        tuple(read(loss.loss_chart(moved.backward()))[1]["xaxis"]["range"])
        for moved in (exercise.with_numbers({"b1[0]": 6.88 + k / 50}) for k in range(10))
    }
    assert len(ranges) == 1
