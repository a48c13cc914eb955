"""How each z is built, and what its activation makes of it."""

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.shared.charts.lessons import forward_pass
from pages.shared.charts.palette import ACTIVATION, LINE, SHUT
from tests.exercises import by_link_name, number_of
from tests.pages.charts import any_shape
from tests.pages.charts.any_shape import exercises
from tests.pages.charts.by_hand import EXERCISES, on_paper, passes, typed
from tests.pages.charts.reading import (
    as_drawn,
    bars_by_name,
    check,
    made_by_rounding,
    near,
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
    assert len(data) == 3
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


def views_of(back):
    return forward_pass.sum_views(back) or [None]


@settings(max_examples=40, deadline=None)
@given(exercises(), st.integers(0, 3))
def test_the_terms_of_any_sum_come_to_it(exercise, pick):
    true, back = any_shape.passes(exercise), exercise.backward()
    sample = pick % exercise.n_samples
    shown = {}
    for view in views_of(back):
        data, layout = read(forward_pass.waterfall_chart(back, sample, view))
        assert len([label for label in layout["yaxis"]["ticktext"] if "<b>" in label]) == len(data)
        said = forward_pass.describe_waterfall(back, sample, view)
        for trace in data:
            found = bars_by_name(trace)
            *names, total = found
            assert all(f"{name} " in said for name in found)
            # A term is the product of what its name says.
            for name in names:
                factors = [
                    true[f] if f in true else exercise.numbers()[f]
                    for f in re.findall(r"[\w]+(?:\[[\d, ]+\])?", name)
                ]
                assert same(found[name], math.prod(factors), 1e-8, 1e-9), name
            shown[total.removeprefix("= ")] = found[total]
            ends = [b + v for b, v in zip(trace["base"], trace["x"], strict=True)]
            assert same(trace["base"][1:-1], ends[:-2], 1e-9, 1e-9)
            assert same(ends[-2], found[total], 1e-8, 1e-9)
    own = f"[{sample}" if exercise.n_samples > 1 else ""
    plain = exercise.activations[-1] == "identity"
    expected = {
        name: value
        for name, value in true.items()
        if name.startswith(("z", "y_pred") if plain else "z") and own in name
    }
    assert shown.keys() == expected.keys()
    assert all(same(shown[name], value, 1e-8, 1e-9) for name, value in expected.items())


@settings(max_examples=40, deadline=None)
@given(exercises(), st.integers(0, 3))
def test_any_z_stands_beside_its_a_and_each_output_beside_its_target(exercise, pick):
    true, back = any_shape.passes(exercise), exercise.backward()
    sample = pick % exercise.n_samples
    shown = {}
    for view in forward_pass.activation_views(back) or [None]:
        ((bars,), layout) = read(forward_pass.activation_chart(back, sample, view))
        shown |= bars_by_name(bars)
        said = forward_pass.describe_activations(back, sample, view)
        assert all(f"{name} " in said for name in bars_by_name(bars))
        for title in (t for t in layout["yaxis"]["ticktext"] if "slope" in t):
            k, j = (int(re.search(rf"{of} (\d)", title)[1]) if of in title else 1
                    for of in ("layer", "neuron"))  # fmt: skip
            z = true[any_shape.row_name(exercise, f"z{k}", sample, j)]
            slope = any_shape.UNITS[exercise.activations[k - 1]][1](z)
            assert near(float(re.search(r"slope ([^<]+)", title)[1]), slope)
    expected = {
        name: value
        for name, value in true.items()
        if re.match(r"z|a|y_pred|y_true", name)
        and (exercise.n_samples == 1 or f"[{sample}" in name)
    }
    assert shown.keys() == expected.keys()
    assert all(same(shown[name], value, 1e-8, 1e-9) for name, value in expected.items())


@pytest.mark.parametrize(
    ("sizes", "titles"),
    [
        ((2, 2, 1), []),
        ((1, 1), []),
        ((4, 4, 3), ["layer 1", "layer 2"]),
        ((4, 8, 2), [*(f"layer 1, neuron {j}" for j in range(8)), "layer 2"]),
    ],
)
def test_sums_that_do_not_fit_are_shown_in_parts(sizes, titles):
    exercise = any_shape.made(sizes, ("tanh",) * (len(sizes) - 1))
    assert [view.title for view in forward_pass.sum_views(exercise.backward())] == titles


@pytest.mark.parametrize("n_samples", [1, 8])
def test_no_chart_of_sums_is_taller_than_a_screen(n_samples):
    exercise = any_shape.made((4, 10, 10, 10, 10), ("relu",) * 4, n_samples=n_samples)
    back = exercise.backward()
    for view in forward_pass.sum_views(back):
        _, layout = read(forward_pass.waterfall_chart(back, 0, view))
        assert layout["height"] < 950
        names = [t for t in layout["yaxis"]["ticktext"] if "<b>" not in t]
        assert layout["margin"]["l"] >= 5.2 * max(map(len, names))
    for view in forward_pass.activation_views(back):
        _, layout = read(forward_pass.activation_chart(back, 0, view))
        assert layout["height"] < 1000


def test_what_stands_between_z_and_a_is_called_by_its_name():
    for units, said in {
        ("relu", "identity"): "ReLU",
        ("sigmoid", "sigmoid"): "sigmoid",
        ("tanh", "sigmoid"): "activation",
    }.items():
        assert forward_pass.units_said(any_shape.made((1, 1, 1), units).backward()) == said
