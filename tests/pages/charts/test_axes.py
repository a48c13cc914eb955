"""Axes, and the lines that mark a place or a height."""

from hypothesis import given
from hypothesis import strategies as st

from pages.shared.charts.axes import (
    across,
    axis,
    base_layout,
    padded,
    standing,
    steady_range,
    upright,
)
from pages.shared.charts.palette import LINE
from tests.pages.charts.reading import same


def test_a_line_marks_one_place_or_one_height():
    mark = upright(2.5, "dash", "#123456", 0.5)
    assert (mark["x0"], mark["x1"], mark["y0"], mark["y1"]) == (2.5, 2.5, 0, 0.5)
    assert mark["yref"] == "paper"
    assert "xref" not in mark
    assert (mark["line"]["dash"], mark["line"]["color"]) == ("dash", "#123456")
    plain = upright(1.0)
    assert (plain["y1"], plain["line"]["dash"], plain["line"]["color"]) == (1, "dot", LINE)
    level = across(-3.0)
    assert (level["y0"], level["y1"], level["x0"], level["x1"]) == (-3, -3, 0, 1)
    assert level["xref"] == "paper"
    assert "yref" not in level


def test_an_axis_has_its_title_and_a_zero_line_unless_told_otherwise():
    assert axis("loss")["title"] == {"text": "loss"}
    assert axis("loss")["zeroline"] is True
    assert axis("loss", zeroline=False, type="log") | {"zeroline": True} == {
        **axis("loss"),
        "type": "log",
    }


def test_a_chart_keeps_its_height():
    assert base_layout(250)["height"] == 250
    assert base_layout(250, left=48)["margin"]["l"] == 48
    assert base_layout(250)["showlegend"] is False


def test_a_range_is_a_little_wider_than_what_it_holds():
    assert same(padded((-1.0, 3.0)), [-1.08, 3.08])
    assert same(padded((2.0, 2.0)), [1.98, 2.02])


def test_a_standing_line_marks_a_place_that_moves_and_carries_a_text_at_one_end():
    mark = standing("today", 2.5, (-1, 3), "dash", "here")
    assert (mark["x"], mark["y"]) == ([2.5, 2.5], [-1, 3])
    assert (mark["text"], mark["textposition"]) == (["", "\u00a0here"], "bottom right")
    low = standing("gate", 0.0, (-1, 3), "solid", "z = 0", "top right", at_top=False)
    assert low["text"] == ["\u00a0z = 0", ""]
    # It is no entry of the legend, and the pointer finds what it marks.
    assert (mark["showlegend"], mark["hoverinfo"]) == (False, "skip")


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.floats(-0.02, 0.02))
def test_a_steady_range_has_room_and_stands_still_for_most_small_moves(low, width, share):
    ends = steady_range(low, low + width)
    assert ends[0] < low < low + width < ends[1]
    assert ends[1] - ends[0] <= 2 * width * (1 + 1e-9)
    # Where one end moves by a little, it stays or goes on by no more than a quarter of the width.
    moved = steady_range(low, low + width * (1 + share))
    assert abs(moved[1] - ends[1]) <= width * 0.6


def test_a_steady_range_of_a_hand_that_goes_along_changes_seldom():
    found = [tuple(steady_range(0.0, 1 + k / 100)) for k in range(100)]
    assert len(set(found)) <= 8


def test_a_steady_range_of_one_height_or_beyond_the_floats_is_a_range():
    assert steady_range(2.0, 2.0) == [1.0, 3.0]
    low, high = steady_range(-1.7e308, 1.7e308)
    assert low < high
    assert steady_range(0.0, 5e-324)[1] >= 5e-324
