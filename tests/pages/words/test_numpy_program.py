"""The program and the tables: what stands where, and what the program prints, by hand."""

import numpy as np
import pytest
from hypothesis import given

from blame.exercise.numpy_lines import graph_of, steps
from blame.exercise.presets import NOTEBOOK
from pages.shared.words import numpy_program
from pages.shared.words.tables import table
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
