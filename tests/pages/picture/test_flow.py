"""Each sentence of the flow read back and compared with the pass, and the run, by hand."""

import re
from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given

from blame import PRESETS
from blame.probe.trace import Trace
from pages.shared.picture import flow
from pages.shared.picture.flow import at_stage, flow_data, stage_code
from tests.exercises import changed, notebook_with, number_of
from tests.pages.words.reading import (
    ALL,
    EXERCISES,
    FEW,
    NUMBER,
    SHORT,
    as_number,
    by_hand,
    near,
    read,
    run_by_hand,
)

SHUT = notebook_with(b1_1=-0.2)
OPEN = notebook_with(b1_1=0.1)
DEAD = PRESETS["both_dead"].exercise
FIRST_SHUT = notebook_with(b1_0=-3.0, b1_1=0.1)
STAGES = ("z1", "a1", "y_pred", "loss", "d_loss_y", "dW2", "d_a1", "d_z1", "dW1", "update")


def stages(exercise, numbers=SHORT, **choice):
    found = flow_data(exercise, Trace(exercise.backward()), numbers, **choice)
    return dict(zip(STAGES, found, strict=False))


def said(exercise, stage, numbers=SHORT):
    return stages(exercise, numbers)[stage]["said"]


def close(shown, expected):
    assert shown == pytest.approx(expected, abs=1e-9)


def check_update(said, before, after):
    """Check that all digits of a change are told, and that they add up unless it is about so."""
    about = "a change of about " in said
    exactly = said.replace("a change of about ", "a change of ")
    shown = read("The loss goes from # to #, a change of #.", exactly)
    close(shown, [before, after, after - before])
    if not about:
        texts = re.findall(NUMBER, said.partition("goes from ")[2].partition(" Each gradient")[0])
        start, end, by = (Decimal(text.rstrip(",")) for text in texts)
        assert end - start == by


@FEW
@given(EXERCISES)
def test_every_sentence_tells_the_numbers_of_the_pass(exercise):
    hand = by_hand(exercise)
    if any(abs(hand[f"z1[{j}]"]) < 1e-9 for j in (0, 1)):
        return
    told = {stage: found["said"] for stage, found in stages(exercise, ALL).items()}
    pair = lambda name: [hand[f"{name}[0]"], hand[f"{name}[1]"]]  # noqa: E731
    close(read("z1 is # and #.", told["z1"]), pair("z1"))
    close(read("a1 is # and #:", told["a1"]), pair("a1"))
    close(read("adds up what came through: y_pred is #.", told["y_pred"]), [hand["y_pred"]])
    close(
        read("The guess # should have been #: the loss is #.", told["loss"]),
        [hand["y_pred"], hand["y_true"], hand["loss"]],
    )
    close(read("d_loss_y is #:", told["d_loss_y"]), [hand["d_loss_y"]])
    close(read("dW2 is # and #.", told["dW2"]), [hand["dW2[0, 0]"], hand["dW2[1, 0]"]])
    close(read("d_a1 is # and #.", told["d_a1"]), pair("d_a1"))
    close(read("d_z1 is # and #:", told["d_z1"]), pair("d_z1"))
    check_update(told["update"], *(passes["loss"] for passes in run_by_hand(exercise, 1)))
    name = told["dW1"].partition("the most blamed is ")[2].partition(", with ")[0]
    largest = max(abs(hand[f"dW1[{i}, {j}]"]) for i in (0, 1) for j in (0, 1))
    assert ("no weight of it is blamed" in told["dW1"]) == (not name)
    # Of numbers of one decimal, what is smaller than this is 0 on paper.
    assert bool(name) == (largest > 1e-9)
    if name:
        (amount,) = read(f"{name}, with #.", told["dW1"])
        close(amount, hand[f"d{name}"])
        assert abs(amount) >= largest - 1e-9
    if abs(hand["d_loss_y"]) > 1e-9:
        raises = (
            by_hand(changed(exercise, b2_0=number_of(exercise, "b2_0") + 1e-6))["loss"]
            > hand["loss"]
        )
        assert ("a larger guess raises it" in told["d_loss_y"]) == raises
        assert ("a larger guess lowers it" in told["d_loss_y"]) != raises


GATES = {
    "open": (
        OPEN, "both gates are open, and the ReLU passes both on", "both gates let it pass as it is",
    ),
    "one shut": (
        SHUT, "the gate of neuron 1 is shut, and it gives 0", "the shut gate of neuron 1 stops it",
    ),
    "the other shut": (
        FIRST_SHUT, "the gate of neuron 0 is shut, and it gives 0",
        "the shut gate of neuron 0 stops it",
    ),
    "both shut": (
        DEAD, "both gates are shut, and nothing gets through", "both shut gates stop it",
    ),
}  # fmt: skip


@pytest.mark.parametrize("gates", GATES)
def test_the_gates_are_told_on_the_way_there_and_back(gates):
    exercise, there, back = GATES[gates]
    hand = by_hand(exercise)
    shut = [j for j in (0, 1) if hand[f"z1[{j}]"] <= 0]
    assert shut == {"open": [], "one shut": [1], "the other shut": [0], "both shut": [0, 1]}[gates]
    found = stages(exercise)
    assert found["a1"]["said"].endswith(f": {there}.")
    assert found["d_z1"]["said"].endswith(f": {back}.")
    # Along the edges of a shut gate nothing travels back.
    assert set(found["dW1"]["moves"]) == {
        f"W1[{i}, {j}]" for i in (0, 1) for j in (0, 1) if j not in shut
    }


def test_a_right_guess_has_nothing_to_blame():
    right = notebook_with(b1_1=-0.2, y_true=float(SHUT.forward().prediction[0, 0]))
    assert said(right, "d_loss_y").endswith("d_loss_y is 0: nothing to blame.")


def test_the_numbers_are_written_as_the_reader_asked():
    assert near(read("the loss is #.", said(SHUT, "loss"))[0], by_hand(SHUT)["loss"])
    assert "d_loss_y is +2.5: a larger guess raises it." in said(SHUT, "d_loss_y")
    long = changed(SHUT, x_0=1 / 3)
    assert said(long, "z1", ALL) != said(long, "z1", SHORT)


def test_an_update_that_leaves_the_floats_has_no_loss_to_tell(monkeypatch):
    # No number that can be typed is large enough to get there in a single step.
    monkeypatch.setattr(flow, "run_of", lambda exercise: SimpleNamespace(steps=0))
    found = stages(SHUT)["update"]
    assert found["said"] == "The update leaves the floats: the learning rate is far too large."
    assert found["texts"] == {}
    monkeypatch.undo()
    assert "leaves the floats" not in said(SHUT, "update")


def test_the_update_writes_the_numbers_after_one_step():
    run = run_by_hand(SHUT, 1)
    texts = stages(SHUT)["update"]["texts"]
    assert set(texts) == {name for name in run[0] if name[:2] in ("W1", "W2", "b1", "b2")}
    for name, text in texts.items():
        prefix, _, number = text.rpartition(" ")
        assert prefix == (name[:2] if name.startswith("b") else "")
        assert near(as_number(number), run[1][name]), name
    assert all(not found["texts"] for stage, found in stages(SHUT).items() if stage != "update")


def test_each_stage_moves_along_its_own_edges_and_in_its_own_direction():
    found = stages(OPEN)
    first = {f"W1[{i}, {j}]" for i in (0, 1) for j in (0, 1)}
    second = {"W2[0, 0]", "W2[1, 0]"}
    moves = {"z1": first, "y_pred": second, "d_a1": second, "dW1": first}
    moves |= {"loss": {"d_loss_y"}, "d_loss_y": {"d_loss_y"}}
    for stage, each in found.items():
        assert set(each["moves"]) == moves.get(stage, set()), stage
        assert each["back"] == (stage not in ("z1", "a1", "y_pred", "loss")), stage
        assert each["lit"] == at_stage(Trace(OPEN.backward()), stage).lit
    layer1 = {"x[0]", "x[1]", "z1[0]", "z1[1]", *first}
    assert set(found["z1"]["lit"]) == set(found["dW1"]["lit"]) == layer1
    assert set(found["a1"]["lit"]) == set(found["d_z1"]["lit"]) == {"z1[0]", "z1[1]"}
    layer2 = {"z1[0]", "z1[1]", "y_pred", *second}
    assert all(set(found[stage]["lit"]) == layer2 for stage in ("y_pred", "dW2", "d_a1"))
    assert set(found["loss"]["lit"]) == {"y_pred", "loss", "d_loss_y"}
    assert set(found["update"]["lit"]) == {"z1[0]", "z1[1]", "y_pred", *first, *second}


def test_each_stage_shows_the_numbers_it_finds():
    kinds = {
        "z1": {"z1"}, "a1": {"a1"}, "y_pred": {"y_pred"}, "loss": {"loss"},
        "d_loss_y": {"d_loss_y"}, "dW2": {"dW2", "db2"}, "d_a1": {"d_a1"}, "d_z1": {"d_z1"},
        "dW1": {"dW1", "db1"}, "update": set(),
    }  # fmt: skip
    for stage, found in stages(SHUT).items():
        assert {name.partition("[")[0] for name in found["shows"]} == kinds[stage]
    assert list(stages(SHUT, forward_only=True)) == list(STAGES[:4])


def test_the_code_of_a_stage_gives_its_own_numbers():
    hand, after = by_hand(SHUT), run_by_hand(SHUT, 1)[1]
    trace = Trace(SHUT.backward())
    for stage in STAGES:
        values = after if stage == "update" else hand
        for line in stage_code(SHUT, trace, stage).splitlines():
            name, _, given = line.partition("  # ")
            name = name.partition(" = ")[0]
            shown = np.ravel(eval(given, {"__builtins__": {}}))
            own = [key for key in sorted(values) if key.partition("[")[0] == name]
            assert shown == pytest.approx([values[key] for key in own], abs=5.1e-5), line
