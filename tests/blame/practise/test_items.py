"""The worksheet of any exercise: its fields, their values by plain Python, and the update."""

import math

import numpy as np
import pytest

pytest.importorskip(
    "hypothesis", reason="Hypothesis is missing: pip install -r requirements-dev.txt"
)

from hypothesis import given, settings

from blame import Layer, Network
from blame.exercise.exercise import Exercise
from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import NOTEBOOK
from blame.kinks import on_the_kink
from blame.practise.items import LOSS_AFTER, NEW
from blame.practise.worksheet import check, items_of, rounded_gates, solve, solve_on_paper
from tests.blame.exercise.random_exercises import exercises

TIED = Exercise(
    Network((Layer([[0.4, -0.6]], [0.2, 0.2], "tanh"), Layer([[0.7], [0.3]], None, "sigmoid"))),
    [[0.5], [-1.0]],
    [[1.0], [0.0]],
    "half_sse",
    learning_rate=0.5,
    held=("W2[1, 0]",),
    tied=("b1",),
    momentum=0.9,
    weight_decay=0.1,
)


def plainly(w1, b, w2):
    """Return the loss of `TIED` and its slopes by w1, b and w2, in plain Python."""
    loss, d_w1, d_b, d_w2 = 0.0, [0.0, 0.0], 0.0, [0.0, 0.0]
    for x, t in ((0.5, 1.0), (-1.0, 0.0)):
        a = [math.tanh(x * w + b) for w in w1]
        y = 1 / (1 + math.exp(-sum(p * q for p, q in zip(a, w2, strict=True))))
        loss += (y - t) ** 2 / 2
        d_z2 = (y - t) * y * (1 - y)
        for j in (0, 1):
            d_z = d_z2 * w2[j] * (1 - a[j] ** 2)
            d_w2[j] += a[j] * d_z2
            d_w1[j] += x * d_z
            d_b += d_z
    return loss, d_w1, d_b, d_w2


def test_an_update_with_all_that_can_be_asked_of_it_by_hand():
    w1, b, w2 = [0.4, -0.6], 0.2, [0.7, 0.3]
    _, d_w1, d_b, d_w2 = plainly(w1, b, w2)
    new_w1 = [w - 0.5 * (d + 0.1 * w) for w, d in zip(w1, d_w1, strict=True)]
    new_b, new_w2 = b - 0.5 * (d_b + 0.1 * b), w2[0] - 0.5 * (d_w2[0] + 0.1 * w2[0])
    wanted = {
        "new W1[0, 0]": new_w1[0],
        "new W1[0, 1]": new_w1[1],
        # One number for the layer, one field.
        "new b1": new_b,
        # W2[1, 0] is held and not asked for.
        "new W2[0, 0]": new_w2,
        "loss after": plainly(new_w1, new_b, [new_w2, 0.3])[0],
    }
    solved = solve(TIED)
    asked = [item.name for item in items_of(TIED) if item.name.startswith((NEW, LOSS_AFTER))]
    assert asked == list(wanted)
    for name, value in wanted.items():
        assert solved[name] == pytest.approx(value, rel=1e-12), name
    formulas = {item.name: item.formula for item in items_of(TIED)}
    assert formulas["new b1"] == (
        "new b1 = b1[0] - learning rate × (db1[0] + db1[1] + weight decay × b1[0])"
    )
    assert solved["loss"] == pytest.approx(plainly(w1, b, w2)[0], rel=1e-12)


def test_weight_gradients_ask_for_the_sum_over_samples_and_others_for_one():
    by_name = {item.name: item for item in items_of(TIED)}
    assert by_name["dW1[0, 1]"].sample is None
    assert by_name["dW1[0, 1]"].formula == "dW1[0, 1] = x[0, 0] × d_z1[0, 1] + x[1, 0] × d_z1[1, 1]"
    assert (by_name["z1[1, 0]"].sample, by_name["y_pred[1]"].sample) == (1, 1)
    assert by_name["loss"].sample is None
    assert "b2" not in " ".join(by_name)


def test_an_error_in_a_gradient_is_carried_into_the_update_and_the_loss_after():
    solved = solve(TIED)
    wrong = solved["dW2[0, 0]"] + 1
    new = 0.7 - 0.5 * (wrong + 0.1 * 0.7)
    new_w1 = [solved["new W1[0, 0]"], solved["new W1[0, 1]"]]
    after = plainly(new_w1, solved["new b1"], [new, 0.3])[0]
    entries = {"dW2[0, 0]": repr(wrong), "new W2[0, 0]": repr(new), "loss after": repr(after)}
    found = check(TIED, entries)
    assert found["dW2[0, 0]"].state == "wrong"
    assert (found["new W2[0, 0]"].state, found["new W2[0, 0]"].given) == ("carried", ("dW2[0, 0]",))
    assert (found["loss after"].state, found["loss after"].given) == (
        "carried",
        ("new W2[0, 0]",),
    )
    assert check(TIED, {**entries, "loss after": repr(after + 1)})["loss after"].state == "wrong"
    # Uphill: the sign of the update turned.
    uphill = {"new W2[0, 0]": repr(0.7 + 0.5 * solved["dW2[0, 0]"])}
    assert check(TIED, uphill)["new W2[0, 0]"].state == "wrong"


def test_the_notebooks_loss_after_is_that_of_its_training_and_another_on_paper():
    # With the gate shut, as a z of 0 has it; the floats open it.
    assert solve_on_paper(NOTEBOOK)["loss after"] == pytest.approx(0.7832, abs=5e-5)
    assert solve(NOTEBOOK)["loss after"] == pytest.approx(18.1476, abs=5e-5)
    assert float(NOTEBOOK.train().losses[1]) == pytest.approx(18.1476, abs=5e-5)


def test_nothing_that_leaves_the_floats_is_asked_for():
    wild = NOTEBOOK.with_numbers({"b1[1]": -0.2, "x[0]": 1e6, "W1[0, 0]": 1e6, "W2[0, 0]": 1e6,
                                  "learning_rate": 100.0})  # fmt: skip
    names = {item.name for item in items_of(wild)}
    assert all(math.isfinite(solve(wild)[name]) for name in names)
    assert all(checked.state == "empty" for checked in check(wild, {}).values())


def test_what_is_all_held_has_no_update():
    held = Exercise(NOTEBOOK.network, [1, 2], [1], held=("W1", "b1", "W2", "b2"))
    assert not [item for item in items_of(held) if "new" in item.name or "after" in item.name]


@settings(deadline=None, derandomize=True, max_examples=60)
@given(exercises(3))
def test_a_sheet_of_any_exercise_solves_itself_and_agrees_with_its_training(exercise):
    items, solved = items_of(exercise), solve(exercise)
    typed = {item.name: repr(solved[item.name]) for item in items}
    assert {checked.state for checked in check(exercise, typed).values()} <= {"right"}
    if any(near.any() for near in on_the_kink(exercise.forward())):
        return
    values = exercise.values()
    for item in items:
        if item.name in values:
            assert solved[item.name] == values[item.name]
    try:
        run = exercise.train()
    except ValueError:
        return
    if run.steps < 1:
        return
    after = {
        f"{name}{list(index)}": float(array[index])
        for name, array in run.at(1).parameters().items()
        for index in np.ndindex(array.shape)
    }
    for item in items:
        if item.name.startswith(NEW):
            name = item.name.removeprefix(NEW)
            wanted = after[name if "[" in name else f"{name}[0]"]
            size = abs(exercise.numbers()[name if "[" in name else f"{name}[0]"]) + abs(wanted)
            assert solved[item.name] == pytest.approx(wanted, rel=1e-9, abs=1e-9 * size)
        elif item.name == LOSS_AFTER and not math.isinf(run.losses[1]):
            assert solved[item.name] == pytest.approx(float(run.losses[1]), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("key", ["mazur", "jay-3-3-3-3"])
def test_each_formula_of_a_library_exercise_gives_its_number(key):
    exercise = LIBRARY[key].exercise
    solved = solve(exercise)
    assert not rounded_gates(exercise)
    for item in items_of(exercise):
        assert item.compute(solved) == pytest.approx(solved[item.name], rel=1e-9, abs=1e-12)
        if item.name != LOSS_AFTER:
            assert all(need in solved for need in item.needs)
