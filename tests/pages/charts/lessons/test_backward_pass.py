"""Every gradient beside its own name, shown no sooner than its stage; what the update does."""

import re
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blame import backward, forward, initialise
from pages.shared.charts.lessons import backward_pass
from pages.shared.charts.palette import ACTIVATION, LOWERS, RAISES, SHUT
from pages.shared.words.numbers import Numbers
from tests.exercises import changed
from tests.pages.charts import any_shape
from tests.pages.charts.any_shape import exercises
from tests.pages.charts.by_hand import EXERCISES, on_paper, passes
from tests.pages.charts.reading import (
    as_drawn,
    bars_by_name,
    check,
    made_by_rounding,
    near,
    numbers,
    read,
    rounding_said,
    same,
    stands_for,
)

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
IN_ORDER = {
    "loss": ["d_loss_y"],
    "W2": ["dW2[0, 0]", "dW2[1, 0]", "db2[0]"],
    "a1": ["d_a1[0]", "d_a1[1]"],
    "z1": ["d_z1[0]", "d_z1[1]"],
    "W1": ["dW1[0, 0]", "dW1[0, 1]", "dW1[1, 0]", "dW1[1, 1]", "db1[0]", "db1[1]"],
}
"""What each stage of the backward pass adds."""


def found_up_to(stage):
    stages = list(IN_ORDER)
    return [name for each in stages[: stages.index(stage) + 1] for name in IN_ORDER[each]]


@pytest.mark.parametrize("stage", IN_ORDER)
@every_exercise
def test_every_gradient_found_so_far_is_a_bar_of_its_own_value(exercise, stage):
    true = {name: passes(exercise)[name] for name in found_up_to(stage)}
    paper = on_paper(exercise)
    ((bars,), layout) = read(
        backward_pass.gradient_chart(exercise.backward(), stage, common_scale=True)
    )
    found = bars_by_name(bars)
    assert list(found) == list(true)
    hues = bars["marker"]["color"]
    for (name, value), hue in zip(as_drawn(true, paper).items(), hues, strict=True):
        assert same(found[name], value, tiny=0), name
        assert hue == (RAISES if value > 0 else LOWERS if value < 0 else SHUT)
    assert rounding_said(bars) == made_by_rounding(true, paper)
    for label, (name, value) in zip(layout["yaxis"]["ticktext"], true.items(), strict=True):
        beside, number = label.removesuffix("  shut").split("\u00a0\u00a0")
        assert beside == name
        # Printed as minus, which is not the sign of code.
        assert "-" not in number
        assert stands_for(number.replace("\N{MINUS SIGN}", "-"), value, paper[name])
        assert number.startswith("+") == (value > 0 and paper[name] != 0)


@every_exercise
def test_once_all_is_found_all_is_shown(exercise):
    groups = backward_pass.shown_groups(exercise.backward(), "done")
    assert [name for group in groups for name in group.names] == found_up_to("W1")
    assert [list(group.names) for group in groups] == list(IN_ORDER.values())
    assert [group.title for group in groups] == [
        "d_loss_y",
        "dW2 and db2",
        "d_a1, before the gate",
        "d_z1, after the gate",
        "dW1 and db1",
    ]


@every_exercise
def test_a_shut_gate_is_said_beside_what_it_stops_and_nowhere_else(exercise):
    _, layout = read(backward_pass.gradient_chart(exercise.backward(), "W1", common_scale=True))
    shut = {label.split("\u00a0")[0] for label in layout["yaxis"]["ticktext"] if "shut" in label}
    assert shut == {f"d_z1[{j}]" for j in (0, 1) if not passes(exercise)["gate"][j]}


def test_a_wider_layer_has_every_gradient_under_its_own_name():
    network = initialise((3, 4, 1), 5, activation="relu")
    back = backward(forward(network, [0.5, -1.5, 2.0]), [0.25], "mse")
    ((bars,), _) = read(backward_pass.gradient_chart(back, "W1", common_scale=True))
    found = bars_by_name(bars)
    d_z1, d_y = back.deltas[0][0], back.deltas[1][0, 0]
    assert np.count_nonzero(d_z1) > 1
    expected = {
        f"dW1[{i}, {j}]": x * d for i, x in enumerate((0.5, -1.5, 2)) for j, d in _each(d_z1)
    }
    expected |= {f"db1[{j}]": d for j, d in _each(d_z1)}
    expected |= {f"dW2[{j}, 0]": a * d_y for j, a in _each(back.forward_pass.a[0][0])}
    for name, value in expected.items():
        assert same(found[name], value), name
    assert len(found) == len(expected) + 2 + 2 * 4


def _each(values):
    return enumerate(values.tolist())


def test_the_scale_is_common_or_each_groups_own():
    exercise = EXERCISES["random 3"]
    common, _ = read(backward_pass.gradient_chart(exercise.backward(), "W1", common_scale=True))
    own, layout = read(backward_pass.gradient_chart(exercise.backward(), "W1", common_scale=False))
    assert (len(common), len(own)) == (1, 5)
    # Under a picture: no titles.
    assert not any("<b>" in label for label in layout["yaxis"]["ticktext"])


@pytest.mark.parametrize("stage", IN_ORDER)
@every_exercise
def test_the_words_list_what_is_drawn(exercise, stage):
    true, paper = passes(exercise), on_paper(exercise)
    said = backward_pass.describe_gradients(exercise.backward(), stage)
    start, _, listed = said.partition(": ")
    assert start == "Bars of the gradients"
    pairs = [pair.rpartition(" ") for pair in re.split(r", (?=d)", listed)]
    assert [name for name, _, _ in pairs] == found_up_to(stage)
    assert all(stands_for(value, true[name], paper[name]) for name, _, value in pairs)


@pytest.mark.parametrize(
    ("before", "after", "hue"),
    [(1.5625, 18.1476, RAISES), (1.5625, 0.7832, LOWERS), (0.25, 0.25, SHUT), (0.0, 3.0, RAISES)],
)
def test_an_update_shows_the_loss_before_it_and_after_it(before, after, hue):
    ((bars,), layout) = read(backward_pass.update_chart(before, after, Numbers()))
    assert bars_by_name(bars) == {"before": before, "after": after}
    assert bars["marker"]["color"] == [ACTIVATION, hue]
    assert "<b>loss</b>" in layout["yaxis"]["ticktext"]
    said = backward_pass.describe_update(before, after, Numbers())
    assert same(numbers(said), [before, after, after - before], 6e-4)
    told = re.fullmatch(r"Loss before the update (\S+), after it (\S+): (\S+)", said)
    # As written, the change is what lies between the two.
    was, now, by = map(Decimal, told.groups())
    assert now - was == by
    assert told[3].startswith("+") == (after > before)


SOLVED = {
    "one": EXERCISES["no blame"],
    "other": changed(EXERCISES["no blame"], y_true=2.3, b2_0=0.1),
    "not": EXERCISES["notebook"],
}
"""Two whose loss is 0 on paper and, each its own, not quite in floats; and one with a loss."""


@pytest.mark.parametrize(
    ("before", "after", "hue"),
    [
        ("one", "other", SHUT),
        ("other", "one", SHUT),
        ("not", "one", LOWERS),
        ("one", "not", RAISES),
    ],
)
def test_a_loss_that_rounding_made_is_no_bar_of_an_update(before, after, hue):
    exercises = SOLVED[before], SOLVED[after]
    losses = [passes(exercise)["loss"] for exercise in exercises]
    paper = [on_paper(exercise)["loss"] for exercise in exercises]
    assert 0 != losses[0] != losses[1] != 0
    known = Numbers().of(*(exercise.backward() for exercise in exercises))
    ((bars,), layout) = read(backward_pass.update_chart(*losses, known))
    assert same(bars["x"], list(map(float, paper)), tiny=0)
    assert bars["marker"]["color"] == [ACTIVATION, hue]
    said = backward_pass.describe_update(*losses, known)
    told = re.fullmatch(r"Loss before the update (\S+), after it (\S+): (\S+)", said)
    labels = layout["yaxis"]["ticktext"]
    for written, true, on in zip(told.groups()[:2], losses, paper, strict=True):
        assert stands_for(written, true, on)
        assert any(label.endswith(f"\u00a0{written}") for label in labels)
    assert float(told[3]) == float(paper[1] - paper[0])


def test_plotly_knows_every_name_and_value():
    check(
        backward_pass.update_chart(1.0, 2.0, Numbers()),
        backward_pass.gradient_chart(EXERCISES["notebook"].backward(), "W1", common_scale=False),
    )


@settings(max_examples=60, deadline=None)
@given(exercises(), st.integers(0, 3))
def test_every_gradient_of_any_exercise_is_a_bar_of_its_own_value(exercise, pick):
    true, back = any_shape.passes(exercise), exercise.backward()
    sample = pick % exercise.n_samples
    own = f"[{sample}" if exercise.n_samples > 1 else ""
    expected = {
        name: value
        for name, value in true.items()
        if re.match(r"d[Wb]\d+\[[\d, ]+\]$", name) or (name.startswith("d_") and own in name)
    }
    shown = {}
    groups = backward_pass.gradient_groups(back, sample)
    for key, group in groups.items():
        chart = backward_pass.gradient_chart(
            back, "all", common_scale=True, sample=sample, group=key
        )
        ((bars,), layout) = read(chart)
        found = bars_by_name(bars)
        assert list(found) == list(group.names)
        assert all(name.startswith((key, key.replace("W", "b"))) for name in found)
        shown |= found
        for label, value in zip(layout["yaxis"]["ticktext"], found.values(), strict=True):
            # Shut is what lets nothing through, never what only lets little through.
            assert label.endswith("shut") <= (value == 0)
    assert shown.keys() == expected.keys()
    assert all(same(shown[name], value, 1e-7, 1e-8) for name, value in expected.items())
    # From the output back: layer after layer, blame of neurons before that of their weights.
    layers = [int(re.search(r"\d", key)[0]) for key in groups if key != "d_loss_y"]
    assert next(iter(groups)) == "d_loss_y"
    assert layers == sorted(layers, reverse=True)


BIG = any_shape.made((4, 10, 10, 10, 10), ("relu", "tanh", "relu", "identity"), n_samples=2)


@pytest.mark.parametrize("stage", ["loss", "W4", "a3", "z3", "W3", "z1", "W1", "all"])
def test_of_a_large_network_each_group_shows_its_largest_until_it_is_asked_for(stage):
    back = BIG.backward()
    true = any_shape.passes(BIG)
    ((bars,), layout) = read(backward_pass.gradient_chart(back, stage, common_scale=True))
    found = bars_by_name(bars)
    assert layout["height"] < 1300
    assert backward_pass.is_shortened(back)
    said = backward_pass.describe_gradients(back, stage)
    for key, group in backward_pass.gradient_groups(back).items():
        whole = {name: abs(true[name]) for name in group.names}
        kept = {name: whole[name] for name in found if name in whole}
        if not kept:
            continue
        left = {name: size for name, size in whole.items() if name not in kept}
        assert left
        assert max(left.values()) <= min(kept.values()) + 1e-12
        assert f"and {len(left)} smaller" in layout["yaxis"]["ticktext"]
        assert f"and {len(left)} smaller of {key}" in said
    last = {"loss": "d_loss_y", "all": "dW1"}.get(stage) or (
        f"d{stage}" if stage[0] == "W" else f"d_{stage}"
    )
    assert any(name.startswith((last, last.replace("dW", "db"))) for name in found)


def test_a_small_network_is_shown_whole():
    assert not backward_pass.is_shortened(EXERCISES["notebook"].backward())
    assert not backward_pass.is_shortened(any_shape.made((3, 4, 3), ("tanh", "tanh")).backward())


@settings(max_examples=30, deadline=None)
@given(exercises())
def test_an_update_moves_every_parameter_against_its_gradient_to_its_new_value(exercise):
    true, old = any_shape.passes(exercise), exercise.numbers()
    after = exercise.train().at(1)
    data, layout = read(backward_pass.new_parameters_chart(exercise.network, after))
    (bars,) = data
    found = bars_by_name(bars)
    said = backward_pass.describe_new_parameters(exercise.network, after)
    assert set(bars["base"]) == {0}
    for name, move in found.items():
        assert same(move, -exercise.learning_rate * true[f"d{name}"], 1e-6, 1e-8), name
        (label,) = (t for t in layout["yaxis"]["ticktext"] if t.startswith(f"{name}\u00a0"))
        new = old[name] - exercise.learning_rate * true[f"d{name}"]
        assert abs(float(label.split(" to ")[-1]) - new) <= 1e-3 * abs(new) + 1e-8
        told = re.search(rf"{re.escape(name)} from (\S+) to ([^\s,]+)", said)
        assert near(float(told[1]), old[name])
        assert abs(float(told[2]) - new) <= 1e-3 * abs(new) + 1e-8
    names = set(exercise.parameter_names())
    assert found.keys() <= names
    assert (found.keys() == names) == ("smaller" not in said)
