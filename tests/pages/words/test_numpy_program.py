"""The program and the tables: what stands where, and what the program prints, by hand."""

import numpy as np
import pytest
from hypothesis import given

from blame.exercise.numpy_lines import graph_of, steps, update_of
from blame.exercise.presets import NOTEBOOK
from pages.shared.words import numpy_program
from pages.shared.words.tables import table
from tests import any_shape
from tests.pages.words.reading import EXERCISES, FEW, run_by_hand

GRAPH = graph_of(NOTEBOOK)
STEPS = steps(GRAPH)


@FEW
@given(EXERCISES)
def test_the_program_computes_the_pass_and_the_update(exercise):
    hand, after = run_by_hand(exercise, 1)
    if any(abs(hand[f"z1[{j}]"]) < 1e-9 for j in (0, 1)):
        return
    text = numpy_program.program(exercise)
    head, rest = text.split("# Forward")
    forward, rest = rest.split("# Backward: the blame")
    backward, update = rest.split("# Update: another step, which uses the blame")
    space = {"print": lambda *shown: None}
    exec(head + forward, space)
    for name in ("z1", "a1", "y_pred", "loss"):
        assert_named(space[name], name, hand)
    assert not {"d_loss_y", "dW1"} & set(space)
    exec(backward, space)
    for name in ("d_loss_y", "dW2", "db2", "d_a1", "d_z1", "dW1", "db1"):
        assert_named(space[name], name, hand)
    for name in ("W1", "b1", "W2", "b2"):
        assert_named(space[name], name, hand)
    exec(update, space)
    for name in ("W1", "b1", "W2", "b2"):
        assert_named(space[name], name, after)


@any_shape.FEW
@given(any_shape.exercises())
def test_the_program_of_any_exercise_computes_its_pass_and_its_update(exercise):
    if any_shape.nearest_kink(exercise) < 1e-9:
        return
    hand, after = any_shape.run_of(exercise, 1)
    space = {"print": lambda *shown: None}
    before, update = numpy_program.program(exercise).split("# Update: another step")
    exec(before, space)
    made = {name for step in steps(graph_of(exercise))[:-1] for name in step.names}
    assert {"loss", "d_loss_y", "dW1"} <= made
    assert ("b1" in space) == (exercise.network.layers[0].bias is not None)
    for name in made | set(exercise.network.parameters()):
        same(space[name], hand[name], name)
    exec(f"# {update}", space)
    for name in exercise.network.parameters():
        same(space[name], after[name], name)


def same(array, wanted, name):
    got = np.asarray(array)
    assert got.size == np.size(wanted), name
    np.testing.assert_allclose(got.ravel(), np.ravel(wanted), rtol=1e-9, atol=1e-9, err_msg=name)


@any_shape.FEW
@given(any_shape.exercises())
def test_the_lines_of_an_update_are_those_of_the_exercise(exercise):
    *_, update = steps(graph_of(exercise), update_of(exercise))
    text = "\n".join(update.lines)
    for name in exercise.network.parameters():
        assert (f"{name} = {name} - " in text) == (name not in exercise.held)
        assert (f"np.sum(d{name})" in text) == (name in exercise.tied)
    moved = set(exercise.network.parameters()) - set(exercise.held)
    assert ("weight_decay" in text) == bool(exercise.weight_decay and moved)
    assert ("np.array" in text) == any("[" in name for name in exercise.held)


def assert_named(array, name, values):
    own = [values[key] for key in sorted(values) if key.partition("[")[0] == name]
    assert np.ravel(array) == pytest.approx(own, abs=1e-9), name


@pytest.mark.parametrize("stage", [step.stage for step in STEPS])
def test_only_what_is_known_stands_behind_a_line(stage):
    (step,) = (step for step in STEPS if step.stage == stage)
    assert numpy_program.commented(GRAPH, stage, {}).splitlines() == list(step.lines)
    known = {step.names[-1]: np.array([1 / 3, -0.0])}
    lines = numpy_program.commented(GRAPH, stage, known).splitlines()
    assert len(lines) == len(step.lines)
    assert lines[-1].endswith("  # [0.3333, 0]")
    assert not any("#" in line for line in lines[:-1])


def test_a_table_has_its_names_in_bold_and_breaks_no_number():
    text = table(["name", "value"], [["W1[0, 1]", "1e-5"], ["b1[0]", "-2, 3"]])
    assert text.splitlines() == [
        "| name | value |",
        "| --- | --- |",
        "| **W1[0,\u00a01]** | 1e\u20115 |",
        "| **b1[0]** | -2, 3 |",
    ]
