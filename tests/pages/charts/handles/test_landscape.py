"""Handles of the landscape: on the ring where the run starts, each along an axis of the map."""

from itertools import pairwise

import pytest

from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import NOTEBOOK
from blame.probe.landscape import landscape
from pages.shared.charts.handles.handle import with_handles
from pages.shared.charts.handles.landscape import start_handles
from pages.shared.charts.lab import landscape as charts
from pages.shared.charts.lab.surface import TRACKS, surface_chart
from tests.pages.charts.reading import check, named, read

MAZUR = LIBRARY["mazur"].exercise


def drawn(exercise, first, second, chart=charts.contour_chart):
    history = exercise.train()
    sides = [charts.reach(history, name, 0)[::4] for name in (first, second)]
    found = landscape(exercise.backward(), first, second, *sides, exercise.tied)
    return found, chart(found, history, 0)


@pytest.mark.parametrize(
    ("exercise", "first", "second"),
    [(NOTEBOOK, "W1[1, 0]", "W2[0, 0]"), (MAZUR, "b1[0]", "W1[0, 1]")],
    ids=["notebook", "tied"],
)
def test_both_lie_on_the_ring_and_move_the_numbers_of_the_axes(exercise, first, second):
    found, contours = drawn(exercise, first, second)
    data, layout = read(contours)
    ring = named(data, "step 0")
    across, up = start_handles(exercise, found, on_surface=False)
    for handle in (across, up):
        assert ([handle.x], [handle.y]) == (ring["x"], ring["y"])
    assert (across.along, across.axis, across.value) == ("x", first, ring["x"][0])
    assert (up.along, up.axis, up.value) == ("y", second, ring["y"][0])
    assert layout["xaxis"]["title"]["text"] == first
    assert second in [note["text"] for note in layout["annotations"]]
    assert f"along {first}" in across.name
    assert ("with all of b1" in across.name) == bool(exercise.tied)
    check(with_handles(contours, [across, up]))


def test_on_a_surface_each_has_a_line_of_its_own_below():
    found, turned = drawn(NOTEBOOK, "W1[1, 0]", "W2[0, 0]", surface_chart)
    handles = start_handles(NOTEBOOK, found, on_surface=True)
    assert [handle.along for handle in handles] == ["x", "x"]
    for handle, values in zip(handles, (found.across, found.up), strict=True):
        assert handle.track == (values[0], values[-1])
        assert handle.track[0] < handle.value < handle.track[1]
    assert read(turned)[1]["margin"]["b"] == TRACKS
    check(with_handles(turned, handles))


def test_the_map_stands_still_while_the_start_moves_a_little():
    exercise = NOTEBOOK.with_numbers({"learning_rate": 0.02})
    ends = [
        tuple(charts.reach(moved.train(), "W1[1, 0]", 0)[[0, -1]])
        for moved in (exercise.with_numbers({"W1[1, 0]": 0.6 + k / 50}) for k in range(40))
    ]
    assert sum(a != b for a, b in pairwise(ends)) <= 4
