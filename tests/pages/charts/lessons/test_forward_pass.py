"""How each z is built, and what its activation makes of it."""

import re

import pytest

from pages.shared.charts.lessons import forward_pass
from pages.shared.charts.palette import ACTIVATION, LINE, SHUT
from tests.exercises import by_link_name, number_of
from tests.pages.charts.by_hand import EXERCISES, on_paper, passes, typed
from tests.pages.charts.reading import (
    as_drawn,
    bars_by_name,
    check,
    made_by_rounding,
    read,
    rounding_said,
    same,
    stands_for,
)

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)


def sums(e, true):
    """Return for each sum its terms by name and what they come to, from the plain numbers."""
    first = {
        f"z1[{j}]": {
            f"x[0] W1[0, {j}]": e["x_0"] * e[f"W1_0_{j}"],
            f"x[1] W1[1, {j}]": e["x_1"] * e[f"W1_1_{j}"],
            f"b1[{j}]": e[f"b1_{j}"],
        }
        for j in (0, 1)
    }
    second = {
        "a1[0] W2[0, 0]": true["a1[0]"] * e["W2_0_0"],
        "a1[1] W2[1, 0]": true["a1[1]"] * e["W2_1_0"],
        "b2[0]": e["b2_0"],
    }
    every = {**first, "y_pred": second}
    return {name: {**terms, f"= {name}": true[name]} for name, terms in every.items()}


@every_exercise
def test_each_term_starts_where_the_one_before_it_ended(exercise):
    data, layout = read(forward_pass.waterfall_chart(exercise.backward()))
    paper = sums(typed(exercise), on_paper(exercise))
    assert [trace["xaxis"] for trace in data] == ["x", "x2", "x3"]
    every = sums(by_link_name(exercise), passes(exercise))
    for bars, (name, terms) in zip(data, every.items(), strict=True):
        assert list(bars_by_name(bars)) == list(terms)
        assert same(bars["x"], list(as_drawn(terms, paper[name]).values()), tiny=0)
        assert rounding_said(bars) == made_by_rounding(terms, paper[name])
        *parts, total = terms.values()
        ends = [sum(parts[: k + 1]) for k in range(len(parts))]
        assert same(bars["base"], [0.0, *ends[:-1], 0.0])
        assert same(bars["base"][-2] + bars["x"][-2], total, tiny=1e-12), name
        assert bars["marker"]["color"] == [LINE] * 3 + [ACTIVATION]
    titles = [label for label in layout["yaxis"]["ticktext"] if "<b>" in label]
    assert titles == ["<b>z1[0], neuron 0</b>", "<b>z1[1], neuron 1</b>", "<b>y_pred</b>"]


@every_exercise
def test_the_words_of_the_sums_name_each_term(exercise):
    said = forward_pass.describe_waterfall(exercise.backward())
    paper = sums(typed(exercise), on_paper(exercise))
    every = sums(by_link_name(exercise), passes(exercise))
    for part, (name, terms) in zip(said.split("; "), every.items(), strict=True):
        title, _, listed = part.partition(": ")
        assert title == (name if name == "y_pred" else f"{name}, neuron {name[3]}")
        pairs = [pair.rpartition(" ") for pair in re.split(r", (?![\d])", listed)]
        assert [each[0] for each in pairs] == list(terms)
        assert all(stands_for(v, terms[term], paper[name][term]) for term, _, v in pairs)


@every_exercise
def test_each_z_stands_beside_its_a_and_the_prediction_beside_the_target(exercise):
    true, paper = passes(exercise), on_paper(exercise) | {"y_true": typed(exercise)["y_true"]}
    ((bars,), layout) = read(forward_pass.activation_chart(exercise.backward()))
    expected = {name: true[name] for j in (0, 1) for name in (f"z1[{j}]", f"a1[{j}]")}
    expected |= {"y_pred": true["y_pred"], "y_true": number_of(exercise, "y_true")}
    found = bars_by_name(bars)
    assert list(found) == list(expected)
    assert same(list(found.values()), list(as_drawn(expected, paper).values()), tiny=0)
    assert rounding_said(bars) == made_by_rounding(expected, paper)
    hues = dict(zip(found, bars["marker"]["color"], strict=True))
    for j in (0, 1):
        is_open = true["gate"][j]
        assert hues[f"z1[{j}]"] == LINE
        assert hues[f"a1[{j}]"] == (ACTIVATION if is_open else SHUT)
        title = f"<b>neuron {j}, gate {'open' if is_open else 'shut'}</b>"
        assert title in layout["yaxis"]["ticktext"]
    assert (hues["y_pred"], hues["y_true"]) == (ACTIVATION, LINE)
    said = forward_pass.describe_activations(exercise.backward())
    pairs = [pair.rpartition(" ") for pair in said.split(", ")]
    assert [name for name, _, _ in pairs] == list(expected)
    assert all(stands_for(value, expected[name], paper[name]) for name, _, value in pairs)


def test_plotly_knows_every_name_and_value():
    check(forward_pass.activation_chart(EXERCISES["notebook"].backward()))
