"""The loss as a surface: its heights, where it is cut, and the run that lies on it."""

from dataclasses import replace

import numpy as np
import pytest

from blame.probe.landscape import Landscape, landscape
from blame.training import pass_at
from pages.shared.charts.lab import landscape as land_charts
from pages.shared.charts.lab import surface
from tests.exercises import by_link_name
from tests.pages.charts.by_hand import EXERCISES, PARAMETERS, passes_at, run, symbol
from tests.pages.charts.reading import check, named, read, same

CASES = {
    "notebook": (replace(EXERCISES["notebook"], steps=8), "W1_0_1", "b1_1", 0),
    "gate shut": (replace(EXERCISES["gate shut"], steps=10), "W2_0_0", "W1_1_0", 3),
    "runs away": (replace(EXERCISES["gate shut"], steps=30, learning_rate=5.0), "b2_0", "b1_0", 1),
    "random 8": (replace(EXERCISES["random 8"], steps=12), "b2_0", "W2_1_0", 12),
}
every_case = pytest.mark.parametrize("name", CASES)


def found_of(name):
    exercise, first, second, step = CASES[name]
    history = exercise.train()
    sides = [land_charts.reach(history, symbol(each), step) for each in (first, second)]
    found = landscape(pass_at(history, step), symbol(first), symbol(second), *sides)
    return found, history, step


DRAWN = {name: (found_of(name), *read(surface.surface_chart(*found_of(name)))) for name in CASES}


@every_case
def test_the_sheet_is_the_loss_of_this_pair_of_values_cut_off(name):
    (found, _, step), data, layout = DRAWN[name]
    exercise, first, second, _ = CASES[name]
    sheet = data[0]
    given = by_link_name(exercise)
    now = given | {p: run(exercise)[step][symbol(p)] for p in PARAMETERS}
    roof = max(map(max, sheet["z"]))
    for j in (0, 21, 47, 64):
        for i in (0, 18, 32, 64):
            x, y = sheet["x"][i], sheet["y"][j]
            loss = passes_at(now | {first: x, second: y})["loss"]
            assert sheet["z"][j][i] == pytest.approx(min(loss, roof), rel=1e-6, abs=1e-4)
    # No more than three tenths of the map lie above the cut, and no fewer than at it or above.
    assert np.mean(found.losses > surface.cut(found)) <= 0.301
    assert np.mean(found.losses >= surface.cut(found)) >= 0.299
    assert roof == pytest.approx(surface.cut(found), abs=1e-4)
    titles = [layout["scene"][axis]["title"]["text"] for axis in ("xaxis", "yaxis", "zaxis")]
    assert titles == [symbol(first), symbol(second), "loss"]
    assert sheet["hovertemplate"].startswith(f"{symbol(first)} %{{x:.4g}}, {symbol(second)} %{{y")
    assert layout["scene"]["camera"]["eye"]["z"] > 0


@every_case
def test_the_run_lies_a_little_above_the_sheet_where_it_is_on_the_map(name):
    _, data, _ = DRAWN[name]
    exercise, first, second, step = CASES[name]
    sheet, way, here = data[0], named(data, "the run"), named(data, f"step {step}")
    heights = np.array(sheet["z"])
    lift = 0.02 * float(np.ptp(heights))
    across, up = sheet["x"], sheet["y"]
    steps = run(exercise)
    places = [(each[symbol(first)], each[symbol(second)]) for each in steps]
    inside = [(x, y) for x, y in places if across[0] <= x <= across[-1] and up[0] <= y <= up[-1]]
    assert same(way["x"], [x for x, _ in inside], 1e-9, 1e-12)
    assert same(way["y"], [y for _, y in inside], 1e-9, 1e-12)
    for (x, y), z in zip(inside, way["z"], strict=True):
        i, j = (max(1, int(np.searchsorted(side, v))) for side, v in ((across, x), (up, y)))
        cell = heights[j - 1 : j + 2, i - 1 : i + 2]
        assert cell.min() - 1e-3 <= z - lift <= cell.max() + 1e-3
        # The corner of the cell beyond it.
        row, column = (sum(g < v for g in side) for side, v in ((up, y), (across, x)))
        assert z - lift == pytest.approx(heights[row, column], abs=2e-4, rel=1e-4)
    assert same([*here["x"], *here["y"]], places[step], 1e-9, 1e-12)
    expected = min(steps[step]["loss"], float(heights.max())) + lift
    assert here["z"][0] == pytest.approx(expected, abs=2e-4, rel=1e-4)


def test_some_runs_leave_the_map_and_some_steps_lie_above_the_cut():
    left = [
        len(named(data, "the run")["x"]) < len(run(CASES[n][0]))
        for n, (_, data, _) in DRAWN.items()
    ]
    assert {*left} == {True, False}


@pytest.mark.parametrize(
    ("losses", "roof"),
    [
        ([[0.0, 1.0], [2.0, np.nan]], 1.4),
        ([[0.0, 1.0], [2.0, np.inf]], 1.4),
        ([[np.inf, np.inf], [np.nan, np.inf]], 1.0),
    ],
)
def test_what_left_the_floats_is_cut_off_like_all_that_is_too_high(losses, roof):
    _, history, _ = found_of("gate shut")
    sides = np.array([-9.0, 9.0])
    found = Landscape("W2[0, 0]", "W1[1, 0]", sides, sides, np.array(losses), {})
    assert surface.cut(found) == pytest.approx(roof)
    exercise = CASES["gate shut"][0]
    small = landscape(exercise.backward(), "W2[0, 0]", "W1[1, 0]", *[np.linspace(-9, 9, 101)] * 2)
    holed = small.losses.copy()
    holed[0, 0], holed[100, 100] = np.nan, np.inf
    found = Landscape(small.first, small.second, small.across, small.up, holed, {})
    sheet = read(surface.surface_chart(found, history, 0))[0][0]["z"]
    assert sheet[0][0] == sheet[100][100] == max(map(max, sheet))


def test_plotly_knows_every_name_and_value():
    check(surface.surface_chart(*found_of("notebook")))
