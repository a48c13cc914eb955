"""Handles of the gate: at each neuron's point, and moving it as its bias does."""

import pytest

from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import NOTEBOOK
from pages.shared.charts.handles.gate import activation_handles, sweep_handle
from pages.shared.charts.handles.handle import has_handles, with_handles
from pages.shared.charts.lessons import relu_gate
from tests.pages.charts.by_hand import EXERCISES, passes
from tests.pages.charts.reading import check, named, read

THREE = LIBRARY["dlai-week3"].exercise


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_each_handle_lies_on_the_point_of_its_neuron_and_moves_its_bias(exercise):
    data, _ = read(relu_gate.activation_chart(exercise.backward()))
    handles = activation_handles(exercise)
    assert [handle.axis for handle in handles] == ["b1[0]", "b1[1]"]
    for j, handle in enumerate(handles):
        point = named(data, f"neuron {j}", yaxis="y")
        assert ([handle.x], [handle.y]) == (point["x"], point["y"])
        assert handle.value == exercise.numbers()[handle.axis]
        assert (handle.low, handle.high) == (-1e6, 1e6)
        # So far as the bias goes, the point goes.
        further = exercise.with_numbers({handle.axis: handle.value + 0.3})
        assert activation_handles(further)[j].x == pytest.approx(handle.x + 0.3 * handle.per)
        assert handle.x == pytest.approx(passes(exercise)[f"z1[{j}]"], abs=1e-12)
        assert handle.name == f"{handle.axis}, the bias of neuron {j}"
        assert handle.text.startswith(f"{handle.axis} = ")
        assert f", z1[{j}] " in handle.text


def test_a_point_of_several_samples_is_that_of_the_one_looked_at():
    z = THREE.forward().z[0]
    for s in range(3):
        handles = activation_handles(THREE, s)
        assert [handle.x for handle in handles] == z[s].tolist()
        assert f", z1[{s}, 2] " in handles[2].text
    assert len({tuple(row) for row in z.tolist()}) == 3


def test_a_tied_bias_has_one_name_and_one_without_a_bias_no_handle():
    mazur = LIBRARY["mazur"].exercise
    assert mazur.tied
    handles = activation_handles(mazur)
    assert {handle.axis for handle in handles} == {"b1[0]"}
    assert len({handle.key for handle in handles}) == len(handles)
    assert "all neurons of layer 1" in handles[1].name
    bare = next(e.exercise for e in LIBRARY.values() if e.exercise.network.layers[0].bias is None)
    assert activation_handles(bare) == []


def test_the_handle_on_todays_line():
    (handle,) = sweep_handle(NOTEBOOK, NOTEBOOK.backward(), 1, 1)
    assert (handle.axis, handle.value, handle.x, handle.y) == ("b1[1]", -0.1, -0.1, None)
    assert handle.text == "b1[1] = -0.1"


def test_a_figure_with_handles_is_one_that_plotly_knows():
    drawn = relu_gate.activation_chart(NOTEBOOK.backward())
    assert with_handles(drawn, []) == drawn
    assert not has_handles(drawn)
    taken = with_handles(drawn, activation_handles(NOTEBOOK))
    check(taken)
    assert has_handles(taken)
    told = taken.to_dict()["layout"]["meta"]["handles"]
    assert [each["key"] for each in told] == ["neuron 0", "neuron 1"]
    assert taken.to_dict()["data"] == drawn.to_dict()["data"]
