"""Labels along an axis never cover each other, and none is lost."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pages.shared.charts.labels import CHARACTER, spread

PLACES = st.lists(st.floats(-2, 2), min_size=1, max_size=10)


@settings(max_examples=200, deadline=None)
@given(PLACES)
def test_no_label_covers_another_on_a_phone(places):
    names = [str(j) for j in range(len(places))]
    labels = spread(names, places, (-2.0, 2.0), width=250, most=10)
    spans = []
    for at, text in labels:
        centre = (at + 2) / 4 * 250
        spans.append((centre - CHARACTER * len(text) / 2, centre + CHARACTER * len(text) / 2))
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    # Each name once, in order of its place, at the middle of those it stands with.
    told = [int(n) for label in labels for n in label.text.split(", ")]
    assert sorted(told) == list(range(len(places)))
    for label in labels:
        own = [places[int(n)] for n in label.text.split(", ")]
        assert abs(label.at - sum(own) / len(own)) < 1e-9


def test_labels_that_are_far_apart_stay_alone():
    assert [label.text for label in spread(["a", "b"], [-1, 1], (-2, 2))] == ["a", "b"]


def test_of_many_at_one_place_the_first_are_named_and_the_others_counted():
    (label,) = spread([str(j) for j in range(10)], [0.5] * 10, (0, 1), most=3, after=" = 0")
    assert label.text == "0, 1, 2 +7 = 0"
    assert re.search(r"\+7", label.text)
