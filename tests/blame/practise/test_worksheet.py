"""The worksheet: right entries, errors carried forward, hints."""

import pytest

from blame.exercise.names import title_of
from blame.exercise.presets import NOTEBOOK, PRESETS, drawn
from blame.practise.question import is_close
from blame.practise.worksheet import (
    check,
    goes_by_paper,
    items_of,
    rounded_gates,
    solve,
    solve_on_paper,
)
from blame.probe.trace import Trace

EXERCISES = [
    *(preset.exercise for preset in PRESETS.values()),
    *(drawn(NOTEBOOK, k) for k in range(30)),
]
SHUT = PRESETS["gate_shut"].exercise


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_solution_is_what_the_app_computes(exercise):
    trace, solved = Trace(exercise.backward()), solve(exercise)
    after = exercise.updated()
    numbers = after.numbers() | {"": float(after.backward().loss)}
    for item in items_of(exercise):
        given = pytest.approx(item.compute(solved), rel=1e-12, abs=1e-15)
        assert solved[item.name] == given
        if item.name in trace.names():
            assert solved[item.name] == pytest.approx(trace.value(item.name), rel=1e-12, abs=1e-15)
        else:
            wanted = numbers[item.name.removeprefix("new ").replace("loss after", "")]
            assert solved[item.name] == pytest.approx(wanted, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("exercise", EXERCISES[:12])
def test_a_sheet_filled_in_rightly_is_right(exercise):
    solved = solve(exercise)
    entries = {item.name: f"{solved[item.name]:.4g}" for item in items_of(exercise)}
    assert {checked.state for checked in check(exercise, entries).values()} == {"right"}


def test_every_quantity_of_both_passes_has_a_field():
    names = [item.name for item in items_of(NOTEBOOK)]
    assert names == [
        "z1[0]", "z1[1]", "a1[0]", "a1[1]", "y_pred", "loss", "d_loss_y", "dW2[0, 0]", "dW2[1, 0]",
        "db2[0]", "d_a1[0]", "d_a1[1]", "d_z1[0]", "d_z1[1]", "dW1[0, 0]", "dW1[0, 1]",
        "dW1[1, 0]", "dW1[1, 1]", "db1[0]", "db1[1]",
        "new W1[0, 0]", "new W1[0, 1]", "new W1[1, 0]", "new W1[1, 1]", "new b1[0]", "new b1[1]",
        "new W2[0, 0]", "new W2[1, 0]", "new b2[0]", "loss after",
    ]  # fmt: skip


def test_an_error_is_carried_forward_and_named():
    # z1[0] is 2.2; without its bias it would be 2.1, and all that follows from it is right then.
    entries = {
        "z1[0]": "2.1",
        "a1[0]": "2.1",
        "y_pred": "2.15",
        "loss": "1.3225",
        "d_loss_y": "2.3",
    }
    found = check(SHUT, entries)
    assert found["z1[0]"].state == "wrong"
    assert (found["a1[0]"].state, found["a1[0]"].given) == ("carried", ("z1[0]",))
    assert (found["y_pred"].state, found["y_pred"].given) == ("carried", ("a1[0]",))
    assert found["loss"].state == found["d_loss_y"].state == "carried"
    assert found["dW2[0, 0]"].state == "empty"
    # A new error on top of a carried one is a new error.
    assert check(SHUT, {**entries, "loss": "1.5"})["loss"].state == "wrong"
    # What is right in itself is right, whatever came before.
    assert check(SHUT, {**entries, "d_loss_y": "5/2"})["d_loss_y"].state == "right"


def test_the_gate_is_judged_by_the_readers_own_z():
    open_by_mistake = {"z1[1]": "0.1", "d_a1[1]": "-3.75", "d_z1[1]": "-3.75"}
    found = check(SHUT, open_by_mistake)
    assert (found["d_z1[1]"].state, found["d_z1[1]"].given) == ("carried", ("z1[1]",))
    assert check(SHUT, {"d_z1[1]": "-3.75"})["d_z1[1]"].state == "wrong"
    # On the kink z is 0 by hand, and 0 has a shut gate; the machine's 2.8e-17 opens it.
    assert rounded_gates(NOTEBOOK) == ("z1[1]",)
    found = check(NOTEBOOK, {"z1[1]": "0", "d_z1[1]": "0", "db1[1]": "0", "d_a1[1]": "-15/4"})
    assert {found[name].state for name in ("z1[1]", "d_z1[1]", "db1[1]", "d_a1[1]")} == {"right"}
    assert found["d_z1[1]"].on_paper
    assert goes_by_paper(found)
    # The floats' answer is that of every other page, and right here too.
    found = check(NOTEBOOK, {"z1[1]": "0", "d_z1[1]": "-3.75", "loss after": "18.1476"})
    assert {found[name].state for name in ("z1[1]", "d_z1[1]", "loss after")} == {"right"}
    assert not goes_by_paper(found)


def test_a_sheet_done_on_paper_is_right_from_end_to_end():
    paper = solve_on_paper(NOTEBOOK)
    assert paper["z1[1]"] == paper["d_z1[1]"] == paper["dW1[1, 1]"] == 0
    assert paper["loss after"] == pytest.approx(0.7832, abs=5e-5)
    entries = {item.name: repr(paper[item.name]) for item in items_of(NOTEBOOK)}
    assert {checked.state for checked in check(NOTEBOOK, entries).values()} == {"right"}


def test_fractions_and_exponents_are_read_and_nonsense_is_told():
    found = check(SHUT, {"d_loss_y": "5/2", "loss": "15625e-4", "y_pred": "9/4", "z1[0]": "abc"})
    assert [found[name].state for name in ("d_loss_y", "loss", "y_pred")] == ["right"] * 3
    assert found["z1[0]"].state == "unreadable"
    assert found["z1[0]"].said == "is not a number"
    # A comma is told, above all where the answer depends on how it is read.
    spelled = check(SHUT, {"d_loss_y": "2,5", "loss": "1,234", "z1[0]": "2.2 0.1", "y_pred": "9/4"})
    assert (spelled["d_loss_y"].state, spelled["d_loss_y"].said) == ("right", "read as 2.5")
    assert (spelled["loss"].state, spelled["loss"].said) == ("wrong", "read as 1.234")
    assert spelled["z1[0]"].said == "is two numbers where one fits"
    assert (spelled["y_pred"].state, spelled["y_pred"].said) == ("right", "")
    assert spelled["a1[0]"].said == ""
    # What cannot be read does not make what follows wrong.
    assert check(SHUT, {"z1[0]": "abc", "a1[0]": "2.2"})["a1[0]"].state == "right"


def test_hints_give_the_formula_and_then_the_numbers():
    by_name = {item.name: item for item in items_of(SHUT)}
    solved = solve(SHUT)
    assert by_name["z1[1]"].formula == "z1[1] = x[0] × W1[0, 1] + x[1] × W1[1, 1] + b1[1]"
    assert by_name["z1[1]"].with_numbers(solved) == "z1[1] = 1 × (-0.3) + 2 × 0.2 + (-0.2)"
    assert by_name["dW2[0, 0]"].with_numbers(solved) == "dW2[0, 0] = 2.2 × 2.5"
    assert by_name["d_z1[1]"].with_numbers(solved) == "d_z1[1] = (-3.75) if (-0.1) > 0, else 0"
    for item in items_of(SHUT)[:-1]:
        for name in item.needs:
            assert title_of(name) in item.formula
            assert name not in item.with_numbers(solved).partition(" = ")[2]


def test_an_entry_too_large_for_the_floats_is_wrong_and_stops_nothing():
    # The square of such a guess is no float, and no loss follows from it.
    found = check(SHUT, {"y_pred": "1e200", "loss": "7", "d_loss_y": "2e200", "z1[0]": "-1e308"})
    assert [found[name].state for name in ("y_pred", "loss", "z1[0]")] == ["wrong"] * 3
    assert found["d_loss_y"].state == "carried"
    assert not is_close(1e308, float("inf"))
