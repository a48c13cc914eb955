"""The files of any exercise: each program, run, gives what loops in plain Python give."""

import csv
import importlib.util
import io
import json
import sys
from unittest import mock

import numpy as np
import pytest
from hypothesis import given

from blame.exercise.export import notebook, numpy_script, run_csv, torch_script, trace_json
from blame.exercise.library.library import LIBRARY
from blame.exercise.numpy_lines import graph_of, steps
from tests import any_shape
from tests.any_shape import FEW, exercises, nearest_kink, run_of
from tests.blame.exercise.export.test_export import as_program, run
from tests.stand_in_torch import stand_in


def near_a_kink(found, exercise):
    return min(nearest_kink(exercise, step) for step in found) < 1e-9


def same(got, wanted, what, rtol=1e-8):
    got = np.asarray(got)
    assert got.size == np.size(wanted), what
    np.testing.assert_allclose(got.ravel(), np.ravel(wanted), rtol=rtol, atol=1e-9, err_msg=what)


def executed(program):
    """Run a program here; return all it leaves behind, and what it printed."""
    printed = []
    space = {"print": lambda *shown: printed.append(shown)}
    exec(program, space)
    return space, printed


@FEW
@given(exercises())
def test_the_numpy_program_of_any_exercise_gives_its_passes_and_its_run(exercise):
    found = run_of(exercise)
    if near_a_kink(found, exercise):
        return
    space, printed = executed(numpy_script(exercise))
    shown = {name: value for name, value in printed if "loss at" not in name}
    made = [name for step in steps(graph_of(exercise))[:-1] for name in step.names]
    assert list(shown) == made
    for name in made:
        same(shown[name], found[0][name], name)
    same(space["losses"], [step["loss"] for step in found], "losses")
    assert dict(printed[-2:]) == {
        "loss at the start": space["losses"][0],
        "loss at the end": space["losses"][-1],
    }
    for name in exercise.network.parameters():
        # The loop takes one step more, of which nothing is shown.
        same(space[name], run_of(exercise, exercise.steps + 1)[-1][name], name)


@FEW
@given(exercises(most=3, layers=3))
def test_the_notebook_of_any_exercise_checks_every_gradient(exercise):
    found = run_of(exercise)
    if near_a_kink(found, exercise) or nearest_kink(exercise) < 1e-3:
        return
    space, printed = executed(as_program(notebook(exercise)))
    same(space["losses"], [step["loss"] for step in found], "losses")
    checked = [line for line in printed if len(line) == 6]
    assert len(checked) == sum(v.size for v in exercise.network.parameters().values())
    for name, index, _, blame, _, nudged in checked:
        wanted = np.asarray(found[0][f"d{name}"])[index]
        assert blame == pytest.approx(wanted, rel=1e-8, abs=1e-9)
        assert nudged == pytest.approx(wanted, rel=1e-4, abs=1e-5)


@FEW
@given(exercises())
def test_the_pytorch_program_of_any_exercise_finds_its_gradients(exercise):
    hand = any_shape.worked_out(exercise)
    if nearest_kink(exercise, hand) < 1e-9:
        return
    with mock.patch.dict(sys.modules, torch=stand_in()):
        space, printed = executed(torch_script(exercise))
    same(space["y_pred"].tolist(), hand["y_pred"], "y_pred")
    _, loss, _, shown_loss = printed[0]
    same([loss, shown_loss], [hand["loss"]] * 2, "loss")
    assert printed[-1] == ("autograd and the app agree",)
    found = {name: (gradient, shown) for name, gradient, _, shown in printed[1:-1]}
    assert set(found) == {f"d{name}" for name in exercise.network.parameters()}
    for name, both in found.items():
        for gradient in both:
            same(gradient, hand[name], name)


def of_each_kind():
    """Return exercises of the library, one of each loss, last activation and number of samples."""
    found = {}
    for key, entry in LIBRARY.items():
        exercise = entry.exercise
        kind = (exercise.loss, exercise.activations[-1], exercise.n_samples > 1)
        found.setdefault(kind, key)
    return list(found.values())


@pytest.mark.parametrize("key", of_each_kind()[::3])
def test_the_program_of_an_exercise_of_the_library_runs_by_itself(key, tmp_path):
    exercise = LIBRARY[key].exercise
    text = run(numpy_script(exercise), tmp_path)
    first, last = exercise.train().losses[[0, -1]]
    told = dict(line.rsplit(" ", 1) for line in text.splitlines() if line.startswith("loss at"))
    assert float(told["loss at the start"]) == pytest.approx(first, rel=1e-9, abs=1e-12)
    assert float(told["loss at the end"]) == pytest.approx(last, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("key", of_each_kind())
def test_the_pytorch_program_of_an_exercise_of_the_library_agrees(key):
    with mock.patch.dict(sys.modules, torch=stand_in()):
        _, printed = executed(torch_script(LIBRARY[key].exercise))
    assert printed[-1] == ("autograd and the app agree",)


@pytest.mark.torch
@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")
@pytest.mark.parametrize("key", of_each_kind())
def test_autograd_agrees_with_the_library(key, tmp_path):
    program = torch_script(LIBRARY[key].exercise)
    assert "autograd and the app agree" in run(program, tmp_path)


@FEW
@given(exercises())
def test_the_trace_and_the_run_of_any_exercise(exercise):
    found = run_of(exercise)
    if near_a_kink(found, exercise):
        return
    document = json.loads(trace_json(exercise))
    assert document["numbers"] == exercise.numbers()
    assert (tuple(document["sizes"]), document["loss"]) == (exercise.sizes, exercise.loss)
    assert document["trace"]["loss"] == pytest.approx(found[0]["loss"], rel=1e-9, abs=1e-9)
    assert document["trace"]["dW1[0, 0]"] == pytest.approx(found[0]["dW1"][0][0], abs=1e-9)
    rows = list(csv.DictReader(io.StringIO(run_csv(exercise))))
    assert len(rows) == len(found)
    gates = [name for name in rows[0] if name.startswith("gate ")]
    width = sum(n for n, unit in zip(exercise.sizes[1:], exercise.activations, strict=True)
                if "relu" in unit)  # fmt: skip
    assert len(gates) == width * exercise.n_samples
    for row, step in zip(rows, found, strict=True):
        assert float(row["loss"]) == pytest.approx(step["loss"], rel=1e-8, abs=1e-9)
        assert float(row["W1[0, 0]"]) == pytest.approx(step["W1"][0][0], rel=1e-8, abs=1e-9)
        shown = [row[name] == "1" for name in gates]
        assert shown == [
            z > 0
            for k, unit in enumerate(exercise.activations, 1)
            if "relu" in unit
            for z_row in step[f"z{k}"]
            for z in z_row
        ]
