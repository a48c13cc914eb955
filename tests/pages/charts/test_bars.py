"""Bars from one zero line: each beside its own name and number, on the scale it says."""

from itertools import pairwise

import numpy as np
import pytest

from pages.shared.charts.axes import padded
from pages.shared.charts.bars import (
    LABELS,
    Bars,
    all_shortened,
    bars,
    bars_figure,
    shortened,
    span,
)
from pages.shared.charts.palette import ACTIVATION, LINE, LOWERS, RAISES, SHUT
from tests.pages.charts.reading import as_sent, check, read, same

GROUPS = [
    Bars("first", ["a", "b", "c"], [2.5, -3.75, 0.0]),
    Bars("second", ["d[0, 1]", "e"], [0.1 + 0.2, -0.0], notes=["", "shut"]),
    Bars("third", ["f", "g"], [40.0, -8.0], colours=[LINE, ACTIVATION], bases=[-10.0, 30.0]),
]
COMPACT = pytest.mark.parametrize("compact", [True, False])
COMMON = pytest.mark.parametrize("common", [True, False])


def drawn(groups=GROUPS, *, common=True, compact=False):
    return read(bars_figure(groups, common_scale=common, compact=compact))


def rows(data, layout):
    """Return what stands in each row: its place, label, start, length, hue and pointer text."""
    labels = dict(zip(layout["yaxis"]["tickvals"], layout["yaxis"]["ticktext"], strict=True))
    return [
        (place, labels[place], base, value, hue, said)
        for trace in data
        for place, base, value, hue, said in zip(
            trace["y"],
            trace["base"],
            trace["x"],
            trace["marker"]["color"],
            trace["customdata"],
            strict=True,
        )
    ]


@COMPACT
@COMMON
def test_each_bar_stands_in_its_own_row_beside_its_name_and_number(common, compact):
    found = rows(*drawn(common=common, compact=compact))
    assert [label for _, label, *_ in found] == [
        "a\u00a0\u00a0+2.5",
        "b\u00a0\u00a0\N{MINUS SIGN}3.75",
        "c\u00a0\u00a00",
        "d[0, 1]\u00a0\u00a0+0.3",
        "e\u00a0\u00a00  shut",
        # A plus is the sign of a gradient; these have hues of their own.
        "f\u00a0\u00a040",
        "g\u00a0\u00a0\N{MINUS SIGN}8",
    ]
    assert same([value for *_, value, _, _ in found], [2.5, -3.75, 0, 0.1 + 0.2, 0, 40, -8])
    assert same([base for _, _, base, *_ in found], [0, 0, 0, 0, 0, -10, 30])
    assert [hue for *_, hue, _ in found] == [
        RAISES,
        LOWERS,
        SHUT,
        RAISES,
        SHUT,
        LINE,
        ACTIVATION,
    ]
    assert [said for *_, said in found] == [
        "a = 2.5",
        "b = -3.75",
        "c = 0",
        "d[0, 1] = 0.30000000000000004",
        "e = 0",
        "f = 40",
        "g = -8",
    ]
    # No zero is negative.
    assert all(str(value) != "-0.0" for *_, value, _, _, _ in found)


@COMPACT
@COMMON
def test_rows_run_down_the_figure_without_meeting(common, compact):
    data, layout = drawn(common=common, compact=compact)
    places = [place for place, *_ in rows(data, layout)]
    width = data[0]["width"]
    assert all(trace["width"] == width for trace in data)
    assert all(b - a > width for a, b in pairwise(places))
    bottom, top = layout["yaxis"]["range"]
    assert top == 0 < places[0] - width / 2
    assert places[-1] + width / 2 < bottom <= layout["height"]
    assert all(trace["orientation"] == "h" for trace in data)


@COMMON
def test_titles_stand_above_their_groups_unless_there_is_no_room(common):
    _, layout = drawn(common=common)
    labels = sorted(zip(layout["yaxis"]["tickvals"], layout["yaxis"]["ticktext"], strict=True))
    starts = [label.split("\u00a0")[0] for _, label in labels]
    assert starts == [
        "<b>first</b>",
        *"abc",
        "<b>second</b>",
        "d[0, 1]",
        "e",
        "<b>third</b>",
        *"fg",
    ]
    places = [place for place, _ in labels]
    assert min(np.diff(places)) > 15
    _, small = drawn(common=common, compact=True)
    assert not any("<b>" in label for label in small["yaxis"]["ticktext"])
    assert small["height"] < layout["height"]
    # The gap that stands for a title.
    first, *_, last = sorted(small["yaxis"]["tickvals"])
    assert last - first > (len(small["yaxis"]["tickvals"]) - 1) * data_row(small)


def data_row(layout):
    places = sorted(layout["yaxis"]["tickvals"])
    return places[1] - places[0]


def sent(groups=GROUPS, **how):
    """Return the bars as the browser draws them, each a start and an end, and the axis' ends."""
    data, layout = as_sent(bars_figure(groups, **how))
    assert {trace.get("xaxis", "x") for trace in data} == {"x"}
    drawn = [[(b, b + x) for b, x in zip(t["base"], t["x"], strict=True)] for t in data]
    return drawn, layout["xaxis"]


def ends_of(group):
    starts = group.bases or [0.0] * len(group.values)
    return [(start, start + value) for start, value in zip(starts, group.values, strict=True)]


def test_on_a_common_scale_all_lengths_compare():
    (drawn,), axis = sent()
    # The largest of all is 30.
    true = [end for group in GROUPS for end in ends_of(group)]
    assert np.allclose(drawn, np.array(true) / 30, rtol=1e-12, atol=1e-15)
    low, high = axis["range"]
    assert low < min(map(min, drawn))
    assert 1 < high < 1.1


def test_on_its_own_scale_each_group_fills_the_width_from_the_same_zero():
    drawn, axis = sent(common_scale=False)
    for bars_, group in zip(drawn, GROUPS, strict=True):
        true = np.array(ends_of(group))
        assert np.allclose(bars_, true / max(map(abs, span(group))), rtol=1e-12, atol=1e-15)
        assert np.abs(bars_).max() == pytest.approx(1)
    low, high = axis["range"]
    ends = [end for each in drawn for pair in each for end in pair]
    assert low < min(ends)
    assert max(ends) < high
    assert axis["zeroline"] is True


@pytest.mark.parametrize("values", [(-2.0, 0.7), (2.0, -0.7), (-1.0, -0.3), (0.1, 3.0)])
def test_the_axis_holds_every_end_wherever_that_lies_between_two_of_its_steps(values):
    (drawn,), axis = sent([Bars("", ["a", "b"], list(values))])
    low, high = axis["range"]
    ends = [0.0, *(end for pair in drawn for end in pair)]
    assert low < min(ends)
    assert max(ends) < high
    # No more room than one step and a little.
    assert high - low < max(ends) - min(ends) + 0.2


def test_the_axis_stands_still_while_a_number_changes_a_little():
    one, other = (
        sent([Bars("", ["a", "b"], [2.0, value]), Bars("", ["c"], [0.5])]) for value in (-0.9, -1)
    )
    assert one[0] != other[0]
    assert one[1] == other[1]
    # No more room is left than a step of the axis on either side.
    low, high = one[1]["range"]
    assert same([low, high], padded((-0.5, 1.0)))


@pytest.mark.parametrize(
    ("group", "ends"),
    [
        (GROUPS[0], (-3.75, 2.5)),
        (GROUPS[2], (-10, 30)),
        (Bars("", ["a"], [5.0], bases=[-2.0]), (-2, 3)),
        (Bars("", ["a"], [-5.0], bases=[-2.0]), (-7, 0)),
        (Bars("", ["a", "b"], [1.0, 2.0], bases=[4.0, 1.0]), (0, 5)),
        (Bars("", ["a", "b"], [0.0, 0.0]), (0, 0)),
        (Bars("", ["a"], [3.0]), (0, 3)),
    ],
)
def test_a_groups_span_holds_zero_and_both_ends_of_every_bar(group, ends):
    assert span(group) == ends


def test_bars_have_titles_and_one_scale_unless_asked_otherwise():
    assert read(bars_figure(GROUPS)) == drawn(common=True, compact=False)
    assert bars(GROUPS)[1]["yaxis"] == drawn()[1]["yaxis"]


@COMMON
def test_bars_of_nothing_but_zeros_have_a_width(common):
    _, layout = drawn([Bars("", ["a"], [0.0]), Bars("", ["b"], [0.0])], common=common)
    low, high = layout["xaxis"]["range"]
    assert low < 0 < high


def test_names_and_values_must_be_as_many():
    with pytest.raises(ValueError, match="zip"):
        drawn([Bars("", ["a", "b"], [1.0])])


def test_plotly_knows_every_name_and_value():
    check(bars_figure(GROUPS, common_scale=False), bars_figure(GROUPS, compact=True))


def test_of_a_long_group_the_largest_are_kept_in_their_own_order():
    group = Bars(
        "many",
        list("abcdef"),
        [0.5, -4.0, 0.1, 2.0, -0.2, 3.0],
        notes=list("uvwxyz"),
        colours=[LINE, ACTIVATION] * 3,
        bases=[0.0, 1.0, 2.0, 3.0, 4.0, 5.0],
    )
    short = shortened(group, 3)
    assert (short.names, short.values) == (["b", "d", "f"], [-4.0, 2.0, 3.0])
    assert (short.notes, short.bases) == (["v", "x", "z"], [1.0, 3.0, 5.0])
    assert short.left_out == "and 3 smaller"
    # One more than fit takes no more room than the line that would say so.
    assert shortened(group, 5) is group
    data, layout = drawn([short, GROUPS[0]])
    labels = dict(zip(layout["yaxis"]["tickvals"], layout["yaxis"]["ticktext"], strict=True))
    (at,) = (place for place, text in labels.items() if text == "and 3 smaller")
    ordered = [labels[place].partition("\u00a0")[0] for place in sorted(labels)]
    assert ordered[:6] == ["<b>many</b>", "b", "d", "f", "and 3 smaller", "<b>first</b>"]
    assert at not in data[0]["y"]
    assert min(np.diff(sorted(labels))) > 15


def test_groups_are_shortened_alike_until_they_fit():
    groups = [Bars("x", [str(i) for i in range(n)], list(range(n))) for n in (30, 3, 50)]
    found = all_shortened(groups, 20)
    assert sum(len(g.names) + bool(g.left_out) for g in found) <= 20
    assert [len(g.names) for g in found] == [7, 3, 7]
    assert all_shortened(groups, 83) == groups
    # Never fewer than three, whatever the room.
    assert [len(g.names) for g in all_shortened(groups, 1)] == [3, 3, 3]


def test_long_names_get_the_room_they_need():
    narrow = bars_figure([Bars("x", ["dW1[0, 1]"], [1.0])]).layout["margin"]["l"]
    wide = bars_figure([Bars("x", ["a1[3, 4] W2[4, 5]"], [1.0])]).layout["margin"]["l"]
    assert narrow == LABELS < wide < 200
    # While a number changes the room stays.
    assert (
        wide == bars_figure([Bars("x", ["a1[3, 4] W2[4, 5]"], [-1.234e-11])]).layout["margin"]["l"]
    )


def test_a_gate_that_shuts_does_not_move_the_bars():
    names = [f"dW1[0, {j}]" for j in range(2)]
    open_, shut = (
        bars_figure([Bars("x", names, [1.0, 2.0], notes=["", note])]).layout["margin"]["l"]
        for note in ("", "shut")
    )
    assert open_ == shut == LABELS
    told = [
        bars_figure([Bars("x", names, [1.0, 2.0], notes=["", note])]).layout["margin"]["l"]
        for note in ("to 0.123", "to -0.1234")
    ]
    assert told[0] == told[1] > LABELS
