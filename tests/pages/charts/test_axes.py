"""Axes, and the lines that mark a place or a height."""

from pages.shared.charts.axes import across, axis, base_layout, padded, upright
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
