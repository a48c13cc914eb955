"""Where the rows of a chart of bars lie: each title in the middle of its own strip."""

import pytest

from pages.shared.charts.bars import ROW, TITLE, Bars, bars
from pages.shared.charts.figure import figure
from tests.pages.charts.reading import read


@pytest.mark.parametrize("counts", [[2, 3], [1, 1, 4]])
def test_titles_and_rows_follow_one_another_without_a_gap(counts):
    groups = [
        Bars(f"group {k}", [f"x[{i}]" for i in range(n)], [1.0] * n) for k, n in enumerate(counts)
    ]
    data, layout = read(figure(*bars(groups)))
    places = dict(zip(layout["yaxis"]["ticktext"], layout["yaxis"]["tickvals"], strict=True))
    rows = sorted(y for trace in data for y in trace["y"])
    top = 0.0
    for k, count in enumerate(counts):
        assert places[f"<b>group {k}</b>"] == top + TITLE / 2
        top += TITLE
        mine, rows = rows[:count], rows[count:]
        assert mine == [top + ROW / 2 + ROW * i for i in range(count)]
        top += ROW * count
    assert rows == []
    assert layout["yaxis"]["range"] == [top, 0]
