"""Every receipt read back: its formula worked out, its words checked against nudges by hand."""

import math
import re

import pytest
from hypothesis import given

from blame.exercise.presets import NOTEBOOK
from blame.probe.trace import Trace
from pages.shared.picture.receipt import receipt_data, what_it_is
from tests.exercises import changed, number_of
from tests.pages.picture.worked_out import NAME, TRACES, check_equals, worked_out
from tests.pages.words.reading import (
    ALL,
    EXERCISES,
    FEW,
    SHORT,
    as_number,
    by_hand,
    link_name,
    near,
    read,
)


def check_formula(trace, name):
    first, *rest = receipt_data(trace, name, ALL)["formula"]
    assert first.startswith(f"{name} = ")
    # Every line is the same number, and only the value may be about so.
    assert all(line.startswith("= ") for line in rest[:-1])
    lines = [first.removeprefix(f"{name} = "), *(line[2:] for line in rest)]
    value = trace.value(name)
    if lines[0].endswith(" (given)"):
        assert as_number(lines[0].removesuffix(" (given)")) == value
        assert len(lines) == 1
        return
    assert as_number(lines[-1].strip("()")) == value
    if len(rest) > 1:
        check_equals(lines[-2], rest[-1].partition(" ")[0], lines[-1])
    else:
        assert rest[-1].startswith("= ")
    assert ("+" in lines[-1]) == (name.startswith("d") and value > 0)
    for line in lines[:-1]:
        if line.startswith(("mean of", "sum of")):
            assert over_all_outputs(trace, line) == pytest.approx(value, rel=1e-9)
        elif not line.startswith("slope of"):
            assert worked_out(line, trace.value) == pytest.approx(value, rel=1e-9, abs=1e-12), line
    # The symbols name no number, and the second line no name.
    assert NAME.search(lines[0])
    assert not any(NAME.search(line) for line in lines[1:])
    # A number below 0 stands in parentheses behind another, and no other number does.
    assert not any(re.search(r"[-×+] -|[-×+] \(\d[^ ]*\)", line) for line in lines[1:])
    # One output: in symbols, in numbers, and the value unless the numbers say it already.
    assert len(set(lines)) == len(lines)
    if trace.sizes[-1] == 1:
        assert len(lines) == 3 or (len(lines) == 2 and not set("×+²(") & set(lines[1][1:]))
    if trace.sizes[-1] == 1 and name in ("loss", "d_loss_y"):
        assert len(lines) == 3
        assert not re.search("mean|sum", lines[0])


def over_all_outputs(trace, line):
    """Return what a term written for output 0 gives, taken over every output."""
    what, term = re.fullmatch(r"(mean of|sum of) (.*)", line).groups()
    each = [worked_out(term.replace("[0]", f"[{j}]"), trace.value) for j in range(trace.sizes[-1])]
    return sum(each) / len(each) if what == "mean of" else sum(each)


@pytest.mark.parametrize("which", TRACES)
def test_every_formula_gives_its_value(which):
    for name in TRACES[which].names():
        check_formula(TRACES[which], name)


@FEW
@given(EXERCISES)
def test_every_value_on_a_receipt_is_that_of_the_pass_by_hand(exercise):
    trace, hand = Trace(exercise.backward()), by_hand(exercise)
    if any(abs(hand[f"z1[{j}]"]) < 1e-9 for j in (0, 1)):
        return
    for name in trace.names():
        check_formula(trace, name)
        data = receipt_data(trace, name, ALL)
        assert as_number(data["value"]) == pytest.approx(hand[name], abs=1e-9)
        if name.startswith("d"):
            sign = 0 if abs(hand[name]) < 1e-9 else math.copysign(1, hand[name])
            if sign or as_number(data["value"]) == 0:
                assert data["tone"] == {1: "raises", -1: "lowers", 0: "shut"}[sign]
        else:
            assert data["tone"] == "ink"


@FEW
@given(EXERCISES)
def test_an_equation_at_rest_holds_as_it_is_written_or_says_about(exercise):
    for moved_a_little in (
        exercise,
        changed(exercise, x_0=number_of(exercise, "x_0") / 3, y_true=1 / 7),
    ):
        trace, hand = Trace(moved_a_little.backward()), by_hand(moved_a_little)
        if any(abs(hand[f"z1[{j}]"]) < 1e-9 for j in (0, 1)):
            continue
        for name in trace.names():
            *_, before, last = ["", *receipt_data(trace, name, SHORT)["formula"]]
            if last == "≈0":
                # Read as 0, and only where it may be: numbers of one decimal, or thirds of them.
                assert abs(hand[name]) < 1e-13
            elif before.startswith("= "):
                check_equals(before[2:], *last.split(" "))
                assert near(as_number(last.split(" ")[1]), hand[name])


def raised(exercise, owner, by):
    """Return the loss by hand when any number is raised, a z by its bias, an a through W2."""
    if owner == "y_pred":
        return raised(exercise, "b2[0]", by)
    if owner.startswith("z1"):
        j = owner[3]
        hand = by_hand(changed(exercise, **{f"b1_{j}": number_of(exercise, f"b1_{j}") + by}))
        return hand["loss"]
    if owner.startswith("a1"):
        return raised(exercise, "b2[0]", by * number_of(exercise, f"W2_{owner[3]}_0"))
    name = link_name(owner)
    return by_hand(changed(exercise, **{name: number_of(exercise, name) + by}))["loss"]


@FEW
@given(EXERCISES)
def test_the_nudge_says_which_way_the_loss_goes_and_about_how_far(exercise):
    hand = by_hand(exercise)
    if any(abs(hand[f"z1[{j}]"]) < 1e-4 for j in (0, 1)):
        return
    trace = Trace(exercise.backward())
    for name in (name for name in trace.names() if name.startswith("d")):
        said = receipt_data(trace, name, ALL)["nudge"]
        owner = said.removeprefix("Raise ").partition(" by ")[0]
        assert owner == {"d_loss_y": "y_pred"}.get(name, name.replace("d_", "d")[1:])
        small = 1e-6
        slope = (raised(exercise, owner, small) - raised(exercise, owner, -small)) / (2 * small)
        if "stays as it is" in said:
            assert slope == pytest.approx(0, abs=1e-6)
            assert said == f"Raise {owner} by 0.01 and, to first order, the loss stays as it is."
            continue
        assert trace.value(name) != 0
        way = re.search(r"the loss (rises|falls) by about", said)[1]
        by, amount = read(f"Raise {owner} by # and the loss {way} by about #.", said)
        if abs(slope) > 1e-6:
            assert way == ("rises" if slope > 0 else "falls")
        assert by == 0.01
        assert amount == pytest.approx(0.01 * abs(slope), abs=1e-8)


def test_a_nudge_is_told_only_for_blame():
    trace = Trace(NOTEBOOK.backward())
    for name in ("x[0]", "W1[0, 0]", "z1[0]", "loss"):
        data = receipt_data(trace, name, SHORT)
        assert (data["nudge"], data["paths"]) == ("", None)


SAID = {
    "x[1]": "An input: what the network is given.",
    "W1[0, 1]": "A weight: how much of x[0] goes into neuron 1.",
    "W2[1, 0]": "A weight: how much of neuron 1 goes into the guess.",
    "b1[1]": "A bias: added to neuron 1, whatever comes in.",
    "b2[0]": "A bias: added to the guess, whatever comes in.",
    "z1[1]": "The pre-activation of neuron 1: what comes in times the weights, and the bias.",
    "a1[0]": "The activation of neuron 0: what it passes on.",
    "y_pred": "The prediction: the network's guess.",
    "y_true": "The target: what the guess should have been.",
    "loss": "How wrong the guess is.",
    "d_loss_y": "Blame of y_pred, its gradient: how fast the loss changes as y_pred grows.",
    "dW1[1, 0]": "Blame of W1[1, 0], its gradient: how fast the loss changes as W1[1, 0] grows.",
    "db2[0]": "Blame of b2[0], its gradient: how fast the loss changes as b2[0] grows.",
    "d_z1[1]": "Blame of z1[1], its gradient: how fast the loss changes as z1[1] grows.",
    "d_x[0]": "Blame of x[0], its gradient: how fast the loss changes as x[0] grows.",
}
DEEP = {
    "W2[1, 2]": "A weight: how much of neuron 1 goes into neuron 2.",
    "W3[2, 0]": "A weight: how much of neuron 2 goes into the guess.",
    "W1[1, 0]": "A weight: how much of x[1] goes into neuron 0.",
    "b2[2]": "A bias: added to neuron 2 of layer 2, whatever comes in.",
    "z1[1]": (
        "The pre-activation of neuron 1 of layer 1: what comes in times the weights, and the bias."
    ),
    "a2[2]": "The activation of neuron 2 of layer 2: what it passes on.",
}


@pytest.mark.parametrize("name", SAID)
def test_what_a_number_is(name):
    trace = Trace(NOTEBOOK.backward())
    assert what_it_is(trace, name) == SAID[name]
    assert receipt_data(trace, name, SHORT)["said"] == SAID[name]


@pytest.mark.parametrize("name", DEEP)
def test_what_a_number_of_a_deep_network_is(name):
    assert what_it_is(TRACES["deep relu"], name) == DEEP[name]
