"""Small panels: each trace in its own, under its own title, none over another."""

import pytest

from pages.shared.charts.side_by_side import panels

SHAPES = [(1, 4), (3, 3), (4, 3), (9, 3), (8, 4)]


def boxes(count, wide):
    layout, places = panels([f"p{k}" for k in range(count)], wide, 140)
    return layout, [
        (
            layout[place["xaxis"].replace("x", "xaxis")]["domain"],
            layout[place["yaxis"].replace("y", "yaxis")]["domain"],
        )
        for place in places
    ]


@pytest.mark.parametrize(("count", "wide"), SHAPES)
def test_panels_fill_rows_from_the_top_left_and_never_overlap(count, wide):
    layout, found = boxes(count, wide)
    assert len(found) == count
    for (left, right), (bottom, top) in found:
        assert 0 <= left < right <= 1
        assert 0 <= bottom < top <= 1
    for k, ((left, _), (bottom, top)) in enumerate(found):
        if k % wide:
            (_, before), (same_bottom, same_top) = found[k - 1]
            assert left > before
            assert (bottom, top) == (same_bottom, same_top)
        else:
            assert left == 0
        if k >= wide:
            (above_left, _), (above_bottom, _) = found[k - wide]
            assert left == above_left
            assert top < above_bottom
    rows = (count + wide - 1) // wide
    assert layout["height"] == 140 * rows
    assert found[min(wide, count) - 1][0][1] == pytest.approx(min(wide, count) / wide)


@pytest.mark.parametrize(("count", "wide"), SHAPES)
def test_each_title_stands_over_its_own_panel(count, wide):
    layout, found = boxes(count, wide)
    assert [note["text"] for note in layout["annotations"]] == [f"p{k}" for k in range(count)]
    for note, ((left, _), (_, top)) in zip(layout["annotations"], found, strict=True):
        assert (note["x"], note["y"]) == (left, top)
        assert (note["xanchor"], note["yanchor"]) == ("left", "bottom")
        assert (note["xref"], note["yref"]) == ("paper", "paper")
        # Room for it above the panel, within the figure.
        assert (1 - top) * layout["height"] >= 19


@pytest.mark.parametrize(("count", "wide"), SHAPES)
def test_each_panel_has_a_pair_of_axes_of_its_own(count, wide):
    layout, places = panels([f"p{k}" for k in range(count)], wide, 140, showticklabels=False)
    assert [place["xaxis"] for place in places] == ["x", *(f"x{k}" for k in range(2, count + 1))]
    assert [place["yaxis"] for place in places] == ["y", *(f"y{k}" for k in range(2, count + 1))]
    for place in places:
        across_, up = place["xaxis"], place["yaxis"]
        assert layout[across_.replace("x", "xaxis")]["anchor"] == up
        assert layout[up.replace("y", "yaxis")]["anchor"] == across_
        assert layout[up.replace("y", "yaxis")]["showticklabels"] is False
