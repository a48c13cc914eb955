"""The handle of the sweep: on this run's line, within the rates that were tried."""

from blame.exercise.presets import NOTEBOOK
from pages.shared.charts.handles.rate import rate_handle
from pages.shared.charts.lab.rate_sweep import sweep_chart
from pages.shared.state.computed import limit_of, rates_of
from tests.pages.charts.reading import named, read


def test_it_lies_on_this_runs_line():
    exercise = NOTEBOOK.with_numbers({"learning_rate": 0.3})
    data, layout = read(sweep_chart(rates_of(exercise), 0.3, limit_of(exercise)))
    handle = rate_handle(exercise, (1e-4, 10.0))
    assert handle.x == named(data, "this run")["x"][0] == handle.value == 0.3
    assert handle.y is None
    assert handle.log
    assert layout["xaxis"]["type"] == "log"
    assert (handle.low, handle.high) == (1e-4, 10.0)
    assert handle.text == "learning rate 0.3"


def test_the_sweep_is_one_for_every_rate_and_the_run_is_not():
    other = NOTEBOOK.with_numbers({"learning_rate": 0.7})
    assert rates_of(other) is rates_of(NOTEBOOK)
    assert limit_of(other) == limit_of(NOTEBOOK)
    assert rates_of(NOTEBOOK.with_numbers({"steps": 3})) is not rates_of(NOTEBOOK)
