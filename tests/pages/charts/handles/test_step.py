"""The handle of a run: on the marker of its step, and as far as the run goes."""

from dataclasses import replace

import pytest

from blame import train
from blame.exercise.presets import NOTEBOOK
from pages.shared.charts.handles.step import step_handles
from pages.shared.charts.lessons.training import loss_curve
from pages.shared.words.numbers import Numbers
from tests.pages.charts.reading import named, read

RUN = replace(NOTEBOOK, steps=12)
TO_ZERO = NOTEBOOK.with_numbers({"b1[0]": -5.0, "b1[1]": -5.0, "learning_rate": 0.5, "steps": 4})


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("step", [0, 3, 12])
def test_it_lies_on_the_marker_and_goes_from_the_first_step_to_the_last(step, log):
    history = RUN.train()
    (handle,) = step_handles("lab_step", history, step, Numbers(), log=log)
    marker = named(read(loss_curve(history, step, log=log))[0], "chosen step")
    assert ([handle.x], [handle.y]) == (marker["x"], marker["y"])
    assert (handle.axis, handle.value, handle.low, handle.high) == ("lab_step", step, 0, 12)
    assert (handle.run, handle.step, handle.per, handle.knob) == (True, 1, 1.0, False)
    assert handle.text.startswith(f"step {step} of 12, loss ")
    said = float(handle.text.rpartition(" ")[2])
    assert said == pytest.approx(float(history.losses[step]), rel=1e-3)


def test_a_loss_that_a_log_axis_has_no_place_for_leaves_the_handle_halfway_up():
    history = TO_ZERO.train()
    assert history.losses[1] == 0
    (handle,) = step_handles("step", history, 1, Numbers(), log=True)
    assert handle.y is None
    assert handle.knob
    (handle,) = step_handles("step", history, 1, Numbers(), log=False)
    assert (handle.y, handle.knob) == (0.0, False)


def test_a_run_of_no_steps_has_none():
    history = train(NOTEBOOK.network, NOTEBOOK.x, NOTEBOOK.target, learning_rate=0.1, steps=0)
    assert step_handles("step", history, 0, Numbers(), log=False) == []
