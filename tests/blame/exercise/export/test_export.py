"""What can be taken away runs by itself and gives the numbers that the app shows."""

import csv
import importlib.util
import io
import json
import subprocess
import sys
from unittest import mock

import numpy as np
import pytest

from blame.exercise.export import notebook, numpy_script, run_csv, torch_script, trace_json
from blame.exercise.presets import NOTEBOOK, PRESETS, drawn
from tests.exercises import notebook_with
from tests.stand_in_torch import stand_in

EXERCISES = [
    *(preset.exercise for preset in PRESETS.values()),
    drawn(NOTEBOOK, 5),
    drawn(NOTEBOOK, 9),
]
# z1[0] is 0 exactly: the gate counts as shut, and the programs must say so too.
EXERCISES.append(notebook_with(W1_0_0=-1.0, W1_1_0=0.5, b1_0=0.0))


def run(program, tmp_path):
    """Run a program in an empty folder, with no way to reach this project."""
    file = tmp_path / "program.py"
    file.write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", str(file)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def as_program(document):
    """Return the code cells of a notebook as one program."""
    cells = json.loads(document)["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")


def check_printed(text, exercise):
    """Compare what a program printed with what the app shows."""
    passes, history = exercise.backward(), exercise.train()
    flat = " ".join(text.split())
    for name, value in {
        "z1": passes.forward_pass.z[0][0],
        "y_pred": passes.forward_pass.prediction[0],
        "d_z1": passes.deltas[0][0],
        "dW1": passes.weight_gradients[0],
        "dW2": passes.weight_gradients[1],
        "db1": passes.bias_gradients[0],
    }.items():
        assert f"{name} {' '.join(str(value + 0.0).split())} " in flat
    printed = dict(line.rsplit(" ", 1) for line in text.splitlines() if line.startswith("loss at"))
    assert float(printed["loss at the start"]) == history.losses[0]
    assert float(printed["loss at the end"]) == pytest.approx(history.losses[-1], rel=1e-9)


@pytest.mark.parametrize("exercise", EXERCISES[:8:2] + EXERCISES[8:])
def test_the_numpy_program_prints_what_the_app_shows(exercise, tmp_path):
    check_printed(run(numpy_script(exercise), tmp_path), exercise)


@pytest.mark.parametrize("exercise", EXERCISES[1:8:3] + EXERCISES[8:9])
def test_the_notebook_runs_from_top_to_bottom(exercise, tmp_path):
    text = run(as_program(notebook(exercise)), tmp_path)
    check_printed(text, exercise)
    nudged = [line for line in text.splitlines() if "by nudging" in line]
    assert len(nudged) == 9
    if not any(abs(z) < 1e-3 for z in exercise.forward().z[0][0]):
        for line in nudged:
            blame = float(line.split("blame ")[1].split()[0])
            assert float(line.rsplit(" ", 1)[1]) == pytest.approx(blame, rel=1e-5, abs=1e-6)


def test_the_notebook_has_the_format_it_names():
    document = json.loads(notebook(NOTEBOOK))
    assert (document["nbformat"], document["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in document["cells"]]
    assert len(ids) == len(set(ids))
    for cell in document["cells"]:
        keys = {"cell_type", "id", "metadata", "source"}
        if cell["cell_type"] == "code":
            keys |= {"execution_count", "outputs"}
        assert set(cell) == keys


def test_a_run_that_leaves_the_floats_is_told_by_the_program_too(tmp_path):
    exercise = notebook_with(learning_rate=100.0, steps=500)
    text = run(numpy_script(exercise).replace("import numpy as np",
               "import numpy as np\nnp.seterr(all='ignore')"), tmp_path)  # fmt: skip
    assert "The run left the floats at step" in text


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_trace_and_the_run_are_those_of_the_app(exercise):
    document = json.loads(trace_json(exercise))
    assert notebook_with(**document["numbers"]) == exercise
    passes, history = exercise.backward(), exercise.train()
    assert document["trace"]["dW1[1, 0]"] == passes.weight_gradients[0][1, 0]
    assert document["trace"]["loss"] == passes.loss
    rows = list(csv.DictReader(io.StringIO(run_csv(exercise))))
    assert len(rows) == history.steps + 1
    assert [float(row["loss"]) for row in rows] == list(history.losses)
    assert [float(row["W2[1, 0]"]) for row in rows] == list(
        history.networks.layers[1].weights[:, 1, 0]
    )
    gates = history.forward.z[0][:, 0, 1] > 0
    assert [row["gate 1"] == "1" for row in rows] == list(gates)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_pytorch_program_agrees_with_the_app(exercise, capsys):
    with mock.patch.dict(sys.modules, torch=stand_in()):
        exec(compile(torch_script(exercise), "program.py", "exec"), {})
    printed = capsys.readouterr().out
    assert "autograd and the app agree" in printed
    assert repr(exercise.backward().weight_gradients[0].tolist()) in printed


@pytest.mark.torch
@pytest.mark.skipif(
    importlib.util.find_spec("torch") is None,
    reason="PyTorch is not installed: its programs were run by a stand-in only",
)
@pytest.mark.parametrize("exercise", EXERCISES)
def test_autograd_agrees(exercise, tmp_path):
    assert "autograd and the app agree" in run(torch_script(exercise), tmp_path)


def test_numbers_are_written_with_all_their_digits():
    exercise = notebook_with(W1_0_0=1 / 3)
    space = {}
    exec(numpy_script(exercise).partition("# Forward")[0], space)
    assert space["W1"][0, 0] == 1 / 3
    assert np.array_equal(space["W2"], exercise.network.layers[1].weights)
